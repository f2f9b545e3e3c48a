"""Format of a posting list: arrays of documents, frequencies and occurrences.

    1 byte     the kind of list
    1 byte     the width of its values: bytes for each unit of the frequency; 4 are positions
    numbers    the documents, ascending: 2 bytes each, or 4 if one of them needs it
    weights    the frequencies: 1 byte each, or 4; none if all of them are 1
    table      4 bytes for each chunk of `POSTINGS_PER_CHUNK` postings
    values     of positions: a key of 4 bytes for each occurrence, then the upper halves of their positions, 2 bytes
               each, compressed if they are many; the table has the occurrences up to the end of each chunk.
               Others: chunks of values; the table has twice the bytes of each, plus 1 if it is compressed

The arrays are used as they are read, without unpacking a posting. A key is the document, a bit that is 1 in the body
of the article, and the lower half of the position. Keys of two words are compared a list at a time (`close_words`),
which finds phrases without looking at single documents. In the body, where most words are, a key tells the position;
elsewhere the upper half does, which is read only then.
"""

import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import accumulate, chain, repeat

from shanxi_cli.analysis.document_fields import ZONES

POSTINGS_PER_CHUNK = 512
POSITION_BYTES = 4
KEY_BITS_OF_HALF, KEY_BITS_OF_POSITION = 16, 17
"""Lower bits of a key: those of the lower half of the position; and of what is not the document."""
_COMPRESSION_LEVEL = 1
_MIN_COMPRESSED_BYTES = 160
"""Size in bytes from which values are compressed."""
_MAGIC, _WIDE_NUMBERS, _WIDE_WEIGHTS, _ALL_ONES, _KEYED, _COMPRESSED = 0xA0, 1, 2, 4, 8, 16
_MAGIC_MASK = 0xE0
_HEAD_BYTES = 2
_MAX_KEYED_NUMBER = 0x7FFE
BODY_START = ZONES["body"].start
_BODY_UPPER = BODY_START >> KEY_BITS_OF_HALF
_BODY_SHIFT = _BODY_UPPER.bit_length() - 1
_KEYED_UPPERS = frozenset(zone.start >> KEY_BITS_OF_HALF for zone in ZONES.values())
"""Upper halves of positions in the first 65,536 words of a zone; other positions have no keys. Only that of the body
has the bit `_BODY_SHIFT`."""
_HIGH = 1 if sys.byteorder == "little" else 0
"""Place of the upper half of a four-byte number among its two-byte halves."""

ReadBytes = Callable[[int, int], bytes]
"""Returns the bytes of a posting list from an offset, of a length."""


class Occurrences:
    """Occurrences of a term in a segment, in the order of documents and positions.

    `keys` of one document may be in another order, but those in its body are ascending, and come last.
    """

    __slots__ = ("_load_upper", "keys")

    def __init__(self, keys: "array[int]", load_upper: Callable[[], "array[int]"]) -> None:
        """`load_upper` returns the upper halves of the positions."""
        self.keys = keys
        self._load_upper = load_upper

    @property
    def upper(self) -> "array[int]":
        """The upper half of each position."""
        return self._load_upper()

    def __contains__(self, key: int) -> bool:
        """Return True if an occurrence has this key."""
        at, size = bisect_left(self.keys, key), len(self.keys)
        if at < size and self.keys[at] == key:
            return True
        return not is_in_body(key) and bool(self._places(key))

    def positions(self, key: int) -> set[int]:
        """Return the positions of the occurrences with a key."""
        half = key & 0xFFFF
        if is_in_body(key):
            return {BODY_START | half} if key in self else set()
        upper = self.upper
        return {upper[at] << KEY_BITS_OF_HALF | half for at in self._places(key)}

    def _places(self, key: int) -> list[int]:
        """Return the places of a key in `keys`, by a search of all of its document."""
        keys, document, size = self.keys, key >> KEY_BITS_OF_POSITION, len(self.keys)
        at, found = bisect_left(keys, document << KEY_BITS_OF_POSITION), []
        while at < size and keys[at] >> KEY_BITS_OF_POSITION == document:
            if keys[at] == key:
                found.append(at)
            at += 1
        return found


def is_in_body(key: int) -> bool:
    """Return True if an occurrence is in the body of its article, where its key tells its position."""
    return bool(key >> KEY_BITS_OF_HALF & 1)


class PostingArrays:
    """A stored posting list: documents by their numbers in the segment, frequencies, and values on demand."""

    __slots__ = (
        "_chunks",
        "_compressed",
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
        kind, self._width = read(0, _HEAD_BYTES)
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
        return Occurrences(keys, self._upper_halves)

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
            table.append(len(values) // width)
        upper, is_compressed = _encode_upper_halves(values)
        kind |= _KEYED | (_COMPRESSED if is_compressed else 0)
        stored = _encode_keys(numbers, weights, values) + upper
    elif width:
        table, stored = _encode_chunks(weights, values, width)
    stored_numbers = numbers if kind & _WIDE_NUMBERS else array("H", numbers)
    stored_weights = b"" if kind & _ALL_ONES else weights.tobytes() if kind & _WIDE_WEIGHTS else bytes(weights.tolist())
    return b"".join((bytes((kind, width)), stored_numbers.tobytes(), stored_weights, table.tobytes(), stored))


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


def _encode_keys(numbers: "array[int]", weights: "array[int]", positions: bytes) -> bytes:
    """Return the keys of all occurrences: each position, with its upper half replaced."""
    halves = memoryview(bytearray(positions)).cast("H")
    upper = int.from_bytes(halves[_HIGH::2].tobytes(), sys.byteorder)
    documents = array("H", chain.from_iterable(map(repeat, numbers, weights))).tobytes()
    ones = int.from_bytes((1).to_bytes(2, sys.byteorder) * (len(documents) // 2), sys.byteorder)
    heads = int.from_bytes(documents, sys.byteorder) << 1 | upper >> _BODY_SHIFT & ones
    halves[_HIGH::2] = memoryview(heads.to_bytes(len(documents), sys.byteorder)).cast("H")
    return halves.tobytes()


def _encode_upper_halves(positions: bytes) -> tuple[bytes, bool]:
    data = memoryview(positions).cast("H")[_HIGH::2].tobytes()
    if len(data) < _MIN_COMPRESSED_BYTES:
        return data, False
    data = zlib.compress(data, _COMPRESSION_LEVEL)
    return len(data).to_bytes(4, "big") + data, True


def _join_positions(keys: bytes, upper: "array[int]") -> bytes:
    """Return the positions of keys: the lower half of each, and its upper half."""
    positions = memoryview(bytearray(keys)).cast("H")
    positions[_HIGH::2] = memoryview(upper)
    return positions.tobytes()
