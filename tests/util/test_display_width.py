"""Display width and truncation: a table of hard cases, and properties of any text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.util.display_width import display_width, split_graphemes, truncate_end, truncate_start
from tests.support.case_ids import case_ids

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
FLAGS = "\U0001f1e8\U0001f1f3\U0001f1eb\U0001f1f7"

CUT = [
    ("coal", ["c", "o", "a", "l"], 4),
    ("", [], 0),
    ("太原", ["太", "原"], 4),
    ("cafe\u0301s", ["c", "a", "f", "e\u0301", "s"], 5),
    (FAMILY + "x", [FAMILY, "x"], 3),
    (FLAGS, [FLAGS[:2], FLAGS[2:]], 4),
    ("☀\ufe0f.", ["☀\ufe0f", "."], 3),
    ("\u1112\u1161\u11ab국", ["\u1112\u1161\u11ab", "국"], 4),
    ("👍🏽", ["👍🏽"], 2),
    ("ｆｕ", ["ｆ", "ｕ"], 4),
]


@pytest.mark.parametrize(("text", "parts", "columns"), CUT, ids=case_ids(CUT))
def test_split_graphemes_and_display_width(text: str, parts: list[str], columns: int) -> None:
    assert list(split_graphemes(text)) == parts
    assert display_width(text) == columns


HEADS = [
    ("coal mine", 6, "…", "coal …"),
    ("coal", 4, "…", "coal"),
    ("太原市", 5, "", "太原"),
    ("太原市", 4, "…", "太…"),
    ("cafe\u0301s", 4, "", "cafe\u0301"),
    ("coal", 0, "…", ""),
]


@pytest.mark.parametrize(("text", "columns", "mark", "expected"), HEADS, ids=case_ids(HEADS))
def test_truncate_end(text: str, columns: int, mark: str, expected: str) -> None:
    assert truncate_end(text, columns, mark) == expected


TAILS = [
    ("coal mine", 4, "mine"),
    ("太原市", 5, "原市"),
    ("e\u0301t", 1, "t"),
    ("e\u0301t", 2, "e\u0301t"),
    ("x", 0, ""),
]


@pytest.mark.parametrize(("text", "columns", "expected"), TAILS, ids=case_ids(TAILS))
def test_truncate_start(text: str, columns: int, expected: str) -> None:
    assert truncate_start(text, columns) == expected


@given(text=st.text(max_size=30), columns=st.integers(0, 20))
def test_truncation_never_splits_a_grapheme(text: str, columns: int) -> None:
    parts = list(split_graphemes(text))
    assert "".join(parts) == text
    for cut in (truncate_end(text, columns), truncate_start(text, columns)):
        assert display_width(cut) <= columns
    assert text.startswith(truncate_end(text, columns))
    assert text.endswith(truncate_start(text, columns))
    for at, part in enumerate(parts):
        assert at == 0 or unicodedata.category(part[0]) not in ("Mn", "Me", "Mc")
