"""Sentences that continue the time of the one before: `A total of 900`, `This order`, `Nine years later`."""

from shanxi_cli.extraction.quantities.back_references import MAX_CONTEXT_PARAGRAPHS, PeriodContext
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.date_expressions import find_time_expressions
from shanxi_cli.extraction.quantities.date_ranges import DateRange, PartialDate, PublicationDate
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS
from shanxi_cli.extraction.quantities.token_line import TokenLine

MIN_NOUN_LETTERS = 5
"""Letters of a word that names a thing again."""
_MAX_THING_WORDS = 3  # words of `this first order`
_MAX_YEARS_LATER = 200


def continues_with_same_thing(line: TokenLine, start: int, context: PeriodContext) -> bool:
    """Return True for `A total of 900 families moved` and `This order is of 40 tents`, behind what named the time.

    The total sums up the sentence before; the thing was named in the sentence with the time, one paragraph ago at most.
    """
    while line.kind_at(start) == "mark":
        start += 1
    if (
        line.lower_text(start, start + 3) in ("a total of", "in total ,", "in all ,")
        or line.lower_at(start) == "altogether"
    ):
        return not context.paragraphs_ago
    if line.lower_at(start) not in ("this", "these", "that", "those") or context.paragraphs_ago > 1:
        return False
    for k in range(start + 1, start + 1 + _MAX_THING_WORDS):
        if line.kind_at(k) != "word" or line.lower_at(k) in STOP_WORDS:
            return False
        ends = line.lower_at(k + 1) in STOP_WORDS or line.kind_at(k + 1) != "word"
        if line.lower_at(k) in context.words and ends:
            return True
    return False


def span_until_later(line: TokenLine, amount: AmountCandidate, context: PeriodContext) -> DateRange | None:
    """Return 2013/2022 for the years of `It opened in 2013. Nine years later, ...`; None for other durations."""
    years = amount.unit is not None and amount.unit.canonical == "year" and amount.unit.factor == 1
    span = context.named
    if not years or line.lower_at(amount.last) != "later" or span is None or context.paragraphs_ago:
        return None
    if span.start.month or span.start != span.end or not 0 < amount.value < _MAX_YEARS_LATER:
        return None
    return DateRange(span.start, PartialDate(span.start.year + int(amount.value)))


def remember_month(text: str, now: PublicationDate, context: PeriodContext) -> PeriodContext:
    """Return the context behind a paragraph without quantities that names a month: `won its first order in July`."""
    line = TokenLine(text)
    times = find_time_expressions(line, now)
    named = next((time.date_range for time in reversed(times) if time.date_range and not time.is_weekday), None)
    if named is None:
        return context
    words = frozenset(word for word in line.lower_words if len(word) >= MIN_NOUN_LETTERS)
    kept = context if context.paragraphs_ago < MAX_CONTEXT_PARAGRAPHS else PeriodContext()
    return kept._replace(named=named, words=words)
