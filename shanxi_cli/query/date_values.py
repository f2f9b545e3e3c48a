"""Dates of a query: EDTF dates, quarters and half-years, and dates relative to today, alone or as ends of a range.

    2021  2021-07  2021-07-14         EDTF, see `util.edtf`
    2021-Q3  2021-H1                  a quarter, a half-year
    today  yesterday                  a day
    this-month  last-month            the same for week, quarter and year; weeks begin on Monday
    -30d  -2w  -6m  -1y               the day that long before today

Today is given by the caller: nothing here reads a clock.
"""

import re
from datetime import date, timedelta

from shanxi_cli.util import edtf
from shanxi_cli.util.edtf import DateInterval, month_end

_PART_OF_YEAR = r"(?ai)(\d{4})-?(?:Q([1-4])|H([12]))\Z"  # strings, compiled by the first date of a query
_PERIOD = r"(?i)(this|last)-(week|month|quarter|year)\Z"
_AGO = r"(?ai)-(\d{1,5})(d|w|m|y)(?:ays?|eeks?|onths?|ears?)?\Z"
_DAYS_AGO = {"today": 0, "yesterday": 1}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}

DATE_HINT = (
    "a date is 2021, 2021-Q3, 2021-07, 2021-07-14, last-month or -30d (30 days ago); "
    "a range is 2021-07..2022, 2021.. or ..2021"
)
"""What a message about a bad date advises."""


def parse_date_value(text: str, today: date | None = None) -> DateInterval:
    """Return the days of a date or range. `ValueError`, with a message for users, for any other text.

    Relative dates are invalid where `today` is None.
    """
    text = text.strip()
    start, dots, end = (part.strip() for part in text.partition(".."))
    if not dots:
        return _parse_named(text, today) or edtf.parse_range(text)
    if not start and not end:
        raise ValueError("a range needs at least one date")
    first, last = _parse_end(start, text, today), _parse_end(end, text, today)
    days = DateInterval(first.first if first else edtf.FIRST_DAY, last.last if last else edtf.LAST_DAY)
    if days.first > days.last:
        raise ValueError(f"{text} ends before it begins")
    return days


def _parse_end(text: str, whole: str, today: date | None) -> DateInterval | None:
    """Return the days of an end of a range; None for an open one."""
    if not text:
        return None
    named = _parse_named(text, today)
    return named or edtf.parse_range(text if "/" not in text else whole)


def _parse_named(text: str, today: date | None) -> DateInterval | None:
    """Return the days of a quarter, a half-year or a relative date; None for other text."""
    part = re.match(_PART_OF_YEAR, text)
    if part:
        year, quarter, half = (int(group or 0) for group in part.groups())
        first = 3 * quarter - 2 if quarter else 6 * half - 5
        return _months(_first_of_year(year), first, 3 if quarter else 6)
    return _parse_relative(text, today) if today else None


def _parse_relative(text: str, today: date) -> DateInterval | None:
    ago, period, days = re.match(_AGO, text), re.match(_PERIOD, text), _DAYS_AGO.get(text.lower())
    if days is not None:
        return _single_day(today - timedelta(days))
    if ago:
        return _single_day(_subtract(today, int(ago[1]), ago[2].lower(), text))
    if not period:
        return None
    last, unit = period[1].lower() == "last", period[2].lower()
    if unit == "week":
        monday = today - timedelta(today.weekday() + 7 * last)
        return DateInterval(monday.toordinal(), monday.toordinal() + 6)
    months = _MONTHS[unit]
    begin = (today.month - 1) // months * months + 1
    return _months(today, begin - months * last, months)


def _subtract(today: date, number: int, unit: str, text: str) -> date:
    """Return the day before today by days, weeks, months or years; the last of its month where that has no such day."""
    try:
        if unit in "dw":
            return today - timedelta(number * (7 if unit == "w" else 1))
        months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        last = date.fromordinal(month_end(year, month + 1)).day
        return date(year, month + 1, min(today.day, last))
    except (OverflowError, ValueError):
        raise ValueError(f"{text} is before the year 1") from None


def _months(within: date, first: int, number: int) -> DateInterval:
    """Return `number` months from the month `first` of the year of `within`; months before January are of the last."""
    year, month = divmod(within.year * 12 + first - 1, 12)
    after, last = divmod(year * 12 + month + number - 1, 12)
    return DateInterval(date(year, month + 1, 1).toordinal(), month_end(after, last + 1))


def _first_of_year(year: int) -> date:
    if year < 1:
        raise ValueError("there is no year 0000")
    return date(year, 1, 1)


def _single_day(day: date) -> DateInterval:
    return DateInterval(day.toordinal(), day.toordinal())
