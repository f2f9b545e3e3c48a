"""Keys of two terms that are close to each other, found a list at a time.

Both lists are merged, the keys of the second with a mark, and the distances of all neighbours are computed as one
subtraction of large numbers of four-byte lanes. Lists are taken in parts of 4,096 documents, in which a marked key
has 30 bits: Python sorts such numbers in half of the time of larger ones (2026-11, CPython 3.11). If one term is much
rarer, its keys are looked up among those of the other.

What is found may be in two documents or zones: whoever asks compares that.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import repeat

from shanxi_cli.engines.whoosh.posting_arrays import POSITION_BYTES, fill_lanes

MAX_WIDTH = 126
"""Greatest distance in words: twice as much has to fit into a byte."""
_PART_BITS = 29
"""Bits of a key within a part."""
_RARE_FRACTION = 8
"""A term with fewer than one in this many of the occurrences of another is looked up there."""


def find_close_keys(first: "array[int]", second: "array[int]", width: int) -> Iterable[tuple[int, int]]:
    """Return pairs of keys of two terms less than `width` words apart, at most `MAX_WIDTH`, the lower one first.

    Of two occurrences that are as close, there is a pair as close or closer among the keys from one to the other.
    """
    rare, common = sorted((first, second), key=len)
    if len(rare) * _RARE_FRACTION < len(common):
        found = _look_up(rare, common, 1 - width, 2 * width - 1)
        return ((one, other) if one < other else (other, one) for one, other in found)
    return _merge_close(first, second, bytes(not (apart % 2 and apart < 2 * width) for apart in range(256)))


def find_keys_ahead(first: "array[int]", second: "array[int]", ahead: int) -> list[int]:
    """Return the keys of the first of two terms with one of the second that is greater by `ahead`, which may be < 0."""
    if len(first) * _RARE_FRACTION < len(second):
        return [key for key, _ in _look_up(first, second, ahead, 1)]
    if len(second) * _RARE_FRACTION < len(first):
        return [key for _, key in _look_up(second, first, -ahead, 1)]
    more, less = max(ahead, 0), max(-ahead, 0)
    pairs = _merge_close(first, second, b"\1\0" + b"\1" * 254, more, less)
    return [lower - more for lower, higher in pairs if lower == higher]


def _look_up(rare: "array[int]", common: "array[int]", ahead: int, width: int) -> Iterator[tuple[int, int]]:
    """Yield each key of a rare term with those of a common one that are `ahead` to `ahead + width` greater."""
    size, starts = len(common), list(map(ahead.__add__, rare))
    for key, start, at in zip(rare, starts, map(bisect_left, repeat(common), starts), strict=True):
        end = start + width
        while at < size and (found := common[at]) < end:
            if found >= start:  # keys of a far document may be in any order
                yield key, found
            at += 1


def _merge_close(
    first: "array[int]", second: "array[int]", far: bytes, more: int = 0, less: int = 0
) -> Iterator[tuple[int, int]]:
    """Yield the neighbours among the keys of two terms that are of different terms and close, the lower one first.

    `far` is 0 for close keys, by twice their distance: plus 1 if the lower one is of the first term, else minus 1.
    `more` is added to the keys of the first term, `less` to those of the second.
    """
    for part in range((max(first[-1], second[-1]) >> _PART_BITS) + 1):
        one, other = _marked_part(first, part, 2 * more), _marked_part(second, part, 2 * less + 1)
        if one and other:
            merged, start = sorted(one + other), part << _PART_BITS
            marks = _mark_distances(merged, far)
            at = marks.find(1)
            while at >= 0:
                yield start + (merged[at] >> 1), start + (merged[at + 1] >> 1)
                at = marks.find(1, at + 1)


def _marked_part(keys: "array[int]", part: int, mark: int) -> list[int]:
    """Return twice the keys of some documents, less where the part begins, plus a mark."""
    start = part << _PART_BITS
    data = keys[bisect_left(keys, start) : bisect_left(keys, start + (1 << _PART_BITS))].tobytes()
    lanes = len(data) // POSITION_BYTES
    total = int.from_bytes(data, sys.byteorder)
    if start:
        total -= fill_lanes(start, lanes)
    total = (total << 1) + fill_lanes(mark, lanes)
    return array("I", total.to_bytes(len(data), sys.byteorder)).tolist()


def _mark_distances(merged: list[int], far: bytes) -> bytes:
    """Return 1 for each number of an ascending list that is close to the next one, else 0.

    `far` has for each distance below 256 whether it is none that is sought; all others are.
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
