"""Periods of compared amounts: `against 97.5 in June`, `up from $1.95 a year ago`.

A compared amount has the time that is printed beside it, or the one that a shift makes of the time before; where the
text has neither, its time is not known.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.date_ranges import DateRange, PartialDate
from shanxi_cli.extraction.quantities.numbers import SMALL_NUMBERS
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression

_MONTHS_BY_NOUN = {"year": 12, "years": 12, "quarter": 3, "quarters": 3, "month": 1, "months": 1, "decade": 120}
_MAX_CHANGE_TOKENS = 16  # tokens from a change to its second end
_FILLERS = frozenset("a an the of about around some nearly just only".split())


def _is_small_count(line: TokenLine, k: int) -> bool:
    word = line.lower_at(k)
    return word in ("a", "one") or (word.isdigit() and len(word) < 3) or word in SMALL_NUMBERS


def _is_plain(line: TokenLine, k: int) -> bool:
    """Return True for a word or number that can stand in `the 46-year low`, `its previous all-time high`."""
    return line.kind_at(k) in ("word", "numeral") and line.lower_at(k) not in STOP_WORDS


CUE_RULES = (
    TokenRule("against", "against|versus|vs", None, ("In May it was 61.5 against 58.25 in April.",)),
    TokenRule("compared with", "compared|compares|comparing|compare with|to", None,
              ("In May it made £40m, compared with £35m in April.",)),
    TokenRule("than", "than", None, ("In the third quarter it grew 7.4 percent, slower than the 7.6 percent before.",)),
    TokenRule("up from", "up|down|increase|decrease|rise|fall|improvement from", None,
              ("In May it was $2.2bn, down from $2.9bn in April.",)),
    TokenRule("up from the peak", "up|down|rebound|recovery? from the|a|an|its|their {mark}* {extreme}", None,
              ("In May it was 9 percent, down from the March high of 12 percent.",)),
)  # fmt: skip
"""Words right before an amount that another is compared with."""
SAME_PERIOD_RULE = "the same period last year"
SHIFT_RULES = (
    TokenRule(SAME_PERIOD_RULE,
              "{report}? in|for|during|of|at? the|a? same|corresponding|comparable|equivalent|like {part}"
              " of|in|a|the* {before} {year}+; {report}? in|for|during? the? year ago|earlier {part};"
              " {report}? in|for|during the? same|corresponding|comparable|equivalent {part} a year"
              " earlier|ago|before|previously",
              12,
              ("In the first half of 2019 it made £40m, against £35m in the same period last year.",
               "In May 2020 it sold 300 tonnes, compared with 280 tonnes in the year-ago period.",
               "In May 2020 it sold 30 tonnes, up from 28 tonnes in the corresponding month of the previous year."),
              ("Sales of £35m rose in the same month.",)),
    TokenRule("the year before", "in? the year before|earlier; in? the previous year", 12,
              ("In 2019 it made £40m, against £35m the year before.",), ("It made £40m the year it opened.",)),
    TokenRule("the month before", "in? the month before|earlier; in? the previous month", 1,
              ("In May it made £40m, against £35m the month before.",)),
    TokenRule("the quarter before", "in? the quarter before|earlier; in? the previous quarter", 3),
    TokenRule("a year earlier", "in? count={count} unit={time} earlier|ago|before|previously", None,
              ("In 2019 it made £40m, against £35m a year earlier.", "In May a ride cost $3, up from $2 a year ago."),
              ("In 2019 sales rose 4 percent from a year earlier.",)),
)  # fmt: skip
"""Times right behind a compared amount: the months that they go back from the time of the amount before."""
CUE_TABLE = RuleTable(
    CUE_RULES,
    {"mark": _is_plain, "extreme": frozenset("high low peak trough average record mean bottom".split())},
    backwards=True,
)
SHIFT_TABLE = RuleTable(
    SHIFT_RULES,
    {
        "count": _is_small_count,
        "time": frozenset(_MONTHS_BY_NOUN),
        "report": frozenset("reported posted recorded earned registered logged made seen sold booked achieved".split()),
        "part": frozenset("period quarter month half week weeks months season".split()),
        "before": frozenset("last previous prior preceding".split()),
        "year": frozenset("year fiscal financial year's year’s".split()),
    },
)
TIMES_BESIDE_RULE = "time beside the compared amount"
UNKNOWN_RULE = "compared amount without a time"
PRIOR_RULE = "prior period of the compared amount"
SpanMatch: TypeAlias = tuple[str, DateRange | None]
"""The name of a rule and the period that it gave."""
_COMPARED_RULES = frozenset([TIMES_BESIDE_RULE, PRIOR_RULE, *(rule.name for rule in SHIFT_RULES)])
_MAX_NOUN_TOKENS = 7  # tokens of the noun between a time and the compared amount: 1985's profit of
_OR_LINKS = frozenset(["or", "per share or", "a share or", ", or"])


def _find_compared_period(
    line: TokenLine,
    amount: AmountCandidate,
    times: Sequence[TimeExpression],
    before: DateRange | None,
    carried: DateRange | None,
) -> SpanMatch:
    """Return the rule and the period of an amount that is compared with another, ("", None) for any other.

    `times` are those of the sentence, `before` is the period of the amount that is compared with it, `carried` the time
    of the sentences before.
    """
    months, rule = _shift_after(line, amount.last)
    if months:
        base = before or (carried if rule == SAME_PERIOD_RULE else None)
        return rule, _shift_range(base, -months) if base else None
    cue = amount.first - 1
    while line.lower_at(cue) in _FILLERS:
        cue -= 1
    compared = CUE_TABLE.match_before(line, cue + 1)
    if compared:
        beside = next((t for t in times if 0 <= t.first - amount.last <= 1), None)
        joined = line.lower_at(amount.last) in ("in", "for", "on", "at")
        if beside is not None and (beside.first == amount.last or joined):
            return TIMES_BESIDE_RULE, beside.date_range
    if months := _months_of_prior(line, amount):
        return PRIOR_RULE, _shift_range(before, -months) if before else None
    opening = [t for t in times if t.first <= amount.first <= t.last + _reach(line, t) and _is_after_cue(line, t.first)]
    opening = opening or [t for t in times if _is_of_noun_with_time(line, t, amount)]
    near = opening and (cue >= opening[0].first - 1 or _is_possessive(line, opening[0]))
    if near or (opening and line.lower_at(amount.first - 1) == "of"):
        return TIMES_BESIDE_RULE, opening[0].date_range
    return UNKNOWN_RULE if compared else "", None


def _is_after_cue(line: TokenLine, k: int) -> bool:
    """Return True where only an article stands between token `k` and a word of comparison."""
    k -= line.lower_at(k - 1) in ("the", "its", "their")
    return CUE_TABLE.match_before(line, k) is not None or line.lower_at(k - 1) == "from"


def _reach(line: TokenLine, time: TimeExpression) -> int:
    """Return how many tokens behind a time its amount begins: `1985's pre-tax profit of 177 mln`."""
    return 6 if _is_possessive(line, time) else 4 if line.lower_at(time.last + 2) == "of" else 2


def _is_of_noun_with_time(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True for `compared with 1985 fourth quarter results of $4 million`, with the time behind the cue."""
    gap = range(time.last, amount.first - 1)
    if line.lower_at(amount.first - 1) != "of" or not 0 < len(gap) <= _MAX_NOUN_TOKENS:
        return False
    plain = all(line.kind_at(k) == "word" or line.lower_at(k) in "'’-" for k in gap)
    k = time.first - (line.lower_at(time.first - 1) in ("a", "the", "its"))
    return plain and CUE_TABLE.match_before(line, k) is not None


def _months_of_prior(line: TokenLine, amount: AmountCandidate) -> int:
    """Return the months that `the prior year's` goes back, right before a compared amount or its noun; 0 for none."""
    of = line.lower_at(amount.first - 1) == "of"
    for k in range(amount.first - 1, amount.first - 1 - (_MAX_NOUN_TOKENS if of else 1), -1):
        noun = line.lower_at(k).removesuffix("'s").removesuffix("’s")
        if noun in ("year", "quarter", "month") and line.lower_at(k - 1) in ("prior", "previous", "preceding"):
            first = k - 1 - (line.lower_at(k - 2) == "the")
            return _MONTHS_BY_NOUN[noun] if CUE_TABLE.match_before(line, first) else 0
    return 0


def is_joined_by_or(line: TokenLine, previous: AmountCandidate, amount: AmountCandidate) -> bool:
    """Return True for the second of `106 mln or 1.64 dlrs per share`, the same thing in another measure."""
    gap = amount.first - previous.last
    return 0 < gap <= 4 and line.lower_text(previous.last, amount.first) in _OR_LINKS


def is_base_of_change(line: TokenLine, previous: AmountCandidate, amount: AmountCandidate) -> bool:
    """Return True for the second of `rose to $80 million from $70 million`."""
    beside = amount.first - previous.last == 1 and line.lower_at(amount.first - 1) == "from"
    return beside and line.lower_at(previous.first - 1) == "to"


def find_compared_span(read: Sequence[SpanMatch]) -> DateRange | None:
    """Return the period of the last amount of a sentence that another was compared with; None for none."""
    return next((span for rule, span in reversed(read) if rule in _COMPARED_RULES), None)


def _is_possessive(line: TokenLine, time: TimeExpression) -> bool:
    return line.lower_at(time.last - 1).endswith(("'s", "’s")) or (
        line.lower_at(time.last) in ("'", "’") and line.lower_at(time.last + 1) == "s"
    )


def _shift_after(line: TokenLine, j: int) -> tuple[int, str]:
    """Return the months that `a year earlier` at token `j` goes back, and the rule; (0, "") where none is printed."""
    found = SHIFT_TABLE.match_at(line, j)
    if found is None:
        return 0, ""
    if found.rule.gives:
        return found.rule.gives, found.rule.name
    word = line.lower_at(found.captures["count"][0])
    count = 1 if word == "a" else int(word) if word.isdigit() else int(SMALL_NUMBERS[word])
    return count * _MONTHS_BY_NOUN[line.lower_at(found.captures["unit"][0])], found.rule.name


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
    own: SpanMatch,
    line: TokenLine,
    amount: AmountCandidate,
    times: Sequence[TimeExpression],
    before: DateRange | None,
    carried: DateRange | None,
) -> SpanMatch:
    """Return the rule and period of a compared amount, which only the times beside it can be, else its `own`."""
    near = bisect_left(times, amount.first, key=lambda time: time.first)
    beside = times[max(near - 1, 0) : near + 2]
    rule, its_time = _find_compared_period(line, amount, beside, before, carried)
    return (rule, its_time) if rule else own


def are_paired(line: TokenLine, times: Sequence[TimeExpression], amounts: Sequence[AmountCandidate]) -> bool:
    """Return True for `the January and December figures at 101 and 99 points`: each has the time of its place."""
    pair = line.lower_text(times[0].last, times[1].first) == line.lower_text(amounts[0].last, amounts[1].first) == "and"
    return pair and times[1].last <= amounts[0].first


def changes_between_times(
    line: TokenLine, amounts: Sequence[AmountCandidate], times: Sequence[TimeExpression]
) -> Iterator[tuple[int, DateRange]]:
    """Give the place and range of each change of `grew by 42 crore - from 79 crore in 2009 to 121 crore in 2011`."""
    for k in range(len(amounts) - 2):
        change, low, high = amounts[k : k + 3]
        if high.first - change.last > _MAX_CHANGE_TOKENS:
            continue
        first = next((t for t in times if low.last <= t.first <= low.last + 1), None)
        last = next((t for t in times if high.last <= t.first <= high.last + 1), None)
        if first is None or last is None or line.lower_at(low.first - 1) != "from":
            continue
        if line.lower_text(first.last, high.first) != "to" or low.first - change.last > 2:
            continue
        if first.date_range and last.date_range and first.date_range.start < last.date_range.start:
            yield k, DateRange(first.date_range.start, last.date_range.end)
