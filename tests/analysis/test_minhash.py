"""Near-duplicates: the rule for two signatures, and groups found without comparing all pairs."""

import random
from itertools import combinations
from struct import unpack
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanxi_cli.analysis.minhash import (
    MIN_TEXT_WORDS,
    SHINGLE_WORDS,
    SIGNATURE_BINS,
    are_near_duplicates,
    group_near_duplicates,
    minhash_signature,
)
from shanxi_cli.analysis.tokenizer import tokenize
from tests.support.case_ids import case_ids

WORDS = [f"{first}{second}" for first in "bcdfghjklm" for second in ("an", "el", "or", "ush", "ip")]


def text(seed: int, length: int = 200) -> list[str]:
    chance = random.Random(seed)
    return [chance.choice(WORDS) + str(chance.randrange(50)) for _ in range(length)]


def changed(words: list[str], every: int) -> str:
    return " ".join("other" if n % every == every // 2 else word for n, word in enumerate(words))


CHANGES = [(100, True), (40, True), (25, True), (8, False), (4, False)]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("every", "expected"), CHANGES, ids=case_ids(CHANGES))
def test_near_duplicates_by_share_of_changed_words(seed: int, every: int, expected: bool) -> None:
    words = text(seed)
    assert are_near_duplicates(minhash_signature(" ".join(words)), minhash_signature(changed(words, every))) is expected


def test_different_texts_are_not_near_duplicates() -> None:
    signatures = [minhash_signature(" ".join(text(seed))) for seed in range(40)]
    assert not any(are_near_duplicates(one, other) for one, other in combinations(signatures, 2))


def test_signature_ignores_case_and_punctuation() -> None:
    words = text(1)
    assert minhash_signature(" ".join(words)) == minhash_signature(", ".join(words).upper())


def test_short_text_has_no_signature() -> None:
    short = minhash_signature(" ".join(text(1, MIN_TEXT_WORDS - 1)))
    assert short == b""
    assert not are_near_duplicates(short, short)
    assert len(minhash_signature(" ".join(text(1, MIN_TEXT_WORDS)))) == 4 * SIGNATURE_BINS


def test_shortened_report_is_near_duplicate_of_the_whole() -> None:
    words = text(7, 300)
    whole = minhash_signature(" ".join(words))
    assert are_near_duplicates(whole, minhash_signature(" ".join(words[:270])))
    assert not are_near_duplicates(whole, minhash_signature(" ".join(words[:90])))


SIGNATURES = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([1000, 60, 30, 20, 16, 14, 12])).map(
        lambda pair: minhash_signature(changed(text(pair[0], 120), pair[1]))
    )
    | st.just(b""),
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(signatures=SIGNATURES)
def test_groups_equal_those_of_comparing_all_pairs(signatures: list[bytes]) -> None:
    expected = {n: {n} for n in range(len(signatures))}
    for one, other in combinations(range(len(signatures)), 2):
        if are_near_duplicates(signatures[one], signatures[other]):
            merged = expected[one] | expected[other]
            expected.update(dict.fromkeys(merged, merged))
    groups = group_near_duplicates(enumerate(signatures))
    assert groups == sorted({tuple(sorted(group)) for group in expected.values() if len(group) > 1})


@pytest.mark.parametrize("words", [30, 400, 4_000])
def test_signature_has_the_least_hash_of_each_bin(words: int) -> None:
    body = "\n\n".join(f"w{n} x{n * n % 97} y{n % 7}" for n in range(words // 3))
    folded = [token.word for token in tokenize(body)]
    hashes = {
        crc32(" ".join(folded[at : at + SHINGLE_WORDS]).encode()) for at in range(len(folded) - SHINGLE_WORDS + 1)
    }
    places = {number % SIGNATURE_BINS for number in hashes}
    least = {place: min(number for number in hashes if number % SIGNATURE_BINS == place) for place in places}
    bins = unpack(f"<{SIGNATURE_BINS}I", minhash_signature(body))
    assert {place: bins[place] * SIGNATURE_BINS + place for place in places} == least
