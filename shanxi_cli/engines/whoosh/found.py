"""The matches of a plan in a Whoosh index: counted, scored and sorted only as far as somebody asks.

What counts hits is imported when it is called: a search does not.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import assert_never, overload

from shanxi_cli.engines.base import Match
from shanxi_cli.engines.boolean import DocumentSet
from shanxi_cli.engines.score_map import ScoreMap
from shanxi_cli.engines.top_k import (
    DocNumbers,
    RankedMatches,
    SortCriterion,
    ascending_criterion,
    descending_criterion,
    score_criterion,
)
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.evaluator import PlanEvaluator
from shanxi_cli.engines.whoosh.first_matches import FirstMatches
from shanxi_cli.engines.whoosh.postings import read_postings, translate_read_errors
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.plan.query_plan import QueryPlan


class WhooshFound(Sequence[Match]):
    """Implements `Found`; `narrowed` has all matches, and the documents to which they are narrowed, None for all."""

    def __init__(
        self,
        read: CachedReader,
        evaluator: PlanEvaluator,
        plan: QueryPlan,
        order: HitOrder,
        narrowed: "tuple[FirstMatches, DocumentSet | None] | None" = None,
    ) -> None:
        self._read = read
        self._evaluator = evaluator
        self._plan = plan
        self._order = order
        self._first, self._among = narrowed or (FirstMatches(read, evaluator, plan), None)

    def __len__(self) -> int:
        """Implement `Found.__len__`."""
        with translate_read_errors():
            return self._first.count if self._among is None else len(self._documents)

    @overload
    def __getitem__(self, at: int, /) -> Match: ...

    @overload
    def __getitem__(self, at: slice, /) -> list[Match]: ...

    def __getitem__(self, at: int | slice, /) -> Match | list[Match]:
        """Implement `Found.__getitem__`."""
        return self._ranked[at]

    def __iter__(self) -> Iterator[Match]:
        """Implement `Found.__iter__`."""
        return iter(self._ranked)

    def counts(self, field: str) -> dict[str, int]:
        """Implement `Found.counts`."""
        with translate_read_errors():
            return count_values(self._read, field, self._documents)

    def numbers(self) -> Collection[int]:
        """Implement `Found.numbers`."""
        with translate_read_errors():
            return self._documents

    def hits(self) -> dict[int, int]:
        """Implement `Found.hits`."""
        from shanxi_cli.engines.whoosh.hit_counts import count_hits
        from shanxi_cli.matching.highlighter import collect_patterns

        with translate_read_errors():
            of, matching = self._evaluator, self._documents
            counted = count_hits(self._read, collect_patterns(self._plan), of.expand_words, of.unit_terms)
            return {number: hits for number, hits in counted.items() if number in matching}

    def among(self, numbers: Collection[int]) -> set[int]:
        """Implement `Found.among`."""
        with translate_read_errors():
            return set(self._documents.intersection(numbers))

    def values(self, field: str) -> dict[int, tuple[str, ...]]:
        """Implement `Found.values`."""
        with translate_read_errors():
            of, values = self._read.repeated(f"values_{field}")
            return {n: tuple(filter(None, values[of[n]].decode().split("\n"))) for n in self._documents}

    def ids(self) -> dict[int, str]:
        """Implement `Found.ids`."""
        with translate_read_errors():
            numbers = list(self._documents)
            return {n: key.decode() for n, key in zip(numbers, self._read.values("key", numbers), strict=True)}

    def within(self, ids: Collection[str]) -> "WhooshFound":
        """Implement `Found.within`."""
        with translate_read_errors():
            allowed = frozenset(find_numbers(self._read, ids).values())
        return self._derive(self._order, allowed if self._among is None else allowed & self._among)

    def in_order(self, order: HitOrder) -> "WhooshFound":
        """Implement `Found.in_order`."""
        return self._derive(order, self._among)

    def _derive(self, order: HitOrder, among: DocumentSet | None) -> "WhooshFound":
        return WhooshFound(self._read, self._evaluator, self._plan, order, (self._first, among))

    @property
    def _documents(self) -> DocumentSet:
        return self._first.documents if self._among is None else self._first.documents & self._among

    @cached_property
    def _ranked(self) -> RankedMatches:
        first = self._first
        count = len(self)
        with translate_read_errors():
            by = _sort_criteria(self._read, first.scores, self._order)
        return RankedMatches(count, first.scores, by, translate_read_errors, self._candidates, first.score)

    def _candidates(self, many: int) -> DocNumbers:
        """Return documents among which are the first `many` matches; those to be sorted by score have theirs."""
        by_score = self._order is HitOrder.RELEVANCE
        if self._among is None:
            return self._first.settle(many) if by_score else list(self._documents)
        documents = list(self._documents)
        if by_score:
            self._first.score(documents)
        return documents


def count_values(read: CachedReader, field: str, numbers: Iterable[int]) -> dict[str, int]:
    """Implement `Searching.value_counts`. Articles with the same values are counted together and split once."""
    of, values = read.repeated(f"values_{field}")
    counts: dict[str, int] = {}
    for ordinal, articles in Counter(map(of.__getitem__, numbers)).items():
        for value in values[ordinal].decode().split("\n"):
            counts[value] = counts.get(value, 0) + articles
    return counts


def find_numbers(read: CachedReader, ids: Iterable[str]) -> dict[str, int]:
    """Implement `Searching.numbers_of`."""
    found = {name: read_postings(read.reader, "id", name.encode()) for name in dict.fromkeys(ids)}
    return {name: number for name, numbers in found.items() for number in numbers}


def find_ids(read: CachedReader, prefix: str, is_wanted: Callable[[str], bool] = bool) -> list[tuple[str, int]]:
    """Return (id, number) of each article whose id begins with `prefix` and is wanted, sorted by id."""
    ids = [term.decode() for term in read.expand("id", prefix.encode())]
    return sorted(find_numbers(read, filter(is_wanted, ids)).items())


def _sort_criteria(read: CachedReader, scores: ScoreMap, order: HitOrder) -> list[SortCriterion]:
    first, last = read.numbers("first"), read.numbers("last")
    by_id = SortCriterion(lambda numbers: numbers if read.ascends else read.values("key", numbers))
    match order:
        case HitOrder.RELEVANCE:
            return [score_criterion(scores), descending_criterion(last), by_id]
        case HitOrder.NEWEST:
            return [descending_criterion(last), descending_criterion(first), by_id]
        case HitOrder.OLDEST:
            return [ascending_criterion(first), ascending_criterion(last), by_id]
        case HitOrder.TITLE:
            by_title = SortCriterion(lambda numbers: read.values("title_key", numbers))
            return [by_title, descending_criterion(last), by_id]
        case HitOrder.ADDED:
            return [descending_criterion(read.added_times), descending_criterion(last), by_id]
        case _:
            assert_never(order)
