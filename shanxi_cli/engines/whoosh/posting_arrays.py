"""Format of a posting list: arrays of documents and frequencies, and chunks of posting values.

    1 byte     the kind of list
    1 byte     the width of its values: bytes for each unit of the frequency; 4 are positions
    numbers    the documents, ascending: 2 bytes each, or 4 if one of them needs it
    weights    the frequencies: 1 byte each, or 4; none if all of them are 1
    table      4 bytes a chunk: twice its length in bytes, plus 1 if it is compressed
    chunks     the values of `POSTINGS_PER_CHUNK` postings each

The arrays are used as they are read, without unpacking a posting. A position takes a key of four bytes, with the
document in the upper half and the lower half of the position in the other, and two more for the upper half of the
position: first all keys of a chunk, then all upper halves. Keys of two words are compared a list at a time
(`close_words`), which finds phrases without reading a document. Values that have no keys are stored as they are.
"""

import sys
import zlib
from array import array
from collections.abc import Callable, Sequence
from itertools import accumulate, chain, repeat
from typing import NamedTuple

POSTINGS_PER_CHUNK = 512
POSITION_BYTES = 4
_COMPRESSION_LEVEL = 1
_MIN_COMPRESSED_BYTES = 160
"""Size in bytes from which a chunk is compressed."""
_MAGIC, _WIDE_NUMBERS, _WIDE_WEIGHTS, _ALL_ONES, _KEYED = 0xA0, 1, 2, 4, 8
_HEAD_BYTES = 2
_KEYED_BYTES = 6
MAX_KEYED_NUMBER = 0xFFFE
_ZONE_BITS = 0xF
"""Bits of the upper half of a position that are 0 in the first 65,536 words of a zone; others have no keys."""
LOW, HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
"""Place of the lower and the upper half of a four-byte number among its two-byte halves."""

ReadBytes = Callable[[int, int], bytes]
"""Returns the bytes of a posting list from an offset, of a length."""


class _Chunk(NamedTuple):
    """Values of some postings: `keys` and upper halves of positions, or `plain` bytes."""

    keys: "array[int]"
    upper: "array[int]"
    plain: bytes


class PostingArrays:
    """A stored posting list: documents by their numbers in the segment, frequencies, and values on demand."""

    __slots__ = ("_chunks", "_ends", "_read", "_table", "_width", "keyed", "numbers", "weights")

    def __init__(self, read: ReadBytes, count: int) -> None:
        """Read the arrays of a list of `count` postings. Raises `ValueError` if it is damaged."""
        kind, self._width = read(0, _HEAD_BYTES)
        if kind & 0xF0 != _MAGIC:
            raise ValueError("not a posting list")
        self._read = read
        self.keyed = bool(kind & _KEYED)
        self.numbers: array[int] = array("I" if kind & _WIDE_NUMBERS else "H")
        weight_bytes = 0 if kind & _ALL_ONES else 4 if kind & _WIDE_WEIGHTS else 1
        chunks = -(-count // POSTINGS_PER_CHUNK) if self._width else 0
        first, second = self.numbers.itemsize * count, weight_bytes * count
        data = read(_HEAD_BYTES, first + second + 4 * chunks)
        if len(data) != first + second + 4 * chunks:
            raise ValueError("a posting list is truncated")
        self.numbers.frombytes(data[:first])
        weights = data[first : first + second]
        self.weights: Sequence[int] = (
            b"\1" * count if not weight_bytes else array("I", weights) if weight_bytes > 1 else weights
        )
        self._table = array("I", data[first + second :])
        self._ends = [*accumulate(self._table, lambda at, size: at + (size >> 1), initial=_HEAD_BYTES + len(data))]
        self._chunks: dict[int, _Chunk] = {}

    def keys(self) -> "array[int]":
        """Return the keys of all occurrences, ascending; only a list that is `keyed` has them."""
        keys: array[int] = array("I")
        for number in range(len(self._table)):
            keys += self._chunk(number).keys
        return keys

    def value(self, at: int) -> bytes:
        """Return the value of the posting at a place in the list."""
        if not self._width:
            return b""
        chunk_number = at // POSTINGS_PER_CHUNK
        chunk = self._chunk(chunk_number)
        start = sum(self.weights[chunk_number * POSTINGS_PER_CHUNK : at])
        end = start + self.weights[at]
        if self.keyed:
            return _join_positions(chunk.keys[start:end], chunk.upper[start:end])
        return chunk.plain[start * self._width : end * self._width]

    def values(self) -> Sequence[bytes]:
        """Return the values of all postings; nothing for a field without values."""
        if not self._width:
            return ()
        chunks = map(self._chunk, range(len(self._table)))
        data = b"".join(_join_positions(c.keys, c.upper) if self.keyed else c.plain for c in chunks)
        return split_values(data, self.weights, self._width)

    def _chunk(self, number: int) -> _Chunk:
        if number not in self._chunks:
            start = self._ends[number]
            data = self._read(start, self._ends[number + 1] - start)
            if self._table[number] & 1:
                data = zlib.decompress(data)
            self._chunks[number] = _split_chunk(data) if self.keyed else _Chunk(array("I"), array("H"), data)
        return self._chunks[number]


def encode_postings(numbers: "array[int]", weights: "array[int]", values: bytes, width: int) -> bytes:
    """Return the posting list of a term; `values` are those of all postings, `width` bytes a unit of weight."""
    highest = max(weights)
    kind = _MAGIC | (_WIDE_NUMBERS if numbers[-1] > 0xFFFF else 0)
    kind |= _ALL_ONES if highest == 1 else _WIDE_WEIGHTS if highest > 0xFF else 0
    chunks, table = list[bytes](), array("I")
    if width:
        keyed = width == POSITION_BYTES and numbers[-1] <= MAX_KEYED_NUMBER and _have_keys(values)
        kind |= _KEYED if keyed else 0
        for data in _iterate_chunks(numbers, weights, values, width, keyed=keyed):
            compressed = len(data) >= _MIN_COMPRESSED_BYTES
            chunks.append(zlib.compress(data, _COMPRESSION_LEVEL) if compressed else data)
            table.append(len(chunks[-1]) << 1 | compressed)
    stored_numbers = numbers if kind & _WIDE_NUMBERS else array("H", numbers)
    stored_weights = b"" if kind & _ALL_ONES else weights.tobytes() if kind & _WIDE_WEIGHTS else bytes(weights.tolist())
    return b"".join((bytes((kind, width)), stored_numbers.tobytes(), stored_weights, table.tobytes(), *chunks))


def split_values(values: bytes, weights: Sequence[int], width: int) -> tuple[bytes, ...]:
    """Split joined values into one for each posting."""
    if len(weights) == 1:
        return (values,)
    ends = [*accumulate(weights, lambda end, weight: end + weight * width, initial=0)]
    return tuple(map(values.__getitem__, map(slice, ends, ends[1:])))


def _iterate_chunks(
    numbers: "array[int]", weights: "array[int]", values: bytes, width: int, *, keyed: bool
) -> "list[bytes]":
    """Return the chunks of a list, not compressed."""
    chunks, done = [], 0
    for start in range(0, len(numbers), POSTINGS_PER_CHUNK):
        part = slice(start, start + POSTINGS_PER_CHUNK)
        size = sum(weights[part]) * width
        data = values[done : done + size]
        chunks.append(_join_keys(numbers[part], weights[part], data) if keyed else data)
        done += size
    return chunks


def _have_keys(positions: bytes) -> bool:
    """Return True if all positions are among the first 65,536 words of their zones."""
    return not any(upper & _ZONE_BITS for upper in set(memoryview(positions).cast("H")[HIGH::2]))


def _join_keys(numbers: "array[int]", weights: "array[int]", positions: bytes) -> bytes:
    """Return the keys of the occurrences of some postings, and the upper halves of their positions."""
    halves = memoryview(positions).cast("H")
    keys = memoryview(bytearray(positions)).cast("H")
    keys[HIGH::2] = memoryview(array("H", chain.from_iterable(map(repeat, numbers, weights))))
    return keys.tobytes() + halves[HIGH::2].tobytes()


def _split_chunk(data: bytes) -> _Chunk:
    count = len(data) // _KEYED_BYTES
    if count * _KEYED_BYTES != len(data):
        raise ValueError("a chunk of positions is truncated")
    return _Chunk(array("I", data[: count * POSITION_BYTES]), array("H", data[count * POSITION_BYTES :]), b"")


def _join_positions(keys: "array[int]", upper: "array[int]") -> bytes:
    """Return the positions of keys: the lower half of each, and its upper half."""
    positions = memoryview(bytearray(keys.tobytes())).cast("H")
    positions[HIGH::2] = memoryview(upper)
    return positions.tobytes()
