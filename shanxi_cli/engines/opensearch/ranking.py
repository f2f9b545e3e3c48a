"""Matches in order, fetched from the cluster as far as they are read.

By date or title the cluster sorts exactly. By relevance it sorts by scores of single precision: what it gives are
candidates, which are scored again and sorted here. A candidate is settled if no article that has not been fetched can
come before it, whatever the difference of precision; more are fetched until as many are settled as are wanted. Where
all scores are whole numbers there is no difference, and the order of the cluster is the order.

Whoever reads most of many matches gets all of them, which are sorted here: the cluster gives them by number in a
fraction of the time.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from shanxi_cli.engines.base import Match
from shanxi_cli.engines.opensearch.dsl import Dsl
from shanxi_cli.engines.opensearch.exact_scores import ExactScores, HitFacts
from shanxi_cli.engines.opensearch.generation import MAX_PAGE, GenerationIndex, hits_of
from shanxi_cli.engines.opensearch.mapping import STORED_FIELDS
from shanxi_cli.engines.opensearch.orders import SCORE_DIGITS, SortableHit, cluster_sort, local_key
from shanxi_cli.model.results import HitOrder

FIRST_PAGE = 20
"""Hits of the first request: a screen of ten, and candidates for it."""
MAX_BROUGHT = 100
"""Hits of a first request up to which their articles come with them."""
DEEP = 1_000
"""Matches beyond which all are fetched at once if they are more than one in `_DEEP_FRACTION`."""
_DEEP_FRACTION = 4
_GROWTH = 4
_PRECISION = 1e-5
"""Relative difference of a score in single precision from the exact one: each of up to 160 roundings adds 2**-24."""
_TOLERANCE = 2 * 10.0**-SCORE_DIGITS
_COLUMNS = ("n", "first", "last", "length", "title_length")

Keep = Callable[[Any], None]
"""Called with each hit that brings its article."""


class Scoring(NamedTuple):
    """Scoring of hits. `is_whole` is true if all scores are whole numbers, the same in any precision."""

    exact: ExactScores
    is_whole: bool


class RankedQueries(NamedTuple):
    """The queries of a search: one that scores in the cluster, close enough for candidates, and one that does not."""

    scored: Dsl
    matching: Dsl


class Ranking:
    """The matches of a search in order."""

    def __init__(
        self, index: GenerationIndex, queries: RankedQueries, scoring: Scoring, order: HitOrder, keep: Keep
    ) -> None:
        self._index = index
        self._queries = queries
        self._exact = scoring.exact
        self._order = order
        self._keep = keep
        self._sorts_here = order is HitOrder.RELEVANCE and not scoring.is_whole
        self._total: int | None = None
        self._candidates: list[SortableHit] = []
        self._known: list[Match] = []
        self._after: Sequence[Any] | None = None
        self._complete = False

    def total(self) -> int:
        """Return the number of matches."""
        if self._total is None:
            self._fetch(FIRST_PAGE)
        assert self._total is not None
        return self._total

    def first(self, many: int) -> Sequence[Match]:
        """Return the first `many` matches, or more."""
        if many > DEEP and not self._complete and many * _DEEP_FRACTION >= self.total():
            self._fetch_all()
        wanted = many if self._total is None else min(many, self._total)
        size = max(FIRST_PAGE, wanted + FIRST_PAGE // 2)
        while len(self._known) < wanted and not self._complete:
            self._fetch(size - len(self._candidates) if size > len(self._candidates) else size)
            wanted, size = min(wanted, self.total()), size * _GROWTH
        return self._known

    def _fetch(self, size: int) -> None:
        """Fetch so many hits behind those that have been fetched, and settle what can be settled."""
        size = min(size, MAX_PAGE)
        is_first = self._after is None
        brings = is_first and size <= MAX_BROUGHT
        by_score = self._order is HitOrder.RELEVANCE
        body = {
            "query": self._with_names(self._queries.scored if by_score else self._queries.matching),
            "sort": cluster_sort(self._order),
            "docvalue_fields": list(_COLUMNS),
            "size": size,
            "track_total_hits": is_first,
            **({"_source": list(STORED_FIELDS)} if brings else {"_source": False, "stored_fields": "_none_"}),
            **({} if is_first else {"search_after": self._after}),
        }
        answer = self._index.search(body)
        hits = hits_of(answer)
        if is_first:
            self._total = answer["hits"]["total"]["value"]
        for hit in hits:
            self._candidates.append(self._read(hit, hit["sort"][-1], ""))
            if brings:
                self._keep(hit)
        self._complete = len(hits) < size
        if hits:
            self._after = hits[-1]["sort"]
        self._settle()

    def _fetch_all(self) -> None:
        """Fetch all hits by their numbers, and sort them here."""
        body = {
            "query": self._with_names(self._queries.matching),
            "sort": ["n"],
            "docvalue_fields": [*_COLUMNS, "id", "title_key"],
            "_source": False,
            "stored_fields": "_none_",
        }
        found = []
        for hits in self._index.walk(body):
            for hit in hits:
                fields = hit["fields"]
                found.append(self._read(hit, fields["id"][0], fields.get("title_key", [""])[0]))
        self._candidates = sorted(found, key=local_key(self._order))
        self._known = [Match(one.number, one.score) for one in self._candidates]
        self._complete = True

    def _with_names(self, query: Dsl) -> Dsl:
        return filter_beside(query, self._exact.named_queries())

    def _read(self, hit: Any, article_id: str, title: str) -> SortableHit:
        number, first, last, length, title_length = (hit["fields"][name][0] for name in _COLUMNS)
        facts = HitFacts(hit.get("matched_queries") or {}, length, title_length)
        return SortableHit(number, self._exact.score(facts), first, last, article_id, title)

    def _settle(self) -> None:
        settled = len(self._candidates)
        if self._sorts_here:
            self._candidates.sort(key=local_key(self._order))
            settled = settled if self._complete else self._count_settled()
        self._known = [Match(one.number, one.score) for one in self._candidates[:settled]]

    def _count_settled(self) -> int:
        """Return the number of candidates that come before all that has not been fetched."""
        if self._after is None:
            return 0
        most = self._after[0] * (1 + _PRECISION) + _TOLERANCE
        return next((n for n, one in enumerate(self._candidates) if one.score <= most), len(self._candidates))


def filter_beside(query: Dsl, filters: Sequence[Dsl]) -> Dsl:
    """Return the query, with filters beside it that do not change its scores."""
    return {"bool": {"must": [query], "filter": list(filters)}} if filters else query
