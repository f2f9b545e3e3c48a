"""Postings in memory, by term, while a segment is written.

`PostingsByTerm` has those of fields with values of any kind. `OccurrencesByTerm` has those of fields with positions:
one number for each occurrence of a term, so that the words of an article are appended without a step of Python for
each.
"""

import sys
from array import array
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Protocol

from shanxi_cli.engines.positioned_terms import PositionedTerms

TermPostings = tuple["array[int]", "array[int]", "array[int]"]
"""The postings of a term: its documents, ascending; its weights; its values, one after the other, 4 bytes an item.

A value takes as many bytes as the weight of its posting says, times the `width` of its field."""

_DOCUMENT_BITS = 32
_DOCUMENT = 1 if sys.byteorder == "little" else 0
"""Place of the document among the two halves of an occurrence."""


class CollectedPostings(Protocol):
    """The postings of a field, by term."""

    def __iter__(self) -> Iterator[str]: ...

    def postings(self, term: str) -> TermPostings:
        """Return the postings of a term."""
        ...

    def lone_occurrence(self, term: str) -> tuple[int, int] | None:
        """Return the document and the position of a term that occurs once; None for others, and without positions."""
        ...


class PostingsByTerm(dict[str, TermPostings]):
    """Postings by term, empty for a new term."""

    def __missing__(self, term: str) -> TermPostings:
        postings = self[term] = (array("I"), array("I"), array("I"))
        return postings

    def postings(self, term: str) -> TermPostings:
        """Implement `CollectedPostings.postings`."""
        return self[term]

    def lone_occurrence(self, term: str) -> None:
        """Implement `CollectedPostings.lone_occurrence`."""


class OccurrencesByTerm(dict[str, "array[int]"]):
    """Occurrences by term, none for a new term: the document in the upper half of a number, the position in the lower.

    They ascend: documents are added in order, and so are the positions of a term in each.
    """

    def __missing__(self, term: str) -> "array[int]":
        occurrences = self[term] = array("Q")
        return occurrences

    def add(self, number: int, positions: Mapping[str, list[int]]) -> None:
        """Append the occurrences of terms in document `number`."""
        base = number << _DOCUMENT_BITS
        if isinstance(positions, PositionedTerms):
            occurrences = chain.from_iterable([range(base + one.start, base + one.stop) for one in positions.ranges])
            # A loop of C: three steps of Python a word were a sixth of the time of indexing (2026-11).
            deque(map(array.append, map(self.__getitem__, positions.terms), occurrences), maxlen=0)
            return
        for term, at in positions.items():
            self[term].extend(map(base.__add__, at))

    def postings(self, term: str) -> TermPostings:
        """Implement `CollectedPostings.postings`; the weight is the frequency of the term, the values are positions."""
        halves = memoryview(self[term]).cast("B").cast("I")
        documents = halves[_DOCUMENT::2].tolist()
        values = array("I", halves[1 - _DOCUMENT :: 2].tobytes())
        if len(set(documents)) == len(documents):
            return array("I", documents), array("I", (1,)) * len(documents), values
        counts = Counter(documents)
        return array("I", counts), array("I", counts.values()), values

    def lone_occurrence(self, term: str) -> tuple[int, int] | None:
        """Implement `CollectedPostings.lone_occurrence`."""
        occurrences = self[term]
        return divmod(occurrences[0], 1 << _DOCUMENT_BITS) if len(occurrences) == 1 else None
