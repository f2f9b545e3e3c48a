"""Times that refer to one named before: `that year`, `since then`, `the same month of 1990`, `start of the month`."""

from collections.abc import Sequence
from typing import NamedTuple

from shanxi_cli.extraction.quantities.date_ranges import (
    DateRange,
    PartialDate,
    PublicationDate,
    point_to_range,
    range_until_publication,
)
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression

MAX_CONTEXT_PARAGRAPHS = 2
"""Paragraphs without a time of their own that a time carries over to."""
_PARTS = frozenset("start beginning middle end rest half".split())


class PeriodContext(NamedTuple):
    """The time named last, and how many paragraphs ago (0: in this one)."""

    date_range: DateRange | None = None
    paragraphs_ago: int = 0
    is_ahead: bool = False  # it is still to come: only words such as `in the same year` refer to it
    named: DateRange | None = None  # the time named last, that of an event too
    words: frozenset[str] = frozenset()  # the longer words of the sentence that named it
    is_span: bool = False  # the past five years: of a later sentence only `This is ...` is of it
    compared: DateRange | None = None  # the time of the amount that the one of this time was compared with

    def for_next_paragraph(self) -> "PeriodContext":
        """Return the context for the next paragraph; a time is forgotten after two that name none."""
        return (
            self._replace(paragraphs_ago=self.paragraphs_ago + 1)
            if (self.date_range or self.named) and self.paragraphs_ago < MAX_CONTEXT_PARAGRAPHS
            else PeriodContext()
        )


def resolve_back_references(
    line: TokenLine, here: Sequence[TimeExpression], context: PeriodContext, now: PublicationDate
) -> list[TimeExpression]:
    """Return the times of a sentence, with those that refer back (`that year`, `the period`) resolved."""
    done: list[TimeExpression] = []
    before = context.date_range
    plain = any(not period.refers_back for period in here)
    for period in here:
        if period.refers_back:
            date_range = _resolve_back_reference(line, period, before, now)
            if (context.paragraphs_ago or not before) and _is_of_this_month(line, period):
                date_range = point_to_range(PartialDate(now.year, now.month)) if now.month else None
            if date_range and (year := _year_behind(line, period, here)):
                date_range = _move_to_year(date_range, year)
            period = period._replace(date_range=date_range)
            if period.date_range is None and not period.is_duration and plain:
                continue  # the period from 2013 to 2021
        done.append(period)
        before = period.date_range or before
    return done


def _is_of_this_month(line: TokenLine, time: TimeExpression) -> bool:
    """Return True for `at the start of the month`, which no month named shortly before explains."""
    part = line.lower_at(time.first - 1) == "of" and line.lower_at(time.first - 2) in _PARTS
    return part and line.lower_at(time.last - 1) == "month"


def _year_behind(line: TokenLine, period: TimeExpression, here: Sequence[TimeExpression]) -> int:
    """Return the year of `the same month of 1990`; 0 for none."""
    if line.lower_at(period.last) not in ("of", "in") or line.lower_at(period.first - 1) != "in":
        return 0
    span = next((time.date_range for time in here if time.first == period.last + 1), None)
    return span.start.year if span and span.start == span.end and not span.start.month else 0


def _move_to_year(span: DateRange, year: int) -> DateRange:
    """Return the same months of another year."""
    end = span.end._replace(year=span.end.year - span.start.year + year) if span.end else None
    return DateRange(span.start._replace(year=year), end)


def _resolve_back_reference(
    line: TokenLine, period: TimeExpression, before: DateRange | None, now: PublicationDate
) -> DateRange | None:
    word = line.lower_at(period.last - 1)
    if word == "then":
        return range_until_publication(before.start, now) if before else None
    if word == "year":
        if line.lower_at(period.first - 1) in ("of", "whole", "full") and line.lower_at(period.first) == "the":
            return point_to_range(PartialDate(now.year)) if now.year else None
        if (
            before
            and before.end
            and (before.end.year, before.end.month) > (before.start.year, 12 * bool(before.end.month))
        ):
            return before  # a business year
        return point_to_range(PartialDate(before.start.year)) if before else None
    return before if before and _has_length_of(before, word) else None


def _has_length_of(span: DateRange, noun: str) -> bool:
    """Return True where a time can be what `the month`, `the quarter` refer back to."""
    if noun not in ("month", "quarter"):
        return True
    if span.end is None or not span.start.month:
        return False
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1
    return months == (3 if noun == "quarter" else 1)
