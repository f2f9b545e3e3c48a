"""Postings of all segments of an index, as dictionaries, and translation of Whoosh's exceptions.

Documents are numbered over the whole index; deleted ones are left out. `segment_reader` reads one segment.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from shanxi_cli.engines.whoosh.segment_reader import (
    SegmentPostings,
    read_prefix_postings,
    read_segment_postings,
    read_terms,
)
from shanxi_cli.errors import EngineError, IndexUnusable, ShanxiError

_MAX_SINGLE_READS = 8
"""Values are read singly if fewer than one in this many is needed; otherwise those of the whole list."""


def list_segments(reader: Any) -> list[tuple[Any, int]]:
    """Return the segments of an index, each with the number of its first document."""
    return list(reader.leaf_readers())


def read_segments(reader: Any, field: str, term: bytes) -> list[SegmentPostings]:
    """Return the live postings of a term in each segment that has it."""
    found = (read_segment_postings(leaf, base, field, term) for leaf, base in list_segments(reader))
    return [postings for postings in found if postings is not None]


def read_postings(reader: Any, field: str, term: bytes) -> dict[int, int]:
    """Return the live documents that contain a term, with its frequency in each."""
    return weights_by_number(read_segments(reader, field, term))


def weights_by_number(segments: Iterable[SegmentPostings]) -> dict[int, int]:
    """Return the documents of some postings, by their numbers in the whole index, with their frequencies."""
    weights: dict[int, int] = {}
    for postings in segments:
        weights.update(zip(postings.numbers_in_index(), postings.weights, strict=True))
    return weights


def weights_among(segments: Iterable[SegmentPostings], among: Sequence[int]) -> dict[int, int]:
    """Return the documents of `among`, ascending, that some postings are of, with their frequencies."""
    weights: dict[int, int] = {}
    for postings in segments:
        found, places = postings.find(_local_numbers(postings, among))
        weights.update(zip(map(postings.base.__add__, found), map(postings.weights.__getitem__, places), strict=True))
    return weights


def list_weights(segments: Iterable[SegmentPostings], numbers: Sequence[int]) -> list[int]:
    """Return the frequencies in some documents, ascending, that all have postings."""
    weights: list[int] = []
    for postings in segments:
        places = postings.find(_local_numbers(postings, numbers))[1]
        weights += map(postings.weights.__getitem__, places)
    return weights


def values_by_number(segments: Iterable[SegmentPostings], among: Sequence[int] | None = None) -> dict[int, bytes]:
    """Return the documents of some postings with their values; with `among`, ascending, only of these documents."""
    values: dict[int, bytes] = {}
    for postings in segments:
        base = postings.base
        if among is None:
            values.update(zip(postings.numbers_in_index(), postings.values(), strict=True))
        else:
            found, places = postings.find(_local_numbers(postings, among))
            is_most = len(places) * _MAX_SINGLE_READS > len(postings)
            read = postings.values().__getitem__ if is_most else postings.value
            values.update(zip(map(base.__add__, found), map(read, places), strict=True))
    return values


def _local_numbers(postings: SegmentPostings, among: Sequence[int]) -> Sequence[int]:
    """Return those of `among` that may be of some postings, by their numbers in the segment."""
    if not postings.numbers:
        return ()
    base = postings.base
    within = among[bisect_left(among, base) : bisect_right(among, base + postings.numbers[-1])]
    return [number - base for number in within] if base else within


def read_values(reader: Any, field: str, term: bytes, among: Sequence[int] | None = None) -> dict[int, bytes]:
    """Return the live documents that contain a term, with the value of its posting in each; `among` as above."""
    return values_by_number(read_segments(reader, field, term), among)


def read_positions(reader: Any, field: str, term: bytes, among: Sequence[int] | None = None) -> "TermPositions":
    """Return the live documents that contain a term, with its positions in each; `among` as for `read_values`."""
    return TermPositions(read_values(reader, field, term, among))


def documents_with_terms(reader: Any, field: str, terms: list[bytes]) -> set[int]:
    """Return the live documents that contain any of some terms."""
    documents: set[int] = set()
    for term in terms:
        for postings in read_segments(reader, field, term):
            documents.update(postings.numbers_in_index())
    return documents


def documents_with_prefix(reader: Any, field: str, prefix: bytes) -> set[int]:
    """Return the live documents that contain any term with a prefix."""
    documents: set[int] = set()
    for leaf, base in list_segments(reader):
        local = set[int]().union(*(found.numbers for found in read_prefix_postings(leaf, base, field, prefix)))
        documents.update(map(base.__add__, local))
    return documents


def expand_prefix(reader: Any, field: str, prefix: bytes) -> list[bytes]:
    """Return the terms with a prefix, each once."""
    terms: dict[bytes, None] = {}
    for leaf, _ in list_segments(reader):
        terms |= dict.fromkeys(read_terms(leaf, field, prefix))
    return list(terms)


class TermPositions(Mapping[int, list[int]]):
    """Mapping of document to the ascending positions of a term, unpacked on access."""

    def __init__(self, values: dict[int, bytes]) -> None:
        self._values = values

    def __getitem__(self, number: int) -> list[int]:
        return array("I", self._values[number]).tolist()  # as `schema.Positioned` packs them

    def __iter__(self) -> Iterator[int]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def keys(self) -> KeysView[int]:
        """Return the documents as keys of a dictionary, which intersect fast."""
        return self._values.keys()


@contextmanager
def translate_read_errors() -> Iterator[None]:
    """Raise Whoosh's exceptions while reading as `IndexUnusable`, and excessive recursion as `EngineError`."""
    try:
        yield
    except ShanxiError:
        raise
    except RecursionError as error:
        raise EngineError("the query is nested too deeply for the engine; simplify it") from error
    except Exception as error:  # damage shows as any of a dozen classes
        raise IndexUnusable("the index is damaged") from error
