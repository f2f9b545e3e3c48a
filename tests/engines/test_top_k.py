"""Matches are in the same order whether all of them are sorted or the first are found."""

from contextlib import nullcontext

from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.engines.base import Match
from shanxi_cli.engines.top_k import (
    RankedMatches,
    SortCriterion,
    ascending_criterion,
    descending_criterion,
    score_criterion,
    select_top_k,
)

SCORES = st.sampled_from([0.0, 1.0, 1.0 + 4e-10, 1.0 + 6e-10, 1.0 - 4e-10, 2.5, 2.5 + 1e-9, 7.25])
ROWS = st.lists(st.tuples(SCORES | st.floats(0, 9), st.integers(0, 3), st.integers(0, 2)), max_size=60)
BY_NUMBER = SortCriterion(lambda numbers: numbers)


@given(rows=ROWS, many=st.integers(0, 70))
def test_select_top_k_equals_sorting(rows: list[tuple[float, int, int]], many: int) -> None:
    scores = {n: score for n, (score, _, _) in enumerate(rows)}
    highs, lows = [high for _, high, _ in rows], [low for _, _, low in rows]
    by = [score_criterion(scores), descending_criterion(highs), ascending_criterion(lows), BY_NUMBER]
    expected = sorted(scores, key=lambda n: (-round(scores[n], 9), -highs[n], lows[n], n))
    assert select_top_k(list(scores), by, many) == expected[:many]
    assert select_top_k(list(scores), by[1:], many) == sorted(scores, key=lambda n: (-highs[n], lows[n], n))[:many]


@given(rows=ROWS, start=st.none() | st.integers(-70, 70), stop=st.none() | st.integers(-70, 70), step=st.integers(1, 3))
def test_ranked_matches_slices(
    rows: list[tuple[float, int, int]], start: int | None, stop: int | None, step: int
) -> None:
    scores = {n: score for n, (score, _, _) in enumerate(rows)}

    def ranked() -> RankedMatches:
        return RankedMatches(
            len(scores),
            scores,
            [score_criterion(scores), BY_NUMBER],
            nullcontext,
            lambda _: list(scores),
            lambda _: None,
        )

    everything = list(ranked())
    assert everything == [Match(n, scores[n]) for n in sorted(scores, key=lambda n: (-round(scores[n], 9), n))]
    part = slice(start, stop, step)
    some = ranked()
    assert some[part] == everything[part]
    assert list(some) == everything
    assert len(some) == len(everything)
    assert [some[n] for n in range(len(some))] == everything
