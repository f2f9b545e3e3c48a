"""Time period of each quantity, resolved among the times that a paragraph names.

A time that opens its clause (`In 2020, ...`) holds for what follows it; any other for its clause, else for the nearest
amount before it. A time that only dates an event (`founded in 2016`) or a comparison (`compared with 2016`) holds for
neither. Changes and money in a sentence without a time continue with the time of the sentence before; so do statistics
(exports, output, GDP) where that sentence is in one of the two paragraphs before.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from shanxi_cli.extraction.quantities.back_references import PeriodContext, resolve_back_references
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.compared_periods import (
    UNKNOWN_RULE,
    SpanMatch,
    are_paired,
    changes_between_times,
    compared_or,
    find_compared_span,
    is_base_of_change,
    is_joined_by_or,
)
from shanxi_cli.extraction.quantities.continued_periods import (
    MIN_NOUN_LETTERS,
    continues_with_same_thing,
    span_until_later,
)
from shanxi_cli.extraction.quantities.date_ranges import (
    DateRange,
    PublicationDate,
)
from shanxi_cli.extraction.quantities.relative_clauses import dates_clause_of_since, is_of_other_clause
from shanxi_cli.extraction.quantities.time_roles import (
    TENSE_WINDOW,
    belongs_to_comparison_base,
    dates_event_with_object,
    dates_noun,
    find_year_of_noun,
    is_after_semicolon,
    is_comparison_basis,
    is_day_of_other_clause,
    is_deadline_of_other,
    is_event_date,
    is_in_clause_behind,
    is_mean_of_several,
    is_present_state,
    is_same_clause,
    names_event,
    opens_clause,
)
from shanxi_cli.extraction.quantities.times_of_others import (
    dates_report,
    is_dateline,
    is_level_beside_span,
    is_of_other_statement,
    is_span_of_years,
    sums_several_times,
)
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.lexicon import load_terms

_PRESENT_TENSE_CUES = frozenset("is are can will has have may would could expected aims plans now currently".split())
_CARRIED_DIMENSIONS = frozenset([Dimension.MONEY, Dimension.PERCENT, Dimension.POINTS, Dimension.TIMES])
_AHEAD_CUES = frozenset("will would set expected expects forecast plans planned due could may next".split())
_HABIT_CUES = frozenset("annually yearly monthly daily".split())  # no time of its own
_OWN_TIME_CUES = frozenset("recent recently stock stocks shares trading premarket consecutive straight".split())
_STATISTICS_NOUNS = load_terms("extraction/statistics_nouns")
_MAX_CANDIDATE_TIMES = 3  # times on either side of an amount that may be its own
_CLAUSE_MARKS = frozenset(",;:()")


class PeriodMatch(NamedTuple):
    """The EDTF date of an amount, empty for none, and the name of the rule that told it."""

    period: str
    rule: str = ""


def resolve_periods(
    line: TokenLine,
    amounts: Sequence[AmountCandidate],
    expressions: Sequence[TimeExpression],
    bounds: Sequence[tuple[int, int]],
    now: PublicationDate,
    context: PeriodContext,
) -> tuple[list[PeriodMatch], PeriodContext]:
    """Return the EDTF date of each amount with its rule, and the context for what follows.

    `bounds` are the sentences in order, in tokens, half-open; `context` comes from the paragraph before.
    """
    periods: list[PeriodMatch] = []
    n = p = 0
    for start, end in bounds:
        here: list[TimeExpression] = []
        while p < len(expressions) and expressions[p].first < end:
            here.append(expressions[p])
            p += 1
        resolved = resolve_back_references(line, here, context, now)
        holding = [time for time in resolved if not _dates_no_amount(line, time, start)]
        first_here = n
        while n < len(amounts) and amounts[n].number_start < end:
            n += 1
        read = _periods_of_sentence(line, amounts[first_here:n], resolved, holding, (start, end), context)
        periods += [PeriodMatch(str(span or ""), rule) for rule, span in read]
        if n - first_here == len(holding) == 2 and are_paired(line, holding, amounts[first_here:n]):
            periods[-2:] = [PeriodMatch(str(time.date_range or ""), "times in the same order") for time in holding]
        for k, span in changes_between_times(line, amounts[first_here:n], resolved):
            periods[first_here + k] = PeriodMatch(str(span), "times of both ends of the change")
        context = _context_after(line, holding, start, now, context)
        context = context._replace(compared=find_compared_span(read) or (context.compared if not holding else None))
    return periods, context


def _dates_no_amount(line: TokenLine, time: TimeExpression, start: int) -> bool:
    """Return True for a time that a comparison or an event alone has."""
    if is_dateline(line, time) or dates_report(line, time):
        return True
    return is_comparison_basis(line, time, start) or names_event(line, time) or dates_clause_of_since(line, time, start)


def _periods_of_sentence(
    line: TokenLine,
    amounts: Sequence[AmountCandidate],
    resolved: Sequence[TimeExpression],
    holding: Sequence[TimeExpression],
    sentence: tuple[int, int],
    context: PeriodContext,
) -> list[SpanMatch]:
    """Return the rule and the period of each of the amounts of a sentence."""
    firsts = [time.first for time in holding]
    carried = PeriodContext() if holding else context
    kept = None if context.is_ahead else context.date_range
    before: DateRange | None = None
    read: list[SpanMatch] = []
    for n, amount in enumerate(amounts):
        previous = amounts[n - 1] if n else None
        if previous and is_joined_by_or(line, previous, amount):
            read.append(read[-1])
            continue
        near = bisect_left(firsts, amount.number_start)
        beside = holding[max(near - _MAX_CANDIDATE_TIMES, 0) : near + _MAX_CANDIDATE_TIMES]
        mine = [time for time in beside if not belongs_to_comparison_base(line, time, amounts, n)]
        own = _period_of_amount(line, amount, mine, sentence, carried)
        if previous and own[1] and own[1] == carried.date_range and is_base_of_change(line, previous, amount):
            own = UNKNOWN_RULE, carried.compared
        read.append(compared_or(own, line, amount, resolved, before, kept))
        before = read[-1][1] or before
    return read


def _context_after(
    line: TokenLine, holding: Sequence[TimeExpression], start: int, now: PublicationDate, context: PeriodContext
) -> PeriodContext:
    """Return the context that a sentence leaves: its last time that dates no event, else the one before."""
    times = [time for time in holding if time.date_range and not is_event_date(line, time, start)]
    times = [
        time
        for time in times
        if not (time.is_weekday or _is_day_ahead(time.date_range, now) or dates_event_with_object(line, time, start))
    ]
    spans = [time.date_range for time in times if time.date_range]
    end = next((stop for begin, stop in line.bounds if begin == start), len(line))
    named = next((t.date_range for t in reversed(holding) if t.date_range and not t.is_weekday), None)
    if named:
        words = frozenset(word for word in line.lower_words[start:end] if len(word) >= MIN_NOUN_LETTERS)
        context = context._replace(named=named, words=words)
    if not spans:
        return context
    ahead = any(_is_after_publication(span, now) for span in spans) or _looks_ahead(line, times[-1], now)
    is_span = is_span_of_years(line, times[-1])
    return PeriodContext(spans[-1], is_ahead=ahead, named=context.named, words=context.words, is_span=is_span)


def _looks_ahead(line: TokenLine, time: TimeExpression, now: PublicationDate) -> bool:
    """Return True for `looks set to grow in 2005` in an article whose date is not known."""
    return not now.year and any(
        line.lower_at(k) in _AHEAD_CUES for k in range(max(time.first - TENSE_WINDOW, 0), time.first)
    )


def _is_day_ahead(span: DateRange | None, now: PublicationDate) -> bool:
    """Return True for a day still to come, which dates an event of its own sentence alone."""
    return span is not None and bool(now.month and span.start.day) and span.start[:2] > (now.year, now.month)


def _is_after_publication(span: DateRange, now: PublicationDate) -> bool:
    """Return True for a time still to come: an amount of a later sentence that names no time is none of it."""
    return bool(now.year) and span.start.year > now.year


def _period_of_amount(
    line: TokenLine,
    amount: AmountCandidate,
    here: Sequence[TimeExpression],
    sentence: tuple[int, int],
    context: PeriodContext,
) -> tuple[str, DateRange | None]:
    """Return the rule and the period of an amount: its own, the one of its sentence, else the carried one."""
    if amount.is_adjectival or (amount.unit and amount.unit.dimension is Dimension.AGE):
        return "", None
    if amount.unit and amount.unit.dimension is Dimension.TEMPERATURE:
        here, context = [time for time in here if _is_without_marks(line, time, amount)], PeriodContext()
    own = next((p for p in here if p.first <= amount.number_start < p.last), None)
    if own and own.dates_from(line) < own.last:
        return "", None  # six months to 30 June
    if own:
        return "time of the number itself", own.date_range
    if amount.unit and amount.unit.dimension is Dimension.DURATION:
        span = span_until_later(line, amount, context)
        return ("years from the time before" if span else "", span)
    chosen = _choose_time_expression(line, amount, here, sentence[0])
    if chosen:
        return f"time in the sentence: {line.printed_text(chosen.first, chosen.last)}", chosen.date_range
    carried = (
        context.date_range
        and not context.is_ahead
        and (not context.is_span or line.lower_at(sentence[0]) in ("this", "that"))
        and not (context.date_range.start.day and context.date_range.start == context.date_range.end)
        and _carries_earlier_period(line, amount, sentence, context.paragraphs_ago)
    )
    if carried:
        return "time carried from before", context.date_range
    same = context.named and not context.is_ahead and continues_with_same_thing(line, sentence[0], context)
    return ("time of the thing named before", context.named) if same else ("", None)


def _is_without_marks(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    low, high = min(time.last, amount.last), max(time.first, amount.first)
    return all(line.lower_at(k) not in _CLAUSE_MARKS for k in range(low, high))


def _choose_time_expression(
    line: TokenLine, amount: AmountCandidate, here: Sequence[TimeExpression], start: int
) -> TimeExpression | None:
    """Return the time of the sentence that holds for the amount, or None."""
    if inside := find_year_of_noun(line, amount, here):
        return inside
    if is_mean_of_several(line, amount, here) or sums_several_times(line, amount, here):
        return None
    free = [
        p
        for p in here
        if (not is_event_date(line, p, start) or is_same_clause(line, p, amount))
        and not is_deadline_of_other(line, p, amount)
        and not is_of_other_clause(line, p, amount)
        and not is_in_clause_behind(line, p, amount)
        and not is_day_of_other_clause(line, amount, p)
        and not is_of_other_statement(line, p, amount)
        and not is_level_beside_span(line, p, amount)
    ]
    if len(free) < 2:
        return (
            free[0]
            if free and not is_present_state(line, amount, free[0]) and not is_after_semicolon(line, amount, free[0])
            else None
        )
    ahead = [p for p in free if p.first >= amount.last]
    behind = [p for p in free if p.last <= amount.first]
    opened = (
        bool(behind)
        and is_same_clause(line, behind[-1], amount)
        and opens_clause(line, behind[-1], start)
        and not dates_noun(line, behind[-1])
    )
    if ahead and not opened and is_same_clause(line, ahead[0], amount):
        return ahead[0]
    if behind:
        return behind[-1]
    return ahead[0] if ahead else None


def _carries_earlier_period(
    line: TokenLine, amount: AmountCandidate, sentence: tuple[int, int], paragraphs_ago: int
) -> bool:
    """Return True when a sentence without a time continues with an earlier one.

    It does for money and shares in the past tense.
    """
    if amount.unit is None or amount.unit.dimension not in _CARRIED_DIMENSIONS:
        return False
    start, end = sentence
    if is_mean_of_several(line, amount, ()):
        return False
    near = range(max(start, amount.first - TENSE_WINDOW), min(end, amount.last + TENSE_WINDOW))
    words = {line.lower_at(k) for k in near}
    if not words.isdisjoint(_OWN_TIME_CUES | _HABIT_CUES):
        return False
    if paragraphs_ago and all(line.lower_at(k) not in _STATISTICS_NOUNS for k in range(start, end)):
        return False
    return line.lower_at(start) in ("this", "that") or words.isdisjoint(_PRESENT_TENSE_CUES)
