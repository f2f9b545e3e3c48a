"""Columns of our own, in place of Whoosh's: what a search needs of every document is read at once, the rest not at all.

Whoosh's columns give value by value: to order 100,000 documents by date and id took 350 ms, most of it reading two
numbers and an id of each (2026-11, whoosh3 3.54.0). Here numbers are an array as the machine keeps them, values that
repeat are numbers into a short list, and of bytes only where each begins is laid down beside them.

They are columns as Whoosh defines them (`whoosh.columns`), so that it writes and merges them like its own.
"""

import struct
from array import array
from itertools import pairwise
from typing import Any

from whoosh import columns

NUMBER_TYPECODE, ORDINAL_TYPECODE, OFFSET_TYPECODE = "i", "I", "Q"
_OFFSET_PAIR_STRUCT = struct.Struct("=QQ")
_NUMBER_STRUCT = struct.Struct("=i")
_FOOTER_STRUCT = struct.Struct("=QB")


class _BaseColumnWriter(columns.ColumnWriter):  # type: ignore[misc]
    """Keeps the values until all are there; a document that has none gets the default."""

    default: Any

    def __init__(self, dbfile: Any) -> None:
        self._file = dbfile
        self._count = 0

    def add(self, docnum: int, value: Any) -> None:
        """The value of a document, whose number is higher than those before."""
        self.fill(docnum)
        self._put(value)
        self._count = docnum + 1

    def fill(self, docnum: int) -> None:
        """The default for all documents up to `docnum` that have no value."""
        for _ in range(self._count, docnum):
            self._put(self.default)
        self._count = max(self._count, docnum)

    def finish(self, docnum: int) -> None:
        """Writes the values of all `docnum` documents."""
        self.fill(docnum)
        self._write()

    def _put(self, value: Any) -> None:
        raise NotImplementedError

    def _write(self) -> None:
        raise NotImplementedError


class _BaseColumnReader(columns.ColumnReader):  # type: ignore[misc]
    def _array(self, kind: str, start: int, size: int) -> "array[int]":
        """Numbers that lie `start` bytes from the beginning of the column; fewer than were written are damage."""
        numbers = array(kind)
        numbers.frombytes(self._dbfile.get(self._basepos + start, size * numbers.itemsize))
        if len(numbers) != size:
            raise ValueError("a column is shorter than it was")
        return numbers


class Numbers(columns.Column):  # type: ignore[misc]
    """Whole numbers of 32 bits."""

    _default = 0

    class Writer(_BaseColumnWriter):
        default = 0

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._values = array(NUMBER_TYPECODE)

        def _put(self, value: int) -> None:
            self._values.append(value)

        def _write(self) -> None:
            self._file.write(self._values.tobytes())

    class Reader(_BaseColumnReader):
        def __getitem__(self, docnum: int) -> int:
            size = _NUMBER_STRUCT.size
            return int(_NUMBER_STRUCT.unpack(self._dbfile.get(self._basepos + docnum * size, size))[0])

        def load(self) -> "array[int]":
            """The numbers of all documents."""
            return self._array(NUMBER_TYPECODE, 0, self._doccount)


class Bytes(columns.Column):  # type: ignore[misc]
    """Bytes of any length: all values, then where each begins, then whether they ascend.

    A value that does not come after the one before it ends that; documents that ascend need not be looked up to be put
    in order.
    """

    _default = b""

    class Writer(_BaseColumnWriter):
        default = b""

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._begins = array(OFFSET_TYPECODE, [0])
            self._last = b""
            self._ascends = True

        def _put(self, value: bytes) -> None:
            self._ascends = self._ascends and (value > self._last or len(self._begins) == 1)
            self._last = value
            self._file.write(value)
            self._begins.append(self._begins[-1] + len(value))

        def _write(self) -> None:
            self._file.write(self._begins.tobytes())
            self._file.write(_FOOTER_STRUCT.pack(self._begins[-1], self._ascends))

    class Reader(_BaseColumnReader):
        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            self._size, ascends = _FOOTER_STRUCT.unpack(
                dbfile.get(basepos + length - _FOOTER_STRUCT.size, _FOOTER_STRUCT.size)
            )
            self.ascends = bool(ascends)

        def __getitem__(self, docnum: int) -> bytes:
            at = self._basepos + self._size + docnum * (_OFFSET_PAIR_STRUCT.size // 2)
            start, end = _OFFSET_PAIR_STRUCT.unpack(self._dbfile.get(at, _OFFSET_PAIR_STRUCT.size))
            return bytes(self._dbfile.get(self._basepos + start, end - start))

        def load(self) -> list[bytes]:
            """The values of all documents."""
            begins = self._array(OFFSET_TYPECODE, self._size, self._doccount + 1)
            values = self._dbfile.get(self._basepos, self._size)
            return [values[start:end] for start, end in pairwise(begins)]


class Repeated(columns.Column):  # type: ignore[misc]
    """Bytes that many documents share: the number of its value for each document, then each value once, as `Bytes`."""

    _default = b""

    class Writer(_BaseColumnWriter):
        default = b""

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._numbers = array(ORDINAL_TYPECODE)
            self._of_value: dict[bytes, int] = {}

        def _put(self, value: bytes) -> None:
            self._numbers.append(self._of_value.setdefault(value, len(self._of_value)))

        def _write(self) -> None:
            self._file.write(self._numbers.tobytes())
            values = Bytes.Writer(self._file)
            for number, value in enumerate(self._of_value):
                values.add(number, value)
            values.finish(len(self._of_value))
            self._file.write(_NUMBER_STRUCT.pack(len(self._of_value)))

    class Reader(_BaseColumnReader):
        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            (many,) = _NUMBER_STRUCT.unpack(dbfile.get(basepos + length - _NUMBER_STRUCT.size, _NUMBER_STRUCT.size))
            numbers = doccount * array(ORDINAL_TYPECODE).itemsize
            self._values = Bytes.Reader(dbfile, basepos + numbers, length - numbers - _NUMBER_STRUCT.size, many)

        def __getitem__(self, docnum: int) -> bytes:
            size = _NUMBER_STRUCT.size
            (number,) = _NUMBER_STRUCT.unpack(self._dbfile.get(self._basepos + docnum * size, size))
            return self._values[number]

        def numbers(self) -> "array[int]":
            """The number of its value for each document."""
            return self._array(ORDINAL_TYPECODE, 0, self._doccount)

        def values(self) -> list[bytes]:
            """The values by their numbers."""
            return self._values.load()

        def load(self) -> list[bytes]:
            """The values of all documents."""
            return list(map(self.values().__getitem__, self.numbers()))
