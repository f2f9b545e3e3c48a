"""Matches in an order of which only the beginning is looked at: a search shows ten of perhaps 46,000.

Which come first is found column by column: the keys of all by the first criterion say where the tenth stands; those
before it are in, those level with it are compared by the next criterion. So the order is that of sorting all of
them by all criteria, and mostly one column is read. No Whoosh here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from heapq import nlargest, nsmallest
from operator import neg
from typing import Any, NamedTuple, TypeAlias, overload

from shanxi_cli.engines.base import Match
from shanxi_cli.engines.score_map import ScoreMap

DocNumbers: TypeAlias = Sequence[int]
"""Documents by their number in the whole index."""

_SCORE_DIGITS = 9
"""Scores are compared rounded, so that the order of summing never decides between equals."""
_SCORE_TOLERANCE = 2 * 10.0**-_SCORE_DIGITS
"""Scores further apart than this are in the order of their rounded ones."""
_FULL_SORT_FRACTION = 4
"""The first so many-th part of all, and more, is found by sorting all of them."""


class SortCriterion(NamedTuple):
    """What documents are ordered by. `keys` gives their keys, in their order; the lower comes first.

    `likely` leaves out documents that cannot be among the first so many, where that is told faster than by keys.
    """

    keys: Callable[[DocNumbers], Iterable[Any]]
    likely: Callable[[DocNumbers, int], DocNumbers] = lambda numbers, many: numbers


def select_top_k(numbers: DocNumbers, by: Sequence[SortCriterion], many: int) -> list[int]:
    """The first `many` documents in the order of the criteria, an earlier one before a later one."""
    if many * _FULL_SORT_FRACTION >= len(numbers) or not by:
        return sort_documents(numbers, by)[:many]
    if many == 0:
        return []
    numbers = by[0].likely(numbers, many)
    keys = list(by[0].keys(numbers))
    bound = nsmallest(many, keys)[-1]
    before = [number for number, key in zip(numbers, keys, strict=True) if key < bound]
    level = [number for number, key in zip(numbers, keys, strict=True) if key == bound]
    return sort_documents(before, by) + select_top_k(level, by[1:], many - len(before))


def sort_documents(numbers: DocNumbers, by: Sequence[SortCriterion]) -> list[int]:
    """All documents in the order of the criteria: sorted by the last one first, for sorting keeps what is level."""
    ordered = list(numbers)
    for criterion in reversed(by):
        keys = list(criterion.keys(ordered))
        ordered = list(map(ordered.__getitem__, sorted(range(len(keys)), key=keys.__getitem__)))
    return ordered


def ascending_criterion(column: Sequence[int]) -> SortCriterion:
    """The lowest number of a column first."""
    return SortCriterion(lambda numbers: map(column.__getitem__, numbers))


def descending_criterion(column: Sequence[int]) -> SortCriterion:
    """The highest number of a column first."""
    return SortCriterion(lambda numbers: map(neg, map(column.__getitem__, numbers)))


def score_criterion(scores: ScoreMap) -> SortCriterion:
    """The highest score first."""

    def keys(numbers: DocNumbers) -> Iterable[float]:
        some = list(map(scores.__getitem__, numbers))
        rounded = {score: -round(score, _SCORE_DIGITS) for score in set(some)}
        return map(rounded.__getitem__, some)

    def likely(numbers: DocNumbers, many: int) -> DocNumbers:
        some = list(map(scores.__getitem__, numbers))
        bound = nlargest(many, some)[-1] - _SCORE_TOLERANCE
        return [number for number, score in zip(numbers, some, strict=True) if score >= bound]

    return SortCriterion(keys, likely)


class RankedMatches(Sequence[Match]):
    """The matches of a search, put in order as far as they are looked at; `guarded` is round all that is read then."""

    def __init__(
        self, scores: ScoreMap, by: Sequence[SortCriterion], guarded: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._scores = scores
        self._by = by
        self._guarded = guarded
        self._known: list[int] = []

    def __len__(self) -> int:
        return len(self._scores)

    @overload
    def __getitem__(self, at: int) -> Match: ...

    @overload
    def __getitem__(self, at: slice) -> list[Match]: ...

    def __getitem__(self, at: int | slice) -> Match | list[Match]:
        places = range(len(self))[at]
        if isinstance(places, int):
            return self._match(self._first(places + 1)[places])
        numbers = self._first(max(places, default=-1) + 1)
        return [self._match(numbers[place]) for place in places]

    def __iter__(self) -> Iterator[Match]:
        return map(self._match, self._first(len(self)))

    def _match(self, number: int) -> Match:
        return Match(number, self._scores[number])

    def _first(self, many: int) -> list[int]:
        if many > len(self._known):
            with self._guarded():
                self._known = select_top_k(list(self._scores), self._by, many)
        return self._known
