"""Times named in a text: years, months, days, halves, plans, `last year`.

    in 2020, 2013-21, the 1960s        July 21, 2021; 21 July; Sept 14; from January to May
    the first half of this year        the first five months of 2023; the third quarter
    the 14th Five-Year Plan (2021-25)  this year, last month, that year, since 2009, the past five years

A month without a year is the latest such month before the date of the article.
"""

from shanxi_cli.extraction.quantities.date_ranges import (
    DateRange,
    PublicationDate,
    make_valid_date,
    month_range,
    point_to_range,
    range_until_publication,
)
from shanxi_cli.extraction.quantities.months_to_day import extend_over_months_before
from shanxi_cli.extraction.quantities.numbers import SMALL_NUMBERS
from shanxi_cli.extraction.quantities.relative_times import RELATIVE_TIME_STARTS, parse_relative_time
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import UNITS_BY_NAME
from shanxi_cli.extraction.quantities.year_expressions import (
    MONTH_NUMBERS,
    TimeExpression,
    is_year,
    parse_era,
    parse_five_year_plan,
    parse_iso_date,
    parse_years,
)
from shanxi_cli.util.lexicon import load_terms

_ORDINAL_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_WORDS_BEFORE_MONTH = frozenset(
    "in of since by until till through last this next early late mid from to between and during before after on end"
    " ( , - –".split()
)
_FUTURE_CUES = frozenset("will would expected expects plan plans planned scheduled due slated aims next".split())
_FUTURE_CUE_WINDOW = 12
_MATCH_WORDS = load_terms("extraction/match_words")
_CLAUSE_MARKS = frozenset(",.;:()—")


_TIMES_OF_YEAR_STARTS = RELATIVE_TIME_STARTS | set(_ORDINAL_NUMBERS)
_POSSESSIVE_MONTHS = {f"{month}{mark}s" for month in MONTH_NUMBERS for mark in "'’"}
_TIME_EXPRESSION_STARTS = _TIMES_OF_YEAR_STARTS | set(MONTH_NUMBERS) | _POSSESSIVE_MONTHS | {"q", "h"}


def find_time_expressions(line: TokenLine, now: PublicationDate) -> list[TimeExpression]:
    """Return the times named in `line` in order; none overlap."""
    expressions: list[TimeExpression] = []
    i = 0
    tokens = line.tokens
    while i < len(tokens):
        if tokens[i].kind != "numeral" and tokens[i].lower not in _TIME_EXPRESSION_STARTS:
            i += 1
            continue
        expression = _time_expression_at(line, i, now)
        if expression:
            expression = extend_over_months_before(line, _extend_time_range(line, expression, now))
            expressions.append(expression)
            i = max(expression.last, i + 1)
        else:
            i += 1
    return expressions


def _time_expression_at(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    low = line.lower_at(i)
    if line.kind_at(i) == "numeral":
        return (
            parse_five_year_plan(line, i)
            or _parse_day_month(line, i, now)
            or parse_iso_date(line, i)
            or _parse_numbered_quarter(line, i, now)
            or parse_years(line, i)
            or parse_era(line, i)
        )
    if low in MONTH_NUMBERS and line.is_capitalised(i):
        return _parse_month(line, i, now)
    if low[:-2] in MONTH_NUMBERS and line.is_capitalised(i):  # June's
        month = MONTH_NUMBERS[low[:-2]]
        return _build_date_expression(i, i + 1, _infer_year_of_month(line, i, month, now), month, 0)
    if low in _TIMES_OF_YEAR_STARTS:
        return parse_relative_time(line, i, now) or _parse_part_of_year(line, i, now)
    if low in ("q", "h") and line.no_space_before(i + 1) and line.token_at(i + 1).text in "1234":
        n = int(line.token_at(i + 1).text)
        size = 3 if low == "q" else 6
        return _parse_months_of_year(line, i, i + 2, size * n - size + 1, size * n, now) if size * n <= 12 else None
    return None


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
    year, j = _parse_following_year(line, j, now)
    return _build_date_expression(i, j, year or _infer_year_of_month(line, i, month, now), month, day)


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
    joined = j + 1 if line.lower_at(j) in ("to", "through", "and") or line.is_hyphen(j) else 0
    last = MONTH_NUMBERS.get(line.lower_at(joined), 0) if joined and line.is_capitalised(joined) else 0
    if line.lower_at(j) == "and" and last > month + 1:
        last = 0  # January and December are two times
    day_follows = bool(_day_number_at(line, joined + 1)[0]) if joined else False
    if last and not day_follows and last > month:
        return _parse_months_of_year(line, i, joined + 1, month, last, now)
    year, j = _parse_following_year(line, j, now)
    return _build_date_expression(i, j, year or _infer_year_of_month(line, i, month, now), month, 0)


def _parse_days_of_month(line: TokenLine, i: int, k: int, month: int, day: int, now: PublicationDate) -> TimeExpression:
    """Parse the days after a month's name: one, or the first and last of several."""
    until = 0
    if line.is_hyphen(k) or line.lower_at(k) in ("to", "and", "through"):
        until, after = _day_number_at(line, k + 1)
        following = line.token_at(after)
        if until and (following.lower in UNITS_BY_NAME or following.lower == "percent"):
            until = 0
        k = after if until else k
    year, k = _parse_following_year(line, k, now)
    year = year or _infer_year_of_month(line, i, month, now)
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


def _infer_year_of_month(line: TokenLine, i: int, month: int, now: PublicationDate) -> int:
    """Return the year of the latest such month before publication, 0 where that date is not certain.

    It is the year of publication where the words around it look ahead.
    """
    if now.latest < 0:
        return 0
    year, last = divmod(now.latest, 12)
    if month <= last + 1:
        return year
    return year if any(line.lower_at(k) in _FUTURE_CUES for k in _clause_around(line, i)) else year - 1


def _clause_around(line: TokenLine, i: int) -> range:
    """Return the tokens of the clause that the token `i` is in, at most `_FUTURE_CUE_WINDOW` on either side."""
    first, last = i, i
    while first > max(i - _FUTURE_CUE_WINDOW, 0) and line.lower_at(first - 1) not in _CLAUSE_MARKS:
        first -= 1
    while last < i + _FUTURE_CUE_WINDOW and line.lower_at(last) not in _CLAUSE_MARKS:
        last += 1
    return range(first, last)


def _parse_following_year(line: TokenLine, j: int, now: PublicationDate) -> tuple[int, int]:
    """Parse the year that `of 2021`, `, 2021`, `of this year` or `last year` adds at `j`.

    Return the year, 0 for none, and the token after it.
    """
    k = j + 1 if line.lower_at(j) in ("of", ",", "in") else j
    if is_year(line, k) and not (line.lower_at(j) == "in" and line.is_hyphen(k + 1)):
        return int(line.token_at(k).text), k + 1
    words = line.lower_text(k, k + 2)
    if line.lower_at(j) == ",":
        return 0, j
    if words in ("this year", "the year", "last year", "next year") and now.year:
        shift = {"last year": -1, "next year": 1}.get(words, 0)
        return now.year + shift, k + 2
    if words in ("this year", "the year", "last year", "next year"):
        return 0, k + 2
    return 0, j


def _parse_months_of_year(
    line: TokenLine, i: int, j: int, first: int, last: int, now: PublicationDate
) -> TimeExpression:
    """Return the months `first` to `last` of the year named at `j`, else of the latest year in which they are over."""
    named = line.lower_at(j) in ("of", "last", "this", "next", "in", ",") or line.kind_at(j) == "numeral"
    year, after = _parse_following_year(line, j, now) if named else (0, j)
    if not year and after > j:
        return TimeExpression(i, after, None)
    if not year:
        year = _infer_year_of_month(line, i, first, now) if now.latest >= 0 else 0
    return TimeExpression(i, after, month_range(year, first, last) if year else None)


def _is_match(line: TokenLine, i: int) -> bool:
    """Return True where the words around a half or a quarter are of a match."""
    near = range(max(i - _FUTURE_CUE_WINDOW, 0), i + _FUTURE_CUE_WINDOW)
    return any(line.lower_at(k) in _MATCH_WORDS for k in near)


def _parse_part_of_year(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Parse `first half`, `second quarter`, `first three quarters`, `first five months`, each with its year."""
    n = _ORDINAL_NUMBERS.get(line.lower_at(i), 0)
    j = i + 2 if line.is_hyphen(i + 1) else i + 1
    word = line.lower_at(j).removesuffix("'s").removesuffix("’s")
    if word in ("half", "quarter") and n and line.lower_at(j + 1) not in ("of", "this", "last") and _is_match(line, i):
        return None
    if word == "half" and n and n != 3:
        n = min(n, 2)
        return _parse_months_of_year(line, i, j + 1, 6 * n - 5, 6 * n, now)
    if word == "quarter" and n and line.lower_at(i) != "last":
        return _parse_months_of_year(line, i, j + 1, 3 * n - 2, 3 * n, now)
    if line.lower_at(i) not in ("first", "last", "final"):
        return None
    text = line.token_at(j).text
    count = int(text) if text.isdigit() and len(text) < 3 else int(SMALL_NUMBERS.get(line.lower_at(j), 0))
    k = j + 2 if line.is_hyphen(j + 1) else j + 1
    size = {"months": 1, "month": 1, "quarters": 3}.get(line.lower_at(k), 0)
    if not size or not 1 <= count * size <= 12 or line.lower_at(i) != "first":
        return None
    return _parse_months_of_year(line, i, k + 1, 1, count * size, now)


def _parse_numbered_quarter(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Parse `1st quarter`, `2nd half`, with or without their year."""
    text = line.token_at(i).text
    if text not in ("1", "2", "3", "4") or line.lower_at(i + 1) not in ("st", "nd", "rd", "th"):
        return None
    j = i + 3 if line.is_hyphen(i + 2) else i + 2
    size = {"quarter": 3, "half": 6}.get(line.lower_at(j), 0)
    n = int(text)
    return _parse_months_of_year(line, i, j + 1, size * n - size + 1, size * n, now) if 0 < size * n <= 12 else None


def _extend_time_range(line: TokenLine, period: TimeExpression, now: PublicationDate) -> TimeExpression:
    """Return the time of `since X`, `from X to Y` or `between X and Y`, with the second time included."""
    before = line.lower_at(period.first - 1)
    span = period.date_range
    if before == "since" or line.lower_text(period.first - 4, period.first) == "since the beginning of":
        return period._replace(date_range=range_until_publication(span.start, now) if span else None)
    if before in ("from", "between") and line.lower_at(period.last) in ("to", "until", "and", "through"):
        until = _time_expression_at(line, period.last + 1, now)
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
