"""Years in a token line: `2020`, `2016-20`, `the 1960s`, `221 BC`, `14th Five-Year Plan (2021-25)`."""

from typing import NamedTuple

from shanxi_cli.extraction.quantities.date_ranges import (
    DateRange,
    PartialDate,
    five_year_plan_range,
    make_valid_date,
    point_to_range,
)
from shanxi_cli.extraction.quantities.magnitudes import MAGNITUDES
from shanxi_cli.extraction.quantities.noun_phrases import counted_noun_at
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import UNITS_BY_ABBREVIATION, UNITS_BY_NAME
from shanxi_cli.util.lexicon import load_list, load_terms

_MONTH_NAMES = load_list("analysis/months")
MONTH_NUMBERS = {name: n for n, name in enumerate(_MONTH_NAMES, 1)}
MONTH_NUMBERS |= {name[:3]: n for name, n in MONTH_NUMBERS.items() if name != "may"} | {"sept": 9}
_WORDS_BEFORE_YEAR = frozenset(
    "in since by from until till of during through before after between to and year early late mid end spring summer"
    " autumn winter fall for than back ( the over on as at with".split()
)
_CLOCK_ZONES = frozenset("gmt hrs hours est edt cst pst bst utc".split())
_ERA_TAGS = frozenset("bc bce ad ce".split())
COUNTED_NOUNS = load_terms("extraction/year_count_nouns")


class TimeExpression(NamedTuple):
    """A time named by the tokens `first` to `last` (half-open). `date_range` is None where it stays open.

    `is_duration`: its number is a quantity too (`the past 13 years`). `refers_back`: it refers to a time named before
    (`that year`, `in the period`). `is_weekday`: it is a day of the week, which holds for its sentence alone.
    """

    first: int
    last: int
    date_range: DateRange | None
    is_duration: bool = False
    refers_back: bool = False
    is_weekday: bool = False

    def dates_from(self, line: TokenLine) -> int:
        """Return the first token that is no quantity: of `three months to 31 December` the one after `to`."""
        if not self.is_duration:
            return self.first
        cues = ("to", "ended", "ending", "through", "until", "till")
        return next((k + 1 for k in range(self.first, self.last) if line.lower_at(k) in cues), self.last)


def is_year(line: TokenLine, i: int) -> bool:
    """Return True when the numeral at `i` is a year and no number: without unit, comma or counted noun."""
    token = line.token_at(i)
    if len(token.text) != 4 or not token.text.isdigit() or not 1000 <= int(token.text) <= 2100:
        return False
    if line.no_space_before(i) and line.lower_at(i - 1) in ("$", "€", "£", "¥", "."):
        return False
    after = line.token_at(i + 1)
    if (
        after.text in UNITS_BY_ABBREVIATION
        or after.lower in UNITS_BY_NAME
        or line.lower_text(i + 1, i + 3) in UNITS_BY_NAME
    ):
        return False
    hyphen_unit = line.is_hyphen(i + 1) and (
        line.lower_at(i + 2) in UNITS_BY_NAME or line.token_at(i + 2).text in UNITS_BY_ABBREVIATION
    )
    if hyphen_unit or after.lower in COUNTED_NOUNS or after.lower in MAGNITUDES or after.lower in _CLOCK_ZONES:
        return False
    if _counts_noun(line, i):
        return False
    if line.lower_at(i - 1) in _WORDS_BEFORE_YEAR or line.lower_at(i - 1) in MONTH_NUMBERS:
        return True
    return int(token.text) >= 1900 or line.lower_at(i - 1) == "("


def _counts_noun(line: TokenLine, i: int) -> bool:
    """Return True for `has 1900 rooms`, `about 2050 delegates`: a plural follows, and no word before tells a year.

    So does `and 1900 homes`, but not `2018 and 2019 exports`.
    """
    before = line.lower_at(i - 1)
    joins_years = before == "and" and line.kind_at(i - 2) == "numeral"
    if (
        not before
        or joins_years
        or before in _WORDS_BEFORE_YEAR - {"with", "over", "than", "and"}
        or before in MONTH_NUMBERS
        or not before.isalpha()
    ):
        return False
    if before in ("this", "its", "his", "her", "their", "a", "an", "new", "fiscal", "financial", "crop"):
        return False
    noun = counted_noun_at(line, i + 1)
    return noun is not None and noun.last == i + 2 and not line.is_capitalised(i + 1)


def parse_iso_date(line: TokenLine, i: int) -> TimeExpression | None:
    """Parse `2018-11-02`, `2018/11/02`, and `2020-11` where no span of years ends so."""
    year, mark, month = line.token_at(i).text, line.lower_at(i + 1), line.token_at(i + 2).text
    joined = (line.is_hyphen(i + 1) or (mark == "/" and line.no_space_before(i + 1))) and line.no_space_before(i + 2)
    if len(year) != 4 or not joined or len(month) != 2 or not (year.isdigit() and month.isdigit()):
        return None
    if not 1 <= int(month) <= 12 or not 1000 <= int(year) <= 2100:
        return None
    day = line.token_at(i + 4).text
    if line.lower_at(i + 3) == mark and line.no_space_before(i + 3) and line.no_space_before(i + 4):
        point = make_valid_date(int(year), int(month), int(day)) if day.isdigit() and len(day) == 2 else None
        return TimeExpression(i, i + 5, point_to_range(point)) if point else None
    if mark == "/" or int(month) > int(year[2:]):
        return None
    return TimeExpression(i, i + 3, point_to_range(PartialDate(int(year), int(month))))


def parse_years(line: TokenLine, i: int) -> TimeExpression | None:
    """Parse `2020`, `2016-20`, `2013/14`, `the 1960s`."""
    if not is_year(line, i):
        return None
    year = int(line.token_at(i).text)
    if line.no_space_before(i + 1) and line.lower_at(i + 1) == "s":
        return TimeExpression(i, i + 2, DateRange(PartialDate(year), PartialDate(year + 9)) if year % 10 == 0 else None)
    if line.is_hyphen(i + 1) or (line.lower_at(i + 1) == "/" and line.no_space_before(i + 1)):
        end = line.token_at(i + 2)
        if end.text.isdigit() and len(end.text) in (2, 4):
            last = int(end.text) if len(end.text) == 4 else year - year % 100 + int(end.text)
            last += 100 if last < year and len(end.text) == 2 else 0
            if year < last <= 2150:
                return TimeExpression(i, i + 3, DateRange(PartialDate(year), PartialDate(last)))
    return TimeExpression(i, i + 1, point_to_range(PartialDate(year)))


def parse_era(line: TokenLine, i: int) -> TimeExpression | None:
    """Parse `221 BC`, `AD 376`, and the years of a dynasty in brackets: `(618-907)`."""
    if line.lower_at(i + 1) in _ERA_TAGS or (line.lower_at(i - 1) in _ERA_TAGS and line.token_at(i - 1).text.isupper()):
        return TimeExpression(i, i + 1, None)
    ends = line.token_at(i).text, line.token_at(i + 2).text
    if line.lower_at(i - 1) == "(" and line.is_hyphen(i + 1) and line.lower_at(i + 3) == ")":
        low, high = (int(end) if end.isdigit() and len(end) <= 4 else 0 for end in ends)
        if 100 <= low < high <= 2100:
            return TimeExpression(i, i + 3, DateRange(PartialDate(low), PartialDate(high)))
    return None


def parse_five_year_plan(line: TokenLine, i: int) -> TimeExpression | None:
    """Parse `14th Five-Year Plan (2021-25)`: the years in the brackets, or those that its number implies."""
    if line.lower_at(i + 1) not in ("th", "rd", "st", "nd") or line.lower_text(i + 2, i + 5) not in (
        "five year",
        "five year plan",
    ):
        return None
    j = i + 5
    if line.lower_at(j) == "plan":
        j += 1
    if line.lower_at(j) in ("period", "period's"):
        j += 1
    if line.lower_at(j) == "(":
        inner = parse_years(line, j + 1)
        if inner and line.lower_at(inner.last) == ")":
            return TimeExpression(i, inner.last + 1, inner.date_range)
    text = line.token_at(i).text
    return TimeExpression(i, j, five_year_plan_range(int(text)) if text.isdigit() and len(text) < 3 else None)
