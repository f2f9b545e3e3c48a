"""Times relative to the publication date or to a time named before.

this year, last month      the past five years, the last two months
that year, the same period, since then
"""

from shanxi_cli.extraction.quantities.date_ranges import (
    PartialDate,
    PublicationDate,
    month_range_before,
    point_to_range,
    year_range_before,
)
from shanxi_cli.extraction.quantities.numbers import parse_number_at
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression

RELATIVE_TIME_STARTS = frozenset(
    "this last next that current past previous preceding recent the those these same then".split()
)
"""The words that a relative time can begin with."""
_NOUNS_OF_THE = frozenset("same year period month quarter".split())
_SAME_TIMES = frozenset(["in the same time", "over the same time", "during the same time"])
_ENDS_OF_SAME_TIME = frozenset("was were is rose fell had , .".split()) | {""}
_DURATION_PREPOSITIONS = frozenset("over during in within for throughout".split())


def parse_relative_time(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Parse `this year`, `last month`, `that year`, `the same period`, `the past five years`, `the five years`."""
    low, j = line.lower_at(i), i + 1
    if low == "the" and line.lower_at(j) not in _NOUNS_OF_THE and line.lower_at(i - 1) not in _DURATION_PREPOSITIONS:
        return None
    if low == "then":
        return TimeExpression(i, i + 1, None, refers_back=True) if line.lower_at(i - 1) == "since" else None
    if low == "same" or (low == "the" and line.lower_at(j) in ("same", "year", "period", "month", "quarter")):
        j += low == "the" and line.lower_at(j) == "same"
        if low == "the" and line.lower_text(i - 1, j + 1) in _SAME_TIMES and line.lower_at(j + 1) in _ENDS_OF_SAME_TIME:
            return TimeExpression(i, j + 1, None, refers_back=True)
        if line.lower_at(j) not in ("year", "period", "month", "quarter") or line.lower_at(j + 1) in (
            "from",
            "between",
            "when",
        ):
            return None
        if line.lower_at(j) == "period" and line.lower_at(j + 1) == "of" and line.lower_at(i) == "the":
            return None  # the period of the 14th Five-Year Plan
        return TimeExpression(i, j + 1, None, refers_back=True)
    noun = line.lower_at(j).removesuffix("'s").removesuffix("’s")
    if low in ("this", "last", "next", "that", "current") and noun in ("year", "month"):
        return _resolve_adjacent_period(i, low, noun, now)
    if low in ("past", "last", "previous", "preceding", "recent"):
        return _parse_past_periods(line, i, now)
    if low in ("the", "those", "these"):
        count = parse_number_at(line, j)
        if (
            count
            and not count.is_share
            and line.lower_at(count.last) in ("years", "months")
            and line.lower_at(i - 1) in _DURATION_PREPOSITIONS
        ):
            return TimeExpression(i, count.last + 1, None, is_duration=True, refers_back=True)
    return None


def _resolve_adjacent_period(i: int, low: str, noun: str, now: PublicationDate) -> TimeExpression:
    if low == "that":
        return TimeExpression(i, i + 2, None, refers_back=True)
    shift = {"last": -1, "next": 1}.get(low, 0)
    if noun == "year":
        return TimeExpression(i, i + 2, point_to_range(PartialDate(now.year + shift)) if now.year else None)
    if not now.month:
        return TimeExpression(i, i + 2, None)
    year, month = divmod(now.year * 12 + now.month - 1 + shift, 12)
    return TimeExpression(i, i + 2, point_to_range(PartialDate(year, month + 1)))


def _parse_past_periods(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Parse `past 13 years`, `last two months`, `past decade`: whole years or months before the current one."""
    j = i + 1
    count = parse_number_at(line, j)
    if count and (count.is_share or count.is_vague):
        return None
    j = count.last if count else j
    j += line.lower_at(j) in ("consecutive", "straight", "calendar", "full", "or")
    value = int(min(count.value, 1e6)) if count else 1
    noun = line.lower_at(j)
    if noun in ("year", "years", "decade", "decades") and (count or noun == "decade"):
        size = 10 if noun.startswith("decade") else 1
        return TimeExpression(i, j + 1, year_range_before(now, value * size), is_duration=bool(count))
    if noun in ("month", "months") and count:
        return TimeExpression(i, j + 1, month_range_before(now, value), is_duration=True)
    if noun in ("years", "months", "decades", "days", "weeks") and not count:
        return TimeExpression(i, j + 1, None)
    return None
