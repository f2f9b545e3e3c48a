"""Posting lists written a block at a time, which needs the insides of Whoosh's codec.

Its own writer is given one posting after the other and checks, counts and copies each, at 3 µs a posting; writing
whole blocks takes a sixth of that (2026-11, whoosh3 3.54.0). What is written is the same but for two things that every
reader of the format understands: blocks are pickled by a protocol that knows bytes (its own writes them as text, at
twice the size), and they are longer. Where the codec is not as it is known here, `write_terms` hands it the
postings one by one.
"""

import zlib
from array import array
from collections.abc import Callable, Iterator
from itertools import accumulate
from operator import sub
from pickle import dumps
from struct import Struct
from typing import Any

from whoosh.codec import whoosh3

BLOCK = 512
"""Postings a block. A list is read as a whole here, and a longer block costs less than two."""
_PROTOCOL = 4
_LEVEL = 1
_WORTH = 160
"""Bytes from which on a block is compressed."""
_INFO = "!BfIBBfII"
_EXTENT = Struct("!qi")
_INSIDES = ("_fieldid", "_postfile", "_tindex")

Postings = tuple["array[int]", "array[int]", bytearray]
"""The postings of a term: its documents, ascending; its weights; its values, one after the other.

A value takes as many bytes as the weight of its posting says, times the `width` of its field."""
Terms = dict[str, Postings]


def write_terms(writer: Any, schema: Any, fields: dict[str, Terms]) -> None:
    """Writes all postings with the codec's writer of fields, and closes it."""
    if _is_known(writer):
        for name in sorted(fields):
            writer.start_field(name, schema[name])
            _write_field(writer, fields[name], schema[name].width)
            writer.finish_field()
    else:
        writer.add_postings(schema, None, one_by_one(schema, fields))
    writer.close()


def one_by_one(schema: Any, fields: dict[str, Terms]) -> Iterator[tuple[str, bytes, int, float, bytes]]:
    """(field, term, document, weight, value) of each posting, sorted."""
    for name in sorted(fields):
        for term, (numbers, weights, values) in sorted(fields[name].items()):
            held = _cut(bytes(values), weights, schema[name].width) or (b"",) * len(numbers)
            yield from ((name, term.encode(), *each) for each in zip(numbers, map(float, weights), held, strict=True))


def _is_known(writer: Any) -> bool:
    """True when the codec is the one whose blocks are written here."""
    info = getattr(whoosh3, "W3TermInfo", None)
    layout = getattr(getattr(info, "_struct", None), "format", b"")
    magic = getattr(whoosh3, "WHOOSH3_HEADER_MAGIC", b"")
    return (layout, magic) == (_INFO, b"W3Bl") and all(hasattr(writer, name) for name in _INSIDES)


def _write_field(writer: Any, terms: Terms, width: int) -> None:
    file, number = writer._postfile, writer._fieldid.to_bytes(2, "big")
    write, add, pack = file.write, writer._tindex.add, whoosh3.W3TermInfo._struct.pack
    start = file.tell()
    for term in sorted(terms):
        numbers, weights, values = terms[term]
        size = _write_list(write, numbers, weights, bytes(values), width)
        info = pack(0, sum(weights), len(numbers), 0, 0, max(weights), numbers[0], numbers[-1])
        add(number + term.encode(), info + _EXTENT.pack(start, size))
        start += size


def _write_list(
    write: Callable[[bytes], Any], numbers: "array[int]", weights: "array[int]", values: bytes, width: int
) -> int:
    """Writes the posting list of a term; its size in bytes."""
    parts = [whoosh3.WHOOSH3_HEADER_MAGIC]
    count, done = len(numbers), 0
    for start in range(0, count, BLOCK):
        some = weights[start : start + BLOCK]
        size = width * sum(some)
        info, data = _block(numbers[start : start + BLOCK], some, _cut(values[done : done + size], some, width))
        done += size
        length = len(info) + len(data)
        parts += ((length if start + BLOCK < count else -length).to_bytes(4, "big", signed=True), info, data)
    whole = b"".join(parts)
    write(whole)
    return len(whole)


def _block(numbers: "array[int]", weights: "array[int]", values: tuple[bytes, ...] | None) -> tuple[bytes, bytes]:
    """What Whoosh keeps of some postings: about them, and the postings themselves."""
    highest = float(max(weights))
    said: float | tuple[float, ...] | None = None
    if highest != 1.0:
        said = highest if highest == min(weights) else tuple(map(float, weights))
    gaps = (numbers[0], *map(sub, numbers[1:], numbers))
    data = dumps((gaps, said, values), _PROTOCOL)
    level = _LEVEL if len(data) >= _WORTH else 0
    if level:
        data = zlib.compress(data, level)
    return dumps((len(numbers), numbers[-1], highest, level, 0, 0), 2), data


def _cut(values: bytes, weights: "array[int]", width: int) -> tuple[bytes, ...] | None:
    """Each posting's own of the values of some; None where postings have none."""
    if not width:
        return None
    if len(weights) == 1:
        return (values,)
    ends = [*accumulate(weights, lambda end, weight: end + weight * width, initial=0)]
    return tuple(map(values.__getitem__, map(slice, ends, ends[1:])))
