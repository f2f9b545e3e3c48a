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

from shanxi_cli.model.article import Article
from shanxi_cli.model.quantity import Change, Dimension, Quantity, Relation
from shanxi_cli.query.plan.range import Quantities, QuantityRange, article_quantities, locate_quantities, numeric_bounds

_SPAN_STRUCT = struct.Struct("<ddII")
SPAN_BYTES = _SPAN_STRUCT.size
"""The bytes of a span in a posting."""
_TEXT_FIELDS = ("rate", "counted", "period")


class QuantitySpan(NamedTuple):
    """A quantity as a limit sees it: its numbers, both included, and its sentence, half-open in words of the body."""

    low: float
    high: float
    first: int
    last: int


def quantity_term(dimension: str, unit: str) -> str:
    """The term of a dimension and unit; without a unit, how the terms of the dimension begin."""
    return f"{dimension} {unit}"


def quantity_postings(article: Article) -> dict[str, list[QuantitySpan]]:
    """The spans of each term of an article, in the order of its text."""
    found: dict[str, list[QuantitySpan]] = defaultdict(list)
    for quantity, first, last in locate_quantities(article):
        found[quantity_term(quantity.dimension.value, quantity.unit)].append(
            QuantitySpan(*numeric_bounds(quantity), first, last)
        )
    return found


def pack_spans(spans: list[QuantitySpan]) -> bytes:
    """The value of a posting."""
    return b"".join(_SPAN_STRUCT.pack(*each) for each in spans)


def has_quantity_in_range(value: bytes, limit: QuantityRange) -> bool:
    """True when a quantity of a posting is within a limit."""
    return any(low <= limit.high and limit.low <= high for low, high, _, _ in _SPAN_STRUCT.iter_unpack(value))


def count_quantities_in_ranges(value: bytes, limits: list[QuantityRange]) -> int:
    """How many quantities of a posting are within any of some limits."""
    spans = _SPAN_STRUCT.iter_unpack(value)
    return sum(any(low <= limit.high and limit.low <= high for limit in limits) for low, high, _, _ in spans)


def sentences_in_range(value: bytes, limit: QuantityRange) -> Iterator[range]:
    """The sentences, as ranges of words of the body, of those quantities of a posting that are within a limit."""
    for low, high, first, last in _SPAN_STRUCT.iter_unpack(value):
        if low <= limit.high and limit.low <= high:
            yield range(first, last)


def dump_quantities(article: Article) -> bytes:
    """All quantities of an article; nothing for none."""
    rows = [[_quantity_row(quantity) for quantity in some] for some in article_quantities(article)]
    return json.dumps(rows, separators=(",", ":")).encode() if any(rows) else b""


def _quantity_row(q: Quantity) -> list[object]:
    head = [q.start, q.end, q.value, q.high, q.unit, q.dimension.value, q.relation.value]
    return [*head, *(getattr(q, name) for name in _TEXT_FIELDS), q.change, q.same_as]


def load_quantities(value: bytes, article: Article) -> Quantities:
    """The quantities that `dump_quantities` kept, a tuple a paragraph."""
    if not value:
        return tuple(() for _ in article.paragraphs)
    rows = json.loads(value)
    paragraphs = zip(article.paragraphs, rows, strict=True)
    return tuple(tuple(_quantity_from_row(text, *row) for row in some) for text, some in paragraphs)


def _quantity_from_row(
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
