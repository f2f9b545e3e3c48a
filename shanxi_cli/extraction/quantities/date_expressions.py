"""Times named in a text: years, months, days, halves, plans, `last year`.

    in 2020, 2013-21, the 1960s        July 21, 2021; 21 July; Sept 14; from January to May
    the first half of this year        the first five months of 2023; the third quarter
    the 14th Five-Year Plan (2021-25)  this year, last month, that year, since 2009, the past five years

A month without a year is the latest such month before the date of the article.
"""

from shanxi_cli.extraction.quantities.business_years import (
    find_business_year_start,
    fiscal_year_at,
    months_of_business_year,
    named_months_of_fiscal_year,
    split_year_at,
)
from shanxi_cli.extraction.quantities.date_ranges import (
    DateRange,
    PartialDate,
    PublicationDate,
    make_valid_date,
    month_range,
    point_to_range,
    range_until_publication,
)
from shanxi_cli.extraction.quantities.months_to_day import extend_over_months_before
from shanxi_cli.extraction.quantities.parts_of_year import (
    MONTHS_AHEAD,
    ORDINAL_NUMBERS,
    infer_year_of_month,
    looks_ahead,
    parse_following_year,
    parse_months_of_year,
    parse_numbered_quarter,
    parse_part_behind_year,
    parse_part_of_year,
    tells_past,
)
from shanxi_cli.extraction.quantities.relative_times import RELATIVE_TIME_STARTS, parse_relative_time
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import UNITS_BY_NAME
from shanxi_cli.extraction.quantities.weekdays import WEEKDAY_STARTS, parse_weekday
from shanxi_cli.extraction.quantities.year_expressions import (
    MONTH_NUMBERS,
    TimeExpression,
    is_year,
    parse_era,
    parse_five_year_plan,
    parse_iso_date,
    parse_years,
)

_WORDS_BEFORE_MONTH = frozenset(
    "in of since by until till through last this next early late mid from to between and during before after on end"
    " ( , - – at".split()
)


_TIMES_OF_YEAR_STARTS = RELATIVE_TIME_STARTS | set(ORDINAL_NUMBERS)
_POSSESSIVE_MONTHS = {f"{month}{mark}s" for month in MONTH_NUMBERS for mark in "'’"}
_TIME_EXPRESSION_STARTS = (
    _TIMES_OF_YEAR_STARTS | set(MONTH_NUMBERS) | _POSSESSIVE_MONTHS | {"q", "h", "fy"} | WEEKDAY_STARTS
)


def find_time_expressions(line: TokenLine, now: PublicationDate) -> list[TimeExpression]:
    """Return the times named in `line` in order; none overlap."""
    expressions: list[TimeExpression] = []
    after = 0
    for i in [k for k, t in enumerate(line.tokens) if t[4] == "numeral" or t[1] in _TIME_EXPRESSION_STARTS]:
        if i < after:
            continue
        expression = _time_expression_at(line, i, now)
        if expression:
            expression = extend_over_months_before(line, _extend_time_range(line, expression, now))
            while expressions and expressions[-1].last > expression.first:
                expressions.pop()  # the six months, before to June
            expressions.append(expression)
            after = expression.last
    return expressions


def _time_expression_at(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    low = line.lower_at(i)
    if line.kind_at(i) == "numeral":
        return (
            parse_five_year_plan(line, i)
            or _parse_day_month(line, i, now)
            or parse_iso_date(line, i)
            or parse_numbered_quarter(line, i, now)
            or parse_part_behind_year(line, i)
            or parse_years(line, i)
            or parse_era(line, i)
        )
    if low in MONTH_NUMBERS and line.is_capitalised(i):
        return _parse_month(line, i, now)
    if low[:-2] in MONTH_NUMBERS and line.is_capitalised(i):  # June's
        month = MONTH_NUMBERS[low[:-2]]
        return _build_date_expression(i, i + 1, infer_year_of_month(line, i, month, now), month, 0)
    if low in WEEKDAY_STARTS:
        return parse_weekday(line, i, now)
    if low in _TIMES_OF_YEAR_STARTS:
        return parse_relative_time(line, i, now) or parse_part_of_year(line, i, now)
    if line.token_at(i).text == "FY":
        return _parse_fiscal_year(line, i, now)
    if low in ("q", "h") and line.no_space_before(i + 1) and line.token_at(i + 1).text in "1234":
        n = int(line.token_at(i + 1).text)
        size = 3 if low == "q" else 6
        return parse_months_of_year(line, i, i + 2, size * n - size + 1, size * n, now) if size * n <= 12 else None
    return None


def _parse_fiscal_year(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Parse `FY25`, `FY2024-25`; without a range where the months of that year are not known."""
    year, after = fiscal_year_at(line, i)
    start = find_business_year_start(now.article) if year else 0
    if not year or (not start and after == i + 2 and len(line.token_at(i + 1).text) == 4):
        return None
    span = months_of_business_year(year, start, 1, 12) if start else None
    return TimeExpression(i, after, span)


def _day_number_at(line: TokenLine, i: int) -> tuple[int, int]:
    """Return the day of a month at `i`, with or without `th`, and the token after it; (0, i) for none."""
    text = line.token_at(i).text
    if not text.isdigit() or len(text) > 2 or not 1 <= int(text) <= 31:
        return 0, i
    return int(text), i + 2 if line.no_space_before(i + 1) and line.lower_at(i + 1) in (
        "th",
        "st",
        "nd",
        "rd",
    ) else i + 1


def _parse_day_month(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Parse `21 July 2021`, `21st of July`."""
    day, j = _day_number_at(line, i)
    if line.lower_at(j) == "of":
        j += 1
    if not day or line.lower_at(j) not in MONTH_NUMBERS or not line.is_capitalised(j):
        return None
    month, j = MONTH_NUMBERS[line.lower_at(j)], j + 1
    year, j = parse_following_year(line, j, now)
    return _build_date_expression(i, j, year or _infer_year_of_day(line, i, month, now), month, day)


def _parse_month(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Parse `July`, `July 21`, `July 1-3, 2021`, `November 2016`, `January to May`, `January-May of 2023`."""
    month, j = MONTH_NUMBERS[line.lower_at(i)], i + 1
    if line.lower_at(j) == "." and line.no_space_before(j) and len(line.lower_at(i)) <= 4:
        j += 1
    day, k = _day_number_at(line, j)
    if not day and line.lower_at(i) in ("may", "march") and not _is_month_name(line, i):
        return None
    if day:
        return _parse_days_of_month(line, i, k, month, day, now)
    joined = j + 1 if line.lower_at(j) in ("to", "through", "and", "/") or line.is_hyphen(j) else 0
    last = MONTH_NUMBERS.get(line.lower_at(joined), 0) if joined and line.is_capitalised(joined) else 0
    if line.lower_at(j) == "and" and last > month + 1:
        last = 0  # January and December are two times
    day_follows = bool(_day_number_at(line, joined + 1)[0]) if joined else False
    if last and not day_follows and (year := split_year_at(line, joined + 1)[0]):  # April/January 1986/87
        span = DateRange(PartialDate(year, month), PartialDate(year + (last < month), last))
        return TimeExpression(i, joined + 4, span)
    if (
        last
        and not day_follows
        and (fiscal := fiscal_year_at(line, joined + 1 + (line.lower_at(joined + 1) == "quarter")))[0]
    ):
        start = find_business_year_start(now.article)
        return TimeExpression(i, fiscal[1], named_months_of_fiscal_year(fiscal[0], start, month, last))
    if last and not day_follows and last > month:
        return parse_months_of_year(line, i, joined + 1, month, last, now)
    named_year, after = parse_following_year(line, j, now)
    if named_year and line.lower_at(after) == "quarter" and month % 3 == 0:  # the June 2025 quarter
        return TimeExpression(i, after + 1, month_range(named_year, month - 2, month))
    if line.lower_at(j) == "quarter" and month % 3 == 0:  # the December quarter
        year, after = fiscal_year_at(line, j + 1)
        if year:
            start = find_business_year_start(now.article)
            return TimeExpression(i, after, named_months_of_fiscal_year(year, start, month - 2, month))
        return parse_months_of_year(line, i, j + 1, month - 2, month, now)
    year, j = parse_following_year(line, j, now)
    return _build_date_expression(i, j, year or infer_year_of_month(line, i, month, now), month, 0)


def _infer_year_of_day(line: TokenLine, i: int, month: int, now: PublicationDate) -> int:
    """Return the year of a day without a year: the latest, 0 where it may as well be a day still to come."""
    near = now.month and 0 < (month - now.month) % 12 <= MONTHS_AHEAD
    return 0 if near and not (tells_past(line, i) or looks_ahead(line, i)) else infer_year_of_month(line, i, month, now)


def _parse_days_of_month(line: TokenLine, i: int, k: int, month: int, day: int, now: PublicationDate) -> TimeExpression:
    """Parse the days after a month's name: one, or the first and last of several."""
    until = 0
    if line.is_hyphen(k) or line.lower_at(k) in ("to", "and", "through"):
        until, after = _day_number_at(line, k + 1)
        following = line.token_at(after)
        if until and (following.lower in UNITS_BY_NAME or following.lower == "percent"):
            until = 0
        k = after if until else k
    year, k = parse_following_year(line, k, now)
    year = year or _infer_year_of_day(line, i, month, now)
    if (
        until > day
        and year
        and (start := make_valid_date(year, month, day))
        and (end := make_valid_date(year, month, until))
    ):
        return TimeExpression(i, k, DateRange(start, end))
    return _build_date_expression(i, k, year, month, day)


def _is_month_name(line: TokenLine, i: int) -> bool:
    return line.lower_at(i - 1) in _WORDS_BEFORE_MONTH or is_year(line, i + 1)


def _build_date_expression(i: int, j: int, year: int, month: int, day: int) -> TimeExpression:
    point = make_valid_date(year, month, day) if year else None
    return TimeExpression(i, j, point_to_range(point) if point else None)


def _extend_time_range(line: TokenLine, period: TimeExpression, now: PublicationDate) -> TimeExpression:
    """Return the time of `since X`, `from X to Y` or `between X and Y`, with the second time included."""
    before = line.lower_at(period.first - 1)
    span = period.date_range
    if before == "the" and line.lower_at(period.first - 2) == "since" and span and not span.start.day:
        return period._replace(date_range=range_until_publication(span.start, now))  # since the 2009 elections
    if before == "since" and line.lower_at(period.last) in ("when", "where"):
        return period  # since May, when sales rose 3%
    if before == "since" or line.lower_text(period.first - 4, period.first) == "since the beginning of":
        return period._replace(date_range=range_until_publication(span.start, now) if span else None)
    up = line.lower_text(period.last, period.last + 2) == "up to"
    if before in ("from", "between") and (up or line.lower_at(period.last) in ("to", "until", "and", "through")):
        until = _time_expression_at(line, period.last + 1 + up, now)
        if (
            until
            and until.date_range
            and until.date_range.end
            and not until.refers_back
            and _is_single_point(until.date_range)
        ):
            start = span.start if span else None
            if start is None or start > until.date_range.end:
                return period._replace(last=until.last, date_range=None)
            return period._replace(last=until.last, date_range=DateRange(start, until.date_range.end))
    return period


def _is_single_point(span: DateRange) -> bool:
    return span.start == span.end
