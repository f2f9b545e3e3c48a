"""What is read of an opened Whoosh index, and kept while it is open: columns, terms, the last positions."""

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from shanxi_cli.analysis.fuzzy_words import FuzzyWordIndex
from shanxi_cli.engines.whoosh.postings import (
    TermPositions,
    expand_prefix,
    list_segments,
    read_positions,
    read_postings,
)

_MAX_CACHED_POSITIONS = 2
"""Terms whose positions are kept: a query is scored by pairs of neighbours, each word in two of them. All would
fill the memory."""
_MAX_SINGLE_READS = 8
"""Values up to which share of a column (one in so many) they are read one by one; beyond, the column is read whole."""


class CachedReader:
    """A Whoosh reader that reads nothing large twice."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self._columns: dict[str, list[tuple[Any, int]]] = {}
        self._numbers: dict[str, array[int]] = {}
        self._values: dict[str, list[bytes]] = {}
        self._repeated: dict[str, tuple[array[int], list[bytes]]] = {}
        self._lexicons: dict[str, FuzzyWordIndex] = {}
        self._positions: dict[tuple[str, bytes], TermPositions] = {}
        self._postings: dict[tuple[str, bytes], Mapping[int, float]] = {}

    @cached_property
    def size(self) -> int:
        """How many live documents there are."""
        return int(self.reader.doc_count())

    @cached_property
    def all(self) -> Collection[int]:
        """The live documents, ascending. Where none is deleted, they are the numbers up to how many there are."""
        total = self.reader.doc_count_all()
        return range(total) if self.size == total else list(self.reader.all_doc_ids())

    @cached_property
    def ascends(self) -> bool:
        """True when documents come in the order of their ids, deleted ones too: then their numbers order them."""
        last = b""
        for column, base in self._column("key"):
            if not column.ascends or (base and column[0] <= last):
                return False
            last = column[len(column) - 1]
        return True

    def numbers(self, name: str) -> "array[int]":
        """A column of numbers over all documents, deleted ones too."""
        if name not in self._numbers:
            first, *others = [column.load() for column, _ in self._column(name)] or [array("i")]
            for other in others:
                first.extend(other)
            self._numbers[name] = first
        return self._numbers[name]

    def total(self, name: str) -> int:
        """The sum of a column of numbers over the live documents."""
        numbers = self.numbers(name)
        return sum(numbers) if isinstance(self.all, range) else sum(map(numbers.__getitem__, self.all))

    def values(self, name: str, numbers: Sequence[int]) -> Iterable[bytes]:
        """What a column of bytes holds for some documents, in their order."""
        if name not in self._values and len(numbers) * _MAX_SINGLE_READS < self.reader.doc_count_all():
            return (self.row(name, number) for number in numbers)
        if name not in self._values:
            self._values[name] = [value for column, _ in self._column(name) for value in column.load()]
        return map(self._values[name].__getitem__, numbers)

    def row(self, name: str, number: int) -> Any:
        """What a column holds for one document."""
        column, base = next((column, base) for column, base in reversed(self._column(name)) if base <= number)
        return column[number - base]

    def repeated(self, name: str) -> "tuple[array[int], list[bytes]]":
        """The number of its value for each document, and the values; more than one where segments share a value."""
        if name not in self._repeated:
            ordinals, values = array("I"), list[bytes]()
            for column, _ in self._column(name):
                found, before = column.numbers(), len(values)
                ordinals.extend(array("I", (number + before for number in found)) if before else found)
                values += column.values()
            self._repeated[name] = ordinals, values
        return self._repeated[name]

    def _column(self, name: str) -> list[tuple[Any, int]]:
        """The readers of a column, a segment each, with the number of the segment's first document."""
        if name not in self._columns:
            segments = list_segments(self.reader) if self.reader.doc_count_all() else []
            self._columns[name] = [(leaf.column_reader(name, translate=False), base) for leaf, base in segments]
        return self._columns[name]

    def expand(self, field: str, prefix: bytes) -> list[bytes]:
        """The terms of a field that begin with `prefix`."""
        return expand_prefix(self.reader, field, prefix)

    def lexicon(self, field: str) -> FuzzyWordIndex:
        """All terms of a field."""
        if field not in self._lexicons:
            self._lexicons[field] = FuzzyWordIndex(term.decode() for term in self.expand(field, b""))
        return self._lexicons[field]

    def postings(self, field: str, term: bytes) -> Mapping[int, float]:
        """The live documents that hold a term, with how often they do: the same mapping whenever it is asked for."""
        if (field, term) not in self._postings:
            self._postings[field, term] = read_postings(self.reader, field, term)
        return self._postings[field, term]

    def positions(self, field: str, term: bytes) -> TermPositions:
        """The live documents that hold a term, with its positions in each, ascending."""
        if (field, term) not in self._positions:
            while len(self._positions) >= _MAX_CACHED_POSITIONS:
                del self._positions[next(iter(self._positions))]
            self._positions[field, term] = read_positions(self.reader, field, term)
        return self._positions[field, term]
