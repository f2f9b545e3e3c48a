"""The matches of a plan in a cluster: counted, ordered and read only as far as somebody asks."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, overload

from shanxi_cli.engines.base import Match
from shanxi_cli.engines.opensearch.dsl import Dsl, batched, filter_all, has_any_term, match_any
from shanxi_cli.engines.opensearch.generation import MAX_PAGE, GenerationIndex
from shanxi_cli.engines.opensearch.ranking import Keep, Ranking, SearchParts, filter_beside
from shanxi_cli.engines.opensearch.terms import encode_term
from shanxi_cli.engines.opensearch.value_counts import WholeValue, count_values
from shanxi_cli.model.results import HitOrder

_MAX_TERMS = 1_000_000
"""Values of one query (`index.max_terms_count`, which `mapping` sets)."""


class ClusterSearch(NamedTuple):
    """What a search of one plan needs: its parts, its query without scores, and what the engine does for it."""

    index: GenerationIndex
    parts: SearchParts
    matching: Dsl
    keep: Keep
    count_hits: Callable[[Dsl], dict[int, int]]
    added_times: Callable[[], Mapping[int, int]]
    whole_value: WholeValue

    def narrowed_to(self, condition: Dsl) -> "ClusterSearch":
        """Return the search of those matches that also have a condition."""
        parts = self.parts._replace(query=filter_beside(self.parts.query, [condition]))
        return self._replace(parts=parts, matching=filter_all([self.matching, condition]))


class ClusterFound(Sequence[Match]):
    """Implements `Found`."""

    def __init__(self, search: ClusterSearch) -> None:
        self._search = search
        self._ranking = Ranking(search.index, search.parts, search.keep)

    def __len__(self) -> int:
        """Implement `Found.__len__`."""
        return self._ranking.total()

    @overload
    def __getitem__(self, at: int, /) -> Match: ...

    @overload
    def __getitem__(self, at: slice, /) -> Sequence[Match]: ...

    def __getitem__(self, at: int | slice, /) -> Match | Sequence[Match]:
        """Implement `Found.__getitem__`."""
        if self._search.parts.order is HitOrder.ADDED:
            return self._by_added[at]
        if isinstance(at, slice) and _counts_from_start(at):
            return self._ranking.first(at.stop)[at]
        places = range(len(self))[at]
        if isinstance(places, int):
            return self._ranking.first(places + 1)[places]
        matches = self._ranking.first(max(places, default=-1) + 1)
        return [matches[place] for place in places]

    def __iter__(self) -> Iterator[Match]:
        """Implement `Found.__iter__`."""
        return iter(self[:])

    def counts(self, field: str) -> dict[str, int]:
        """Implement `Found.counts`."""
        return count_values(self._search.index, field, self._search.matching, self._search.whole_value)

    def numbers(self) -> Collection[int]:
        """Implement `Found.numbers`."""
        return self._numbers

    @cached_property
    def _numbers(self) -> frozenset[int]:
        return frozenset(walk_numbers(self._search.index, self._search.matching))

    def hits(self) -> dict[int, int]:
        """Implement `Found.hits`."""
        return self._search.count_hits(self._search.matching)

    def among(self, numbers: Collection[int]) -> set[int]:
        """Implement `Found.among`."""
        found: set[int] = set()
        for batch in batched(sorted(set(numbers)), MAX_PAGE):
            both = filter_all([self._search.matching, has_any_term("n", batch)])
            found.update(walk_numbers(self._search.index, both))
        return found

    def within(self, ids: Collection[str]) -> "ClusterFound":
        """Implement `Found.within`."""
        terms = [encode_term(article_id) for article_id in dict.fromkeys(ids)]
        some = match_any(has_any_term("id", batch) for batch in batched(terms, _MAX_TERMS))
        return ClusterFound(self._search.narrowed_to(some))

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
