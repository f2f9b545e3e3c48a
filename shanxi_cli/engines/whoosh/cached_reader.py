"""Cached reader of an opened index: keeps columns, terms, postings and recent positions in memory."""

from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shanxi_cli.analysis.fuzzy_words import FuzzyWordIndex
from shanxi_cli.engines import bm25
from shanxi_cli.engines.base import FirstSeenLoader, never_seen
from shanxi_cli.engines.whoosh.postings import (
    TermPositions,
    documents_with_prefix,
    documents_with_terms,
    expand_prefix,
    list_segments,
    list_weights,
    read_segments,
    values_by_number,
    weights_by_number,
)
from shanxi_cli.engines.whoosh.schema import CLASS_COLUMN
from shanxi_cli.engines.whoosh.segment_reader import SegmentPostings

if TYPE_CHECKING:
    from shanxi_cli.engines.whoosh.close_words import CloseDocuments

_MAX_CACHED_POSITIONS = 2
"""Terms whose positions are cached: scoring pairs of neighbours uses each word twice. All terms would fill memory."""
_MAX_SINGLE_READS = 8
"""Values are read singly if fewer than one in this many is needed; otherwise the whole column is loaded."""


class _LengthNorms(dict[int, float]):
    """The norm of each length, computed once."""

    def __init__(self, mean: float) -> None:
        self._mean = mean

    def __missing__(self, length: int) -> float:
        norm = self[length] = bm25.length_norm(length, self._mean)
        return norm


class CachedReader:
    """Whoosh reader with caches for columns, terms and positions."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self._columns: dict[str, list[tuple[Any, int]]] = {}
        self._numbers: dict[str, array[int]] = {}
        self._means: dict[str, float] = {}
        self._norms: dict[str, _LengthNorms] = {}
        self._values: dict[str, list[bytes]] = {}
        self._repeated: dict[str, tuple[array[int], list[bytes]]] = {}
        self._lexicons: dict[str, FuzzyWordIndex] = {}
        self._positions: dict[tuple[str, bytes], TermPositions] = {}
        self._segments: dict[tuple[str, bytes], list[SegmentPostings]] = {}
        self._postings: dict[tuple[str, bytes], Mapping[int, int]] = {}
        self.load_first_seen: FirstSeenLoader = never_seen

    @cached_property
    def size(self) -> int:
        """Number of live documents."""
        return int(self.reader.doc_count())

    @cached_property
    def all(self) -> Collection[int]:
        """Live documents, ascending; a range if none is deleted."""
        total = self.reader.doc_count_all()
        return range(total) if self.size == total else list(self.reader.all_doc_ids())

    @cached_property
    def ascends(self) -> bool:
        """True if all documents, deleted ones included, are in the order of their ids, so numbers sort like ids."""
        last = b""
        for column, base in self._column("key"):
            if not column.ascends or (base and column[0] <= last):
                return False
            last = column[len(column) - 1]
        return True

    @cached_property
    def added_times(self) -> list[int]:
        """Seconds since 1970 at which each document was first seen, deleted ones included; 0 if that is not known."""
        ids = [value.decode() for value in self.values("key", list(self.all))]
        seen, times = self.load_first_seen(ids), [0] * self.reader.doc_count_all()
        for number, article_id in zip(self.all, ids, strict=True):
            times[number] = seen.get(article_id, 0)
        return times

    def numbers(self, name: str) -> "array[int]":
        """Return a numeric column over all documents, including deleted ones."""
        if name not in self._numbers:
            numbers, *more = [column.load() for column, _ in self._column(name)] or [array("i")]
            for segment_numbers in more:
                numbers.extend(segment_numbers)
            self._numbers[name] = numbers
        return self._numbers[name]

    def total(self, name: str) -> int:
        """Return the sum of a numeric column over the live documents."""
        numbers = self.numbers(name)
        return sum(numbers) if isinstance(self.all, range) else sum(map(numbers.__getitem__, self.all))

    def mean(self, name: str) -> float:
        """Return the mean of a numeric column over the live documents; 1 if there are none."""
        if name not in self._means:
            self._means[name] = self.total(name) / self.size if self.size else 1.0
        return self._means[name]

    def length_norms(self, name: str, numbers: Iterable[int]) -> list[float]:
        """Return the `bm25.length_norm` of some documents, by a column of lengths."""
        if name not in self._norms:
            self._norms[name] = _LengthNorms(self.mean(name))
        return list(map(self._norms[name].__getitem__, map(self.numbers(name).__getitem__, numbers)))

    def frequency(self, field: str, term: bytes) -> int:
        """Return the number of documents that contain a term, deleted ones included; no postings are read."""
        return int(self.reader.doc_frequency(field, term))

    def values(self, name: str, numbers: Sequence[int]) -> Iterable[bytes]:
        """Return the values of a bytes column for some documents, in their order."""
        if name not in self._values and len(numbers) * _MAX_SINGLE_READS < self.reader.doc_count_all():
            return (self.row(name, number) for number in numbers)
        if name not in self._values:
            self._values[name] = [value for column, _ in self._column(name) for value in column.load()]
        return map(self._values[name].__getitem__, numbers)

    def row(self, name: str, number: int) -> Any:
        """Return the value of a column for one document."""
        column, base = next((column, base) for column, base in reversed(self._column(name)) if base <= number)
        return column[number - base]

    def repeated(self, name: str) -> "tuple[array[int], list[bytes]]":
        """Return the ordinal of each document's value, and the values, where a value may occur once per segment."""
        if name not in self._repeated:
            ordinals, values = array("I"), list[bytes]()
            for column, _ in self._column(name):
                segment_ordinals, offset = column.numbers(), len(values)
                if offset:
                    segment_ordinals = array("I", (ordinal + offset for ordinal in segment_ordinals))
                ordinals.extend(segment_ordinals)
                values += column.values()
            self._repeated[name] = ordinals, values
        return self._repeated[name]

    def _column(self, name: str) -> list[tuple[Any, int]]:
        """Return the column readers of all segments, each with the number of the segment's first document."""
        if name not in self._columns:
            segments = list_segments(self.reader) if self.reader.doc_count_all() else []
            self._columns[name] = [(leaf.column_reader(name, translate=False), base) for leaf, base in segments]
        return self._columns[name]

    def expand(self, field: str, prefix: bytes) -> list[bytes]:
        """Return the terms of a field with a prefix."""
        return expand_prefix(self.reader, field, prefix)

    def lexicon(self, field: str) -> FuzzyWordIndex:
        """Return the fuzzy index of all terms of a field."""
        if field not in self._lexicons:
            self._lexicons[field] = FuzzyWordIndex(term.decode() for term in self.expand(field, b""))
        return self._lexicons[field]

    def length_classes(self) -> list[tuple[int, bytes]]:
        """Return the first document of each segment, and the class of the length of each of its documents."""
        return [(base, column.load()) for column, base in self._column(CLASS_COLUMN)]

    def segments(self, field: str, term: bytes) -> list[SegmentPostings]:
        """Return the live postings of a term in each segment that has it. Cached."""
        if (field, term) not in self._segments:
            self._segments[field, term] = read_segments(self.reader, field, term)
        return self._segments[field, term]

    def document_count(self, field: str, term: bytes) -> int:
        """Return the number of live documents that contain a term."""
        return sum(map(len, self.segments(field, term)))

    def postings(self, field: str, term: bytes) -> Mapping[int, int]:
        """Return the live documents that contain a term, with its frequency in each.

        Cached and shared: callers must not mutate it.
        """
        if (field, term) not in self._postings:
            self._postings[field, term] = weights_by_number(self.segments(field, term))
        return self._postings[field, term]

    def frequencies(self, field: str, term: bytes, numbers: Sequence[int]) -> list[int]:
        """Return the frequency of a term in each of some live documents, ascending, that all contain it."""
        return list_weights(self.segments(field, term), numbers)

    def posting_values(self, field: str, term: bytes, among: Sequence[int] | None = None) -> dict[int, bytes]:
        """Return the live documents that contain a term, with the value of its posting in each.

        With `among`, ascending, only those of these documents.
        """
        return values_by_number(self.segments(field, term), among)

    def positions(self, field: str, term: bytes) -> TermPositions:
        """Return the live documents that contain a term, with its ascending positions in each."""
        if (field, term) not in self._positions:
            while len(self._positions) >= _MAX_CACHED_POSITIONS:
                del self._positions[next(iter(self._positions))]
            self._positions[field, term] = TermPositions(self.posting_values(field, term))
        return self._positions[field, term]

    def positions_among(self, field: str, term: bytes, among: Sequence[int]) -> TermPositions:
        """Return the same for some documents, ascending."""
        return TermPositions(self.posting_values(field, term, among))

    def close_documents(
        self, field: str, terms: Sequence[bytes], max_gap: int | None, zone: range | None
    ) -> "CloseDocuments":
        """Return the documents in which terms occur together (`close_words`)."""
        from shanxi_cli.engines.whoosh.close_words import find_close_documents

        return find_close_documents([self.segments(field, term) for term in terms], max_gap, zone)

    def documents_with_terms(self, field: str, terms: list[bytes]) -> set[int]:
        """Return the live documents that contain any of some terms."""
        if len(terms) > 1:  # perhaps thousands, of an expansion
            return documents_with_terms(self.reader, field, terms)
        lists = [postings.numbers_in_index() for term in terms for postings in self.segments(field, term)]
        return set().union(*lists)

    def documents_with_prefix(self, field: str, prefix: bytes) -> set[int]:
        """Return the live documents that contain any term with a prefix."""
        return documents_with_prefix(self.reader, field, prefix)
