"""Terms: the words of the archive, or of one field, with their articles and occurrences."""

from collections import Counter
from collections.abc import Iterable, Iterator

from shanxi_cli.analysis.acronyms import is_acronym
from shanxi_cli.analysis.document_fields import code_values, name_values, running_texts
from shanxi_cli.analysis.tokenizer import fold_text, word_forms
from shanxi_cli.engines.base import Engine, TermStats
from shanxi_cli.engines.batches import iterate_fetched
from shanxi_cli.errors import UsageError
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import TermOrder
from shanxi_cli.model.views import TermEntry, TermList
from shanxi_cli.query.fields import FIELDS, FieldKind, suggest_field
from shanxi_cli.query.plan.planner import normalize_code
from shanxi_cli.util.closest_names import format_suggestion
from shanxi_cli.util.frozen_record import Record

_FIELDS_WITH_CODE = ("", "body")
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


class TermSelection(Record):
    """The words to return: of `field` (empty: of all text), beginning with `prefix`, occurring `least` times or more.

    They are in `order`, and the first `limit` (None: all) are returned. `code` counts words in code too.
    """

    field: str = ""
    prefix: str = ""
    least: int = 1
    order: TermOrder = TermOrder.COUNT
    limit: int | None = None
    code: bool = False


def list_terms(engine: Engine, selection: TermSelection, among: Iterable[int] | None = None) -> TermList:
    """Return the words of a selection in the articles `among` these numbers (None: all).

    Frequencies per million are relative to all words of the field in these articles, without those in code if these
    are not counted.
    """
    field, begin = selection.field, fold_text(selection.prefix)
    if among is not None:
        counted = _count_terms(engine, field, among, code=selection.code)
        terms = [term for term in counted if term.word.startswith(begin)]
        total = sum(term.occurrences for term in counted)
    else:
        terms = list(engine.terms_with_prefix(field, begin))
        if field:
            total = sum(term.occurrences for term in (engine.terms_with_prefix(field) if begin else terms))
        else:
            total = engine.word_count()
        if field in _FIELDS_WITH_CODE and not selection.code:
            total -= sum(term.occurrences for term in engine.code_terms(field) if not is_acronym(term.word))
            terms = _subtract_terms(terms, engine.code_terms(field, begin))
    kept = [term for term in terms if term.occurrences >= selection.least]
    match selection.order:
        case TermOrder.COUNT:
            kept.sort(key=lambda term: (-term.occurrences, -term.articles, term.word))
        case TermOrder.ARTICLES:
            kept.sort(key=lambda term: (-term.articles, -term.occurrences, term.word))
        case TermOrder.WORD:
            pass  # the order of `Engine.terms_with_prefix`
    rows = (TermEntry(*term, term.occurrences / total * 1e6) for term in kept[: selection.limit])
    return TermList(tuple(rows), len(kept))


def _subtract_terms(terms: list[TermStats], code: Iterable[TermStats]) -> list[TermStats]:
    """Return the words that occur outside code, counted there."""
    in_code = {term.word: term for term in code}
    if not in_code:
        return terms
    nothing = TermStats("", 0, 0)
    pairs = ((term, in_code.get(term.word, nothing)) for term in terms)
    prose = (TermStats(term.word, term.articles - c.articles, term.occurrences - c.occurrences) for term, c in pairs)
    return [term for term in prose if term.occurrences]


def _count_terms(engine: Engine, field: str, numbers: Iterable[int], *, code: bool) -> list[TermStats]:
    """Return the words of some articles with their counts, as `Engine.terms_with_prefix` does for all of them."""
    articles: Counter[str] = Counter()
    occurrences: Counter[str] = Counter()
    for number in iterate_fetched(engine, numbers):
        words = Counter(_iterate_words(engine.article(number), field, code=code))
        occurrences.update(words)
        articles.update(words.keys())
    return [TermStats(word, articles[word], occurrences[word]) for word in sorted(occurrences)]


def _iterate_words(article: Article, field: str, *, code: bool) -> Iterator[str]:
    if field in FIELDS and FIELDS[field].kind is FieldKind.CODE:
        yield from (normalize_code(field, value) for name, value in code_values(article) if name == field)
        return
    names = dict(name_values(article))
    texts = names[field] if field in names else [text for name, text in running_texts(article) if field in ("", name)]
    if article.code and field in _FIELDS_WITH_CODE and not code:
        texts = [*texts[:-1], *article.prose]  # the body is the last
    for text in texts:
        yield from (word for word, _ in word_forms(text))
