"""Documents in which words occur together, found on the keys of their occurrences (`posting_arrays`).

A key has a document and a position in it, so words side by side have keys side by side. Keys of two words are compared
a list at a time (`close_keys`), which takes a tenth of reading the positions of each document. What keys leave open is
for the exact rule (`matching.proximity`).
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shanxi_cli.engines.whoosh.close_keys import (
    MAX_WIDTH,
    find_close_keys,
    find_documents_of_close_keys,
    find_keys_ahead,
)
from shanxi_cli.engines.whoosh.posting_arrays import (
    KEY_BITS_OF_POSITION,
    Occurrences,
    position_of_key,
    same_zone,
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
    possible = set[int]().union(*(of_term.far_documents() for of_term in dict.fromkeys(occurrences)))
    if max_gap is None:
        sure = _find_side_by_side(occurrences, zone)
    else:
        sure, unsure = _find_near(list(dict.fromkeys(occurrences)), width, zone)
        possible |= unsure if len(terms) == len(different) else unsure | sure
    with_deleted = [term for term in different if term.has_deleted]
    return CloseDocuments(
        _documents_of_all(sorted(sure - possible), with_deleted), _documents_of_all(sorted(possible), different)
    )


def _documents_of_all(numbers: Sequence[int], terms: Iterable[SegmentPostings]) -> list[int]:
    """Return those of some documents, ascending, that are live and have all terms."""
    for term in terms:
        numbers = term.find(numbers)[0]
    return list(numbers)


def _find_side_by_side(terms: Sequence[Occurrences], zone: range | None) -> set[int]:
    """Return the documents in which terms are side by side in their order."""
    rarest, second, *others = sorted(range(len(terms)), key=lambda number: len(terms[number].keys))
    found, last = set[int](), len(terms) - 1
    for key in find_keys_ahead(terms[rarest].keys, terms[second].keys, second - rarest):
        start = key - rarest
        if (
            same_zone(start, start + last)
            and (zone is None or position_of_key(start) in zone)
            and all(start + number in terms[number] for number in others)
        ):
            found.add(start >> KEY_BITS_OF_POSITION)
    return found


def _find_near(different: list[Occurrences], width: int, zone: range | None) -> tuple[set[int], set[int]]:
    """Return the documents in which terms are within `width` words, and those in which they may be."""
    one, other, *more = sorted(different, key=lambda term: len(term.keys))
    sure, possible = set[int](), set[int]()
    if more or zone is not None:
        pairs = find_close_keys(one.keys, other.keys, width)
    else:
        sure, pairs = find_documents_of_close_keys(one.keys, other.keys, width)
    for lower, higher in pairs:
        document = lower >> KEY_BITS_OF_POSITION
        if higher - lower >= width or not same_zone(lower, higher):
            continue
        if zone is not None and position_of_key(lower) not in zone:
            continue
        if lower == higher:  # an acronym and its common word, for which the exact rule has its own way
            possible.add(document)
        elif not more:
            sure.add(document)
        elif document not in sure:
            places = [_keys_around(term.keys, lower, higher, width) for term in more]
            if all(places):
                settled = len(more) == 1 and not any(key in one or key in other for key in places[0])
                (sure if settled else possible).add(document)
    return sure, possible


def _keys_around(keys: "array[int]", lower: int, higher: int, width: int) -> list[int]:
    """Return those of some keys that are in the zone of two keys, within `width` words of both."""
    found = keys[bisect_left(keys, higher - width + 1) : bisect_left(keys, lower + width)]
    return [key for key in found if same_zone(key, lower)]
