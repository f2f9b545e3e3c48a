"""Top-k selection by several criteria, column by column: a search shows ten of perhaps 46,000 matches.

The keys of the first criterion give the key of the k-th document; documents before it are selected, those level with
it are compared by the next criterion. The order is that of sorting all documents by all criteria, but mostly a single
column is read.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from heapq import nlargest, nsmallest
from operator import neg
from typing import Any, TypeAlias, overload

from shanxi_cli.engines.base import Match
from shanxi_cli.engines.score_map import ScoreMap
from shanxi_cli.util.frozen_record import Record

DocNumbers: TypeAlias = Sequence[int]
"""Documents, by their numbers in the whole index."""

_SCORE_DIGITS = 9
"""Digits to which scores are rounded before comparing, so that the order of summing never decides a tie."""
_SCORE_TOLERANCE = 2 * 10.0**-_SCORE_DIGITS
"""Difference above which unrounded scores compare as rounded ones do."""
_FULL_SORT_FRACTION = 4
"""A k of at least this fraction (1/n) of all documents is found by sorting all of them."""


class SortCriterion(Record):
    """A sort criterion. `keys` gives the key of each document, in the order given; lower keys come first.

    `prefilter` drops documents that cannot be among the first k, if that is faster than comparing keys.
    """

    keys: Callable[[DocNumbers], Iterable[Any]]
    prefilter: Callable[[DocNumbers, int], DocNumbers] = lambda numbers, many: numbers


def select_top_k(numbers: DocNumbers, by: Sequence[SortCriterion], many: int) -> list[int]:
    """Return the first `many` documents in the order of the criteria, earlier criteria first."""
    if many * _FULL_SORT_FRACTION >= len(numbers) or not by:
        return sort_documents(numbers, by)[:many]
    if many == 0:
        return []
    numbers = by[0].prefilter(numbers, many)
    keys = list(by[0].keys(numbers))
    bound = nsmallest(many, keys)[-1]
    before = [number for number, key in zip(numbers, keys, strict=True) if key < bound]
    level = [number for number, key in zip(numbers, keys, strict=True) if key == bound]
    return sort_documents(before, by) + select_top_k(level, by[1:], many - len(before))


def sort_documents(numbers: DocNumbers, by: Sequence[SortCriterion]) -> list[int]:
    """Sort all documents by the criteria: by the last one first, because sorting is stable."""
    ordered = list(numbers)
    for criterion in reversed(by):
        keys = list(criterion.keys(ordered))
        ordered = list(map(ordered.__getitem__, sorted(range(len(keys)), key=keys.__getitem__)))
    return ordered


def ascending_criterion(column: Sequence[int]) -> SortCriterion:
    """Sort by a column, lowest number first."""
    return SortCriterion(lambda numbers: map(column.__getitem__, numbers))


def descending_criterion(column: Sequence[int]) -> SortCriterion:
    """Sort by a column, highest number first."""
    return SortCriterion(lambda numbers: map(neg, map(column.__getitem__, numbers)))


def score_criterion(scores: ScoreMap) -> SortCriterion:
    """Sort by score, highest first."""

    def keys(numbers: DocNumbers) -> Iterable[float]:
        own = list(map(scores.__getitem__, numbers))
        rounded = {score: -round(score, _SCORE_DIGITS) for score in set(own)}
        return map(rounded.__getitem__, own)

    def prefilter(numbers: DocNumbers, many: int) -> DocNumbers:
        own = list(map(scores.__getitem__, numbers))
        bound = nlargest(many, own)[-1] - _SCORE_TOLERANCE
        return [number for number, score in zip(numbers, own, strict=True) if score >= bound]

    return SortCriterion(keys, prefilter)


class RankedMatches(Sequence[Match]):
    """The matches of a search, sorted and scored only as far as they are read, inside the context `guarded`."""

    def __init__(
        self,
        count: int,
        scores: ScoreMap,
        by: Sequence[SortCriterion],
        guarded: Callable[[], AbstractContextManager[None]],
        candidates: Callable[[int], DocNumbers],
        score: Callable[[DocNumbers], None],
    ) -> None:
        """Make the sequence of `count` matches, in the order of the criteria.

        `candidates` returns documents among which are the first k matches. `score` adds the scores of some documents to
        `scores`, which may have those of others.
        """
        self._count = count
        self._scores = scores
        self._by = by
        self._guarded = guarded
        self._candidates = candidates
        self._score = score
        self._known: list[int] = []

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Match: ...

    @overload
    def __getitem__(self, at: slice) -> list[Match]: ...

    def __getitem__(self, at: int | slice) -> Match | list[Match]:
        places = range(len(self))[at]
        if isinstance(places, int):
            return self._matches([self._select(places + 1)[places]])[0]
        numbers = self._select(max(places, default=-1) + 1)
        return self._matches([numbers[place] for place in places])

    def __iter__(self) -> Iterator[Match]:
        return iter(self._matches(self._select(len(self))))

    def _matches(self, numbers: DocNumbers) -> list[Match]:
        with self._guarded():
            self._score(numbers)
        return [Match(number, self._scores[number]) for number in numbers]

    def _select(self, many: int) -> list[int]:
        if many > len(self._known):
            with self._guarded():
                self._known = select_top_k(self._candidates(many), self._by, many)
        return self._known
