"""Encoding of quantities in the index: numeric spans in postings, and complete quantities in a column.

A posting of the term `money CNY` has 24 bytes for each such quantity of the article: its lowest and
highest number, and the words of its sentence. A range query thus reads one postings list. The column
has a row for each quantity, as JSON (`quantity_rows`); its printed text is cut from the article.

Ranges are compared without a `Quantity`, so the rows, and its model with them, are imported when a column is used.
"""

import json
import struct
from collections import defaultdict
from collections.abc import Iterator

from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.range import Quantities, QuantityRange, article_quantities, locate_quantities, numeric_bounds
from shanxi_cli.util.frozen_record import NamedTuple

_SPAN_STRUCT = struct.Struct("<ddII")
SPAN_BYTES = _SPAN_STRUCT.size
"""Size in bytes of a span in a posting."""


class QuantitySpan(NamedTuple):
    """Quantity for range queries: its numbers, inclusive, and its sentence, half-open, in words of the body."""

    low: float
    high: float
    first: int
    last: int


def quantity_term(dimension: str, unit: str) -> str:
    """Return the term of a dimension and unit; with an empty unit, the prefix of the terms of the dimension."""
    return f"{dimension} {unit}"


def quantity_postings(article: Article) -> dict[str, list[QuantitySpan]]:
    """Return the spans of an article by term, in the order of its text."""
    spans: dict[str, list[QuantitySpan]] = defaultdict(list)
    for quantity, first_word, end_word in locate_quantities(article):
        term = quantity_term(quantity.dimension.value, quantity.unit)
        spans[term].append(QuantitySpan(*numeric_bounds(quantity), first_word, end_word))
    return spans


def pack_spans(spans: list[QuantitySpan]) -> bytes:
    """Return the value of a posting."""
    return b"".join(_SPAN_STRUCT.pack(*span) for span in spans)


def has_quantity_in_range(value: bytes, limit: QuantityRange) -> bool:
    """Return True if a quantity of a posting is in a range."""
    return any(low <= limit.high and limit.low <= high for low, high, _, _ in _SPAN_STRUCT.iter_unpack(value))


def count_quantities_in_ranges(value: bytes, limits: list[QuantityRange]) -> int:
    """Return the number of quantities of a posting that are in any of some ranges."""
    spans = _SPAN_STRUCT.iter_unpack(value)
    return sum(any(low <= limit.high and limit.low <= high for limit in limits) for low, high, _, _ in spans)


def sentences_in_range(value: bytes, limit: QuantityRange) -> Iterator[range]:
    """Yield the sentences of the quantities of a posting that are in a range, as ranges of words of the body."""
    for low, high, first_word, end_word in _SPAN_STRUCT.iter_unpack(value):
        if low <= limit.high and limit.low <= high:
            yield range(first_word, end_word)


def dump_quantities(article: Article) -> bytes:
    """Return all quantities of an article as JSON; empty bytes for none."""
    from shanxi_cli.engines.whoosh.quantity_rows import quantity_row

    rows = [[quantity_row(quantity) for quantity in paragraph] for paragraph in article_quantities(article)]
    return json.dumps(rows, separators=(",", ":")).encode() if any(rows) else b""


def load_quantities(value: bytes, article: Article) -> Quantities:
    """Return the quantities that `dump_quantities` wrote, a tuple per paragraph."""
    if not value:
        return tuple(() for _ in article.paragraphs)
    from shanxi_cli.engines.whoosh.quantity_rows import quantity_from_row

    rows = json.loads(value)
    paragraphs = zip(article.paragraphs, rows, strict=True)
    return tuple(tuple(quantity_from_row(text, row) for row in rows) for text, rows in paragraphs)
