"""Restricted reader: some documents of an index, with the statistics of all of them.

An evaluator over it gives these documents the scores that they have among all, by the same sums in the same order, and
reads nothing of the others.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from shanxi_cli.analysis.fuzzy_words import FuzzyWordIndex
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.postings import TermPositions, weights_among

if TYPE_CHECKING:
    from shanxi_cli.engines.whoosh.close_words import CloseDocuments


class RestrictedReader:
    """A cached reader restricted to some of its live documents."""

    def __init__(self, whole: CachedReader, among: Sequence[int]) -> None:
        """`among` are the documents, ascending."""
        self._whole = whole
        self._postings: dict[tuple[str, bytes], Mapping[int, int]] = {}
        self.all = among

    @cached_property
    def size(self) -> int:
        """Number of live documents of the whole index."""
        return self._whole.size

    @property
    def added_times(self) -> list[int]:
        """See `CachedReader.added_times`."""
        return self._whole.added_times

    def numbers(self, name: str) -> "array[int]":
        """See `CachedReader.numbers`."""
        return self._whole.numbers(name)

    def mean(self, name: str) -> float:
        """See `CachedReader.mean`."""
        return self._whole.mean(name)

    def length_norms(self, name: str, numbers: Iterable[int]) -> list[float]:
        """See `CachedReader.length_norms`."""
        return self._whole.length_norms(name, numbers)

    def frequency(self, field: str, term: bytes) -> int:
        """See `CachedReader.frequency`."""
        return self._whole.frequency(field, term)

    def document_count(self, field: str, term: bytes) -> int:
        """See `CachedReader.document_count`."""
        return self._whole.document_count(field, term)

    def expand(self, field: str, prefix: bytes) -> list[bytes]:
        """See `CachedReader.expand`."""
        return self._whole.expand(field, prefix)

    def lexicon(self, field: str) -> FuzzyWordIndex:
        """See `CachedReader.lexicon`."""
        return self._whole.lexicon(field)

    def postings(self, field: str, term: bytes) -> Mapping[int, int]:
        """Return the documents that contain a term, with its frequency in each."""
        if (field, term) not in self._postings:
            self._postings[field, term] = weights_among(self._whole.segments(field, term), self.all)
        return self._postings[field, term]

    def frequencies(self, field: str, term: bytes, numbers: Sequence[int]) -> list[int]:
        """See `CachedReader.frequencies`."""
        return self._whole.frequencies(field, term, numbers)

    def posting_values(self, field: str, term: bytes, among: Sequence[int] | None = None) -> dict[int, bytes]:
        """Return the documents that contain a term, with the value of its posting in each; `among` is within them."""
        return self._whole.posting_values(field, term, self.all if among is None else among)

    def positions(self, field: str, term: bytes) -> TermPositions:
        """Return the documents that contain a term, with its ascending positions in each."""
        return TermPositions(self.posting_values(field, term))

    def positions_among(self, field: str, term: bytes, among: Sequence[int]) -> TermPositions:
        """Return the same for some of the documents, ascending."""
        return TermPositions(self.posting_values(field, term, among))

    def close_documents(
        self, field: str, terms: Sequence[bytes], max_gap: int | None, zone: range | None
    ) -> "CloseDocuments":
        """Return the documents, in all of which terms may occur together."""
        from shanxi_cli.engines.whoosh.close_words import CloseDocuments

        return CloseDocuments([], list(self.all))

    def documents_with_terms(self, field: str, terms: list[bytes]) -> set[int]:
        """Return the documents that contain any of some terms."""
        return {number for term in terms for number in weights_among(self._whole.segments(field, term), self.all)}

    def documents_with_prefix(self, field: str, prefix: bytes) -> set[int]:
        """Return the documents that contain any term with a prefix."""
        return self._whole.documents_with_prefix(field, prefix).intersection(self.all)
