"""Column formats in place of Whoosh's: numeric, bytes and dictionary-encoded columns that load as a whole.

Whoosh's columns return one value at a time: sorting 100,000 documents by date and id took 350 ms, most of it for
reading two numbers and an id of each (2026-11, whoosh3 3.54.0). Here numbers are arrays in native byte order, repeated
values are ordinals into a list of values, and bytes columns have an array of offsets.

They implement `whoosh.columns`, so Whoosh writes and merges them like its own.
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
    """Collects values until `finish`; documents without a value get the default."""

    default: Any

    def __init__(self, dbfile: Any) -> None:
        self._file = dbfile
        self._count = 0

    def add(self, docnum: int, value: Any) -> None:
        """Add the value of a document, in ascending order of numbers."""
        self.fill(docnum)
        self._put(value)
        self._count = docnum + 1

    def fill(self, docnum: int) -> None:
        """Add the default for all documents before `docnum` that have no value."""
        for _ in range(self._count, docnum):
            self._put(self.default)
        self._count = max(self._count, docnum)

    def finish(self, docnum: int) -> None:
        """Write the values of all `docnum` documents."""
        self.fill(docnum)
        self._write()

    def _put(self, value: Any) -> None:
        raise NotImplementedError

    def _write(self) -> None:
        raise NotImplementedError


class _BaseColumnReader(columns.ColumnReader):  # type: ignore[misc]
    def _array(self, kind: str, start: int, size: int) -> "array[int]":
        """Return `size` numbers from `start` bytes into the column. Raise `ValueError` if there are fewer."""
        numbers = array(kind)
        numbers.frombytes(self._dbfile.get(self._basepos + start, size * numbers.itemsize))
        if len(numbers) != size:
            raise ValueError("a column is truncated")
        return numbers


class Numbers(columns.Column):  # type: ignore[misc]
    """Column of 32-bit integers."""

    _default = 0

    class Writer(_BaseColumnWriter):
        """Writer of 32-bit integers."""

        default = 0

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._values = array(NUMBER_TYPECODE)

        def _put(self, value: int) -> None:
            self._values.append(value)

        def _write(self) -> None:
            self._file.write(self._values.tobytes())

    class Reader(_BaseColumnReader):
        """Reader of 32-bit integers."""

        def __getitem__(self, docnum: int) -> int:
            size = _NUMBER_STRUCT.size
            return int(_NUMBER_STRUCT.unpack(self._dbfile.get(self._basepos + docnum * size, size))[0])

        def load(self) -> "array[int]":
            """Return the numbers of all documents."""
            return self._array(NUMBER_TYPECODE, 0, self._doccount)


class SmallNumbers(columns.Column):  # type: ignore[misc]
    """Column of numbers from 0 to 255, a byte each."""

    _default = 0

    class Writer(_BaseColumnWriter):
        """Writer of numbers from 0 to 255."""

        default = 0

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._values = bytearray()

        def _put(self, value: int) -> None:
            self._values.append(value)

        def _write(self) -> None:
            self._file.write(bytes(self._values))

    class Reader(_BaseColumnReader):
        """Reader of numbers from 0 to 255."""

        def __getitem__(self, docnum: int) -> int:
            return int(self._dbfile.get(self._basepos + docnum, 1)[0])

        def load(self) -> bytes:
            """Return the numbers of all documents."""
            return self._array("B", 0, self._doccount).tobytes()


class Bytes(columns.Column):  # type: ignore[misc]
    """Column of byte strings: all values, then their offsets, then a flag that is set if they are strictly ascending.

    Documents with ascending values can be sorted by number, without reading the values.
    """

    _default = b""

    class Writer(_BaseColumnWriter):
        """Writer of byte strings."""

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
        """Reader of byte strings."""

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
            """Return the values of all documents."""
            begins = self._array(OFFSET_TYPECODE, self._size, self._doccount + 1)
            values = self._dbfile.get(self._basepos, self._size)
            return [values[start:end] for start, end in pairwise(begins)]


class Repeated(columns.Column):  # type: ignore[misc]
    """Dictionary-encoded column: an ordinal for each document, then each distinct value once, as `Bytes`."""

    _default = b""

    class Writer(_BaseColumnWriter):
        """Writer of dictionary-encoded values."""

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
        """Reader of dictionary-encoded values."""

        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            (value_count,) = _NUMBER_STRUCT.unpack(
                dbfile.get(basepos + length - _NUMBER_STRUCT.size, _NUMBER_STRUCT.size)
            )
            numbers = doccount * array(ORDINAL_TYPECODE).itemsize
            self._values = Bytes.Reader(dbfile, basepos + numbers, length - numbers - _NUMBER_STRUCT.size, value_count)

        def __getitem__(self, docnum: int) -> bytes:
            size = _NUMBER_STRUCT.size
            (number,) = _NUMBER_STRUCT.unpack(self._dbfile.get(self._basepos + docnum * size, size))
            return self._values[number]

        def numbers(self) -> "array[int]":
            """Return the ordinal of each document's value."""
            return self._array(ORDINAL_TYPECODE, 0, self._doccount)

        def values(self) -> list[bytes]:
            """Return the distinct values, by ordinal."""
            return self._values.load()

        def load(self) -> list[bytes]:
            """Return the values of all documents."""
            return list(map(self.values().__getitem__, self.numbers()))
