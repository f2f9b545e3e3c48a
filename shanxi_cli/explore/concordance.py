"""Concordances: every place that matches, with the text round it (keyword in context: Luhn 1960)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from shanxi_cli.analysis.document_fields import running_texts
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
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
"""Characters of context that decide the order of lines."""


def require_patterns(query: QueryPlan) -> list[TextPattern]:
    """What of a query stands in the text. `UsageError` when nothing does."""
    wanted = collect_patterns(query)
    if not wanted:
        raise UsageError("nothing in this query stands in the text; give words, a phrase or a prefix")
    return wanted


def concordance_lines(
    engine: Engine, query: QueryPlan, numbers: Iterable[int], order: ConcordanceOrder
) -> Iterator[ConcordanceLine]:
    """A line for each place of these articles; in their order, unless it is by the words beside."""
    found = _iterate_lines(engine, require_patterns(query), numbers)
    match order:
        case ConcordanceOrder.DATE:
            return found
        case ConcordanceOrder.LEFT:
            return iter(
                sorted(
                    found,
                    key=lambda line: _token_words(line.text[max(0, line.start - SORT_CONTEXT_CHARS) : line.start])[
                        ::-1
                    ],
                )
            )
        case ConcordanceOrder.RIGHT:
            return iter(
                sorted(found, key=lambda line: _token_words(line.text[line.end : line.end + SORT_CONTEXT_CHARS]))
            )


def _token_words(text: str) -> list[str]:
    return [token.word for token in tokenize(text)]


def _iterate_lines(engine: Engine, wanted: Sequence[TextPattern], numbers: Iterable[int]) -> Iterator[ConcordanceLine]:
    measured = any(isinstance(item, QuantityRange) for item in wanted)
    for number in numbers:
        article = engine.article(number)
        quantities = shift_to_body(article.paragraphs, engine.quantities(number)) if measured else ()
        for field, text in running_texts(article):
            yield from _lines_of_text(article, field, text, wanted, quantities)


def _lines_of_text(
    article: Article, field: str, text: str, wanted: Sequence[TextPattern], quantities: Sequence[Quantity]
) -> Iterator[ConcordanceLine]:
    some = quantities if field == "body" else ()
    places = find_match_spans(wanted, field, text, some)
    if not places:
        return
    marks = _find_text_marks(wanted, field, text, some, places)
    begins = list(_paragraph_starts(article)) if field == "body" else []
    for start, end in places:
        inside = tuple(Mark(max(m.start, start), min(m.end, end)) for m in marks if m.start < end and m.end > start)
        if begins:
            n = bisect_right(begins, start) - 1
            yield ConcordanceLine(article, field, text, start, end, n, begins[n], inside)
        else:
            yield ConcordanceLine(article, field, text, start, end, None, 0, inside)


def _find_text_marks(
    wanted: Sequence[TextPattern], field: str, text: str, quantities: Sequence[Quantity], places: Sequence[MatchSpan]
) -> Sequence[Mark]:
    """What is marked in a text: whole places, but for those of a nearness, whose words are marked one by one."""
    if not any(getattr(item, "max_gap", None) is not None for item in wanted):
        return [Mark(place.start, place.end) for place in places]
    return merge_marks([mark for _, mark in find_marks(wanted, field, text, quantities)])


def _paragraph_starts(article: Article) -> Iterator[int]:
    """Where each paragraph begins in the body."""
    at = 0
    for paragraph in article.paragraphs:
        yield at
        at += len(paragraph) + 2
