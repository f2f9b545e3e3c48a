"""Documents in which words occur together, found on the keys of their occurrences (`posting_arrays`).

A key has a document and the lower half of a position, so words side by side have keys side by side. Keys of two words
are compared a list at a time: as sets, or merged and subtracted as one large number, which takes a tenth of reading the
positions of each document. A position has an upper half too, so what is close by its keys is compared once more; what
that does not settle is for the exact rule (`matching.proximity`).
"""

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple

from shanxi_cli.engines.whoosh.posting_arrays import KEY_BITS_OF_POSITION, Occurrences
from shanxi_cli.engines.whoosh.segment_reader import SegmentPostings

_RARE_FRACTION = 16
"""A word with fewer than one in this many of the documents of another is looked up there, without comparing keys."""


class CloseDocuments(NamedTuple):
    """Documents of the whole index: `sure` are matches, `possible` are all others that can be."""

    sure: list[int]
    possible: list[int]


def find_close_documents(
    lists: Sequence[Sequence[SegmentPostings]], max_gap: int | None, zone: range | None
) -> CloseDocuments:
    """Return the documents in which terms can occur together; `lists` has the postings of each term of the phrase.

    `max_gap` and the order of the terms are those of `find_proximity_matches`; `zone` the positions that count.
    """
    found = CloseDocuments([], [])
    by_base = [{postings.base: postings for postings in of_term} for of_term in lists]
    for base in sorted(set.intersection(*map(set, by_base))):
        in_segment = _find_in_segment([postings[base] for postings in by_base], max_gap, zone)
        found.sure.extend(map(base.__add__, in_segment.sure))
        found.possible.extend(map(base.__add__, in_segment.possible))
    return found


def _find_in_segment(terms: list[SegmentPostings], max_gap: int | None, zone: range | None) -> CloseDocuments:
    different = sorted({id(term): term for term in terms}.values(), key=len)
    rarest, *others = different
    keyed = {id(term): term.occurrences() for term in different} if _is_worth_comparing(different) else {}
    if not keyed or not all(keyed.values()):
        return CloseDocuments([], _documents_of_all(rarest.numbers, others))
    occurrences = [of_term for term in terms if (of_term := keyed[id(term)])]
    if max_gap is None:
        sure, possible = _find_side_by_side(occurrences, zone)
    else:
        pair = [of_term for term in different[:2] if (of_term := keyed[id(term)])]
        sure, possible = _find_near(pair, len(terms) + max_gap, zone)
        if len(terms) > 2:
            sure, possible = set(), sure | possible
    with_deleted = [term for term in different if term.has_deleted]
    return CloseDocuments(
        _documents_of_all(sorted(sure), with_deleted), _documents_of_all(sorted(possible - sure), different)
    )


def _is_worth_comparing(different: Sequence[SegmentPostings]) -> bool:
    return len(different) > 1 and len(different[0]) * _RARE_FRACTION >= len(different[1])


def _documents_of_all(numbers: Sequence[int], terms: Iterable[SegmentPostings]) -> list[int]:
    """Return those of some documents, ascending, that are live and have all terms."""
    for term in terms:
        numbers = term.find(numbers)[0]
    return list(numbers)


def _find_side_by_side(terms: Sequence[Occurrences], zone: range | None) -> tuple[set[int], set[int]]:
    """Return the documents in which terms are side by side in their order, and those in which they may be."""
    last = len(terms) - 1
    rarest, *others = sorted(range(len(terms)), key=lambda number: len(terms[number].keys))
    ends = set(_shift_keys(terms[rarest].keys, last - rarest))  # the keys that the last term has to have
    for number in others:
        ends.intersection_update(_shift_keys(terms[number].keys, last - number))
    sure, possible = set[int](), set[int]()
    for end in ends:
        uppers = {of_term.upper_half(end - 2 * (last - number)) for number, of_term in enumerate(terms)}
        settled = len(uppers) == 1 and _is_in_zone(end, uppers.pop(), zone)
        (sure if settled else possible).add(end >> KEY_BITS_OF_POSITION)
    return sure, possible


def _mark_keys(keys: "array[int]") -> list[int]:
    """Return keys with their lowest bit set, as those of the second word of a comparison."""
    marks = (1).to_bytes(keys.itemsize, sys.byteorder) * len(keys)
    total = int.from_bytes(keys.tobytes(), sys.byteorder) | int.from_bytes(marks, sys.byteorder)
    return array("I", total.to_bytes(len(marks), sys.byteorder)).tolist()


def _shift_keys(keys: "array[int]", words: int) -> "array[int]":
    """Return keys with a number of words added to each."""
    if not words:
        return keys
    more = (2 * words).to_bytes(keys.itemsize, sys.byteorder) * len(keys)
    total = int.from_bytes(keys.tobytes(), sys.byteorder) + int.from_bytes(more, sys.byteorder)
    return array("I", total.to_bytes(len(more), sys.byteorder))


def _is_in_zone(key: int, upper: int | None, zone: range | None) -> bool:
    return zone is None or (upper is not None and (upper << 16 | key >> 1 & 0xFFFF) in zone)


def _find_near(pair: Sequence[Occurrences], width: int, zone: range | None) -> tuple[set[int], set[int]]:
    """Return the documents in which two terms are within `width` words, and those in which they may be."""
    sure, possible = set[int](), set[int]()
    for first, second in _close_pairs(pair, width):
        one, other = first & ~1, second & ~1
        document = one >> KEY_BITS_OF_POSITION
        upper = pair[first & 1].upper_half(one)
        near = 0 < other - one < 2 * width and document == other >> KEY_BITS_OF_POSITION
        settled = near and upper == pair[second & 1].upper_half(other) and _is_in_zone(one, upper, zone)
        (sure if settled else possible).add(document)
    return sure, possible


def _close_pairs(pair: Sequence[Occurrences], width: int) -> Iterator[tuple[int, int]]:
    """Yield neighbours among the occurrences of both terms that are of different terms and at most `width` words apart.

    Keys of the second term have their lowest bit set. Of two terms within some words of each other, two neighbours are
    as close or closer.
    """
    merged = sorted(pair[0].keys.tolist() + _mark_keys(pair[1].keys))
    close = _mark_distances(merged, bytes(not (apart % 2 and apart < 2 * width) for apart in range(256)))
    return zip(compress(merged, close), compress(merged[1:], close), strict=True)


def _mark_distances(merged: list[int], far: bytes) -> bytes:
    """Return 1 for each number of an ascending list that is close to the next one, else 0.

    `far` has for each distance below 256 whether it is none that is sought; all others are. The distances of all
    are computed as one subtraction of large numbers of four-byte lanes.
    """
    lanes = array("I", merged)
    if sys.byteorder == "big":
        lanes.byteswap()
    size = lanes.itemsize * (len(merged) - 1)
    data = lanes.tobytes()
    apart = int.from_bytes(data[lanes.itemsize :], "little") - int.from_bytes(data[:size], "little")
    distances = apart.to_bytes(size, "little")
    marks = int.from_bytes(distances[0::4].translate(far), "little")
    for plane in range(1, lanes.itemsize):  # something in a higher byte
        marks |= int.from_bytes(distances[plane :: lanes.itemsize], "little")
    return marks.to_bytes(len(merged) - 1, "little").translate(b"\1" + bytes(255))
