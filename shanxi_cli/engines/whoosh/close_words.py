"""Documents in which words occur together, found on the keys of their occurrences (`posting_arrays`).

A key has a document and the lower half of a position, so words side by side have keys side by side. Keys of two words
are compared a list at a time (`close_keys`), which takes a tenth of reading the positions of each document. In the body
of an article a key tells the position. In its other zones keys that are close may be of two zones; what that leaves
open is for the exact rule (`matching.proximity`).
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shanxi_cli.engines.whoosh.close_keys import MAX_WIDTH, find_close_keys, find_keys_ahead
from shanxi_cli.engines.whoosh.posting_arrays import (
    BODY_START,
    KEY_BITS_OF_HALF,
    KEY_BITS_OF_POSITION,
    Occurrences,
    is_in_body,
)
from shanxi_cli.engines.whoosh.segment_reader import SegmentPostings


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
    keyed = {id(term): term.occurrences() for term in different}
    occurrences = [of_term for term in terms if (of_term := keyed[id(term)])]
    width, needed = len(terms) + (max_gap or 0), 1 if max_gap is None else 2
    if len(occurrences) < len(terms) or len(terms) == 1 or len(different) < needed or width > MAX_WIDTH:
        return CloseDocuments([], _documents_of_all(different[0].numbers, different[1:]))
    possible = set[int]()
    if max_gap is None:
        sure = _find_side_by_side(occurrences, zone)
    else:
        sure, possible = _find_near(list(dict.fromkeys(occurrences)), width, zone)
        if len(terms) > len(different):
            sure, possible = set(), sure | possible
    with_deleted = [term for term in different if term.has_deleted]
    return CloseDocuments(_documents_of_all(sorted(sure), with_deleted), _documents_of_all(sorted(possible), different))


def _documents_of_all(numbers: Sequence[int], terms: Iterable[SegmentPostings]) -> list[int]:
    """Return those of some documents, ascending, that are live and have all terms."""
    for term in terms:
        numbers = term.find(numbers)[0]
    return list(numbers)


def _find_side_by_side(terms: Sequence[Occurrences], zone: range | None) -> set[int]:
    """Return the documents in which terms are side by side in their order."""
    rarest, second, *others = sorted(range(len(terms)), key=lambda number: len(terms[number].keys))
    found, last = set[int](), len(terms) - 1
    has_body = zone is None or BODY_START in zone
    for key in find_keys_ahead(terms[rarest].keys, terms[second].keys, second - rarest):
        start = key - rarest
        if start >> KEY_BITS_OF_HALF != start + last >> KEY_BITS_OF_HALF:
            continue
        if not is_in_body(start):
            matches = _are_side_by_side(terms, start, zone)
        else:
            matches = has_body and all(start + number in terms[number] for number in others)
        if matches:
            found.add(start >> KEY_BITS_OF_POSITION)
    return found


def _are_side_by_side(terms: Sequence[Occurrences], start: int, zone: range | None) -> bool:
    """Return True if occurrences of the terms that begin with a key are in one zone."""
    starts = [{place - number for place in term.positions(start + number)} for number, term in enumerate(terms)]
    return any(zone is None or place in zone for place in set.intersection(*starts))


def _find_near(different: list[Occurrences], width: int, zone: range | None) -> tuple[set[int], set[int]]:
    """Return the documents in which terms are within `width` words, and those in which they may be."""
    one, other, *more = sorted(different, key=lambda term: len(term.keys))
    sure, possible = set[int](), set[int]()
    has_body = zone is None or BODY_START in zone
    for lower, higher in find_close_keys(one.keys, other.keys, width):
        document = lower >> KEY_BITS_OF_POSITION
        if higher - lower >= width or lower >> KEY_BITS_OF_HALF != higher >> KEY_BITS_OF_HALF:
            continue
        if lower == higher:  # in two zones; or an acronym and its common word, for which the exact rule has its own way
            possible.add(document)
        elif not is_in_body(lower):
            (possible if more or not _share_zone(one, other, lower, higher, zone) else sure).add(document)
        elif has_body and not more:
            sure.add(document)
        elif has_body and document not in sure:
            places = [_keys_around(term.keys, lower, higher, width) for term in more]
            if all(places):
                settled = len(more) == 1 and not any(key in one or key in other for key in places[0])
                (sure if settled else possible).add(document)
    return sure - possible, possible


def _keys_around(keys: "array[int]", lower: int, higher: int, width: int) -> "array[int]":
    """Return those of some keys that are within `width` words of two keys of a body, in this body."""
    body = lower >> KEY_BITS_OF_HALF << KEY_BITS_OF_HALF
    start = max(body, higher - width + 1)
    end = min(body + (1 << KEY_BITS_OF_HALF), lower + width)
    return keys[bisect_left(keys, start) : bisect_left(keys, end)]


def _share_zone(one: Occurrences, other: Occurrences, lower: int, higher: int, zone: range | None) -> bool:
    """Return True if a term has the lower of two keys, and the other one the higher, in one zone."""
    apart = higher - lower
    places = {place + apart for place in one.positions(lower)} & other.positions(higher)
    places |= {place + apart for place in other.positions(lower)} & one.positions(higher)
    return any(zone is None or place in zone for place in places)
