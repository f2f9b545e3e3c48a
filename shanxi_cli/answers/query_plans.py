"""Plans of a query: its words, narrowed by `since` and `until`, on today's date."""

from datetime import UTC, date, datetime
from typing import Protocol

from shanxi_cli.errors import UsageError
from shanxi_cli.query.ast import Dated
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.searcher import MATCH_ALL, compile_query, narrow_to_days
from shanxi_cli.util import edtf
from shanxi_cli.util.edtf import DateInterval


class DayFilters(Protocol):
    """The days of the articles to search, as typed; None: without a limit."""

    @property
    def since(self) -> str | None:
        """The first date: `2021-07`, `last-month`, `-30d`."""

    @property
    def until(self) -> str | None:
        """The last date."""


class QueryFilters(DayFilters, Protocol):
    """The articles to search, and how the words of a query are compared."""

    @property
    def no_derived(self) -> bool:
        """True to compare names of the front matter alone."""

    @property
    def no_correct(self) -> bool:
        """True to search for words as typed."""


def read_today() -> date:
    """Return today's date where the user is: the one place where the clock is read for a query."""
    return datetime.now(UTC).astimezone().date()


def plan_words(text: str | None, want: WordOperator, filters: QueryFilters, prefix: str = "--") -> QueryPlan:
    """Return the plan of a query (None: every article) and of the dates of the filters; `no_derived` is part of it.

    Raise `QueryError` for a mistake in the query, `UsageError` for one in the dates; its message names them with the
    `prefix` that they have on a command line.
    """
    plan = compile_query(text, want, read_today()) if text is not None else MATCH_ALL
    plan = plan.without_derived() if filters.no_derived and text is not None else plan
    days = parse_day_options(filters, prefix)
    return narrow_to_days(plan, want, days) if days else plan


def parse_day_options(filters: DayFilters, prefix: str = "--") -> Dated | None:
    """Return `since` and `until` as a range of dates; None without either. Raise as `plan_words`."""
    if filters.since is None and filters.until is None:
        return None
    since, until = _parse_day(f"{prefix}since", filters.since), _parse_day(f"{prefix}until", filters.until)
    first, last = since.first if since else edtf.FIRST_DAY, until.last if until else edtf.LAST_DAY
    if first > last:
        raise UsageError(f"{prefix}since {filters.since} is after {prefix}until {filters.until}")
    return Dated(f"{filters.since or ''}..{filters.until or ''}", DateInterval(first, last))


def describe_query(text: str | None, filters: DayFilters) -> str:
    """Return a query as typed with the dates of the options as a clause."""
    dates = f"date:{filters.since or ''}..{filters.until or ''}" if filters.since or filters.until else ""
    if text and dates and (" OR " in text or " AND " in text):
        text = f"({text})"
    return f"{text or ''} {dates}".strip()


def format_query_heading(text: str | None, filters: DayFilters) -> str:
    """Return a query as the end of a heading: `: coal date:2021..`; empty for every article."""
    query = describe_query(text, filters)
    return f": {query}" if query else ""


def _parse_day(name: str, text: str | None) -> DateInterval | None:
    if text is None:
        return None
    if ".." in text:
        raise UsageError(f"{name} takes one date, not a range: {text}")
    from shanxi_cli.query.date_values import parse_date_value

    try:
        return parse_date_value(text, read_today())
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from error
