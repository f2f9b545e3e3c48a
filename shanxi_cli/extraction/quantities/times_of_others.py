"""Times that stand in the sentence of an amount but hold for another clause, another name or the report itself.

No period is better than a wrong one: `lost £3m, before opening a shop in 2009` tells nothing about the time of the £3m.
"""

from collections.abc import Sequence

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS
from shanxi_cli.extraction.quantities.time_roles import opens_clause
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.weekdays import WEEKDAY_STARTS, dates_speech
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression

_RELATIVE_PRONOUNS = frozenset("that which who".split())
_PRESENT_VERBS = frozenset("is are has have now".split())
_CLAUSE_LINKS = frozenset("before after following".split())
_DASHES = frozenset("- – — --".split())
_WINDOW_WORDS = frozenset("past last".split())
_WINDOW_UNITS = frozenset("years decades months weeks days".split())
_MAX_DATELINE_WORDS = 4
_MAX_BETWEEN_TOKENS = 40  # between a time and an amount of one sentence


def is_dateline(line: TokenLine, time: TimeExpression) -> bool:
    """Return True for the day of `HARBOUR CITY, Feb. 2 (Wire) -- ...` and `HARBOUR CITY, June 22. ...`."""
    k = time.first - 1
    if not 0 < k <= _MAX_DATELINE_WORDS or line.lower_at(k) != ",":
        return False
    if not all(line.token_at(n).text.isupper() or line.kind_at(n) == "mark" for n in range(k)):
        return False
    return line.lower_at(time.last) in ("(", ".") or line.lower_at(time.last) in _DASHES


def dates_report(line: TokenLine, time: TimeExpression) -> bool:
    """Return True for the date in brackets of `the council said on Sunday (March 27)`: the day of what was said."""
    day = time.first - 2
    return line.lower_at(time.first - 1) == "(" and line.lower_at(day) in WEEKDAY_STARTS and dates_speech(line, day)


def is_of_other_statement(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True where the words between a time and an amount part them into two statements."""
    if time.first >= amount.last:
        return _is_behind_other_verb(line, time, amount) or _is_of_listed_name(line, time, amount)
    return time.last <= amount.first and _is_before_other_clause(line, time, amount)


def _is_behind_other_verb(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True for `won 3 cups and returned to the north in 2009`, `3 tons, of which 1 ton is due in May`."""
    low = max(amount.last, time.first - _MAX_BETWEEN_TOKENS)
    return any(_opens_other_statement(line, k, time) for k in range(low, time.first))


def _opens_other_statement(line: TokenLine, k: int, time: TimeExpression) -> bool:
    word, following = line.lower_at(k), line.lower_at(k + 1)
    if word == "and":
        return following.endswith("ed") and not _has_number(line, k, time.first)
    if word == ",":
        joined = following in _CLAUSE_LINKS and line.lower_at(k + 2).endswith("ing")
        return joined or line.lower_text(k + 1, k + 3) == "of which"
    has = word in _RELATIVE_PRONOUNS and following in ("has", "have", "had")
    return has and k + 2 == time.first  # had 40 cows, which has this year fallen


def _is_of_listed_name(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True for `for two clubs, Leeds Rovers in 2004 and Hull Town in 2010`: each name has its own time."""
    k = time.first - 1
    if line.lower_at(k) not in ("in", "on"):
        return False
    k -= 1
    while line.is_capitalised(k) and k > amount.last:
        k -= 1
    named = k < time.first - 2 and line.lower_at(k) in (",", "and", ":")
    ends = line.lower_at(k) == "and" and line.kind_at(k - 1) == "numeral"
    goes_on = line.lower_at(time.last) in ("and", ",") and line.is_capitalised(time.last + 1)
    return named and (ends or goes_on) and k >= amount.last


def _is_before_other_clause(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True for `passed in April that cut rates by 3%`, and for the present behind a time of the past."""
    k = time.last
    if line.lower_at(k) in _RELATIVE_PRONOUNS and not _is_cleft(line, time):
        return line.lower_at(k + 1) not in STOP_WORDS or line.lower_at(k + 1) in _PRESENT_VERBS
    opens = opens_clause(line, time, next((s for s, e in line.bounds if s <= time.first < e), 0))
    for k in range(max(time.last, amount.first - _MAX_BETWEEN_TOKENS), amount.first):
        word, following = line.lower_at(k), line.lower_at(k + 1)
        if word in _RELATIVE_PRONOUNS and following in ("has", "have") and not opens:
            return True
        if word == ";" and k > time.last and not opens:
            return True
    return False


def _is_cleft(line: TokenLine, time: TimeExpression) -> bool:
    """Return True for `It was in April that sales rose 3%`."""
    return any(line.lower_at(k) in ("is", "was") for k in range(max(time.first - 3, 0), time.first))


def _has_number(line: TokenLine, first: int, last: int) -> bool:
    return any(line.kind_at(k) == "numeral" for k in range(first, last))


def is_span_of_years(line: TokenLine, time: TimeExpression) -> bool:
    """Return True for `the past five years`, `the last 18 months`: a span up to now, which no later sentence is of."""
    return line.lower_at(time.last - 1) in _WINDOW_UNITS and any(
        line.lower_at(k) in _WINDOW_WORDS for k in range(max(time.first - 1, 0), time.last)
    )


def is_level_beside_span(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True for the level of `fell to 4 million in the past five years`, and behind `, while` or a dash.

    The change took the years, the level is of their end.
    """
    if not is_span_of_years(line, time) and not (time.refers_back and line.lower_at(time.last - 1) == "period"):
        return False
    if is_span_of_years(line, time) and line.lower_at(amount.first - 1) == "to":
        return True
    low, high = min(time.last, amount.last), max(time.first, amount.first)
    between = [line.lower_at(k) for k in range(low, high)]
    return "while" in between or "now" in between


def sums_several_times(line: TokenLine, amount: AmountCandidate, here: Sequence[TimeExpression]) -> bool:
    """Return True for `3 tons in May and 4 tons in June, a total of 7 tons`: the sum is of no one of the times."""
    summed = line.lower_text(amount.first - 4, amount.first) == ", a total of"
    before = {time.date_range for time in here if time.last <= amount.first}
    return summed and len(before) > 1
