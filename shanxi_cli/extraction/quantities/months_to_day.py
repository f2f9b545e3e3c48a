"""Months that a day or month ends: `the three months to 31 December`, `the year ended March 2011`."""

from shanxi_cli.extraction.quantities.date_ranges import DateRange, PartialDate
from shanxi_cli.extraction.quantities.numbers import SMALL_NUMBERS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression

_MIN_LAST_DAY = 28  # the earliest day that ends a month


def extend_over_months_before(line: TokenLine, time: TimeExpression) -> TimeExpression:
    """Return the months of `three months to 31 December`, `the year ended March 2011`; any other time as it is."""
    span, k = time.date_range, time.first - 1
    if span is None or span.end is None or not span.end.month or 0 < span.end.day < _MIN_LAST_DAY:
        return time
    if span.start != span.end and line.lower_at(time.last - 1) != "quarter":
        return time
    k -= line.lower_at(k) in ("the", "last", "this")
    if line.lower_text(k - 2, k + 1) == "the end of" or (line.lower_at(k - 1) == "end" and line.is_hyphen(k)):
        k -= 3 if line.lower_at(k) == "of" else 2
    k -= line.lower_at(k) == "on"
    if line.lower_at(k) not in ("to", "ended", "ending", "through", "until", "till"):
        return time
    k -= 1
    noun = line.lower_at(k)
    k -= noun == "period"
    noun = line.lower_at(k)
    count, first = {"year": 12, "quarter": 3, "half": 6, "fortnight": 0}.get(noun, 0), k
    if noun in ("month", "months"):
        before = k - 2 if line.is_hyphen(k - 1) else k - 1
        text = line.token_at(before).text
        count, first = (
            int(text) if text.isdigit() and len(text) < 3 else int(SMALL_NUMBERS.get(text.lower(), 0)),
            before,
        )
    if not 1 <= count <= 60:
        return time
    last = span.end.year * 12 + span.end.month - 1
    begin = last - count + 1
    date_range = DateRange(PartialDate(begin // 12, begin % 12 + 1), PartialDate(span.end.year, span.end.month))
    return TimeExpression(first, time.last, date_range, is_duration=True)
