"""Posting lists as arrays: what is written is read back, whole and one posting at a time."""

from array import array
from itertools import accumulate, chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines.whoosh import posting_arrays
from shanxi_cli.engines.whoosh.posting_arrays import (
    PostingArrays,
    encode_occurrence,
    encode_postings,
    position_of_key,
)
from tests.support.strategies import examples

BODY = ZONES["body"].start
_GAPS = st.lists(st.sampled_from([1, 1, 2, 9, 700, 40_000]), min_size=1, max_size=30)
_POSITIONS = st.lists(
    st.sampled_from(
        [0, 1, 7, 8_191, 8_192, 65_535, 65_536, 1 << 20, (1 << 20) + 1, 7 << 20, BODY + 5, BODY + 70_000, 1 << 30]
    ),
    min_size=1,
    max_size=4,
    unique=True,
).map(sorted)
_FEW = _POSITIONS.map(lambda positions: [position & 0xF0FFFF for position in positions])


def is_far(position: int) -> bool:
    """A position that a key does not tell."""
    return position < BODY and position & 0xFFFFF >= 8_192


def encode(numbers: list[int], positions: list[list[int]]) -> bytes:
    weights = array("I", map(len, positions))
    return encode_postings(array("I", numbers), weights, array("I", chain(*positions)).tobytes(), 4)


def read(data: bytes, count: int) -> PostingArrays:
    return PostingArrays(lambda start, length: data[start : start + length], count)


@pytest.mark.parametrize("chunk", [1, 3, 512])
@given(gaps=_GAPS, data=st.data())
@examples(80)
def test_positions_are_read_back(chunk: int, gaps: list[int], data: st.DataObject) -> None:
    numbers = [number - 1 for number in accumulate(gaps)]
    one = data.draw(st.sampled_from([_POSITIONS, _FEW.map(lambda p: sorted(set(p)))]))
    positions = [data.draw(one) for _ in numbers]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posting_arrays, "POSTINGS_PER_CHUNK", chunk)
        stored = read(encode(numbers, positions), len(numbers))
        assert list(stored.numbers) == numbers
        assert list(stored.weights) == list(map(len, positions))
        expected = [array("I", of_one).tobytes() for of_one in positions]
        assert list(stored.values()) == expected
        assert [stored.value(at) for at in range(len(numbers))] == expected
    fits = all(p & 0xF0000 == 0 and p <= BODY + 0xFFFF for at in positions for p in at) and numbers[-1] < 0x7FFF
    assert stored.keyed == fits
    if fits:
        found, far = stored.occurrences(), {n for n, at in zip(numbers, positions, strict=True) if any(map(is_far, at))}
        assert found.far_documents() == far
        assert [key >> 17 for key in found.keys] == [n for n, at in zip(numbers, positions, strict=True) for _ in at]
        near = {(n, p) for n, at in zip(numbers, positions, strict=True) for p in at if n not in far}
        assert {(key >> 17, position_of_key(key)) for key in found.keys if key >> 17 not in far} == near
        assert far or list(found.keys) == sorted(found.keys)


@pytest.mark.parametrize("width", [0, 24])
@pytest.mark.parametrize("weight", [1, 2, 300])
def test_other_values_are_read_back(width: int, weight: int) -> None:
    numbers, weights = array("I", range(5, 1205, 2)), array("I", repeat(weight, 600))
    weights[7] = 1
    values = bytes(number % 251 for number in range(sum(weights) * width))
    data = encode_postings(numbers, weights, values, width)
    stored = read(data, 600)
    assert (list(stored.numbers), list(stored.weights)) == (list(numbers), list(weights))
    if width:
        assert b"".join(stored.values()) == values
        assert stored.value(599) == values[-weight * width :]
        assert len(data) < len(values)  # compressed
    else:
        assert list(stored.values()) == []
        assert stored.value(599) == b""


@pytest.mark.parametrize("cut", [2, 20, 300, 1_000])
def test_truncated_list_is_refused(cut: int) -> None:
    data = encode(list(range(600)), [[3, 900]] * 600)
    with pytest.raises(ValueError, match=r"truncated|too few|bytes length not a multiple|not a posting list"):
        list(read(data[:cut], 600).values())


def test_other_data_is_refused() -> None:
    with pytest.raises(ValueError, match="not a posting list"):
        read(b"W3Bl" + bytes(50), 2)


def test_list_of_a_rare_word_takes_few_bytes() -> None:
    assert len(encode([17], [[8 << 20]])) == 14


@pytest.mark.parametrize("chunk", [1, 512])
@pytest.mark.parametrize("number", [0, 1, 0x7FFE, 0x7FFF, 70_000])
@pytest.mark.parametrize(
    "position",
    [0, 8_191, 8_192, 65_535, 65_536, 1 << 20, (7 << 20) + 9_000, BODY, BODY + 9_000, BODY + 70_000, (1 << 31) - 1],
)
def test_lone_occurrence_is_encoded_as_any_list(
    monkeypatch: pytest.MonkeyPatch, chunk: int, number: int, position: int
) -> None:
    monkeypatch.setattr(posting_arrays, "POSTINGS_PER_CHUNK", chunk)
    assert encode_occurrence(number, position) == encode([number], [[position]])
