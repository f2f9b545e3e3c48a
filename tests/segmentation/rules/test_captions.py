"""Credits of every form, and captions without one."""

import pytest

from shanxi_cli.segmentation.rules.captions import is_likely_caption
from shanxi_cli.segmentation.rules.credits import (
    find_inner_credits,
    parse_standalone_credit,
    split_leading_credit,
    split_trailing_credit,
)

CAPTION = "Two men carry a door over the bridge at Xinzhou."


@pytest.mark.parametrize(
    "credit",
    [
        "SUN YU / FOR CHINA DAILY",
        "SUN YU/XINHUA",
        "PHOTOS BY SUN YU / FOR CHINA DAILY",
        "Photo provided to China Daily",
        "PHOTOS PROVIDED TO CHINA DAILY",
        "Picture: TOM LISLE",
        "Photograph: Jane Roe/The Guardian",
        "Photo by Jane Roe",
        "Jane Roe/AP",
        "REUTERS/Jane Roe",
        "Courtesy of Green Farms",
        "Ray Tulloch photo",
        "ECHO FILE",
        "XINHUA",
        "SUN YU",
        "KEVIN SHAW, QUAD RIVERS REGISTER",
        "SUBMITTED",
        "PHOTO | LUCY NDUTA",
    ],
)
def test_split_trailing_credit(credit: str) -> None:
    assert split_trailing_credit(f"{CAPTION} {credit}") == (CAPTION, credit)


@pytest.mark.parametrize(
    "credit", ["[Photo/Xinhua]", "[Photo by Sun Yu/China Daily]", "(AP Photo/Jane Roe)", "(Photo: X)"]
)
def test_split_trailing_credit_strips_brackets(credit: str) -> None:
    assert split_trailing_credit(f"{CAPTION} {credit}") == (CAPTION, credit[1:-1])


@pytest.mark.parametrize(
    "text",
    [
        "He joined the CPC.",
        "They live in the US.",
        "He works for Xinhua",
        "A team with the WHO. UNESCO",
        "input and/or output of GDP",
        "The bridge is old, she said.",
    ],
)
def test_split_trailing_credit_rejects_plain_text(text: str) -> None:
    assert split_trailing_credit(text) is None


def test_split_leading_credit() -> None:
    assert split_leading_credit(f"SUN YU / FOR CHINA DAILY {CAPTION}") == (CAPTION, "SUN YU / FOR CHINA DAILY")
    assert split_leading_credit(f"[Photo/Xinhua] {CAPTION}") == (CAPTION, "Photo/Xinhua")


@pytest.mark.parametrize("line", ["SUN YU / FOR CHINA DAILY", "[Photo/Xinhua]", "Photo by Jane Roe", "XINHUA"])
def test_parse_standalone_credit(line: str) -> None:
    assert parse_standalone_credit(line) == line


def test_find_inner_credits_skips_datelines() -> None:
    text = "One. SUN YU / FOR CHINA DAILY Two."
    assert [text[start:end] for start, end in find_inner_credits(text)] == ["SUN YU / FOR CHINA DAILY"]
    assert find_inner_credits("LETTS, Iowa (AP) — A maker of bins has paid.") == []


def test_is_likely_caption() -> None:
    assert is_likely_caption(CAPTION)
    assert is_likely_caption("From left: Sun Yu and Ma Li at the gate.")
    assert not is_likely_caption("He said the bridge was closed.")
    assert not is_likely_caption("The bridge was closed in 1931.")
