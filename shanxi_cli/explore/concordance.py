"""Concordances: every place that matches, with the text round it (keyword in context: Luhn 1960)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from shanxi_cli.analysis.document_fields import texts
from shanxi_cli.analysis.tokenizer import tokens
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import UsageError
from shanxi_cli.matching.highlighter import Pattern, find_marks, merge, patterns
from shanxi_cli.matching.spans import Place, find_places
from shanxi_cli.model.nouns import Article, LineOrder, Mark, Quantity
from shanxi_cli.model.views import Line
from shanxi_cli.query.ast import Query
from shanxi_cli.query.plan.range import Limit, in_body

DECIDING = 200
"""Characters of context that decide the order of lines."""


def wanted_of(query: Query) -> list[Pattern]:
    """What of a query stands in the text. `UsageError` when nothing does."""
    wanted = patterns(query)
    if not wanted:
        raise UsageError("nothing in this query stands in the text; give words, a phrase or a prefix")
    return wanted


def lines(engine: Engine, query: Query, numbers: Iterable[int], order: LineOrder) -> Iterator[Line]:
    """A line for each place of these articles; in their order, unless it is by the words beside."""
    found = _lines(engine, wanted_of(query), numbers)
    match order:
        case LineOrder.DATE:
            return found
        case LineOrder.LEFT:
            return iter(
                sorted(found, key=lambda line: _words(line.text[max(0, line.start - DECIDING) : line.start])[::-1])
            )
        case LineOrder.RIGHT:
            return iter(sorted(found, key=lambda line: _words(line.text[line.end : line.end + DECIDING])))


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def _lines(engine: Engine, wanted: Sequence[Pattern], numbers: Iterable[int]) -> Iterator[Line]:
    measured = any(isinstance(item, Limit) for item in wanted)
    for number in numbers:
        article = engine.article(number)
        quantities = in_body(article.paragraphs, engine.quantities(number)) if measured else ()
        for field, text in texts(article):
            yield from _of_text(article, field, text, wanted, quantities)


def _of_text(
    article: Article, field: str, text: str, wanted: Sequence[Pattern], quantities: Sequence[Quantity]
) -> Iterator[Line]:
    some = quantities if field == "body" else ()
    places = find_places(wanted, field, text, some)
    if not places:
        return
    marks = _marks(wanted, field, text, some, places)
    begins = list(_begins(article)) if field == "body" else []
    for start, end in places:
        inside = tuple(Mark(max(m.start, start), min(m.end, end)) for m in marks if m.start < end and m.end > start)
        if begins:
            n = bisect_right(begins, start) - 1
            yield Line(article, field, text, start, end, n, begins[n], inside)
        else:
            yield Line(article, field, text, start, end, None, 0, inside)


def _marks(
    wanted: Sequence[Pattern], field: str, text: str, quantities: Sequence[Quantity], places: Sequence[Place]
) -> Sequence[Mark]:
    """What is marked in a text: whole places, but for those of a nearness, whose words are marked one by one."""
    if not any(getattr(item, "between", None) is not None for item in wanted):
        return [Mark(place.start, place.end) for place in places]
    return merge([mark for _, mark in find_marks(wanted, field, text, quantities)])


def _begins(article: Article) -> Iterator[int]:
    """Where each paragraph begins in the body."""
    at = 0
    for paragraph in article.paragraphs:
        yield at
        at += len(paragraph) + 2
