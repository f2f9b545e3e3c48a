"""Years, quarters and months as ranges of days."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from shanxi_cli.model.options import Unit
from shanxi_cli.util.edtf import LAST_DAY

_MONTHS_PER_UNIT = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


class CalendarPeriod(NamedTuple):
    """A period: its first and last day (both included), its name, and the value of `date:` that finds it."""

    first: int
    last: int
    name: str
    query_text: str


def iterate_periods(first: int, last: int, unit: Unit) -> Iterator[CalendarPeriod]:
    """Yield the periods that the days `first` to `last` fall into, in order."""
    start, size = date.fromordinal(first), _MONTHS_PER_UNIT[unit]
    month = start.year * 12 + (start.month - 1) // size * size
    while (begin := _first_day(month)) <= last:
        yield CalendarPeriod(begin, _first_day(month + size) - 1, *_period_names(month, unit))
        month += size


def count_periods(first: int, last: int, unit: Unit) -> int:
    """Count the periods that the days `first` to `last` fall into."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    size = _MONTHS_PER_UNIT[unit]
    return (end.year * 12 + end.month - 1) // size - (start.year * 12 + start.month - 1) // size + 1


def _first_day(month: int) -> int:
    year, of_year = divmod(month, 12)
    return date(year, of_year + 1, 1).toordinal() if year <= 9999 else LAST_DAY + 1


def _period_names(month: int, unit: Unit) -> tuple[str, str]:
    year, of_year = divmod(month, 12)
    match unit:
        case Unit.YEAR:
            return f"{year:04}", f"{year:04}"
        case Unit.QUARTER:
            return f"{year:04}-Q{of_year // 3 + 1}", f"{year:04}-{33 + of_year // 3}"
        case Unit.MONTH:
            return f"{year:04}-{of_year + 1:02}", f"{year:04}-{of_year + 1:02}"
