"""Furniture: text of a page outside its articles."""

import pytest

from shanxi_cli.segmentation.rules.furniture import (
    Folio,
    classify_box,
    is_folio_line,
    is_jump_line,
    is_section_label,
    parse_folio,
    parse_publication,
)


@pytest.mark.parametrize(
    "line",
    [
        "Continued on page 4",
        "● Continued on page 4",
        "See page 3",
        'SEE "COAL" PAGE 2',
        "Turn to Page A12",
        "From Page 1",
        "Your letters: See page 14",
        "Page B1 continues on B2, col 4",
    ],
)
def test_is_jump_line_accepts_page_references(line: str) -> None:
    assert is_jump_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "7",
        "Page 5",
        "2 TEES VALLEY COURIER Thursday, March 6, 2025",
        "CHINA DAILY Friday, July 23, 2021 | 7",
        "Thursday, March 6, 2025   £1.40",
        "www.courier.example",
        "Jan 10-16, 2025 No 498 哈尔滨",
    ],
)
def test_is_folio_line_accepts_folios(line: str) -> None:
    assert is_folio_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "national.",
        "He was born on March 6, 2025",
        "In 2018 there were 12 of them",
        "Taiyuan 2021",
        "More than 20 pages",
    ],
)
def test_folio_and_jump_rules_reject_text(line: str) -> None:
    assert not is_folio_line(line)
    assert not is_jump_line(line)


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (["INSIDE", "Letters 14   Sport 22"], "box"),
        (["Opinion ... 8    Livestock ... 14", "Auctions ... 22"], "index"),
        (["TODAY’S WEATHER", "High 9C  Low 4C"], "box"),
        (["BEDALE FLOORING", "Free fitting", "Tel 01642 555 0199"], "advert"),
        (["Nifty 50   25,149.85   -0.81%", "Gold (10 g)   97,430   +0.4%"], "table"),
        (["The bridge is closed.", "Traffic goes by Yushe."], ""),
    ],
    ids=["inside", "index", "weather", "advert", "table", "text"],
)
def test_classify_box(lines: list[str], what: str) -> None:
    assert classify_box(lines) == what


def test_is_section_label() -> None:
    assert is_section_label("Business")
    assert is_section_label("SPECIAL REPORT")
    assert is_section_label("Shanxi Special")
    assert not is_section_label("Coal town plants trees")


def test_parse_folio_reads_date_and_page() -> None:
    assert parse_folio("CHINA DAILY Friday, July 23, 2021 | Page 7") == Folio("2021-07-23", "7")
    assert parse_folio("Thursday 6th March 2025").date == "2025-03-06"
    assert parse_folio("12-2-2025").date == "2025-02-12"
    assert parse_folio("Price 2") == Folio()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("THE HARBOR GAZETTE Friday, July 23, 2021 | Page 7", "The Harbor Gazette"),
        ("The Harbor Courier • 3 May 2020", "The Harbor Courier"),
        ("Harbor Daily News, Vol. 3", "Harbor Daily News"),
        ("Page 7 LOCAL NEWS", ""),
        ("B4 | WORLD NEWS", ""),
        ("Friday, July 23, 2021", ""),
        ("HARBOR TIMES 12", ""),
    ],
)
def test_parse_publication(line: str, name: str) -> None:
    assert parse_publication(line) == name
