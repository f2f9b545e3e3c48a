"""Encoding of the quantities of an article in postings.

A posting of the term `money CNY` has 24 bytes for each such quantity of the article: its lowest and highest number, and
the words of its sentence. A range query thus reads one postings list.
"""

import struct
from collections.abc import Iterator

from shanxi_cli.engines.quantity_spans import QuantitySpan
from shanxi_cli.query.plan.range import QuantityRange

_SPAN_STRUCT = struct.Struct("<ddII")
SPAN_BYTES = _SPAN_STRUCT.size
"""Size in bytes of a span in a posting."""


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
