"""The rule that joins words and meaning."""

from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.engines.base import Match
from shanxi_cli.semantic.fusion import CANDIDATES, join_scores


def order(matches: list[Match], cosines: dict[int, float]) -> list[int]:
    return [match.number for match in join_scores(matches, cosines)]


def test_half_words_and_half_meaning() -> None:
    joined = join_scores([Match(1, 8.0), Match(2, 4.0), Match(3, 2.0)], {1: 0.2, 2: 0.8, 3: 0.4})
    assert [(m.number, m.score, m.words, m.meaning) for m in joined] == [
        (2, 0.75, 0.5, 1.0),
        (1, 0.625, 1.0, 0.25),
        (3, 0.375, 0.25, 0.5),
    ]


def test_an_article_without_vectors_counts_by_its_words() -> None:
    joined = join_scores([Match(1, 8.0), Match(2, 6.0)], {2: 0.9})
    assert [(m.number, m.score, m.meaning) for m in joined] == [(1, 1.0, None), (2, 0.875, 1.0)]


def test_without_any_vector_the_order_of_the_words_stays() -> None:
    matches = [Match(n, 10.0 - n) for n in range(5)]
    assert order(matches, {}) == [0, 1, 2, 3, 4]


def test_only_the_first_are_ordered_again() -> None:
    matches = [Match(n, 5_000.0 - n) for n in range(CANDIDATES + 10)]
    assert len(join_scores(matches, {CANDIDATES + 5: 1.0})) == CANDIDATES


SCORES = st.lists(st.floats(0.1, 100), min_size=1, max_size=20)


@given(SCORES, st.data())
def test_more_meaning_never_lowers_an_article(scores: list[float], data: st.DataObject) -> None:
    matches = [Match(n, score) for n, score in enumerate(sorted(scores, reverse=True))]
    cosines = {n: data.draw(st.floats(-0.2, 0.9)) for n in range(len(matches))}
    one = data.draw(st.integers(0, len(matches) - 1))
    before = order(matches, cosines).index(one)
    after = order(matches, {**cosines, one: 1.0}).index(one)
    assert after <= before


@given(SCORES)
def test_scores_are_between_nothing_and_one(scores: list[float]) -> None:
    matches = [Match(n, score) for n, score in enumerate(sorted(scores, reverse=True))]
    joined = join_scores(matches, {0: 0.5})
    assert all(0 <= match.score <= 1 for match in joined)
