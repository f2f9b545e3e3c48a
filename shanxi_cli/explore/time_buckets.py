"""Years, quarters and months as stretches of days."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from shanxi_cli.model.nouns import Unit
from shanxi_cli.util.edtf import LAST_DAY

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


class Stretch(NamedTuple):
    """A period: its first and last day (both included), and its name as people and as a date limit write it."""

    first: int
    last: int
    name: str
    query: str


def periods_of(first: int, last: int, unit: Unit) -> Iterator[Stretch]:
    """The periods that days `first` to `last` touch, in order."""
    start, size = date.fromordinal(first), _MONTHS[unit]
    at = start.year * 12 + (start.month - 1) // size * size
    while (begin := _begin(at)) <= last:
        yield Stretch(begin, _begin(at + size) - 1, *_names(at, unit))
        at += size


def how_many(first: int, last: int, unit: Unit) -> int:
    """How many periods days `first` to `last` touch."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    size = _MONTHS[unit]
    return (end.year * 12 + end.month - 1) // size - (start.year * 12 + start.month - 1) // size + 1


def _begin(month: int) -> int:
    year, of_year = divmod(month, 12)
    return date(year, of_year + 1, 1).toordinal() if year <= 9999 else LAST_DAY + 1


def _names(month: int, unit: Unit) -> tuple[str, str]:
    year, of_year = divmod(month, 12)
    match unit:
        case Unit.YEAR:
            return f"{year:04}", f"{year:04}"
        case Unit.QUARTER:
            return f"{year:04}-Q{of_year // 3 + 1}", f"{year:04}-{33 + of_year // 3}"
        case Unit.MONTH:
            return f"{year:04}-{of_year + 1:02}", f"{year:04}-{of_year + 1:02}"
