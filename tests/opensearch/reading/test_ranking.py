"""The exact order, from hits that the cluster has sorted by scores of single precision. No cluster is needed."""

from collections.abc import Sequence
from struct import pack, unpack
from typing import Any, cast

import pytest

from shanxi_cli.engines.opensearch.exact_scores import ExactScores, HitFacts
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.ranking import FIRST_PAGE, RankedQueries, Ranking, Scoring
from shanxi_cli.model.results import HitOrder

Article = tuple[str, int, float]
"""Id, last day, and exact score."""


def in_single_precision(score: float) -> float:
    [rounded] = unpack("f", pack("f", score))
    return float(rounded)


def place(row: Sequence[Any]) -> tuple[float, int, str]:
    return -row[0], -row[1], row[2]


class SortedHits:
    """An index whose hits are sorted by scores of single precision, then as asked; it counts what it gives."""

    name = "press-gen-0"

    def __init__(self, articles: Sequence[Article]) -> None:
        rows = [(in_single_precision(score), last, name, score) for name, last, score in articles]
        self.rows = sorted(rows, key=place)
        self.given = 0

    def search(self, body: dict[str, Any]) -> Any:
        after = body.get("search_after")
        rest = [row for row in self.rows if after is None or place(row) > place(after)]
        rows = rest[: body["size"]]
        self.given += len(rows)
        hits = [self.hit(row) for row in rows]
        return {"hits": {"total": {"value": len(self.rows)}, **({"hits": hits} if hits else {})}}

    def hit(self, row: tuple[float, int, str, float]) -> Any:
        score, last, name, exact = row
        fields = {"n": [self.rows.index(row)], "first": [last], "last": [last], "length": [1], "title_length": [1]}
        return {"sort": [score, last, name], "fields": fields, "matched_queries": {"0": exact}}


class OwnScores:
    """Scores hits by what their only named query says."""

    def score(self, hit: HitFacts) -> float:
        return hit.named["0"]

    def named_queries(self) -> list[Any]:
        return []


def ranked(articles: Sequence[Article], many: int, *, is_whole: bool = False) -> tuple[list[str], SortedHits]:
    index = SortedHits(articles)
    scoring = Scoring(cast("ExactScores", OwnScores()), is_whole)
    ranking = Ranking(
        cast("GenerationIndex", index), RankedQueries({}, {}), scoring, HitOrder.RELEVANCE, lambda hit: None
    )
    return [index.rows[match.number][2] for match in ranking.first(many)[:many]], index


def expected(articles: Sequence[Article], many: int) -> list[str]:
    return [name for name, _, _ in sorted(articles, key=lambda a: (-round(a[2], 9), -a[1], a[0]))[:many]]


def test_scores_that_are_equal_in_single_precision_are_told_apart() -> None:
    articles = [("a", 9, 3.00000001), ("b", 5, 3.00000003), ("c", 7, 3.00000002), ("d", 1, 2.0)]
    assert ranked(articles, 3)[0] == ["b", "c", "a"] == expected(articles, 3)


def test_scores_that_differ_by_rounding_alone_are_ties() -> None:
    articles = [("a", 1, 1.0000000000001), ("b", 2, 1.0), ("c", 2, 1.0000000000002)]
    assert ranked(articles, 3)[0] == ["b", "c", "a"] == expected(articles, 3)


@pytest.mark.parametrize("many", [1, 10, 60, 300])
def test_a_tie_over_pages_is_read_to_its_end(many: int) -> None:
    tied = [(f"{n:03}", n % 7, 2.5 + (n % 5) * 1e-8) for n in range(200)]
    articles = [*tied, *((f"low{n:03}", 0, 1.0 - n / 1_000) for n in range(100))]
    assert ranked(articles, many)[0] == expected(articles, many)


def test_no_more_is_read_than_settles_the_first() -> None:
    articles = [(f"{n:04}", 0, 100.0 - n / 10) for n in range(900)]
    names, index = ranked(articles, 10)
    assert names == expected(articles, 10)
    assert index.given == FIRST_PAGE


def test_a_tie_of_whole_scores_is_not_read_to_its_end() -> None:
    articles = [(f"{n:04}", n % 3, 1.0) for n in range(900)]
    names, index = ranked(articles, 10, is_whole=True)
    assert names == expected(articles, 10)
    assert index.given == FIRST_PAGE


def test_nothing_is_found() -> None:
    assert ranked([], 10)[0] == []
