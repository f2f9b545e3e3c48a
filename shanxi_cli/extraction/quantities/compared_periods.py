"""Periods of compared amounts: `against 97.5 in June`, `up from $1.95 a year ago`.

A compared amount has the time that is printed beside it, or the one that a shift makes of the time before; where the
text has neither, its time is not known.
"""

from bisect import bisect_left
from collections.abc import Sequence

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.date_ranges import DateRange, PartialDate
from shanxi_cli.extraction.quantities.numbers import SMALL_NUMBERS
from shanxi_cli.extraction.quantities.rates import TIME_SHIFTS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression

_MONTHS_BY_NOUN = {"year": 12, "years": 12, "quarter": 3, "quarters": 3, "month": 1, "months": 1, "decade": 120}
_FILLERS = frozenset("a an the of about around some nearly just only".split())


def _find_compared_period(
    line: TokenLine, amount: AmountCandidate, times: Sequence[TimeExpression], before: DateRange | None
) -> tuple[bool, DateRange | None]:
    """Return True and the period of an amount that is compared with another, (False, None) for any other.

    `times` are those of the sentence, `before` is the period of the amount that is compared with it.
    """
    months = _shift_after(line, amount.last)
    if months:
        return True, _shift_range(before, -months) if before else None
    cue = amount.first - 1
    while line.lower_at(cue) in _FILLERS:
        cue -= 1
    if _is_comparison_cue(line, cue):
        beside = next((t for t in times if 0 <= t.first - amount.last <= 1), None)
        joined = line.lower_at(amount.last) in ("in", "for", "on", "at")
        if beside is not None and (beside.first == amount.last or joined):
            return True, beside.date_range
    opening = [t for t in times if t.first <= amount.first <= t.last + 2 and _is_comparison_cue(line, t.first - 1)]
    if opening and (cue >= opening[0].first - 1 or _is_possessive(line, opening[0])):
        return True, opening[0].date_range
    return _is_comparison_cue(line, cue), None


def _is_possessive(line: TokenLine, time: TimeExpression) -> bool:
    return line.lower_at(time.last - 1).endswith(("'s", "’s"))


def _is_comparison_cue(line: TokenLine, k: int) -> bool:
    """Return True for `against`, `compared with`, `down from` and the like that end at token `k`."""
    word, previous = line.lower_at(k), line.lower_at(k - 1)
    if word in ("against", "versus"):
        return True
    if word in ("with", "to"):
        return previous in ("compared", "compares", "comparing")
    return word == "from" and previous in ("up", "down")


def _shift_after(line: TokenLine, j: int) -> int:
    """Return the months that `a year earlier` at token `j` goes back; 0 where no shift is printed there."""
    j += line.lower_at(j) in ("from", "in")
    if line.lower_text(j, j + 3) in ("the year before", "the previous year"):
        return 12
    if line.lower_text(j, j + 3) in ("the month before", "the previous month"):
        return 1
    if line.lower_at(j + 2) not in TIME_SHIFTS - {"later"}:
        return 0
    word = line.lower_at(j)
    count = (
        1
        if word in ("a", "one")
        else int(word)
        if word.isdigit() and len(word) < 3
        else int(SMALL_NUMBERS.get(word, 0))
    )
    return count * _MONTHS_BY_NOUN.get(line.lower_at(j + 1), 0)


def _shift_range(span: DateRange, months: int) -> DateRange | None:
    """Return the range so many months later; None where its precision does not allow it."""
    start = _shift_point(span.start, months)
    end = _shift_point(span.end, months) if span.end else None
    return DateRange(start, end) if start and (end or span.end is None) else None


def _shift_point(point: PartialDate, months: int) -> PartialDate | None:
    if not point.month:
        return PartialDate(point.year + months // 12) if months % 12 == 0 else None
    if point.day and months % 12:
        return None
    year, month = divmod(point.year * 12 + point.month - 1 + months, 12)
    return PartialDate(year, month + 1, 0 if point.day == 29 else point.day)


def compared_or(
    own: DateRange | None,
    line: TokenLine,
    amount: AmountCandidate,
    times: Sequence[TimeExpression],
    before: DateRange | None,
) -> DateRange | None:
    """Return the period of a compared amount, which only the times beside it can be, else its `own`."""
    near = bisect_left(times, amount.first, key=lambda time: time.first)
    beside = times[max(near - 1, 0) : near + 2]
    compared, its_time = _find_compared_period(line, amount, beside, before)
    return its_time if compared else own


def are_paired(line: TokenLine, times: Sequence[TimeExpression], amounts: Sequence[AmountCandidate]) -> bool:
    """Return True for `the January and December figures at 101 and 99 points`: each has the time of its place."""
    pair = line.lower_text(times[0].last, times[1].first) == line.lower_text(amounts[0].last, amounts[1].first) == "and"
    return pair and times[1].last <= amounts[0].first
