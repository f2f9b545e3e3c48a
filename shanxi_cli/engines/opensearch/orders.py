"""Orders of matches: how the cluster sorts a page, and the same order among hits that are all here."""

from collections.abc import Callable
from typing import Any, NamedTuple, assert_never

from shanxi_cli.engines.opensearch.dsl import Dsl
from shanxi_cli.model.results import HitOrder

SCORE_DIGITS = 9
"""Digits to which scores are rounded before comparing, as in every engine (`engines.top_k`)."""


class SortableHit(NamedTuple):
    """A match with all that an order compares. `title` is empty where the cluster has sorted already."""

    number: int
    score: float
    first: int
    last: int
    id: str
    title: str


def cluster_sort(order: HitOrder) -> list[Dsl]:
    """Return the sort of a search; the id, which comes last, tells all articles apart."""
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
        case HitOrder.ADDED:  # when that was, the cluster does not know
            return [{"last": "desc"}, by_id]
        case _:
            assert_never(order)


def local_key(order: HitOrder) -> Callable[[SortableHit], tuple[Any, ...]]:
    """Return the key that puts hits into the same order; scores are exact here."""
    match order:
        case HitOrder.RELEVANCE:
            return lambda hit: (-round(hit.score, SCORE_DIGITS), -hit.last, hit.id)
        case HitOrder.NEWEST:
            return lambda hit: (-hit.last, -hit.first, hit.id)
        case HitOrder.OLDEST:
            return lambda hit: (hit.first, hit.last, hit.id)
        case HitOrder.TITLE:
            return lambda hit: (hit.title, -hit.last, hit.id)
        case HitOrder.ADDED:
            return lambda hit: (-hit.last, hit.id)
        case _:
            assert_never(order)
