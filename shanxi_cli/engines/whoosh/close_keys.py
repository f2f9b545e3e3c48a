"""Keys of two terms that are close to each other, found a list at a time.

Both lists are merged, and the distances of all neighbours are computed as one subtraction of large numbers of
four-byte lanes. Lists are taken in parts of some thousand documents, in which a key has at most 30 bits: Python sorts
such numbers in half of the time of larger ones (2026-11, CPython 3.11). If one term is much rarer, its keys are looked
up among those of the other.

What is found may be in two documents or zones: that is for the caller to compare.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import repeat

from shanxi_cli.engines.whoosh.posting_arrays import KEY_BITS_OF_POSITION, PLACE_BITS, POSITION_BYTES, fill_lanes

MAX_WIDTH = 126
"""Greatest distance in words: twice as much has to fit into a byte."""
_PART_BITS = 30
"""Bits of a key within a part; one of them is of the mark, if keys have one."""
_SMALL = "i"
"""Type of numbers of four bytes that have at most 30 bits: read in 7/8 of the time that unsigned ones take."""
_TOP_BYTE = 3 if sys.byteorder == "little" else 0
_PART_OF_TOP_BYTE = bytes(range(1 << _PART_BITS - 24)) * (1 << 32 - _PART_BITS)
_RARE_FRACTION = 8
"""A term with fewer than one in this many of the occurrences of another is looked up there."""


ClosePairs = list[tuple[int, int]]
"""Pairs of keys of two terms, the lower one first."""


def find_close_keys(first: "array[int]", second: "array[int]", width: int) -> ClosePairs:
    """Return pairs of keys of two terms less than `width` words apart, at most `MAX_WIDTH`; others may be among them.

    Of two occurrences that are as close, there is a pair as close or closer among the keys from one to the other.
    """
    found = _look_up_close(first, second, width)
    if found is not None:
        return found
    return [
        (start + merged[at] >> 1, start + merged[at + 1] >> 1)
        for start, merged, places in _merge_marked(first, second, 2 * width)
        for at in places
    ]


def find_documents_of_close_keys(first: "array[int]", second: "array[int]", width: int) -> tuple[set[int], ClosePairs]:
    """Return the documents in which two terms are less than `width` words apart, and pairs of keys that leave it open.

    What is open is found as by `find_close_keys`.
    """
    found = _look_up_close(first, second, width)
    if found is not None:
        return set(), found
    documents, pairs, farthest = set[int](), list[tuple[int, int]](), 2 * width - 3
    for start, merged, places in _merge_marked(first, second, 2 * width):
        part = set[int]()
        for at in places:
            lower, higher = merged[at], merged[at + 1]
            if lower >> PLACE_BITS + 1 == higher >> PLACE_BITS + 1 and 3 <= higher - lower <= farthest:
                part.add(lower >> KEY_BITS_OF_POSITION + 1)
            else:
                pairs.append((start + lower >> 1, start + higher >> 1))
        documents.update(map((start >> KEY_BITS_OF_POSITION + 1).__add__, part))
    return documents, pairs


def find_keys_ahead(first: "array[int]", second: "array[int]", ahead: int) -> list[int]:
    """Return the keys of the first of two terms with one of the second that is greater by `ahead`, which may be < 0."""
    if len(first) * _RARE_FRACTION < len(second):
        return [key for key, _ in _look_up(first, second, ahead, 1)]
    if len(second) * _RARE_FRACTION < len(first):
        return [key for _, key in _look_up(second, first, -ahead, 1)]
    if ahead < 0:
        return [key - ahead for key in find_keys_ahead(second, first, -ahead)]
    if ahead == 1:
        found = _merge_side_by_side(first, second)
        return [key for key in found if has_key(first, key) and has_key(second, key + 1)]
    merged_parts = _merge_marked(first, second, 2, ahead)
    return [
        (start + merged[at] >> 1) - ahead
        for start, merged, places in merged_parts
        for at in places
        if not merged[at] & 1 and merged[at + 1] == merged[at] + 1
    ]


def has_key(keys: "array[int]", key: int) -> bool:
    """Return True if a key is among ascending ones."""
    at = bisect_left(keys, key)
    return at < len(keys) and keys[at] == key


def _look_up_close(first: "array[int]", second: "array[int]", width: int) -> ClosePairs | None:
    """Return what `find_close_keys` does if one of the terms is so much rarer that it is looked up; else None."""
    rare, common = sorted((first, second), key=len)
    if len(rare) * _RARE_FRACTION >= len(common):
        return None
    found = _look_up(rare, common, 1 - width, 2 * width - 1)
    return [(one, other) if one < other else (other, one) for one, other in found]


def _look_up(rare: "array[int]", common: "array[int]", ahead: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield each key of a rare term with those of a common one that are `ahead` to `ahead + width` greater."""
    size, starts = len(common), list(map(ahead.__add__, rare))
    for key, start, at in zip(rare, starts, map(bisect_left, repeat(common), starts), strict=True):
        end = start + width
        while at < size and (found := common[at]) < end:
            if found >= start:  # keys of a far document may be in any order
                yield key, found
            at += 1


def _merge_side_by_side(first: "array[int]", second: "array[int]") -> list[int]:
    """Return each key of either term that may be one less than the next key of either."""
    found = list[int]()
    for part in range(_count_parts(first, second, _PART_BITS)):
        one, other = (_part_of_keys(keys, part, _PART_BITS) for keys in (first, second))
        if one and other:
            start = part << _PART_BITS
            merged = _keys_in_part(one) + _keys_in_part(other)
            merged.sort()
            found += [start + merged[at] for at in _find_close(merged, 2)]
    return found


def _merge_marked(
    first: "array[int]", second: "array[int]", end: int, ahead: int = 0
) -> Iterator[tuple[int, list[int], list[int]]]:
    """Yield (twice the first key, merged marked keys less that, places of those that are close to the next) of parts.

    A marked key is twice the key, plus 1 for the second term: so odd distances are of different terms. `ahead` is added
    to the keys of the first. Close keys have odd distances below `end`; others may be among them.
    """
    for part in range(_count_parts(first, second, _PART_BITS - 1)):
        one, other = (_part_of_keys(keys, part, _PART_BITS - 1) for keys in (first, second))
        if one and other:
            start = part << _PART_BITS
            merged = _mark_keys(one, 2 * ahead - start) + _mark_keys(other, 1 - start)
            merged.sort()
            yield start, merged, _find_close(merged, end)


def _count_parts(first: "array[int]", second: "array[int]", bits: int) -> int:
    return (max(first[-1], second[-1]) >> bits) + 1


def _part_of_keys(keys: "array[int]", part: int, bits: int) -> "array[int]":
    return keys[bisect_left(keys, part << bits) : bisect_left(keys, part + 1 << bits)]


def _keys_in_part(keys: "array[int]") -> list[int]:
    """Return keys less where their part begins."""
    data = bytearray(keys.tobytes())
    data[_TOP_BYTE::POSITION_BYTES] = data[_TOP_BYTE::POSITION_BYTES].translate(_PART_OF_TOP_BYTE)
    return array(_SMALL, bytes(data)).tolist()


def _mark_keys(keys: "array[int]", mark: int) -> list[int]:
    """Return twice the keys, plus a mark."""
    data = keys.tobytes()
    total = (int.from_bytes(data, sys.byteorder) << 1) + fill_lanes(mark, len(keys))
    return array(_SMALL, total.to_bytes(len(data), sys.byteorder)).tolist()


@cache
def _far_distances(end: int) -> bytes:
    """Return for each distance below 256 whether it is not odd or not below `end`."""
    return bytes(not (apart % 2 and apart < end) for apart in range(256))


def _find_close(merged: list[int], end: int) -> list[int]:
    """Return the places of numbers in an ascending list whose distance to the next one is odd, and below `end`.

    Only two bytes of a distance are compared, so there may be others.
    """
    lanes = array("I", merged)
    if sys.byteorder == "big":
        lanes.byteswap()
    total = int.from_bytes(lanes.tobytes(), "little")
    apart = (total >> 8 * POSITION_BYTES) - total  # the highest lane is below 0, and has no next one
    size = POSITION_BYTES * len(merged)
    distances = apart.to_bytes(size, "little", signed=True)[: size - POSITION_BYTES]
    marks = int.from_bytes(distances[0::POSITION_BYTES].translate(_far_distances(end)), "little")
    marks |= int.from_bytes(distances[1::POSITION_BYTES], "little")
    close = marks.to_bytes(len(merged) - 1, "little")
    places = list[int]()
    at = close.find(0)
    while at >= 0:
        places.append(at)
        at = close.find(0, at + 1)
    return places
