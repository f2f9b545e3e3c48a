"""Joining of wrapped lines."""

import pytest
from hypothesis import given

from shanxi_cli.util.line_joining import join_lines
from tests.support.case_ids import case_ids
from tests.support.strategies import TEXTS, examples

JOINED = [
    ("", ""),
    ("one\ntwo", "one two"),
    ("  one \t two\n\n three ", "one two three"),
    # Chinese and Japanese
    ("水电站的大\n坝", "水电站的大坝"),
    ("水电站\n  的大坝\n\n", "水电站的大坝"),
    ("かわの\nダム", "かわのダム"),
    ("ﾀﾞ\nﾑ", "ﾀﾞﾑ"),
    ("⽔\n⼒", "⽔⼒"),
    ("大\ufe00\n坝", "大\ufe00坝"),
    ("大坝 水库\n闸门", "大坝 水库闸门"),
    # punctuation
    ("开工，\n预计", "开工，预计"),
    ("开工\n（预计", "开工（预计"),
    ("说：\n“好", "说：“好"),
    ("好”\n他", "好”他"),
    ("他\n“好", "他“好"),
    ("开工，\nDam", "开工，Dam"),
    ("Dam\n（大坝", "Dam（大坝"),
    # letters of Western languages and digits keep the space
    ("大坝\nDam", "大坝 Dam"),
    ("Dam\n大坝", "Dam 大坝"),
    ("增长\n12%", "增长 12%"),
    ("he said “yes”\n“no”", "he said “yes” “no”"),
    # so do Korean and symbols
    ("한강\n댐", "한강 댐"),
    ("한강，\n댐", "한강， 댐"),
    ("🎉\n🎉", "🎉 🎉"),
]


@pytest.mark.parametrize(("text", "expected"), JOINED, ids=case_ids(JOINED))
def test_join_lines(text: str, expected: str) -> None:
    assert join_lines(text) == expected


@examples(300)
@given(text=TEXTS)
def test_join_lines_changes_white_space_only(text: str) -> None:
    assert join_lines(text).replace(" ", "") == "".join(text.split())
    assert join_lines(text.replace("\n", " ")) == " ".join(text.split())
    assert join_lines(join_lines(text)) == join_lines(text)
