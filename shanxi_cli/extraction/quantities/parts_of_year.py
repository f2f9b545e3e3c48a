"""Halves, quarters and months of a year or business year: `first half of 2021`, `2nd quarter`, `first nine months`."""

from shanxi_cli.extraction.quantities.business_years import (
    find_business_year_start,
    fiscal_year_at,
    months_of_business_year,
    split_year_at,
)
from shanxi_cli.extraction.quantities.date_ranges import DateRange, PublicationDate, month_range
from shanxi_cli.extraction.quantities.numbers import SMALL_NUMBERS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression, is_year
from shanxi_cli.util.lexicon import load_terms

ORDINAL_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
"""Ordinal of a part of a year -> its number."""
_FUTURE_CUES = frozenset("will would expected expects plan plans planned scheduled due slated aims next".split())
_FUTURE_CUE_WINDOW = 12
MONTHS_AHEAD = 3
"""A day without a year in one of so many months after the article may be still to come."""
_PRESENT_VERBS = frozenset("is are be being am".split())
_PAST_VERBS = frozenset(
    "was were had did began bought brought came cost cut drew fell felt found gave got grew held hit kept left lost"
    " made met paid put ran rose said sank saw sent set shot sold spent stood struck told took went won wrote".split()
)
_MATCH_WORDS = load_terms("extraction/match_words")
_CLAUSE_MARKS = frozenset(",.;:()—")
_BUSINESS_WORDS = frozenset(["fiscal", "financial", "business"])


def infer_year_of_month(line: TokenLine, i: int, month: int, now: PublicationDate) -> int:
    """Return the year of the latest such month before publication, 0 where that date is not certain.

    It is the year of publication where the words around it look ahead.
    """
    if now.latest < 0:
        return 0
    year, last = divmod(now.latest, 12)
    is_ahead = looks_ahead(line, i)
    if month <= last + 1:
        return year + (is_ahead and now.month > 0 and 0 < month + 11 - last <= MONTHS_AHEAD)
    return year if is_ahead else year - 1


def looks_ahead(line: TokenLine, i: int) -> bool:
    """Return True where the clause of token `i` is of what is to come."""
    return any(_is_future_cue(line.lower_at(k)) for k in _clause_around(line, i))


def tells_past(line: TokenLine, i: int) -> bool:
    """Return True where the clause of token `i` is in the past tense: `They spent $5 on Sept 14`."""
    words = [line.lower_at(k) for k in _clause_around(line, i)]
    if not _PRESENT_VERBS.isdisjoint(words):
        return False
    return any(word in _PAST_VERBS or (word.endswith("ed") and len(word) > 4) for word in words)


def _is_future_cue(word: str) -> bool:
    """Return True for a word that looks ahead: `will`, `expected`, `we'll`."""
    return word in _FUTURE_CUES or word.endswith(("'ll", "’ll"))


def _clause_around(line: TokenLine, i: int) -> range:
    """Return the tokens of the clause that the token `i` is in, at most `_FUTURE_CUE_WINDOW` on either side."""
    first, last = i, i
    while first > max(i - _FUTURE_CUE_WINDOW, 0) and line.lower_at(first - 1) not in _CLAUSE_MARKS:
        first -= 1
    while last < i + _FUTURE_CUE_WINDOW and line.lower_at(last) not in _CLAUSE_MARKS:
        last += 1
    return range(first, last)


def parse_following_year(line: TokenLine, j: int, now: PublicationDate) -> tuple[int, int]:
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


def parse_months_of_year(
    line: TokenLine, i: int, j: int, first: int, last: int, now: PublicationDate
) -> TimeExpression:
    """Return the months `first` to `last` of the year named at `j`, else of the latest year in which they are over."""
    if business := _parse_months_of_business_year(line, i, j, first, last, now):
        return business
    named = line.lower_at(j) in ("of", "last", "this", "next", "in", ",") or line.kind_at(j) == "numeral"
    year, after = parse_following_year(line, j, now) if named else (0, j)
    if not year and after > j:
        return TimeExpression(i, after, None)
    if not year:
        year = infer_year_of_month(line, i, first, now) if now.latest >= 0 else 0
    return TimeExpression(i, after, month_range(year, first, last) if year else None)


def _parse_months_of_business_year(
    line: TokenLine, i: int, j: int, first: int, last: int, now: PublicationDate
) -> TimeExpression | None:
    """Return the months of `1986/87` or `fiscal 2010` at `j`; without a range where its beginning is not known."""
    year, after = fiscal_year_at(line, j)
    if year:
        return TimeExpression(i, after, _months_in(year, now, first, last))
    k = j
    while line.lower_at(k) in ("of", "in", "the", "year", "its", "current") or line.lower_at(k) in _BUSINESS_WORDS:
        k += 1
    said = any(line.lower_at(n) in _BUSINESS_WORDS for n in (*range(j, k), i - 1))
    year, after = split_year_at(line, k)
    if not year and said and is_year(line, k):
        year, after = int(line.token_at(k).text) - 1, k + 1
        said = True
    if not year and said and now.month and (start := find_business_year_start(now.article)):
        year, after = now.year - (now.month < start), max(j, k)
    if not year:
        return TimeExpression(i, max(j, k), None) if said else None
    return TimeExpression(i, after, _months_in(year, now, first, last))


def _months_in(year: int, now: PublicationDate, first: int, last: int) -> DateRange | None:
    start = find_business_year_start(now.article)
    return months_of_business_year(year, start, first, last) if start else None


def _is_match(line: TokenLine, i: int) -> bool:
    """Return True where the words around a half or a quarter are of a match."""
    near = range(max(i - _FUTURE_CUE_WINDOW, 0), i + _FUTURE_CUE_WINDOW)
    return any(line.lower_at(k) in _MATCH_WORDS for k in near)


def parse_part_of_year(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Parse `first half`, `second quarter`, `first three quarters`, `first five months`, each with its year."""
    n = ORDINAL_NUMBERS.get(line.lower_at(i), 0)
    if not n:
        return None
    j = i + 2 if line.is_hyphen(i + 1) else i + 1
    word = line.lower_at(j).removesuffix("'s").removesuffix("’s")
    if word in ("half", "quarter") and n and line.lower_at(j + 1) not in ("of", "this", "last") and _is_match(line, i):
        return None
    if word == "half" and n and n != 3:
        n = min(n, 2)
        return parse_months_of_year(line, i, j + 1, 6 * n - 5, 6 * n, now)
    if word == "quarter" and n and line.lower_at(i) != "last":
        return parse_months_of_year(line, i, j + 1, 3 * n - 2, 3 * n, now)
    if line.lower_at(i) not in ("first", "last", "final"):
        return None
    text = line.token_at(j).text
    count = int(text) if text.isdigit() and len(text) < 3 else int(SMALL_NUMBERS.get(line.lower_at(j), 0))
    k = j + 2 if line.is_hyphen(j + 1) else j + 1
    size = {"months": 1, "month": 1, "quarters": 3}.get(line.lower_at(k), 0)
    if not size or not 1 <= count * size <= 12 or line.lower_at(i) != "first":
        return None
    return parse_months_of_year(line, i, k + 1, 1, count * size, now)


def parse_part_behind_year(line: TokenLine, i: int) -> TimeExpression | None:
    """Parse `1985 fourth quarter`, `2009 first nine months`, with the year at `i`; None for anything else."""
    if line.lower_at(i + 1) not in ORDINAL_NUMBERS or not is_year(line, i):
        return None
    year = int(line.token_at(i).text)
    part = parse_part_of_year(line, i + 1, PublicationDate(year, 12, 31, latest=year * 12 + 11))
    return part._replace(first=i) if part else None


def parse_numbered_quarter(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Parse `1st quarter`, `2nd half`, with or without their year."""
    text = line.token_at(i).text
    if text not in ("1", "2", "3", "4") or line.lower_at(i + 1) not in ("st", "nd", "rd", "th"):
        return None
    j = i + 3 if line.is_hyphen(i + 2) else i + 2
    size = {"quarter": 3, "half": 6}.get(line.lower_at(j), 0)
    n = int(text)
    return parse_months_of_year(line, i, j + 1, size * n - size + 1, size * n, now) if 0 < size * n <= 12 else None
