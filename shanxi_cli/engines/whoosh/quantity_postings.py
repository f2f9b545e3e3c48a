"""How the quantities of articles are kept in a Whoosh index: spans of numbers in postings, and all of each in a column.

A posting of the term `money CNY` holds, for each such quantity of the article, 24 bytes: its lowest
and highest number and the words of its sentence. So a limit reads one postings list. The column has
a row for each quantity, as JSON; the printed text is cut out of the article again.
"""

import json
import struct
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from shanxi_cli.model.nouns import Article, Change, Dimension, Quantity, Relation
from shanxi_cli.query.plan.range import Limit, Quantities, placed, quantities_of, span

_SPAN = struct.Struct("<ddII")
SPAN = _SPAN.size
"""The bytes of a span in a posting."""
_SAID = ("rate", "counted", "period")


class Span(NamedTuple):
    """A quantity as a limit sees it: its numbers, both included, and its sentence, half-open in words of the body."""

    low: float
    high: float
    first: int
    last: int


def key(dimension: str, unit: str) -> str:
    """The term of a dimension and unit; without a unit, how the terms of the dimension begin."""
    return f"{dimension} {unit}"


def postings(article: Article) -> dict[str, list[Span]]:
    """The spans of each term of an article, in the order of its text."""
    found: dict[str, list[Span]] = defaultdict(list)
    for quantity, first, last in placed(article):
        found[key(quantity.dimension.value, quantity.unit)].append(Span(*span(quantity), first, last))
    return found


def packed(spans: list[Span]) -> bytes:
    """The value of a posting."""
    return b"".join(_SPAN.pack(*each) for each in spans)


def any_within(value: bytes, limit: Limit) -> bool:
    """True when a quantity of a posting is within a limit."""
    return any(low <= limit.high and limit.low <= high for low, high, _, _ in _SPAN.iter_unpack(value))


def how_many_within(value: bytes, limits: list[Limit]) -> int:
    """How many quantities of a posting are within any of some limits."""
    spans = _SPAN.iter_unpack(value)
    return sum(any(low <= limit.high and limit.low <= high for limit in limits) for low, high, _, _ in spans)


def within(value: bytes, limit: Limit) -> Iterator[range]:
    """The sentences, as ranges of words of the body, of those quantities of a posting that are within a limit."""
    for low, high, first, last in _SPAN.iter_unpack(value):
        if low <= limit.high and limit.low <= high:
            yield range(first, last)


def stored(article: Article) -> bytes:
    """All quantities of an article; nothing for none."""
    rows = [[_row(quantity) for quantity in some] for some in quantities_of(article)]
    return json.dumps(rows, separators=(",", ":")).encode() if any(rows) else b""


def _row(q: Quantity) -> list[object]:
    head = [q.start, q.end, q.value, q.high, q.unit, q.dimension.value, q.relation.value]
    return [*head, *(getattr(q, name) for name in _SAID), q.change, q.same_as]


def restored(value: bytes, article: Article) -> Quantities:
    """The quantities that `stored` kept, a tuple a paragraph."""
    if not value:
        return tuple(() for _ in article.paragraphs)
    rows = json.loads(value)
    paragraphs = zip(article.paragraphs, rows, strict=True)
    return tuple(tuple(_quantity(text, *row) for row in some) for text, some in paragraphs)


def _quantity(
    text: str,
    start: int,
    end: int,
    value: float,
    high: float | None,
    unit: str,
    dimension: str,
    relation: str,
    rate: str,
    counted: str,
    period: str,
    change: list[str] | None,
    same_as: int | None,
) -> Quantity:
    return Quantity(
        text[start:end],
        start,
        end,
        value,
        unit,
        Dimension(dimension),
        high,
        Relation(relation),
        rate,
        Change(*change) if change else None,
        counted,
        period,
        same_as,
    )
