"""Proximity: the places where terms occur together, computed on word positions alone."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from collections.abc import Sequence as Items


def find_proximity_matches(positions: Items[Items[int]], max_gap: int | None) -> Iterator[tuple[int, ...]]:
    """Yield the places where terms occur together, each as the positions of the terms in their order.

    `positions` has an ascending list for each term. Without `max_gap` the terms are side by side in
    their order; with it, on different positions in any order, with at most `max_gap` other words
    among them; of the places that share a first position only the tightest is given.
    """
    if max_gap is None:
        yield from _find_adjacent_matches(positions)
    else:
        yield from _find_near_matches(positions, len(positions) + max_gap)


def _find_adjacent_matches(positions: Items[Items[int]]) -> Iterator[tuple[int, ...]]:
    later = [(offset, set(places)) for offset, places in enumerate(positions) if offset]
    for first in positions[0]:
        if all(first + offset in places for offset, places in later):
            yield tuple(range(first, first + len(positions)))


def _find_near_matches(positions: Items[Items[int]], width: int) -> Iterator[tuple[int, ...]]:
    """Try every leftmost position, with the others within `width` words from it, each term by itself.

    A place holds every term, so it begins near one of the rarest: only such positions are tried.
    """
    different = list({id(places): places for places in positions}.values())  # a term may be in the phrase twice
    starts: set[int] = set()
    for place in min(different, key=len):
        for places in different:
            starts.update(places[bisect_right(places, place - width) : bisect_right(places, place)])
    for start in sorted(starts):
        window = [places[bisect_left(places, start) : bisect_left(places, start + width)] for places in positions]
        chosen = _distinct_positions(window, start)
        if chosen:
            yield chosen


def _distinct_positions(window: Items[Items[int]], start: int) -> tuple[int, ...] | None:
    """Choose a position for each term, all different and `start` among them; None if that is impossible.

    Two terms share a position only if they are equal, so equal terms take their positions in turn
    and others take their first one: the greedy choice is exact.
    """
    used: set[int] = set()
    chosen: list[int] = []
    for places in window:
        free = next((p for p in places if p not in used), None)
        if free is None:
            return None
        used.add(free)
        chosen.append(free)
    return tuple(chosen) if start in used else None
