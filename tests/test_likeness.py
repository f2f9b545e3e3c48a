"""The rule for articles that are nearly the same text, and the groups that are found without comparing all with all."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanxi_cli.analysis.minhash import SHORTEST, SIZE, alike, fingerprint, groups

WORDS = [f"{first}{second}" for first in "bcdfghjklm" for second in ("an", "el", "or", "ush", "ip")]


def text(seed: int, length: int = 200) -> list[str]:
    chance = random.Random(seed)
    return [chance.choice(WORDS) + str(chance.randrange(50)) for _ in range(length)]


def changed(words: list[str], every: int) -> str:
    return " ".join("other" if n % every == every // 2 else word for n, word in enumerate(words))


CHANGES = [(100, True), (40, True), (25, True), (8, False), (4, False)]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("every", "expected"), CHANGES)
def test_how_much_may_be_changed(seed: int, every: int, expected: bool) -> None:
    words = text(seed)
    assert alike(fingerprint(" ".join(words)), fingerprint(changed(words, every))) is expected


def test_other_texts_are_not_alike() -> None:
    prints = [fingerprint(" ".join(text(seed))) for seed in range(40)]
    assert not any(alike(one, other) for one, other in combinations(prints, 2))


def test_case_accents_and_punctuation_do_not_count() -> None:
    words = text(1)
    assert fingerprint(" ".join(words)) == fingerprint(", ".join(words).upper())


def test_short_texts_are_like_none() -> None:
    short = fingerprint(" ".join(text(1, SHORTEST - 1)))
    assert short == b""
    assert not alike(short, short)
    assert len(fingerprint(" ".join(text(1, SHORTEST)))) == 4 * SIZE


def test_a_shortened_report_is_alike_and_a_summary_is_not() -> None:
    words = text(7, 300)
    whole = fingerprint(" ".join(words))
    assert alike(whole, fingerprint(" ".join(words[:270])))
    assert not alike(whole, fingerprint(" ".join(words[:90])))


SOME = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([1000, 60, 30, 20, 16, 14, 12])).map(
        lambda pair: fingerprint(changed(text(pair[0], 120), pair[1]))
    )
    | st.just(b""),
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(prints=SOME)
def test_groups_are_what_comparing_all_with_all_gives(prints: list[bytes]) -> None:
    expected = {n: {n} for n in range(len(prints))}
    for one, other in combinations(range(len(prints)), 2):
        if alike(prints[one], prints[other]):
            merged = expected[one] | expected[other]
            expected.update(dict.fromkeys(merged, merged))
    found = groups(enumerate(prints))
    assert found == sorted({tuple(sorted(group)) for group in expected.values() if len(group) > 1})
