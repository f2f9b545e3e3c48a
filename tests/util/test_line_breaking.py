"""Line breaks of Chinese and Japanese."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.util.display_width import display_width
from shanxi_cli.util.line_breaking import find_line_starts, has_wide_characters, trim_cut_end, trim_cut_start
from tests.support.case_ids import case_ids
from tests.support.strategies import TEXTS, examples


def lines(text: str, columns: int) -> list[str]:
    starts = [0, *find_line_starts(text, columns), len(text)]
    return [text[a:b].rstrip(" ") for a, b in pairwise(starts)]


BROKEN = [
    ("", 10, [""]),
    ("水库大坝昨天开工", 8, ["水库大坝", "昨天开工"]),
    ("水库大坝昨天开工", 9, ["水库大坝", "昨天开工"]),
    # no line begins with closing punctuation
    ("水库大坝。昨天", 8, ["水库大", "坝。昨天"]),
    ("水库大坝”，昨天", 8, ["水库大", "坝”，昨", "天"]),
    ("库（大坝）昨天", 8, ["库（大", "坝）昨天"]),
    ("水库大坝……昨天", 8, ["水库大", "坝……昨天"]),
    ("コンクリート", 8, ["コンク", "リート"]),
    ("あさっての", 4, ["あ", "さっ", "ての"]),
    # nor ends with opening punctuation
    ("水库大（坝）昨天", 8, ["水库大", "（坝）昨", "天"]),
    ("他还说：“好的", 9, ["他还说：", "“好的"]),
    ("见《大坝》", 4, ["见", "《大", "坝》"]),
    # words and numbers are whole
    ("水库 Power China 大坝", 10, ["水库 Power", "China 大坝"]),
    ("装机GDP增长12.5%以上", 8, ["装机GDP", "增长", "12.5%以", "上"]),
    ("한강수력 발전소大坝", 12, ["한강수력", "발전소大坝"]),
    # what cannot be broken is cut
    ("见hydroelectricity大", 8, ["见", "hydroele", "ctricity", "大"]),
    ("，，，，，，", 4, ["，，", "，，", "，，"]),
]


@pytest.mark.parametrize(("text", "columns", "expected"), BROKEN, ids=case_ids(BROKEN))
def test_find_line_starts(text: str, columns: int, expected: list[str]) -> None:
    assert lines(text, columns) == expected


@examples(300)
@given(text=TEXTS | st.text(st.sampled_from("水库大坝，。（）“”Dam 12.5ﾀﾞ")), columns=st.integers(2, 30))
def test_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    text = " ".join(text.split())
    starts = find_line_starts(text, columns)
    assert starts == sorted(set(starts))
    assert all(0 < start < len(text) for start in starts)
    assert all(display_width(line) <= columns for line in lines(text, columns))


@examples(300)
@given(text=st.text(st.sampled_from("水库大坝，。（）“”《》")), columns=st.integers(12, 30))
def test_no_line_begins_or_ends_with_the_wrong_mark(text: str, columns: int) -> None:
    shown = lines(text, columns)
    for before, after in pairwise(shown):
        whole = before[-1] in "（“《" or after[0] in "，。）”》"
        assert not whole or display_width(before) + 2 > columns  # a run of marks as wide as the line is cut


def test_has_wide_characters() -> None:
    assert [text for text in ("coal", "café…", "한강", "🎉", "大", "ｱ", "⼤") if has_wide_characters(text)] == [
        "大",
        "ｱ",
        "⼤",
    ]


TRIMMED = [
    ("，大坝", "大坝"),
    ("”，大坝", "大坝"),
    ("”大", "大"),
    ("” he said", "” he said"),
    (", dam", ", dam"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), TRIMMED, ids=case_ids(TRIMMED))
def test_trim_cut_start(text: str, expected: str) -> None:
    assert trim_cut_start(text) == expected


def test_trim_cut_end() -> None:
    cut = ["大坝（", "他说：“", "大", "he said “", "a (", ""]
    assert [trim_cut_end(text) for text in cut] == ["大坝", "他说：", "大", "he said “", "a (", ""]
