"""The vocabulary: words of the archive, or of a field of it, with their articles and occurrences."""

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.model.options import TermOrder
from shanxi_cli.model.views import TermEntry, TermList
from shanxi_cli.query.fields import FIELDS, FieldKind, suggest_field

WORD_FIELDS = tuple(name for name, field in FIELDS.items() if field.kind not in (FieldKind.DATE, FieldKind.QUANTITY))


def check_word_field(name: str) -> str:
    """`name` when it is a field of words or codes. `UsageError` with what may have been meant otherwise."""
    if name in WORD_FIELDS:
        return name
    if name in FIELDS:
        other = "shanxi timeline" if FIELDS[name].kind is FieldKind.DATE else "shanxi figures"
        raise UsageError(f"{name} is not made of words: see {other}")
    likely = suggest_field(name)
    hint = f"did you mean {likely}?" if likely in WORD_FIELDS else f"there are {', '.join(WORD_FIELDS)}"
    raise UsageError(f"there is no field {name}; {hint}")


def list_terms(engine: Engine, field: str, prefix: str, order: TermOrder, least: int, limit: int | None) -> TermList:
    """The words of a field (empty: of all text) that begin with `prefix` and stand there `least` times or more.

    Per million: of all words of the field.
    """
    begin = fold_text(prefix)
    found = list(engine.terms_with_prefix(field, begin))
    if field:
        total = sum(term.occurrences for term in (engine.terms_with_prefix(field) if begin else found))
    else:
        total = engine.word_count()
    kept = [term for term in found if term.occurrences >= least]
    match order:
        case TermOrder.COUNT:
            kept.sort(key=lambda term: (-term.occurrences, -term.articles, term.word))
        case TermOrder.ARTICLES:
            kept.sort(key=lambda term: (-term.articles, -term.occurrences, term.word))
        case TermOrder.WORD:
            pass  # as engines give them
    rows = (TermEntry(*term, term.occurrences / total * 1e6) for term in kept[:limit])
    return TermList(tuple(rows), len(kept))
