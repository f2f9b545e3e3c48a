"""Terms: the words of the archive, or of one field, with their articles and occurrences."""

from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.model.options import TermOrder
from shanxi_cli.model.views import TermEntry, TermList
from shanxi_cli.query.fields import FIELDS, FieldKind, suggest_field
from shanxi_cli.util.closest_names import format_suggestion

WORD_FIELDS = tuple(name for name, field in FIELDS.items() if field.kind not in (FieldKind.DATE, FieldKind.QUANTITY))


def check_word_field(name: str) -> str:
    """Return `name` if it is a field of words or codes; raise `UsageError` with a suggestion otherwise."""
    if name in WORD_FIELDS:
        return name
    if name in FIELDS:
        command = "shanxi timeline" if FIELDS[name].kind is FieldKind.DATE else "shanxi figures"
        raise UsageError(f"{name} is not a field of words: use {command}")
    likely = suggest_field(name)
    hint = format_suggestion(likely if likely in WORD_FIELDS else None, f"the fields are {', '.join(WORD_FIELDS)}")
    raise UsageError(f"unknown field {name}; {hint}")


def list_terms(engine: Engine, field: str, prefix: str, order: TermOrder, least: int, limit: int | None) -> TermList:
    """Return the words of a field (empty: of all text) that begin with `prefix` and occur at least `least` times.

    Frequencies per million are relative to all words of the field. `limit` None returns all rows.
    """
    begin = fold_text(prefix)
    terms = list(engine.terms_with_prefix(field, begin))
    if field:
        total = sum(term.occurrences for term in (engine.terms_with_prefix(field) if begin else terms))
    else:
        total = engine.word_count()
    kept = [term for term in terms if term.occurrences >= least]
    match order:
        case TermOrder.COUNT:
            kept.sort(key=lambda term: (-term.occurrences, -term.articles, term.word))
        case TermOrder.ARTICLES:
            kept.sort(key=lambda term: (-term.articles, -term.occurrences, term.word))
        case TermOrder.WORD:
            pass  # the order of `Engine.terms_with_prefix`
    rows = (TermEntry(*term, term.occurrences / total * 1e6) for term in kept[:limit])
    return TermList(tuple(rows), len(kept))
