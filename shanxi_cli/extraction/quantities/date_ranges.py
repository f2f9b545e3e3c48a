"""Dates and date ranges as newspapers name them, written in EDTF. It reads no text.

A point is a year, a month or a day. A range has two points, both included, and keeps the precision that it was named
with: `first half of 2021` is 2021-01/2021-06, `2013-21` is 2013/2021.
"""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from shanxi_cli.util.edtf import FIRST_DAY, LAST_DAY, DateInterval


class PartialDate(NamedTuple):
    """A year, a month of it (0: the year as a whole), a day of that (0: the month as a whole)."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        return f"{self.year:04}" + (f"-{self.month:02}" if self.month else "") + (f"-{self.day:02}" if self.day else "")


class DateRange(NamedTuple):
    """From `start` to `end`, both included; without an end it is open (`2009/..`)."""

    start: PartialDate
    end: PartialDate | None

    def __str__(self) -> str:
        if self.end is None:
            return f"{self.start}/.."
        return str(self.start) if self.start == self.end else f"{self.start}/{self.end}"


class PublicationDate(NamedTuple):
    """The publication date as far as it is known: year, month and day, each 0 where it is not certain.

    `latest` is the last month it can be, as year * 12 + month - 1, or -1. `article` is the whole text, which may tell
    when a business year begins.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    latest: int = -1
    article: str = ""


def resolve_publication_date(reference: DateInterval | None) -> PublicationDate:
    """Return the parts of an article's date that are certain, though it may be an estimate of several weeks.

    None is certain for an open interval.
    """
    if reference is None or reference.first <= FIRST_DAY or reference.last >= LAST_DAY:
        return PublicationDate()
    first, last = date.fromordinal(reference.first), date.fromordinal(reference.last)
    latest = last.year * 12 + last.month - 1
    if first.year != last.year:
        return PublicationDate(latest=latest if latest - (first.year * 12 + first.month - 1) < 3 else -1)
    if first.month != last.month:
        return PublicationDate(first.year, latest=latest)
    return PublicationDate(first.year, first.month, first.day if first == last else 0, latest)


def point_to_range(point: PartialDate) -> DateRange:
    """Return the range of one point."""
    return DateRange(point, point)


def month_range(year: int, first: int, last: int) -> DateRange:
    """Return the months `first` to `last` of a year."""
    return DateRange(PartialDate(year, first), PartialDate(year, last))


def make_valid_date(year: int, month: int = 0, day: int = 0) -> PartialDate | None:
    """Return the date, or None where the calendar has no such day."""
    if not 1 <= year <= 9999 or not 0 <= month <= 12 or (day and not month):
        return None
    if day and not 1 <= day <= monthrange(year, month)[1]:
        return None
    return PartialDate(year, month, day)


def month_range_before(now: PublicationDate, count: int) -> DateRange | None:
    """Return the `count` whole months before the month of publication; None where that is not certain."""
    if not now.month or not 0 < count < 1200:
        return None
    last = now.year * 12 + now.month - 2
    first = last - count + 1
    if first < 12:
        return None
    return DateRange(PartialDate(first // 12, first % 12 + 1), PartialDate(last // 12, last % 12 + 1))


def year_range_before(now: PublicationDate, count: int) -> DateRange | None:
    """Return the `count` whole years before the year of publication, as statistics mean `the past five years`."""
    if not 0 < count < now.year:
        return None
    return DateRange(PartialDate(now.year - count), PartialDate(now.year - 1))


def range_until_publication(start: PartialDate, now: PublicationDate) -> DateRange:
    """Return the range from a point to the publication date, as precise as both are known."""
    if not now.year or now.year < start.year:
        return DateRange(start, None)
    if start.month and now.month and (now.year, now.month) >= (start.year, start.month):
        return DateRange(PartialDate(start.year, start.month), PartialDate(now.year, now.month))
    return DateRange(PartialDate(start.year), PartialDate(now.year))


def five_year_plan_range(number: int) -> DateRange | None:
    """Return the years of China's Five-Year Plan of that number; None for a number out of range.

    The 14th is 2021-25; from the third on, each has five years.
    """
    return DateRange(PartialDate(1951 + 5 * number), PartialDate(1955 + 5 * number)) if 3 <= number <= 40 else None
