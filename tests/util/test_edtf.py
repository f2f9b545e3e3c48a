"""EDTF dates: the interval of each form, and the message of each error."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.util.edtf import FIRST_DAY, LAST_DAY, DateInterval, format_day, parse_edtf, parse_range
from tests.support.case_ids import case_ids
from tests.support.strategies import examples


def days(interval: DateInterval) -> tuple[str, str]:
    return format_day(interval.first), format_day(interval.last)


READ = [
    ("2021", "2021-01-01", "2021-12-31"),
    ("2021-07", "2021-07-01", "2021-07-31"),
    ("2021-07-14", "2021-07-14", "2021-07-14"),
    ("  2021-07-14\n", "2021-07-14", "2021-07-14"),
    ("2021-02", "2021-02-01", "2021-02-28"),
    ("2020-02", "2020-02-01", "2020-02-29"),
    ("1900-02", "1900-02-01", "1900-02-28"),
    ("2000-02-29", "2000-02-29", "2000-02-29"),
    ("2021-12", "2021-12-01", "2021-12-31"),
    # intervals
    ("2021-07-22/2021-08-31", "2021-07-22", "2021-08-31"),
    ("2021/2022", "2021-01-01", "2022-12-31"),
    ("2021-07/2022", "2021-07-01", "2022-12-31"),
    ("2021-07-14/2021-07-14", "2021-07-14", "2021-07-14"),
    ("2021~/2022-06?", "2021-01-01", "2022-06-30"),
    ("2021/..", "2021-01-01", "9999-12-31"),
    ("2021/", "2021-01-01", "9999-12-31"),
    ("../2021", "0001-01-01", "2021-12-31"),
    ("/2021", "0001-01-01", "2021-12-31"),
    # uncertain: the sign does not change the interval
    ("2021~", "2021-01-01", "2021-12-31"),
    ("2021-07?", "2021-07-01", "2021-07-31"),
    ("2021-07-14%", "2021-07-14", "2021-07-14"),
    # unknown digits
    ("202X", "2020-01-01", "2029-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("2021-XX", "2021-01-01", "2021-12-31"),
    ("2021-XX-XX", "2021-01-01", "2021-12-31"),
    ("2021-07-XX", "2021-07-01", "2021-07-31"),
    ("202X-XX-XX", "2020-01-01", "2029-12-31"),
    # seasons and quarters
    ("2021-21", "2021-03-01", "2021-05-31"),
    ("2021-22", "2021-06-01", "2021-08-31"),
    ("2021-23", "2021-09-01", "2021-11-30"),
    ("2021-24", "2021-12-01", "2022-02-28"),
    ("2023-24", "2023-12-01", "2024-02-29"),
    ("2021-33", "2021-01-01", "2021-03-31"),
    ("2021-34", "2021-04-01", "2021-06-30"),
    ("2021-35", "2021-07-01", "2021-09-30"),
    ("2021-36", "2021-10-01", "2021-12-31"),
    ("2021-24~", "2021-12-01", "2022-02-28"),
    # the ends of the calendar
    ("0001", "0001-01-01", "0001-12-31"),
    ("9999-12", "9999-12-01", "9999-12-31"),
    ("9999-24", "9999-12-01", "9999-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), READ, ids=case_ids(READ))
def test_parse_edtf_returns_the_interval(text: str, first: str, last: str) -> None:
    assert days(parse_edtf(text)) == (first, last)


NO_DATE = "{} is not a date: write 2021, 2021-07, 2021-07-14 or two of them with / between"
REFUSED = [
    ("", NO_DATE.format("")),
    ("banana", NO_DATE.format("banana")),
    ("21", NO_DATE.format("21")),
    ("20211", NO_DATE.format("20211")),
    ("2021-7", NO_DATE.format("2021-7")),
    ("2021-07-1", NO_DATE.format("2021-07-1")),
    ("2021/07/14", NO_DATE.format("07/14")),
    ("14.07.2021", NO_DATE.format("14.07.2021")),
    ("July 2021", NO_DATE.format("July 2021")),
    ("2021..2022", NO_DATE.format("2021..2022")),
    ("2021 / 2022", NO_DATE.format("2021 ")),
    ("2021~?", NO_DATE.format("2021~?")),
    ("-2021", NO_DATE.format("-2021")),
    ("XXXX", NO_DATE.format("XXXX")),
    ("２０２１", NO_DATE.format("２０２１")),
    ("2021-07-14T12:30", NO_DATE.format("2021-07-14T12:30")),
    ("0000", "there is no year 0000"),
    ("2021-00", "2021-00 has no month 00"),
    ("2021-13", "2021-13 has no month 13"),
    ("2021-20", "2021-20 has no month 20"),
    ("2021-37", "2021-37 has no month 37"),
    ("2021-02-30", "2021-02-30: that month has no day 30"),
    ("2021-02-29", "2021-02-29: that month has no day 29"),
    ("2021-07-00", "2021-07-00: that month has no day 0"),
    ("2021-21-14", "2021-21-14 has a day in a season or quarter"),
    ("2021-33-XX", "2021-33-XX has a day in a season or quarter"),
    ("202X-07", "202X-07 knows the month but not the year"),
    ("2021-XX-14", "2021-XX-14 knows the day but not the month"),
    ("2022/2021", "2022/2021 ends before it begins"),
    ("2021-07-15/2021-07-14", "2021-07-15/2021-07-14 ends before it begins"),
    ("/", "/ names no day"),
    ("../..", "../.. names no day"),
    ("2021/banana", NO_DATE.format("banana")),
    ("2021-13/2022", "2021-13 has no month 13"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=case_ids(REFUSED))
def test_parse_edtf_rejects_invalid_dates(text: str, message: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_edtf(text)
    assert str(error.value) == message


RANGES = [
    ("2021", "2021-01-01", "2021-12-31"),
    ("2021~", "2021-01-01", "2021-12-31"),
    ("2021-07..2022", "2021-07-01", "2022-12-31"),
    ("2021-07-14..2021-07-14", "2021-07-14", "2021-07-14"),
    ("..2021", "0001-01-01", "2021-12-31"),
    ("2021..", "2021-01-01", "9999-12-31"),
    (" 2021-07 .. 2022 ", "2021-07-01", "2022-12-31"),
    ("2021-21..2021-36", "2021-03-01", "2021-12-31"),
    ("2020~..202X", "2020-01-01", "2029-12-31"),
    ("2021/2022", "2021-01-01", "2022-12-31"),
    ("2021/..", "2021-01-01", "9999-12-31"),
    ("../2021", "0001-01-01", "2021-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), RANGES, ids=case_ids(RANGES))
def test_parse_range_returns_the_interval(text: str, first: str, last: str) -> None:
    assert days(parse_range(text)) == (first, last)


NO_LIMIT = "{} is not a date: write 2021, 2021-07, 2021-07-14 or two of them with .. between"
NO_RANGES = [
    ("", NO_LIMIT.format("")),
    ("banana", NO_LIMIT.format("banana")),
    ("banana..2021", NO_LIMIT.format("banana")),
    ("2021..banana", NO_LIMIT.format("banana")),
    ("2021...", NO_LIMIT.format(".")),
    ("2021..2022..2023", NO_LIMIT.format("2022..2023")),
    ("..", "a range needs at least one date"),
    (" .. ", "a range needs at least one date"),
    ("....", ".... names no day"),
    ("2022..2021", "2022..2021 ends before it begins"),
    ("2021-13..", "2021-13 has no month 13"),
    ("2021/banana", NO_DATE.format("banana")),
    ("../..", "../.. names no day"),
]


@pytest.mark.parametrize(("text", "message"), NO_RANGES, ids=case_ids(NO_RANGES))
def test_parse_range_rejects_invalid_ranges(text: str, message: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_range(text)
    assert str(error.value) == message


OVERLAPS = [
    ("2021", "2021", True),
    ("2021", "2021-07-14", True),
    ("2021-07-14", "2021", True),
    ("2021-07/2021-09", "2021-09-30/2022", True),
    ("2021-07/2021-09", "2021-10/2022", False),
    ("2021-10/2022", "2021-07/2021-09", False),
    ("2021", "2022", False),
    ("../2020", "2020-12-31", True),
    ("../2020", "2021-01-01", False),
    ("2021/..", "../2021-01-01", True),
]


@pytest.mark.parametrize(("one", "other", "expected"), OVERLAPS, ids=case_ids(OVERLAPS))
def test_overlaps_means_sharing_a_day(one: str, other: str, expected: bool) -> None:
    assert parse_edtf(one).overlaps(parse_edtf(other)) is expected


def test_format_day_prints_iso_dates() -> None:
    assert [format_day(FIRST_DAY), format_day(738_000), format_day(LAST_DAY)] == [
        "0001-01-01",
        "2021-07-29",
        "9999-12-31",
    ]


@pytest.mark.parametrize("year", [1, 1999, 2000, 2021, 9998])
def test_months_quarters_and_seasons_have_no_gaps(year: int) -> None:
    for parts in (range(1, 13), range(33, 37)):
        pieces = [parse_edtf(f"{year:04d}-{part:02d}") for part in parts]
        assert (pieces[0].first, pieces[-1].last) == parse_edtf(f"{year:04d}")
        assert [a.last + 1 for a in pieces[:-1]] == [b.first for b in pieces[1:]]
    seasons = [parse_edtf(f"{year:04d}-{part}") for part in range(21, 25)] + [parse_edtf(f"{year + 1:04d}-21")]
    assert [a.last + 1 for a in seasons[:-1]] == [b.first for b in seasons[1:]]


PARTS = st.sampled_from(
    ["2021", "2022", "202X", "0000", "-07", "-14", "-XX", "-24", "-36", "-13", "~", "?", "/", "..", " "]
)


@examples(400)
@given(text=st.lists(PARTS, max_size=8).map("".join) | st.text(max_size=12))
def test_parsers_return_intervals_of_the_calendar(text: str) -> None:
    for read in (parse_edtf, parse_range):
        try:
            interval = read(text)
        except ValueError as error:
            assert str(error)
            continue
        assert FIRST_DAY <= interval.first <= interval.last <= LAST_DAY


@examples(100)
@given(day=st.dates())
def test_parse_edtf_inverts_format_day(day: date) -> None:
    assert parse_edtf(day.isoformat()) == DateInterval(day.toordinal(), day.toordinal())
    assert format_day(day.toordinal()) == day.isoformat()


@examples(100)
@given(start=st.dates(max_value=date(9990, 1, 1)), length=st.integers(0, 3000))
def test_slash_and_dots_give_the_same_interval(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    expected = DateInterval(start.toordinal(), end.toordinal())
    assert parse_edtf(f"{start}/{end}") == parse_range(f"{start}..{end}") == parse_range(f"{start}/{end}") == expected
