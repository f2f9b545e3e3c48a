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

POSTINGS_PER_BLOCK = 512
"""Postings a block. A list is read as a whole here, and a longer block costs less than two."""
_PICKLE_PROTOCOL = 4
_COMPRESSION_LEVEL = 1
_MIN_COMPRESSED_BYTES = 160
"""Bytes from which on a block is compressed."""
_TERM_INFO_FORMAT = "!BfIBBfII"
_EXTENT_STRUCT = Struct("!qi")
_WRITER_INTERNALS = ("_fieldid", "_postfile", "_tindex")

TermPostings = tuple["array[int]", "array[int]", bytearray]
"""The postings of a term: its documents, ascending; its weights; its values, one after the other.

A value takes as many bytes as the weight of its posting says, times the `width` of its field."""
PostingsByTerm = dict[str, TermPostings]


def write_terms(writer: Any, schema: Any, fields: dict[str, PostingsByTerm]) -> None:
    """Writes all postings with the codec's writer of fields, and closes it."""
    if _is_known_codec(writer):
        for name in sorted(fields):
            writer.start_field(name, schema[name])
            _write_field(writer, fields[name], schema[name].width)
            writer.finish_field()
    else:
        writer.add_postings(schema, None, iterate_postings(schema, fields))
    writer.close()


def iterate_postings(schema: Any, fields: dict[str, PostingsByTerm]) -> Iterator[tuple[str, bytes, int, float, bytes]]:
    """(field, term, document, weight, value) of each posting, sorted."""
    for name in sorted(fields):
        for term, (numbers, weights, values) in sorted(fields[name].items()):
            held = _split_values(bytes(values), weights, schema[name].width) or (b"",) * len(numbers)
            yield from ((name, term.encode(), *each) for each in zip(numbers, map(float, weights), held, strict=True))


def _is_known_codec(writer: Any) -> bool:
    """True when the codec is the one whose blocks are written here."""
    info = getattr(whoosh3, "W3TermInfo", None)
    layout = getattr(getattr(info, "_struct", None), "format", b"")
    magic = getattr(whoosh3, "WHOOSH3_HEADER_MAGIC", b"")
    return (layout, magic) == (_TERM_INFO_FORMAT, b"W3Bl") and all(hasattr(writer, name) for name in _WRITER_INTERNALS)


def _write_field(writer: Any, terms: PostingsByTerm, width: int) -> None:
    file, number = writer._postfile, writer._fieldid.to_bytes(2, "big")
    write, add, pack = file.write, writer._tindex.add, whoosh3.W3TermInfo._struct.pack
    start = file.tell()
    for term in sorted(terms):
        numbers, weights, values = terms[term]
        size = _write_postings_list(write, numbers, weights, bytes(values), width)
        info = pack(0, sum(weights), len(numbers), 0, 0, max(weights), numbers[0], numbers[-1])
        add(number + term.encode(), info + _EXTENT_STRUCT.pack(start, size))
        start += size


def _write_postings_list(
    write: Callable[[bytes], Any], numbers: "array[int]", weights: "array[int]", values: bytes, width: int
) -> int:
    """Writes the posting list of a term; its size in bytes."""
    parts = [whoosh3.WHOOSH3_HEADER_MAGIC]
    count, done = len(numbers), 0
    for start in range(0, count, POSTINGS_PER_BLOCK):
        some = weights[start : start + POSTINGS_PER_BLOCK]
        size = width * sum(some)
        info, data = _encode_block(
            numbers[start : start + POSTINGS_PER_BLOCK], some, _split_values(values[done : done + size], some, width)
        )
        done += size
        length = len(info) + len(data)
        parts += (
            (length if start + POSTINGS_PER_BLOCK < count else -length).to_bytes(4, "big", signed=True),
            info,
            data,
        )
    whole = b"".join(parts)
    write(whole)
    return len(whole)


def _encode_block(
    numbers: "array[int]", weights: "array[int]", values: tuple[bytes, ...] | None
) -> tuple[bytes, bytes]:
    """What Whoosh keeps of some postings: about them, and the postings themselves."""
    highest = float(max(weights))
    said: float | tuple[float, ...] | None = None
    if highest != 1.0:
        said = highest if highest == min(weights) else tuple(map(float, weights))
    gaps = (numbers[0], *map(sub, numbers[1:], numbers))
    data = dumps((gaps, said, values), _PICKLE_PROTOCOL)
    level = _COMPRESSION_LEVEL if len(data) >= _MIN_COMPRESSED_BYTES else 0
    if level:
        data = zlib.compress(data, level)
    return dumps((len(numbers), numbers[-1], highest, level, 0, 0), 2), data


def _split_values(values: bytes, weights: "array[int]", width: int) -> tuple[bytes, ...] | None:
    """Each posting's own of the values of some; None where postings have none."""
    if not width:
        return None
    if len(weights) == 1:
        return (values,)
    ends = [*accumulate(weights, lambda end, weight: end + weight * width, initial=0)]
    return tuple(map(values.__getitem__, map(slice, ends, ends[1:])))
