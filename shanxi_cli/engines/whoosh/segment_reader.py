"""Segment reader: read the terms and posting lists of one segment.

Whoosh's matcher returns postings singly: for a word of 46,000 articles that is 46,000 times three calls. Here the
arrays of a list (`posting_arrays`) are used whole, and a prefix scans its range of the dictionary once, instead of a
lookup and a matcher per term (2026-11, whoosh3 3.54.0: 2.3 s for a prefix at 100,000 articles with Whoosh's own code).
This needs internals of its readers (`_READER_INTERNALS`). If one is missing, postings are read one after the other
through Whoosh's public interface.
"""

import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, repeat
from operator import eq
from typing import Any

from whoosh.codec.whoosh3 import W3TermInfo

from shanxi_cli.engines.whoosh.posting_arrays import Occurrences, PostingArrays
from shanxi_cli.engines.whoosh.posting_codec import read_posting_arrays

_READER_INTERNALS = ("_postfile", "_tindex", "_keycoder")
_ENTRY_LENGTHS_STRUCT = struct.Struct("!ii")


class SegmentPostings:
    """The live postings of a term in a segment: documents by their numbers in it, ascending, and frequencies.

    `base` is the number in the whole index of the first document of the segment.
    """

    __slots__ = ("_places", "_stored", "base", "numbers", "weights")

    def __init__(self, stored: "PostingArrays | ListedPostings", base: int, deleted: Iterable[int] = ()) -> None:
        self._stored = stored
        self._places: Sequence[int] | None = None
        self.base = base
        self.numbers: Sequence[int] = stored.numbers
        self.weights: Sequence[int] = stored.weights
        if deleted and not set(deleted).isdisjoint(stored.numbers):
            live = [number not in deleted for number in stored.numbers]
            self._places = list(compress(range(len(live)), live))
            self.numbers = array("I", compress(stored.numbers, live))
            self.weights = array("I", compress(stored.weights, live))

    def __len__(self) -> int:
        return len(self.numbers)

    def numbers_in_index(self) -> Sequence[int]:
        """Return the documents by their numbers in the whole index."""
        return self.numbers if not self.base else array("I", map(self.base.__add__, self.numbers))

    def values(self) -> Sequence[bytes]:
        """Return the value of each posting."""
        values = self._stored.values()
        return values if self._places is None or not values else [values[place] for place in self._places]

    def value(self, at: int) -> bytes:
        """Return the value of the posting at a place in `numbers`."""
        return self._stored.value(at if self._places is None else self._places[at])

    def find(self, numbers: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return those of some documents, ascending, that have the term, and the places of these in `numbers`."""
        if not self.numbers or not numbers:
            return [], []
        if numbers[-1] > self.numbers[-1]:
            numbers = numbers[: bisect_right(numbers, self.numbers[-1])]
        places = list(map(bisect_left, repeat(self.numbers), numbers))
        found = list(map(self.numbers.__getitem__, places))
        if found != list(numbers):
            has_term = list(map(eq, found, numbers))
            found, places = list(compress(found, has_term)), list(compress(places, has_term))
        return found, places

    @property
    def has_deleted(self) -> bool:
        """True if some documents with the term are deleted."""
        return self._places is not None

    def occurrences(self) -> Occurrences | None:
        """Return the occurrences of the term, those in deleted documents too; None if the list has no keys."""
        stored = self._stored
        return stored.occurrences() if isinstance(stored, PostingArrays) and stored.keyed else None


class ListedPostings:
    """The postings of a term, read one after the other through Whoosh's public interface."""

    def __init__(self, matcher: Any) -> None:
        self.numbers, self.weights, self._values = array("I"), array("I"), list[bytes]()
        while matcher.is_active():
            self.numbers.append(matcher.id())
            self.weights.append(int(matcher.weight()))
            self._values.append(matcher.value())
            matcher.next()

    def values(self) -> Sequence[bytes]:
        """Return the value of each posting."""
        return self._values

    def value(self, at: int) -> bytes:
        """Return the value of a posting."""
        return self._values[at]


def read_segment_postings(leaf: Any, base: int, field: str, term: bytes) -> SegmentPostings | None:
    """Return the postings of a term in a segment whose first document is `base`; None for an unknown term."""
    if (field, term) not in leaf:
        return None
    inner = _reader_internals(leaf)
    if inner is None:
        return SegmentPostings(ListedPostings(leaf.postings(field, term)), base)
    stored = read_posting_arrays(inner._postfile, inner.term_info(field, term))
    return SegmentPostings(stored, base, _deleted_documents(leaf))


def read_prefix_postings(leaf: Any, base: int, field: str, prefix: bytes) -> Iterator[SegmentPostings]:
    """Yield the postings of all terms with a prefix, term by term."""
    inner = _reader_internals(leaf)
    if inner is None:
        for term in leaf.expand_prefix(field, prefix):
            yield SegmentPostings(ListedPostings(leaf.postings(field, term)), base)
        return
    deleted = _deleted_documents(leaf)
    for _, info in _dictionary_entries(inner, field, prefix):
        yield SegmentPostings(read_posting_arrays(inner._postfile, W3TermInfo.from_bytes(info)), base, deleted)


def read_terms(leaf: Any, field: str, prefix: bytes) -> list[bytes]:
    """Return the terms of a segment with a prefix, ascending."""
    inner = _reader_internals(leaf)
    if inner is None:
        return list(leaf.expand_prefix(field, prefix))
    entries, key_prefix = _dictionary_range(inner, field, prefix)
    terms, unpack, lengths, at = list[bytes](), _ENTRY_LENGTHS_STRUCT.unpack_from, _ENTRY_LENGTHS_STRUCT.size, 0
    while at < len(entries):  # may run for all words of an archive
        key_size, size = unpack(entries, at)
        start = at + lengths
        terms.append(entries[start + key_prefix : start + key_size])
        at = start + key_size + size
    return terms


def _reader_internals(leaf: Any) -> Any:
    """Return Whoosh's term reader if it has the expected internals, else None."""
    inner = getattr(leaf, "_terms", None)
    return inner if all(hasattr(inner, name) for name in _READER_INTERNALS) else None


def _dictionary_entries(inner: Any, field: str, prefix: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield (term, packed term info) for each term with a prefix."""
    entries, key_prefix = _dictionary_range(inner, field, prefix)
    at = 0
    while at < len(entries):
        key_size, size = _ENTRY_LENGTHS_STRUCT.unpack_from(entries, at)
        start = at + _ENTRY_LENGTHS_STRUCT.size
        middle = start + key_size
        yield entries[start + key_prefix : middle], entries[middle : middle + size]
        at = middle + size


def _dictionary_range(inner: Any, field: str, prefix: bytes) -> tuple[bytes, int]:
    """Return the dictionary entries of the terms with a prefix, and the number of key bytes before each term."""
    index, key = inner._tindex, inner._keycoder(field, prefix)
    start = index.closest_key_pos(key)
    if start is None:
        return b"", 0
    after = _prefix_successor(key)
    end = index.closest_key_pos(after) if after else None
    return index.dbfile.get(start, (index.endofdata if end is None else end) - start), len(key) - len(prefix)


def _prefix_successor(key: bytes) -> bytes:
    """Return the smallest key greater than all keys that start with `key`; empty if there is none."""
    kept = key.rstrip(b"\xff")
    return kept[:-1] + bytes([kept[-1] + 1]) if kept else b""


def _deleted_documents(leaf: Any) -> frozenset[int]:
    """Return the deleted documents of a segment, by their numbers in it."""
    return leaf.deleted_docs_set if leaf.has_deletions() else frozenset()
