"""Business years: `the first six months of 1986/87`, `April/January 1986/87`, `the second quarter of fiscal 2009-10`.

The month in which such a year begins is what the article says of it (`fiscal 1987/88 ends in March`), else that of the
one country with a fixed business year that it names. Where the text tells neither, the months are not known.
"""

import re
from functools import lru_cache

from shanxi_cli.analysis.text_runs import lower_runs
from shanxi_cli.extraction.quantities.date_ranges import DateRange, PartialDate
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.util.lexicon import load_list

_MONTHS = {name: n for n, name in enumerate(load_list("analysis/months"), 1)}
_MONTHS |= {name[:3]: n for name, n in list(_MONTHS.items())} | {"sept": 9}
_SPLIT_YEAR_PATTERN = re.compile(r"[12][0-9]{3}\s?[/\u2010-\u2013-]\s?[0-9]{2}\b")
_YEAR_NOUN = r"(?:(?:fiscal|financial|business|budget|trading|crop|marketing)(?:\s+year)?|year|season)"
_MONTH = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b"
_END_PATTERN = re.compile(
    rf"\b{_YEAR_NOUN}\b[^.;]{{0,30}}?\b(?:ends?|ended|ending|closes|runs? (?:to|until)|through)\s+"
    rf"(?:in |on |at the end of |the end of )?(?:[0-9]{{1,2}}(?:st|th|rd|nd)?\s+(?:of\s+)?)?{_MONTH}",
    re.I,
)
_START_PATTERN = re.compile(
    rf"\b{_YEAR_NOUN}\b[^.;]{{0,30}}?\b(?:begins?|began|beginning|starts?|started|starting|runs? from)\s+"
    rf"(?:in |on |from )?(?:[0-9]{{1,2}}(?:st|th|rd|nd)?\s+(?:of\s+)?)?{_MONTH}",
    re.I,
)
_COUNTRY_STARTS = {
    4: "india indian delhi mumbai crore lakh japan japanese tokyo britain british uk",
    7: "australia australian pakistan pakistani islamabad karachi bangladesh bangladeshi dhaka egypt egyptian",
}
"""First month of the business year of states -> words of a text that tell the country.

Source: the states' own budget laws, as the CIA World Factbook lists them under `fiscal year` (2024).
"""
_STARTS_BY_WORD = {word: month for month, words in _COUNTRY_STARTS.items() for word in words.split()}


@lru_cache(maxsize=1)  # asked for each time of a business year in an article
def find_business_year_start(article: str) -> int:
    """Return the month, 1 to 12, in which the business year of an article begins; 0 where it is not known."""
    if (
        "iscal" not in article
        and "FY" not in article
        and "inancial" not in article
        and not _SPLIT_YEAR_PATTERN.search(article)
    ):
        return 0
    words = frozenset(lower_runs(article.lower()))
    if not _MONTHS.keys().isdisjoint(words):  # both patterns end with a month
        if said := _END_PATTERN.search(article):
            return _MONTHS[said.group(1).lower()] % 12 + 1
        if said := _START_PATTERN.search(article):
            return _MONTHS[said.group(1).lower()]
    told = {_STARTS_BY_WORD[word] for word in words if word in _STARTS_BY_WORD}
    return told.pop() if len(told) == 1 else 0


def split_year_at(line: TokenLine, k: int) -> tuple[int, int]:
    """Return the first year of `1986/87` or `2008-09` at token `k`, and the token after it; (0, k) for none."""
    first, last = line.token_at(k).text, line.token_at(k + 2).text
    joined = (line.is_hyphen(k + 1) or line.lower_at(k + 1) == "/") and line.no_space_before(k + 1)
    if not joined or len(first) != 4 or not (first.isdigit() and last.isdigit()):
        return 0, k
    whole = int(first) + 1
    return (int(first), k + 3) if last in (f"{whole % 100:02}", str(whole)) else (0, k)


def months_of_business_year(year: int, start: int, first: int, last: int) -> DateRange:
    """Return the months `first` to `last`, 1 to 12, of the business year that begins in month `start` of `year`."""
    begin, end = year * 12 + start + first - 2, year * 12 + start + last - 2
    return DateRange(PartialDate(begin // 12, begin % 12 + 1), PartialDate(end // 12, end % 12 + 1))


def fiscal_year_at(line: TokenLine, k: int) -> tuple[int, int]:
    """Return the first year of `FY26`, `of FY2025-26`, `fiscal 2026` at token `k`, and the token after it; (0, k)."""
    j = k
    while line.lower_at(j) in ("of", "in", "the"):
        j += 1
    if line.lower_at(j) in ("fiscal", "financial", "business") or line.token_at(j).text == "FY":
        j += 1 + (line.lower_at(j + 1) == "year")
    else:
        return 0, k
    year, after = split_year_at(line, j)
    if year:
        return year, after
    text = line.token_at(j).text
    if not text.isdigit() or len(text) not in (2, 4) or (len(text) == 2 and line.token_at(j - 1).text != "FY"):
        return 0, k
    last = line.token_at(j + 2).text
    if len(text) == 2 and line.is_hyphen(j + 1) and line.no_space_before(j + 2) and last == f"{int(text) + 1:02}":
        return 2000 + int(text), j + 3
    value = int(text) if len(text) == 4 else 2000 + int(text)
    return (value - 1, j + 1) if 1900 < value < 2100 else (0, k)


def named_months_of_fiscal_year(year: int, start: int, first: int, last: int) -> DateRange | None:
    """Return the calendar months `first` to `last` as they lie in the business year that begins in `year`."""
    if not start:
        return None
    return DateRange(PartialDate(year + (first < start), first), PartialDate(year + (last < start), last))
