"""The matches of a plan in a cluster: counted, ordered and read only as far as somebody asks."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, overload

from shanxi_cli.engines.base import Match
from shanxi_cli.engines.opensearch.dsl import Dsl, batched, filter_all, has_any_term, match_any
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.ranking import Keep, RankedQueries, Ranking, Scoring, filter_beside
from shanxi_cli.engines.opensearch.terms import encode_term, is_cut
from shanxi_cli.engines.opensearch.value_counts import WholeValue, count_values
from shanxi_cli.model.results import HitOrder
from shanxi_cli.util.frozen_record import NamedTuple

_MAX_TERMS = 1_000_000
"""Values of one query (`index.max_terms_count`, which `mapping` sets)."""

_STOPS = (10, 50, 1_000)
"""Matches after which an iteration fetches more; after the last it fetches all."""
_MAX_ASKED = 1_000
"""Articles up to which the cluster is asked which of them match; among more the matches are looked up here."""


class ClusterSearch(NamedTuple):
    """Parts of a search of one plan: its queries with and without scores, and what the engine does for it.

    All matches have the `conditions`, which change no score.
    """

    generation: GenerationIndex
    scored: Dsl
    matching: Dsl
    scoring: Scoring
    conditions: tuple[Dsl, ...]
    keep: Keep
    count_hits: Callable[[Dsl], dict[int, int]]
    added_times: Callable[[], Mapping[int, int]]
    whole_value: WholeValue

    def ranking(self, order: HitOrder) -> Ranking:
        """Return the matches in an order."""
        queries = RankedQueries(filter_beside(self.scored, self.conditions), self.filter)
        return Ranking(self.generation, queries, self.scoring, order, self.keep)

    @property
    def filter(self) -> Dsl:
        """The query for the matches, without scores."""
        return filter_all([self.matching, *self.conditions]) if self.conditions else self.matching


class ClusterFound(Sequence[Match]):
    """Implements `Found`."""

    def __init__(self, search: ClusterSearch, order: HitOrder) -> None:
        self._search = search
        self._order = order
        self._ranking = search.ranking(order)

    def __len__(self) -> int:
        """Implement `Found.__len__`."""
        return self._ranking.total()

    @overload
    def __getitem__(self, at: int, /) -> Match: ...

    @overload
    def __getitem__(self, at: slice, /) -> Sequence[Match]: ...

    def __getitem__(self, at: int | slice, /) -> Match | Sequence[Match]:
        """Implement `Found.__getitem__`."""
        if self._order is HitOrder.ADDED:
            return self._by_added[at]
        if isinstance(at, slice) and _counts_from_start(at):
            return self._ranking.first(at.stop)[at]
        places = range(len(self))[at]
        if isinstance(places, int):
            return self._ranking.first(places + 1)[places]
        matches = self._ranking.first(max(places, default=-1) + 1)
        return [matches[place] for place in places]

    def __iter__(self) -> Iterator[Match]:
        """Implement `Found.__iter__`: whoever stops early has not caused all to be fetched."""
        done = 0
        for stop in (*_STOPS, None):
            part = self[done:stop]
            yield from part
            done += len(part)
            if stop is None or done < stop:
                return

    def counts(self, field: str) -> dict[str, int]:
        """Implement `Found.counts`."""
        return count_values(self._search.generation, field, self._search.filter, self._search.whole_value)

    def numbers(self) -> Collection[int]:
        """Implement `Found.numbers`."""
        return self._numbers

    @cached_property
    def _numbers(self) -> frozenset[int]:
        return frozenset(walk_numbers(self._search.generation, self._search.filter))

    def hits(self) -> dict[int, int]:
        """Implement `Found.hits`."""
        return self._search.count_hits(self._search.filter)

    def among(self, numbers: Collection[int]) -> set[int]:
        """Implement `Found.among`."""
        if len(numbers) > _MAX_ASKED:
            return set(self._numbers.intersection(numbers))
        both = filter_all([self._search.filter, has_any_term("n", sorted(numbers))])
        return set(walk_numbers(self._search.generation, both)) if numbers else set()

    def values(self, field: str) -> dict[int, tuple[str, ...]]:
        """Implement `Found.values`."""
        column = f"values_{field}"
        found: dict[int, tuple[str, ...]] = {}
        for hit in self._walk(["n"], [column]):
            values = hit.get("fields", {}).get(column, ())
            whole = (self._search.whole_value(field, value) if is_cut(value) else value for value in values)
            found[hit["sort"][0]] = tuple(filter(None, whole))
        return found

    def ids(self) -> dict[int, str]:
        """Implement `Found.ids`."""
        return {hit["sort"][1]: hit["sort"][0] for hit in self._walk(["id", "n"], [])}

    def within(self, ids: Collection[str]) -> "ClusterFound":
        """Implement `Found.within`."""
        terms = [encode_term(article_id) for article_id in dict.fromkeys(ids)]
        some = match_any(has_any_term("id", batch) for batch in batched(terms, _MAX_TERMS))
        conditions = (*self._search.conditions, some)
        return ClusterFound(self._search._replace(conditions=conditions), self._order)

    def in_order(self, order: HitOrder) -> "ClusterFound":
        """Implement `Found.in_order`."""
        return ClusterFound(self._search, order)

    def _walk(self, sort: list[str], columns: list[str]) -> Iterator[Any]:
        body = {"query": self._search.filter, "sort": sort, "_source": False, "stored_fields": "_none_"}
        for hits in self._search.generation.walk({**body, "docvalue_fields": columns}):
            yield from hits

    @cached_property
    def _by_added(self) -> Sequence[Match]:
        """All matches, the last that were seen first; the cluster does not know when that was."""
        times = self._search.added_times()
        return sorted(self._ranking.first(len(self)), key=lambda match: -times.get(match.number, 0))


def _counts_from_start(at: slice) -> bool:
    """Return True for a slice that is the same whatever the number of matches: they need not be counted before."""
    return (
        at.stop is not None
        and at.stop >= 0
        and (at.start is None or at.start >= 0)
        and (at.step is None or at.step > 0)
    )


def walk_numbers(index: GenerationIndex, query: Dsl) -> Iterator[int]:
    """Yield the numbers of all articles that match a query, ascending."""
    for hits in index.walk({"query": query, "sort": ["n"], "_source": False, "stored_fields": "_none_"}):
        for hit in hits:
            yield hit["sort"][0]
