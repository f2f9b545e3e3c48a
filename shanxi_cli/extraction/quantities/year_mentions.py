"""Years that a text names: `in 2020`, `the 14th Five-Year Plan (2021-25)`, `last year`, `since 2009`."""

from shanxi_cli.extraction.quantities import date_expressions
from shanxi_cli.extraction.quantities.date_ranges import resolve_publication_date
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.util.edtf import DateInterval


def find_year_mentions(text: str, reference: DateInterval | None) -> list[tuple[int, range]]:
    """Return each time of a paragraph in order: its offset in characters, and a half-open range of years.

    `reference` is the date of the article. A time without an end lasts until the year of publication where that is
    certain. A time before the year 1000 is left out: it may be a number of something else. So is a day of the week: it
    dates an event of the news, and names no year.
    """
    line, now = TokenLine(text), resolve_publication_date(reference)
    mentions = []
    for expression in date_expressions.find_time_expressions(line, now):
        span = expression.date_range
        if span is None or expression.is_weekday or span.start.year < 1000:
            continue
        end = span.end.year if span.end else max(now.year, span.start.year)
        mentions.append((line.token_at(expression.first).start, range(span.start.year, end + 1)))
    return mentions
