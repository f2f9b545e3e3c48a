"""Concordances: every match in context, one per line (keyword in context: Luhn 1960)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from shanxi_cli.analysis.document_fields import running_texts
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.batches import iterate_fetched
from shanxi_cli.errors import UsageError
from shanxi_cli.matching.highlighter import TextPattern, collect_patterns, find_marks, merge_marks
from shanxi_cli.matching.spans import MatchSpan, find_match_spans
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import ConcordanceOrder
from shanxi_cli.model.quantity import Quantity
from shanxi_cli.model.results import Mark
from shanxi_cli.model.views import ConcordanceLine
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange, shift_to_body

SORT_CONTEXT_CHARS = 200
"""Characters of context by which lines are sorted."""


def require_patterns(query: QueryPlan) -> list[TextPattern]:
    """Return the patterns of a query that match running text. Raise `UsageError` when there are none."""
    patterns = collect_patterns(query)
    if not patterns:
        raise UsageError("nothing in this query matches text; add a word, a phrase or a prefix")
    return patterns


def concordance_lines(
    engine: Engine, query: QueryPlan, numbers: Iterable[int], order: ConcordanceOrder
) -> Iterator[ConcordanceLine]:
    """Yield a line for each match in these articles: in the order of `numbers`, or sorted by the words beside it.

    Raise `UsageError` as `require_patterns` does.
    """
    lines = _iterate_lines(engine, require_patterns(query), numbers)
    match order:
        case ConcordanceOrder.DATE:
            return lines
        case ConcordanceOrder.LEFT:
            return iter(sorted(lines, key=_left_words))
        case ConcordanceOrder.RIGHT:
            return iter(sorted(lines, key=_right_words))


def _left_words(line: ConcordanceLine) -> list[str]:
    """Return the words before the match, the nearest first."""
    return _token_words(line.text[max(0, line.start - SORT_CONTEXT_CHARS) : line.start])[::-1]


def _right_words(line: ConcordanceLine) -> list[str]:
    return _token_words(line.text[line.end : line.end + SORT_CONTEXT_CHARS])


def _token_words(text: str) -> list[str]:
    return [token.word for token in tokenize(text)]


def _iterate_lines(
    engine: Engine, patterns: Sequence[TextPattern], numbers: Iterable[int]
) -> Iterator[ConcordanceLine]:
    measured = any(isinstance(pattern, QuantityRange) for pattern in patterns)
    for number in iterate_fetched(engine, numbers):
        article = engine.article(number)
        quantities = shift_to_body(article.paragraphs, engine.quantities(number)) if measured else ()
        for field, text in running_texts(article):
            yield from _lines_of_text(article, field, text, patterns, quantities if field == "body" else ())


def _lines_of_text(
    article: Article, field: str, text: str, patterns: Sequence[TextPattern], quantities: Sequence[Quantity]
) -> Iterator[ConcordanceLine]:
    spans = find_match_spans(patterns, field, text, quantities)
    if not spans:
        return
    marks = _find_text_marks(patterns, field, text, quantities, spans)
    begins = list(_paragraph_starts(article)) if field == "body" else []
    for start, end in spans:
        inside = tuple(Mark(max(m.start, start), min(m.end, end)) for m in marks if m.start < end and m.end > start)
        if begins:
            n = bisect_right(begins, start) - 1
            yield ConcordanceLine(article, field, text, start, end, n, begins[n], inside)
        else:
            yield ConcordanceLine(article, field, text, start, end, None, 0, inside)


def _find_text_marks(
    patterns: Sequence[TextPattern], field: str, text: str, quantities: Sequence[Quantity], spans: Sequence[MatchSpan]
) -> Sequence[Mark]:
    """Return the marks of a text: whole matches, or the single words where a pattern is a proximity search."""
    if not any(getattr(pattern, "max_gap", None) is not None for pattern in patterns):
        return [Mark(span.start, span.end) for span in spans]
    return merge_marks([mark for _, mark in find_marks(patterns, field, text, quantities)])


def _paragraph_starts(article: Article) -> Iterator[int]:
    """Yield the offset of each paragraph in the body, in characters."""
    start = 0
    for paragraph in article.paragraphs:
        yield start
        start += len(paragraph) + 2
