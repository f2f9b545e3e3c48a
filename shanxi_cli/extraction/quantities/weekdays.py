"""Days of the week: `shares closed on Tuesday at $185` is the last Tuesday before the article.

A day behind a verb of speech dates what was said, not the figure (`it said on Tuesday`), and is no time of a figure.
"""

from datetime import date, timedelta

from shanxi_cli.extraction.quantities.date_ranges import PartialDate, PublicationDate, point_to_range
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import MONTH_NUMBERS, TimeExpression
from shanxi_cli.util.lexicon import load_list, load_terms

_WEEKDAYS = {name: n for n, name in enumerate(load_list("analysis/weekdays"))}
WEEKDAY_STARTS = frozenset(_WEEKDAYS) | {f"{name}{mark}s" for name in _WEEKDAYS for mark in "'’"}
"""The words that name a day of the week."""
_SAYING_VERBS = load_terms("extraction/saying_verbs") | load_terms("extraction/reporting_verbs")
_LOOK_AHEAD = frozenset("will would next due scheduled plans plan expected shall".split())
_WINDOW = 6
_MAX_HEARER_WORDS = 3  # words between a verb of speech and its day: told the committee on Tuesday
_PUBLISHED_NOUNS = frozenset("release statement report note letter interview post message bulletin paper".split())
_MAX_NAME_WORDS = 6  # of a name and title in between
_OTHER_VERBS = (
    load_terms("extraction/rise_verbs")
    | load_terms("extraction/fall_verbs")
    | load_terms("extraction/amount_verbs")
    | load_terms("extraction/level_verbs")
)


def parse_weekday(line: TokenLine, i: int, now: PublicationDate) -> TimeExpression | None:
    """Return the day at token `i`; None where it dates speech or stands beside a date."""
    word = line.lower_at(i).removesuffix("'s").removesuffix("’s")
    if not line.is_capitalised(i) or word not in _WEEKDAYS or _is_beside_date(line, i) or dates_speech(line, i):
        return None
    last = i + 1 + (line.lower_at(i + 1) in ("morning", "afternoon", "evening", "night"))
    if not now.day:
        return TimeExpression(i, last, None, is_weekday=True)
    published = date(now.year, now.month, now.day)
    back = (published.weekday() - _WEEKDAYS[word]) % 7
    if line.lower_at(i - 1) == "last" and not back:
        back = 7
    ahead = any(line.lower_at(k) in _LOOK_AHEAD for k in range(max(i - _WINDOW, 0), i))
    day = published - timedelta(back) if not ahead else published + timedelta((7 - back) % 7)
    return TimeExpression(i, last, point_to_range(PartialDate(day.year, day.month, day.day)), is_weekday=True)


def _is_beside_date(line: TokenLine, i: int) -> bool:
    j = i + 1 + (line.lower_at(i + 1) == ",")
    return line.lower_at(j) in MONTH_NUMBERS or line.lower_at(j + 1) in MONTH_NUMBERS


def dates_speech(line: TokenLine, i: int) -> bool:
    """Return True for `said on Tuesday`, `told reporters late on Tuesday`, `Tuesday said`."""
    if line.lower_at(i + 1) in _SAYING_VERBS:
        return True
    k = i - 1
    while line.lower_at(k) in ("on", "late", "early", "last"):
        k -= 1
    if line.lower_at(k) in _PUBLISHED_NOUNS:  # said in a short statement on Tuesday
        k = next((n - 1 for n in range(k - 1, max(k - _MAX_HEARER_WORDS - 2, 0), -1) if line.lower_at(n) == "in"), k)
    names = 0
    for n in range(k, max(k - _MAX_HEARER_WORDS - _MAX_NAME_WORDS, -1), -1):
        names += line.is_capitalised(n)  # said Railway Minister Asha Rao on Sunday
        if k - n - min(names, _MAX_NAME_WORDS) > _MAX_HEARER_WORDS:
            return False
        if line.lower_at(n) in _SAYING_VERBS:
            return True
        if line.kind_at(n) != "word" or line.lower_at(n) in _OTHER_VERBS or line.lower_at(n).endswith("ed"):
            return False  # said 11 people died on Sunday
    return False
