"""Close keys of two terms, by merging and by looking up: those that comparing every pair finds."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.engines.whoosh import close_keys
from shanxi_cli.engines.whoosh.close_keys import MAX_WIDTH, find_close_keys, find_keys_ahead
from shanxi_cli.engines.whoosh.posting_arrays import KEY_BITS_OF_POSITION
from tests.support.strategies import examples

_ELSEWHERE, _BODY = 0, 1 << 16
_HALVES = st.sampled_from([*range(6), 130, 255, 256, 257, 65_533, 65_534, 65_535])
_BODIES = st.sets(_HALVES, max_size=5).map(sorted)
_ZONES = _BODIES | st.lists(_HALVES, max_size=4)  # those of a far document are in any order
_DOCUMENTS = st.sampled_from([0, 1, 4_095, 4_096, 8_191, 0x7FFE])
_TERMS = st.dictionaries(_DOCUMENTS, st.tuples(_ZONES, _BODIES).filter(any), min_size=1)


@pytest.fixture(params=[1, 1_000], ids=["mostly looked up", "merged"], autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(close_keys, "_RARE_FRACTION", request.param)


Term = dict[int, tuple[list[int], list[int]]]


def keys_of(term: Term) -> "array[int]":
    """The keys of a term: in each document those outside its body and those in it."""
    keys = array("I")
    for document, (elsewhere, body) in sorted(term.items()):
        start = document << KEY_BITS_OF_POSITION
        keys.extend(start + _ELSEWHERE + half for half in elsewhere)
        keys.extend(start + _BODY + half for half in body)
    return keys


def far_documents(*terms: Term) -> set[int]:
    return {number for term in terms for number, (elsewhere, _) in term.items() if elsewhere != sorted(elsewhere)}


@given(_TERMS, _TERMS, st.integers(1, MAX_WIDTH))
@examples(300)
def test_close_keys_include_a_pair_between_any_two_that_are_close(one: Term, other: Term, width: int) -> None:
    first, second, far = keys_of(one), keys_of(other), far_documents(one, other)
    found = set(find_close_keys(first, second, width))
    for lower, higher in found:
        assert lower <= higher
        assert (lower in first and higher in second) or (lower in second and higher in first)
    for a in first:
        for b in second:
            if a >> 16 == b >> 16 and a >> 17 not in far and abs(a - b) < width:
                assert any(min(a, b) <= lower <= higher <= max(a, b) for lower, higher in found)


@given(_TERMS, _TERMS, st.integers(-40, 40))
@examples(300)
def test_keys_ahead_are_those_that_comparing_every_pair_finds(one: Term, other: Term, ahead: int) -> None:
    first, second, far = keys_of(one), keys_of(other), far_documents(one, other)
    found = find_keys_ahead(first, second, ahead)
    assert set(found) <= set(first)
    near = [key for key in found if key >> 16 == key + ahead >> 16 and key >> 17 not in far]
    assert sorted(set(near)) == near or far
    expected = {key for key in first if key + ahead in second and key >> 16 == key + ahead >> 16}
    assert set(near) == {key for key in expected if key >> 17 not in far}


def test_term_is_ahead_of_itself() -> None:
    keys = array("I", [_BODY + 3, _BODY + 4, _BODY + 5, _BODY + 9])
    assert find_keys_ahead(keys, keys, 1) == [_BODY + 3, _BODY + 4]
    assert find_keys_ahead(keys, keys, -2) == [_BODY + 5]
