"""The vocabulary: words of the archive, or of a field of it, with their articles and occurrences."""

from shanxi_cli.analysis.tokenizer import fold
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.model.nouns import WordOrder
from shanxi_cli.model.views import Entry, Vocabulary
from shanxi_cli.query.ast import FIELDS, Kind, meant

WITH_WORDS = tuple(name for name, field in FIELDS.items() if field.kind not in (Kind.DATE, Kind.QUANTITY))


def worded(name: str) -> str:
    """`name` when it is a field of words or codes. `UsageError` with what may have been meant otherwise."""
    if name in WITH_WORDS:
        return name
    if name in FIELDS:
        other = "shanxi timeline" if FIELDS[name].kind is Kind.DATE else "shanxi figures"
        raise UsageError(f"{name} is not made of words: see {other}")
    likely = meant(name)
    hint = f"did you mean {likely}?" if likely in WITH_WORDS else f"there are {', '.join(WITH_WORDS)}"
    raise UsageError(f"there is no field {name}; {hint}")


def vocabulary(engine: Engine, field: str, prefix: str, order: WordOrder, least: int, limit: int | None) -> Vocabulary:
    """The words of a field (empty: of all text) that begin with `prefix` and stand there `least` times or more.

    Per million: of all words of the field.
    """
    begin = fold(prefix)
    found = list(engine.vocabulary(field, begin))
    if field:
        total = sum(term.occurrences for term in (engine.vocabulary(field) if begin else found))
    else:
        total = engine.length()
    kept = [term for term in found if term.occurrences >= least]
    match order:
        case WordOrder.COUNT:
            kept.sort(key=lambda term: (-term.occurrences, -term.articles, term.word))
        case WordOrder.ARTICLES:
            kept.sort(key=lambda term: (-term.articles, -term.occurrences, term.word))
        case WordOrder.WORD:
            pass  # as engines give them
    rows = (Entry(*term, term.occurrences / total * 1e6) for term in kept[:limit])
    return Vocabulary(tuple(rows), len(kept))
