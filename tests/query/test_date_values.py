"""Dates of a query: quarters, half-years and dates relative to a fixed day."""

from datetime import date

import pytest

from shanxi_cli.query.date_values import parse_date_value
from shanxi_cli.util.edtf import FIRST_DAY, LAST_DAY, format_day

TODAY = date(2024, 3, 31)  # a Sunday, in a leap year


def days(text: str) -> tuple[str, str]:
    """Return the first and last day of a date; `...` for an open end."""
    first, last = parse_date_value(text, TODAY)
    return ("..." if first == FIRST_DAY else format_day(first), "..." if last == LAST_DAY else format_day(last))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", ("2024-03-31", "2024-03-31")),
        ("Yesterday", ("2024-03-30", "2024-03-30")),
        ("this-week", ("2024-03-25", "2024-03-31")),
        ("last-week", ("2024-03-18", "2024-03-24")),
        ("this-month", ("2024-03-01", "2024-03-31")),
        ("last-month", ("2024-02-01", "2024-02-29")),
        ("this-quarter", ("2024-01-01", "2024-03-31")),
        ("last-quarter", ("2023-10-01", "2023-12-31")),
        ("this-year", ("2024-01-01", "2024-12-31")),
        ("last-year", ("2023-01-01", "2023-12-31")),
        ("-1d", ("2024-03-30", "2024-03-30")),
        ("-2w", ("2024-03-17", "2024-03-17")),
        ("-1m", ("2024-02-29", "2024-02-29")),
        ("-13m", ("2023-02-28", "2023-02-28")),
        ("-1y", ("2023-03-31", "2023-03-31")),
        ("-45days", ("2024-02-15", "2024-02-15")),
        ("-10d..", ("2024-03-21", "...")),
        ("..-10d", ("...", "2024-03-21")),
        ("-10d..-3d", ("2024-03-21", "2024-03-28")),
        ("last-year..today", ("2023-01-01", "2024-03-31")),
        ("2022..last-month", ("2022-01-01", "2024-02-29")),
        ("2022-Q1", ("2022-01-01", "2022-03-31")),
        ("2022q4", ("2022-10-01", "2022-12-31")),
        ("2022-H1", ("2022-01-01", "2022-06-30")),
        ("2022-h2..", ("2022-07-01", "...")),
        ("2021-H2..2022-Q3", ("2021-07-01", "2022-09-30")),
        ("2022", ("2022-01-01", "2022-12-31")),
        ("9999-Q4", ("9999-10-01", "...")),
    ],
)
def test_date_is_parsed_to_days(text: str, expected: tuple[str, str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022-Q5", "2022-Q5 is not a date"),
        ("2022-H3", "2022-H3 is not a date"),
        ("next-month", "next-month is not a date"),
        ("-30", "-30 is not a date"),
        ("-99999y", "-99999y is before the year 1"),
        ("today..-3d", "today..-3d ends before it begins"),
        ("..", "a range needs at least one date"),
        ("0000-Q1", "there is no year 0000"),
    ],
)
def test_other_text_is_an_error(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        parse_date_value(text, TODAY)


def test_relative_date_without_a_clock_is_an_error() -> None:
    with pytest.raises(ValueError, match="last-month is not a date"):
        parse_date_value("last-month")
