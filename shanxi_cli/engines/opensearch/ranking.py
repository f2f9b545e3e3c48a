"""Matches in order, fetched from the cluster as far as they are read.

By date or title the cluster sorts exactly. By relevance it sorts by scores of single precision: what it gives are
candidates, which are scored again and sorted here. A candidate is settled if no article that has not been fetched can
come before it, whatever the difference of precision; more are fetched until as many are settled as are wanted. Where
all scores are whole numbers there is no difference, and the order of the cluster is the order.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, assert_never

from shanxi_cli.engines.base import Match
from shanxi_cli.engines.opensearch.dsl import Dsl
from shanxi_cli.engines.opensearch.exact_scores import ExactScores, HitFacts
from shanxi_cli.engines.opensearch.generation import MAX_PAGE, GenerationIndex, hits_of
from shanxi_cli.engines.opensearch.mapping import STORED_FIELDS
from shanxi_cli.model.results import HitOrder

FIRST_PAGE = 20
"""Hits of the first request: a screen of ten, and candidates for it."""
MAX_BROUGHT = 100
"""Hits of a first request up to which their articles come with them."""
_GROWTH = 4
SCORE_DIGITS = 9
"""Digits to which scores are rounded before comparing, as in every engine (`engines.top_k`)."""
_PRECISION = 2e-6
"""Relative difference of a score in single precision from the exact one, with a margin for a hundred roundings."""
_TOLERANCE = 2 * 10.0**-SCORE_DIGITS
COLUMNS = ("n", "first", "last", "length", "title_length")

Keep = Callable[[Any], None]
"""Called with each hit that brings its article."""


class Scoring(NamedTuple):
    """Scoring of hits. `is_whole` is true if all scores are whole numbers, the same in any precision."""

    exact: ExactScores
    is_whole: bool


class _Candidate(NamedTuple):
    score: float
    last: int
    id: str
    number: int


class Ranking:
    """The matches of a search in order."""

    def __init__(self, index: GenerationIndex, query: Dsl, scoring: Scoring, order: HitOrder, keep: Keep) -> None:
        """`query` scores in the cluster if the order is by relevance."""
        self._index = index
        self._exact = scoring.exact
        self._keep = keep
        self._sorts_here = order is HitOrder.RELEVANCE and not scoring.is_whole
        self._body = {
            "query": filter_beside(query, scoring.exact.named_queries()),
            "sort": sort_of(order),
            "docvalue_fields": list(COLUMNS),
        }
        self._total: int | None = None
        self._candidates: list[_Candidate] = []
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
        body = {**self._body, "size": size, "track_total_hits": is_first, "_source": list(STORED_FIELDS) * brings}
        if not is_first:
            body["search_after"] = self._after
        answer = self._index.search(body)
        hits = hits_of(answer)
        if is_first:
            self._total = answer["hits"]["total"]["value"]
        for hit in hits:
            self._candidates.append(self._candidate(hit))
            if brings:
                self._keep(hit)
        self._complete = len(hits) < size
        if hits:
            self._after = hits[-1]["sort"]
        self._settle()

    def _candidate(self, hit: Any) -> _Candidate:
        number, _, last, length, title_length = (hit["fields"][name][0] for name in COLUMNS)
        facts = HitFacts(hit.get("matched_queries") or {}, length, title_length)
        return _Candidate(self._exact.score(facts), last, hit["sort"][-1], number)

    def _settle(self) -> None:
        if self._sorts_here:
            self._candidates.sort(key=_relevance)
            settled = len(self._candidates) if self._complete else self._count_settled()
        else:
            settled = len(self._candidates)
        self._known = [Match(one.number, one.score) for one in self._candidates[:settled]]

    def _count_settled(self) -> int:
        """Return the number of candidates that come before all that has not been fetched."""
        if self._after is None:
            return 0
        most = self._after[0] * (1 + _PRECISION) + _TOLERANCE
        return next((n for n, one in enumerate(self._candidates) if one.score <= most), len(self._candidates))


def _relevance(one: _Candidate) -> tuple[float, int, str]:
    return -round(one.score, SCORE_DIGITS), -one.last, one.id


def filter_beside(query: Dsl, filters: Sequence[Dsl]) -> Dsl:
    """Return the query, with filters beside it that do not change its scores."""
    return {"bool": {"must": [query], "filter": list(filters)}} if filters else query


def sort_of(order: HitOrder) -> list[Dsl]:
    """Return the sort of a search in an order."""
    by_id: Dsl = {"id": "asc"}
    match order:
        case HitOrder.RELEVANCE:
            return [{"_score": "desc"}, {"last": "desc"}, by_id]
        case HitOrder.NEWEST:
            return [{"last": "desc"}, {"first": "desc"}, by_id]
        case HitOrder.OLDEST:
            return [{"first": "asc"}, {"last": "asc"}, by_id]
        case HitOrder.TITLE:
            return [{"title_key": {"order": "asc", "missing": "_first"}}, {"last": "desc"}, by_id]
        case HitOrder.ADDED:
            return [{"last": "desc"}, by_id]
        case _:
            assert_never(order)
