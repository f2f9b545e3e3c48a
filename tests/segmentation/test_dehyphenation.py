"""Dehyphenation: words cut at a line end are one word, one with a hyphen, or two."""

import pytest

from shanxi_cli.segmentation.dehyphenation import PageVocabulary, dehyphenate_text, join_lines

PAGE = PageVocabulary(["co-operation between the towns of Miaobaobao", "they set out in to the snow"])


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        ("poverty allevi-", "ation funds", "poverty alleviation funds"),
        ("the indus", "trial base", "the industrial base"),
        ("opening sec", "tors to", "opening sectors to"),
        ("the high-", "tech zone", "the high-tech zone"),
        ("a year-on-", "year rise", "a year-on-year rise"),
        ("decision-mak-", "ing bodies", "decision-making bodies"),
        ("with the co-", "operation of", "with the co-operation of"),
        ("they re-", "elected her", "they re-elected her"),
        ("the China-", "Europe train", "the China-Europe train"),
        ("a 50-", "kilometer belt", "a 50-kilometer belt"),
        ("the Miaobao-", "bao firm", "the Miaobaobao firm"),
        ("the process work-", "ers’ union", "the process workers’ union"),
        ("two-", "and three-year plans", "two- and three-year plans"),
        ("the em¬", "ployed", "the employed"),
        ("photo\ufffe", "voltaic", "photovoltaic"),
        ("he went in", "to the hall", "he went in to the hall"),
        ("this is over", "all the hills", "this is over all the hills"),
        ("half of the", "re was none", "half of the re was none"),
        ("Shanxi", "province", "Shanxi province"),
        ("R&D", "is", "R&D is"),
        ("", "word", " word"),
    ],
)
def test_join_lines_joins_cut_words(left: str, right: str, text: str) -> None:
    assert join_lines(left, right, PAGE).text == text


def test_join_lines_reports_the_repair() -> None:
    assert join_lines("poverty allevi-", "ation", PAGE).repair == "allevi- ation: alleviation"
    assert join_lines("Shanxi", "province", PAGE).repair == ""


def test_join_lines_keeps_parts_adjacent_elsewhere() -> None:
    assert join_lines("the indus", "trial", PageVocabulary(["an indus trial is held"])).text == "the indus trial"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("poverty allevi-ation", "poverty alleviation"),
        ("indus- trial", "industrial"),
        ("gov\u00adernment", "government"),
        ("high- tech", "high-tech"),
        ("two- and three-year", "two- and three-year"),
        ("eco-friendly, re-elected, well-known", "eco-friendly, re-elected, well-known"),
        ("Shanxi-based ashanti", "Shanxi-based ashanti"),
    ],
)
def test_dehyphenate_text_removes_stray_hyphens(text: str, mended: str) -> None:
    assert dehyphenate_text(text, PageVocabulary([text]))[0] == mended
