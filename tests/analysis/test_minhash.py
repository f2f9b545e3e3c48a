"""The rule for articles that are nearly the same text, and the groups that are found without comparing all with all."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanxi_cli.analysis.minhash import (
    MIN_TEXT_WORDS,
    SIGNATURE_BINS,
    are_near_duplicates,
    group_near_duplicates,
    minhash_signature,
)

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
    assert are_near_duplicates(minhash_signature(" ".join(words)), minhash_signature(changed(words, every))) is expected


def test_other_texts_are_not_alike() -> None:
    prints = [minhash_signature(" ".join(text(seed))) for seed in range(40)]
    assert not any(are_near_duplicates(one, other) for one, other in combinations(prints, 2))


def test_case_accents_and_punctuation_do_not_count() -> None:
    words = text(1)
    assert minhash_signature(" ".join(words)) == minhash_signature(", ".join(words).upper())


def test_short_texts_are_like_none() -> None:
    short = minhash_signature(" ".join(text(1, MIN_TEXT_WORDS - 1)))
    assert short == b""
    assert not are_near_duplicates(short, short)
    assert len(minhash_signature(" ".join(text(1, MIN_TEXT_WORDS)))) == 4 * SIGNATURE_BINS


def test_a_shortened_report_is_alike_and_a_summary_is_not() -> None:
    words = text(7, 300)
    whole = minhash_signature(" ".join(words))
    assert are_near_duplicates(whole, minhash_signature(" ".join(words[:270])))
    assert not are_near_duplicates(whole, minhash_signature(" ".join(words[:90])))


SOME = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([1000, 60, 30, 20, 16, 14, 12])).map(
        lambda pair: minhash_signature(changed(text(pair[0], 120), pair[1]))
    )
    | st.just(b""),
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(prints=SOME)
def test_groups_are_what_comparing_all_with_all_gives(prints: list[bytes]) -> None:
    expected = {n: {n} for n in range(len(prints))}
    for one, other in combinations(range(len(prints)), 2):
        if are_near_duplicates(prints[one], prints[other]):
            merged = expected[one] | expected[other]
            expected.update(dict.fromkeys(merged, merged))
    found = group_near_duplicates(enumerate(prints))
    assert found == sorted({tuple(sorted(group)) for group in expected.values() if len(group) > 1})
