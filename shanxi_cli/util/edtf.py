"""EDTF dates, parsed to intervals of days.

EDTF (ISO 8601-2:2019, https://www.loc.gov/standards/datetime/) is the notation of libraries for
uncertain dates. Supported are levels 0 and 1 as far as newspapers need them:

    2021  2021-07  2021-07-14        a year, a month, a day
    2021-07-22/2021-08-31            a day from the first to the second
    2021/..   ../2021                open ends
    2021~  2021-07?  2021-07-14%     approximate, uncertain, both: the sign does not widen the interval
    202X  2021-XX  2021-07-XX        unknown digits
    2021-21 .. 2021-24               spring, summer, autumn, winter (northern, by whole months)
    2021-33 .. 2021-36               the four quarters

A day is an integer, the proleptic Gregorian ordinal of `datetime.date` (1 = 0001-01-01).
"""

import re
from datetime import date

from shanxi_cli.util.frozen_record import NamedTuple
from shanxi_cli.util.lazy_pattern import lazy_pattern

FIRST_DAY = 1
LAST_DAY = date.max.toordinal()

_DATE_PATTERN = lazy_pattern(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%])?\Z", re.ASCII)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}


class DateInterval(NamedTuple):
    """Days `first` to `last`, both included; `first` is never after `last`."""

    first: int
    last: int

    def overlaps(self, other: "DateInterval") -> bool:
        """Return True if the two intervals share a day."""
        return self.first <= other.last and other.first <= self.last


def parse_edtf(text: str) -> DateInterval:
    """Return the interval of an EDTF date. Raise `ValueError`, with a message for users, if it is invalid."""
    text = text.strip()
    start, slash, end = text.partition("/")
    if not slash:
        return _parse_single_date(text)
    return _join_intervals(start, end, text)


def parse_range(text: str) -> DateInterval:
    """Return the interval of a date range in a query: an EDTF date, or two of them joined by `..`.

    >>> parse_range("2021-07..2022") == DateInterval(parse_edtf("2021-07").first, parse_edtf("2022").last)
    True

    One end may be omitted (`..2021`, `2021..`), not both. Raise `ValueError`, with a message for users, if the
    range is invalid.
    """
    text = text.strip()
    if "/" in text:
        return parse_edtf(text)
    start, dots, end = (part.strip() for part in text.partition(".."))
    if not dots:
        return _parse_single_date(text, "..")
    if not start and not end:
        raise ValueError("a range needs at least one date")
    return _join_intervals(start or "..", end or "..", text, "..")


def format_day(day: int) -> str:
    """Return a day as `YYYY-MM-DD`."""
    return date.fromordinal(day).isoformat()


def _join_intervals(start: str, end: str, text: str, joint: str = "/") -> DateInterval:
    first = FIRST_DAY if start in ("", "..") else _parse_single_date(start, joint).first
    last = LAST_DAY if end in ("", "..") else _parse_single_date(end, joint).last
    if (start in ("", "..")) and (end in ("", "..")):
        raise ValueError(f"{text} names no day")
    if first > last:
        raise ValueError(f"{text} ends before it begins")
    return DateInterval(first, last)


def _parse_single_date(text: str, joint: str = "/") -> DateInterval:
    """Return the interval of one date. `joint`, the separator of two dates, is for the message of the error."""
    match = _DATE_PATTERN.match(text)
    if not match:
        raise ValueError(f"{text} is not a date: write 2021, 2021-07, 2021-07-14 or two of them with {joint} between")
    year, month, day, _ = match.groups()
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if low < 1:
        raise ValueError("there is no year 0000")
    if "X" in year and month not in (None, "XX"):
        raise ValueError(f"{text} knows the month but not the year")
    if month in (None, "XX"):
        if day not in (None, "XX"):
            raise ValueError(f"{text} knows the day but not the month")
        return DateInterval(date(low, 1, 1).toordinal(), date(high, 12, 31).toordinal())
    return _interval_within(low, int(month), day, text)


def _interval_within(year: int, month: int, day: str | None, text: str) -> DateInterval:
    if month in _SEASONS or month in _QUARTERS:
        if day is not None:
            raise ValueError(f"{text} has a day in a season or quarter")
        begin, end = _SEASONS.get(month) or _QUARTERS[month]
        return DateInterval(date(year, begin, 1).toordinal(), month_end(year, end))
    if not 1 <= month <= 12:
        raise ValueError(f"{text} has no month {month:02d}")
    if day in (None, "XX"):
        return DateInterval(date(year, month, 1).toordinal(), month_end(year, month))
    assert day is not None
    try:
        only = date(year, month, int(day)).toordinal()
    except ValueError:
        raise ValueError(f"{text}: that month has no day {int(day)}") from None
    return DateInterval(only, only)


def month_end(year: int, month: int) -> int:
    """Return the last day of a month; months 13 and 14 are January and February of the next year."""
    year, month = year + month // 12, month % 12 + 1
    return date(year, month, 1).toordinal() - 1 if year <= 9999 else LAST_DAY
