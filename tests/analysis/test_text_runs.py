"""Words and digits of a text by plain searches: equal to those of patterns."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.text_runs import has_digit, lower_runs, split_at_marks

TEXTS = st.text(st.sampled_from("abzAZ09-.,’“—−é太\ud800 \n\u00a0"), max_size=40) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Said the mayor's aide", ["aid", "the", "mayor", "s", "aide"]),
        ("café au lait, 5kg", ["caf", "au", "lait", "kg"]),
        ("US 1990 太原", []),
    ],
    ids=["a capital is left out", "other letters end a run", "none"],
)
def test_lower_runs_are_letters_a_to_z(text: str, runs: list[str]) -> None:
    assert lower_runs(text) == runs


def test_split_at_marks_ends_words_at_wide_marks_too() -> None:
    assert split_at_marks("“one-third” of 50% — in ’99") == ["one", "third", "of", "50", "in", "99"]


@given(TEXTS)
def test_lower_runs_equal_those_of_a_pattern(text: str) -> None:
    assert lower_runs(text) == re.findall("[a-z]+", text)


@given(TEXTS)
def test_split_at_marks_equals_a_translation(text: str) -> None:
    marks: dict[str, str | int | None] = dict.fromkeys("-.,;:!?()[]'\"/%‘’“”\u2010–—−", " ")
    assert split_at_marks(text) == text.translate(str.maketrans(marks)).split()


@given(TEXTS)
def test_has_digit_equals_a_pattern(text: str) -> None:
    assert has_digit(text) == bool(re.search("[0-9]", text))
