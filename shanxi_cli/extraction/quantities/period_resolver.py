"""Which of the times named in a paragraph a quantity speaks of.

A time that opens its clause (`In 2020, ...`) holds for what follows it; any other for the clause
it stands in, else for the nearest amount before it. A time that only dates an event (`founded in
2016`) or a comparison (`compared with 2016`) holds for neither. Changes and money in a sentence
without a time of its own go on with the time of the sentence before; so do statistics (exports,
output, GDP) where that sentence stands in one of the two paragraphs before.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from shanxi_cli.extraction.quantities.candidates import Amount
from shanxi_cli.extraction.quantities.date_ranges import Point, Span, Today, until_now, whole
from shanxi_cli.extraction.quantities.token_line import Line
from shanxi_cli.extraction.quantities.year_expressions import Period
from shanxi_cli.model.nouns import Dimension

_COMPARING = frozenset(["compared", "against", "versus", "than"])
_EVENTS = frozenset(
    "founded established created opened launched built born listed started approved set initiated inaugurated formed"
    " incorporated begun unveiled introduced released".split()
)
_OPENING = frozenset(
    "in during by since from over between for throughout as of the end early late mid - until to within".split()
)
_PRESENT = frozenset("is are can will has have may would could expected aims plans now currently".split())
_CARRIED = frozenset([Dimension.MONEY, Dimension.PERCENT, Dimension.POINTS, Dimension.TIMES])
_STATISTICS = frozenset(
    """
    export exports import imports trade output gdp revenue revenues sales volume value investment turnover production
    profit profits income expenditure spending consumption industry exported imported economy shipments
    """.split()
)
_BESIDE = 3  # times on either side of an amount that may be its own
_NEAR = 25  # pieces on either side that tell the tense
_LASTING = 2  # paragraphs without a time of their own
_TIMELESS = frozenset([Dimension.AGE, Dimension.TEMPERATURE])


class Context(NamedTuple):
    """The time named last, and how many paragraphs ago (0: in this one)."""

    span: Span | None = None
    age: int = 0

    def older(self) -> "Context":
        """The context for the next paragraph: a time is forgotten after two that name none."""
        return Context(self.span, self.age + 1) if self.span and self.age < _LASTING else Context()


def periods(
    line: Line,
    amounts: Sequence[Amount],
    found: Sequence[Period],
    bounds: Sequence[tuple[int, int]],
    now: Today,
    context: Context,
) -> tuple[list[str], Context]:
    """For each amount the EDTF date that it speaks of, or an empty string; and the context that they leave behind.

    `bounds` are the sentences, in pieces, in order; `context` comes from the paragraph before.
    """
    said: list[str] = []
    n = p = 0
    for start, end in bounds:
        here: list[Period] = []
        while p < len(found) and found[p].first < end:
            here.append(found[p])
            p += 1
        resolved = _resolved(line, here, context.span, now)
        holding = [time for time in resolved if not _is_basis(line, time, start)]
        firsts = [time.first for time in holding]
        while n < len(amounts) and amounts[n].number < end:
            near = bisect_left(firsts, amounts[n].number)
            beside = holding[max(near - _BESIDE, 0) : near + _BESIDE]
            mine = [time for time in beside if not _is_anothers(line, time, amounts, n)]
            said.append(_of(line, amounts[n], mine, start, end, context, bool(holding)))
            n += 1
        spans = [time.span for time in holding if time.span and not _dates_event(line, time, start)]
        context = Context(spans[-1]) if spans else context
    return said, context


def _is_anothers(line: Line, time: Period, amounts: Sequence[Amount], n: int) -> bool:
    """`up from 6,200 kg in 2019`: the time of the base belongs to no amount but the base."""
    for k in (n - 1, n + 1, n + 2):
        if 0 <= k < len(amounts) and k != n:
            other = amounts[k]
            if 0 <= time.first - other.last <= 2 and line.low(other.first - 1) == "from":
                return True
    return False


def _resolved(line: Line, here: Sequence[Period], context: Span | None, now: Today) -> list[Period]:
    """The times of a sentence, those that point back (`that year`, `the period`) filled in."""
    done: list[Period] = []
    plain = any(not period.again for period in here)
    for period in here:
        if period.again:
            period = period._replace(span=_again(line, period, context, now))
            if period.span is None and not period.counts and plain:
                continue  # the period from 2013 to 2021
        done.append(period)
        context = period.span or context
    return done


def _again(line: Line, period: Period, before: Span | None, now: Today) -> Span | None:
    word = line.low(period.last - 1)
    if word == "then":
        return until_now(before.start, now) if before else None
    if word == "year":
        if line.low(period.first - 1) in ("of", "whole", "full") and line.low(period.first) == "the":
            return whole(Point(now.year)) if now.year else None
        return whole(Point(before.start.year)) if before else None
    return before


def _is_basis(line: Line, period: Period, start: int) -> bool:
    """`compared with 2016`, `on the same period of last year`, `up 3.5 times on that of 2015`."""
    i = period.first
    if line.low(period.last - 1) == "period" and "same" in line.phrase(i, period.last):
        return line.low(i - 1) in ("on", "from", "than", "over", "with", "to", "against", "in")
    if line.phrase(i - 2, i) in ("period of", "period in", "that of", "those of", "level of", "levels of") or line.low(
        i - 1
    ) in ("period", "than"):
        return True
    near = line.phrase(max(i - 6, start), i).split()
    if near and near[-1] in ("from", "over", "on") and period.span and line.kind(i) == "numeral":
        return line.low(period.last) != "to" and period.span.start == period.span.end
    if near[-2:] == ["as", "in"]:
        return True
    if near[-1:] in (["from"], ["on"]) and line.phrase(i, period.last) in ("last year", "last month"):
        return True
    compared = max((n for n, word in enumerate(near) if word in _COMPARING), default=-1)
    return compared >= 0 and "," not in near[compared:]


def _dates_event(line: Line, period: Period, start: int) -> bool:
    """`founded in 2016`: the verb of the event stands within three pieces before, and no `was` makes it the point."""
    near = [line.low(k) for k in range(max(period.first - 4, start), period.first)]
    return any(word in _EVENTS for word in near)


def _of(line: Line, amount: Amount, here: Sequence[Period], start: int, end: int, context: Context, named: bool) -> str:
    if (amount.unit and amount.unit.dimension in _TIMELESS) or amount.adjective:
        return ""
    own = next((p for p in here if p.first <= amount.number < p.last), None)
    if own:
        return str(own.span) if own.span else ""
    if amount.unit and amount.unit.dimension is Dimension.DURATION:
        return ""
    chosen = _chosen(line, amount, here, start)
    if chosen:
        return str(chosen.span) if chosen.span else ""
    return str(context.span) if context.span and not named and _carries(line, amount, start, end, context.age) else ""


def _chosen(line: Line, amount: Amount, here: Sequence[Period], start: int) -> Period | None:
    """The time among those of the sentence that holds for the amount."""
    free = [p for p in here if not _dates_event(line, p, start) or _same_clause(line, p, amount)]
    if len(free) < 2:
        return (
            free[0] if free and not _is_now(line, amount, free[0]) and not _after_stop(line, amount, free[0]) else None
        )
    ahead = [p for p in free if p.first >= amount.last]
    behind = [p for p in free if p.last <= amount.first]
    opened = bool(behind) and _same_clause(line, behind[-1], amount) and _opens(line, behind[-1], start)
    if ahead and not opened and _same_clause(line, ahead[0], amount):
        return ahead[0]
    if behind:
        return behind[-1]
    return ahead[0] if ahead else None


def _after_stop(line: Line, amount: Amount, period: Period) -> bool:
    """True when a semicolon parts an amount from the time after it."""
    return any(line.low(k) == ";" for k in range(amount.last, min(period.first, amount.last + _NEAR)))


def _same_clause(line: Line, period: Period, amount: Amount) -> bool:
    low, high = (amount.last, period.first) if period.first >= amount.last else (period.last, amount.first)
    return high - low < _NEAR and not any(line.low(k) in (",", ";", ":", "and", "while") for k in range(low, high))


def _opens(line: Line, period: Period, start: int) -> bool:
    """True when the time begins its clause: only prepositions stand between it and a comma or the sentence's start."""
    k = period.first - 1
    while k >= max(start, period.first - 6) and line.low(k) in _OPENING:
        k -= 1
    return k < start or line.low(k) in (",", ";", "“", '"', "and", "while")


def _is_now(line: Line, amount: Amount, period: Period) -> bool:
    """`founded in 2010, it now has 300 workers`: what is so now does not belong to the time before."""
    return period.last <= amount.first and any(
        line.low(k) in ("now", "currently", "today") for k in range(max(amount.first - 4, period.last), amount.first)
    )


def _carries(line: Line, amount: Amount, start: int, end: int, age: int) -> bool:
    """True when a sentence without a time goes on with an earlier one: money and shares, in the past tense."""
    if amount.unit is None or amount.unit.dimension not in _CARRIED:
        return False
    near = range(max(start, amount.first - _NEAR), min(end, amount.last + _NEAR))
    words = {line.low(k) for k in near}
    if age and words.isdisjoint(_STATISTICS):
        return False
    return line.low(start) in ("this", "that") or words.isdisjoint(_PRESENT)
