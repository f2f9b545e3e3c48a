"""Which of the times named in a paragraph a quantity speaks of.

A time that opens its clause (`In 2020, ...`) holds for what follows it; any other for the clause
it stands in, else for the nearest amount before it. A time that only dates an event (`founded in
2016`) or a comparison (`compared with 2016`) holds for neither. Changes and money in a sentence
without a time of its own go on with the time of the sentence before.
"""

from collections.abc import Sequence

from shanxi_cli.language.quantities.amounts import Amount
from shanxi_cli.language.quantities.calendar import Period
from shanxi_cli.language.quantities.spans import Point, Span, Today, whole
from shanxi_cli.language.quantities.words import Line
from shanxi_cli.model import Dimension

_EVENTS = frozenset(
    "founded established created opened launched built born listed started approved set initiated inaugurated formed"
    " incorporated begun unveiled introduced released".split()
)
_OPENING = frozenset("in during by since from over between for throughout as of the end early late mid - until to within".split())
_PRESENT = frozenset("is are can will has have may would could expected aims plans now currently".split())
_CARRIED = frozenset([Dimension.MONEY, Dimension.PERCENT, Dimension.POINTS, Dimension.TIMES])
_TIMELESS = frozenset([Dimension.AGE, Dimension.TEMPERATURE])


def periods(
    line: Line, amounts: Sequence[Amount], found: Sequence[Period], bounds: Sequence[tuple[int, int]], now: Today
) -> list[str]:
    """For each amount the EDTF date that it speaks of, or an empty string. `bounds` are the sentences, in pieces."""
    said = [""] * len(amounts)
    context: Span | None = None
    times = list(found)
    for start, end in bounds:
        here = [p for p in times if start <= p.first < end]
        inside = [n for n, a in enumerate(amounts) if start <= a.number < end]
        resolved = _resolved(line, here, context, now)
        holding = [p for p in resolved if not _is_basis(line, p, start)]
        for n in inside:
            said[n] = _of(line, amounts[n], holding, start, end, context)
        spans = [p.span for p in holding if p.span and not _dates_event(line, p, start)]
        context = spans[-1] if spans else context
    return said


def _resolved(line: Line, here: Sequence[Period], context: Span | None, now: Today) -> list[Period]:
    """The times of a sentence, those that point back (`that year`, `the period`) filled in."""
    done: list[Period] = []
    for period in here:
        if period.again:
            named = [p.span for p in done if p.span]
            period = period._replace(span=_again(line, period, named[-1] if named else context, now))
        done.append(period)
    return done


def _again(line: Line, period: Period, before: Span | None, now: Today) -> Span | None:
    word = line.low(period.last - 1)
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
    if line.phrase(i - 2, i) in ("period of", "period in") or line.low(i - 1) in ("period", "than"):
        return True
    near = line.phrase(max(i - 6, start), i).split()
    if near and near[-1] in ("from", "over", "on") and period.span and line.kind(i) == "numeral":
        return line.low(period.last) != "to" and period.span.start == period.span.end
    compares = any(word in ("compared", "against", "versus") or word == "than" for word in near)
    return compares and "," not in near


def _dates_event(line: Line, period: Period, start: int) -> bool:
    """`founded in 2016`: the verb of the event stands within three pieces before, and no `was` makes it the point."""
    near = [line.low(k) for k in range(max(period.first - 4, start), period.first)]
    return any(word in _EVENTS for word in near)


def _of(line: Line, amount: Amount, here: Sequence[Period], start: int, end: int, context: Span | None) -> str:
    if amount.unit and amount.unit.dimension in _TIMELESS or amount.adjective:
        return ""
    own = next((p for p in here if p.first <= amount.number < p.last), None)
    if own:
        return str(own.span) if own.span else ""
    if amount.unit and amount.unit.dimension is Dimension.DURATION:
        return ""
    chosen = _chosen(line, amount, here, start)
    if chosen:
        return str(chosen.span) if chosen.span else ""
    return str(context) if context and not here and _carries(line, amount, start, end) else ""


def _chosen(line: Line, amount: Amount, here: Sequence[Period], start: int) -> Period | None:
    """The time among those of the sentence that holds for the amount."""
    free = [p for p in here if not _dates_event(line, p, start) or _same_clause(line, p, amount)]
    if len(free) < 2:
        return free[0] if free and not _is_now(line, amount, free[0]) else None
    ahead = [p for p in free if p.first >= amount.last]
    behind = [p for p in free if p.last <= amount.first]
    if ahead and _same_clause(line, ahead[0], amount):
        if not (behind and _same_clause(line, behind[-1], amount) and _opens(line, behind[-1], start)):
            return ahead[0]
    if behind:
        return behind[-1]
    return ahead[0] if ahead else None


def _same_clause(line: Line, period: Period, amount: Amount) -> bool:
    low, high = (amount.last, period.first) if period.first >= amount.last else (period.last, amount.first)
    return not any(line.low(k) in (",", ";", ":", "and", "while") for k in range(low, high))


def _opens(line: Line, period: Period, start: int) -> bool:
    """True when the time begins its clause: only prepositions stand between it and a comma or the sentence's start."""
    k = period.first - 1
    while k >= start and line.low(k) in _OPENING:
        k -= 1
    return k < start or line.low(k) in (",", ";", "“", '"', "and", "while")


def _is_now(line: Line, amount: Amount, period: Period) -> bool:
    """`founded in 2010, it now has 300 workers`: what is so now does not belong to the time before."""
    return period.last <= amount.first and any(
        line.low(k) in ("now", "currently", "today") for k in range(max(amount.first - 4, period.last), amount.first)
    )


def _carries(line: Line, amount: Amount, start: int, end: int) -> bool:
    """True when a sentence without a time goes on with the one before: money and shares, in the past tense."""
    if amount.unit is None or amount.unit.dimension not in _CARRIED:
        return False
    return not any(line.low(k) in _PRESENT for k in range(start, end))
