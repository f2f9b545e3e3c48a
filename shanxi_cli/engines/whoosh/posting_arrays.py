"""Format of a posting list: arrays of documents, frequencies and occurrences.

    1 byte     the kind of list
    1 byte     the width of its values: bytes for each unit of the frequency; 4 are positions; plus 128 if keys are far
    numbers    the documents, ascending: 2 bytes each, or 4 if one of them needs it
    weights    the frequencies: 1 byte each, or 4; none if all of them are 1
    table      4 bytes for each chunk of `POSTINGS_PER_CHUNK` postings
    values     of positions: a key of 4 bytes for each occurrence, then the upper halves of their positions, 2 bytes
               each, compressed if they are many; the table has the occurrences up to the end of each chunk.
               Others: chunks of values; the table has twice the bytes of each, plus 1 if it is compressed

The arrays are used as they are read, without unpacking a posting. A key is the document (15 bits) and the position in
it: a bit that is 1 in the body of the article, and the lower half of the position; or 0, the zone (3 bits) and the
place in it (13 bits). A place that needs more is far, and its key does not tell the position. Keys of two words are
compared a list at a time (`close_words`), which finds phrases without looking at single documents.
"""

import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate, chain, compress, repeat
from struct import Struct

from shanxi_cli.analysis.document_fields import ZONES

POSTINGS_PER_CHUNK = 512
POSITION_BYTES = 4
KEY_BITS_OF_POSITION = 17
"""Lower bits of a key: all but those of the document."""
_IN_BODY, PLACE_BITS = 1 << 16, 13
_ZONE_SHIFT, _ZONE_OF_KEY = 7, 0x1E000
"""Bits of a key for the body and the zone, and by how much they are higher in a position."""
_BODY_BYTE = 2 if sys.byteorder == "little" else 1
_OUTSIDE_BODY = b"\1\0" * 128
"""1 for each value of the `_BODY_BYTE` of a key without `_IN_BODY`."""
_KEYED_UPPERS = frozenset(zone.start >> 16 for zone in ZONES.values())
"""Upper halves of positions in the first 65,536 words of a zone; other positions have no keys."""
_COMPRESSION_LEVEL = 1
_MIN_COMPRESSED_BYTES = 160
"""Size in bytes from which values are compressed."""
_MAGIC, _WIDE_NUMBERS, _WIDE_WEIGHTS, _ALL_ONES, _KEYED, _COMPRESSED = 0xA0, 1, 2, 4, 8, 16
_MAGIC_MASK = 0xE0
_IS_FAR = 0x80
_HEAD_BYTES = 2
_MAX_KEYED_NUMBER = 0x7FFE
_LONE_KIND, _LONE_POSTING = _MAGIC | _ALL_ONES | _KEYED, Struct("=BBHIIH")
_HIGH = 1 if sys.byteorder == "little" else 0
"""Place of the upper half of a four-byte number among its two-byte halves."""

ReadBytes = Callable[[int, int], bytes]
"""Returns the bytes of a posting list from an offset, of a length."""


class Occurrences:
    """Occurrences of a term in a segment: their `keys` are in the order of documents and positions.

    Those in far documents do not tell positions, and may be in another order.
    """

    __slots__ = ("_load_far", "keys")

    def __init__(self, keys: "array[int]", load_far: Callable[[], set[int]]) -> None:
        """`load_far` returns the documents with positions that are far."""
        self.keys = keys
        self._load_far = load_far

    def far_documents(self) -> set[int]:
        """Return the documents with positions that keys do not tell; mostly there are none."""
        return self._load_far()

    def __contains__(self, key: int) -> bool:
        """Return True if an occurrence has this key, which is not of a far document."""
        at = bisect_left(self.keys, key)
        return at < len(self.keys) and self.keys[at] == key


def same_zone(key: int, other: int) -> bool:
    """Return True if two keys are of the same zone of the same document."""
    bits = 16 if key & _IN_BODY else PLACE_BITS
    return key >> bits == other >> bits


def position_of_key(key: int) -> int:
    """Return the position of an occurrence, which is not of a far document."""
    if key & _IN_BODY:
        return ZONES["body"].start | key & 0xFFFF
    return (key & _ZONE_OF_KEY) << _ZONE_SHIFT | key & (1 << PLACE_BITS) - 1


class PostingArrays:
    """A stored posting list: documents by their numbers in the segment, frequencies, and values on demand."""

    __slots__ = (
        "_chunks",
        "_compressed",
        "_far",
        "_read",
        "_start",
        "_table",
        "_upper",
        "_width",
        "keyed",
        "numbers",
        "weights",
    )

    def __init__(self, read: ReadBytes, count: int) -> None:
        """Read the arrays of a list of `count` postings. Raises `ValueError` if it is damaged."""
        kind, width = read(0, _HEAD_BYTES)
        self._width, self._far = width & ~_IS_FAR, bool(width & _IS_FAR)
        if kind & _MAGIC_MASK != _MAGIC:
            raise ValueError("not a posting list")
        self._read = read
        self.keyed = bool(kind & _KEYED)
        self._compressed = bool(kind & _COMPRESSED)
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
        self._start = _HEAD_BYTES + len(data)
        self._chunks: dict[int, bytes] = {}
        self._upper: array[int] | None = None

    def occurrences(self) -> Occurrences:
        """Return all occurrences of a list that is `keyed`."""
        keys = array("I", self._read(self._start, POSITION_BYTES * self._table[-1]))
        return Occurrences(keys, self._far_documents)

    def value(self, at: int) -> bytes:
        """Return the value of the posting at a place in the list."""
        if not self._width:
            return b""
        number = at // POSTINGS_PER_CHUNK
        start = sum(self.weights[number * POSTINGS_PER_CHUNK : at])
        if not self.keyed:
            end = start + self.weights[at]
            return self._chunk(number)[start * self._width : end * self._width]
        start += self._table[number - 1] if number else 0
        end = start + self.weights[at]
        keys = self._read(self._start + POSITION_BYTES * start, POSITION_BYTES * (end - start))
        return _join_positions(keys, self._upper_halves()[start:end])

    def values(self) -> Sequence[bytes]:
        """Return the values of all postings; nothing for a field without values."""
        if not self._width:
            return ()
        if self.keyed:
            data = _join_positions(self.occurrences().keys.tobytes(), self._upper_halves())
        else:
            data = b"".join(map(self._chunk, range(len(self._table))))
        return split_values(data, self.weights, self._width)

    def _far_documents(self) -> set[int]:
        if not self._far:
            return set()
        keys = self.occurrences().keys
        data = keys.tobytes()
        positions = array("I", _join_positions(data, self._upper_halves()))
        outside = data[_BODY_BYTE::POSITION_BYTES].translate(_OUTSIDE_BODY)
        found = zip(compress(keys, outside), compress(positions, outside), strict=True)
        return {key >> KEY_BITS_OF_POSITION for key, position in found if position & 0xFFFF >> PLACE_BITS << PLACE_BITS}

    def _upper_halves(self) -> "array[int]":
        if self._upper is None:
            count = self._table[-1]
            start = self._start + POSITION_BYTES * count
            if self._compressed:
                size = int.from_bytes(self._read(start, 4), "big")
                data = zlib.decompress(self._read(start + 4, size))
            else:
                data = self._read(start, 2 * count)
            self._upper = array("H", data)
            if len(self._upper) != count:
                raise ValueError("a posting list has too few positions")
        return self._upper

    def _chunk(self, number: int) -> bytes:
        if number not in self._chunks:
            start = self._start + sum(size >> 1 for size in self._table[:number])
            data = self._read(start, self._table[number] >> 1)
            self._chunks[number] = zlib.decompress(data) if self._table[number] & 1 else data
        return self._chunks[number]


def encode_postings(numbers: "array[int]", weights: "array[int]", values: bytes, width: int) -> bytes:
    """Return the posting list of a term; `values` are those of all postings, `width` bytes a unit of weight."""
    highest = max(weights)
    kind = _MAGIC | (_WIDE_NUMBERS if numbers[-1] > 0xFFFF else 0)
    kind |= _ALL_ONES if highest == 1 else _WIDE_WEIGHTS if highest > 0xFF else 0
    table, stored = array("I"), b""
    if width == POSITION_BYTES and numbers[-1] <= _MAX_KEYED_NUMBER and _have_keys(values):
        table = array("I", [0, *accumulate(weights)][POSTINGS_PER_CHUNK::POSTINGS_PER_CHUNK])
        if len(numbers) % POSTINGS_PER_CHUNK:
            table.append(len(values) // POSITION_BYTES)
        upper, is_compressed = _encode_upper_halves(values)
        kind |= _KEYED | (_COMPRESSED if is_compressed else 0)
        keys, is_far = _encode_keys(numbers, weights, values)
        stored = keys + upper
        width |= _IS_FAR if is_far else 0
    elif width:
        table, stored = _encode_chunks(weights, values, width)
    stored_numbers = numbers if kind & _WIDE_NUMBERS else array("H", numbers)
    stored_weights = b"" if kind & _ALL_ONES else weights.tobytes() if kind & _WIDE_WEIGHTS else bytes(weights.tolist())
    return b"".join((bytes((kind, width)), stored_numbers.tobytes(), stored_weights, table.tobytes(), stored))


def encode_occurrence(number: int, position: int) -> bytes:
    """Return the posting list of a term that occurs once: that of `encode_postings`, in a tenth of the time."""
    upper = position >> 16
    if number > _MAX_KEYED_NUMBER or upper not in _KEYED_UPPERS:
        return encode_postings(array("I", [number]), array("I", [1]), array("I", [position]).tobytes(), POSITION_BYTES)
    zone, half = position >> _ZONE_SHIFT & _ZONE_OF_KEY, position & 0xFFFF
    body = zone & _IN_BODY
    is_far = half >> PLACE_BITS << PLACE_BITS & ~(body - (body >> 16 - PLACE_BITS))
    width = POSITION_BYTES | (_IS_FAR if is_far else 0)
    return _LONE_POSTING.pack(_LONE_KIND, width, number, 1, (number << KEY_BITS_OF_POSITION) + (zone ^ half), upper)


def split_values(values: bytes, weights: Sequence[int], width: int) -> tuple[bytes, ...]:
    """Split joined values into one for each posting."""
    if len(weights) == 1:
        return (values,)
    ends = [*accumulate(weights, lambda end, weight: end + weight * width, initial=0)]
    return tuple(map(values.__getitem__, map(slice, ends, ends[1:])))


def _encode_chunks(weights: "array[int]", values: bytes, width: int) -> "tuple[array[int], bytes]":
    """Return the table and the chunks of values without keys."""
    chunks, table, done = list[bytes](), array("I"), 0
    for start in range(0, len(weights), POSTINGS_PER_CHUNK):
        size = sum(weights[start : start + POSTINGS_PER_CHUNK]) * width
        data = values[done : done + size]
        done += size
        is_compressed = size >= _MIN_COMPRESSED_BYTES
        chunks.append(zlib.compress(data, _COMPRESSION_LEVEL) if is_compressed else data)
        table.append(len(chunks[-1]) << 1 | is_compressed)
    return table, b"".join(chunks)


def _have_keys(positions: bytes) -> bool:
    """Return True if all positions are among the first 65,536 words of their zones."""
    return _KEYED_UPPERS.issuperset(memoryview(positions).cast("H")[_HIGH::2])


def _encode_keys(numbers: "array[int]", weights: "array[int]", positions: bytes) -> tuple[bytes, bool]:
    """Return the keys of all occurrences, and whether some are far."""
    documents = array("I", chain.from_iterable(map(repeat, numbers, weights))).tobytes()
    lanes, all_positions = len(positions) // POSITION_BYTES, int.from_bytes(positions, sys.byteorder)
    zones = all_positions >> _ZONE_SHIFT & fill_lanes(_ZONE_OF_KEY, lanes)
    halves = all_positions & fill_lanes(0xFFFF, lanes)
    keys = (int.from_bytes(documents, sys.byteorder) << KEY_BITS_OF_POSITION) + (zones ^ halves)
    beyond = halves & fill_lanes(0xFFFF >> PLACE_BITS << PLACE_BITS, lanes)
    bodies = zones & fill_lanes(_IN_BODY, lanes)
    far = beyond and beyond & ~(bodies - (bodies >> 16 - PLACE_BITS))
    return keys.to_bytes(len(positions), sys.byteorder), bool(far)


def fill_lanes(number: int, lanes: int) -> int:
    """Return a large number of so many four-byte lanes, all with the same number."""
    bits = lanes.bit_length()
    return number * (_ones(bits) >> 8 * POSITION_BYTES * ((1 << bits) - lanes))


@cache
def _ones(bits: int) -> int:
    """Return a large number of `2 ** bits` four-byte lanes, all with 1."""
    return int.from_bytes(b"\1\0\0\0" * (1 << bits), "little")


def _encode_upper_halves(positions: bytes) -> tuple[bytes, bool]:
    data = memoryview(positions).cast("H")[_HIGH::2].tobytes()
    if len(data) < _MIN_COMPRESSED_BYTES:
        return data, False
    data = zlib.compress(data, _COMPRESSION_LEVEL)
    return len(data).to_bytes(4, "big") + data, True


def _join_positions(keys: bytes, upper: "array[int]") -> bytes:
    """Return the positions of keys with these upper halves."""
    buffer = bytearray(len(keys))
    memoryview(buffer).cast("H")[_HIGH::2] = memoryview(upper)
    lanes, zones = len(upper), int.from_bytes(buffer, sys.byteorder)
    halves = int.from_bytes(keys, sys.byteorder) & fill_lanes(0xFFFF, lanes)
    places = halves ^ zones >> _ZONE_SHIFT & fill_lanes(_ZONE_OF_KEY & 0xFFFF, lanes)
    return (places | zones).to_bytes(len(keys), sys.byteorder)
