"""Arguments of the Python API: the ones that every method with a query takes, and names of choices."""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import Any, Literal, TypedDict, TypeVar

from shanxi_cli.errors import UsageError
from shanxi_cli.model.options import Scope
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.util.closest_names import closest_name, format_suggestion
from shanxi_cli.util.frozen_record import Record

E = TypeVar("E", bound=Enum)


class QueryArguments(TypedDict, total=False):
    """Arguments of every method that takes a query.

    `limit` is the number of rows to return (None: all), behind the first `offset`. `since` and `until` are dates as in
    a query. `within` has the ids of the articles to search. `match` says whether any or all of the words have to match.
    `correct=False` searches for misspelt words as typed, `derived=False` compares names of the front matter alone.
    """

    limit: int | None
    offset: int
    since: str | date | None
    until: str | date | None
    within: Iterable[str] | None
    match: Literal["any", "all"]
    correct: bool
    derived: bool


class FigureArguments(QueryArguments, total=False):
    """Arguments of the methods that return figures, besides those of every query.

    Only figures in `unit`, or counts of it; of `at_least` or `at_most` an amount (`500`, `"1bn"`, `"500mu"`); that a
    speaker with the name `by`, or this part of it, is quoted with.
    """

    unit: str | None
    at_least: str | float | None
    at_most: str | float | None
    by: str | None


class QuoteArguments(QueryArguments, total=False):
    """Arguments of the methods that return quotes, besides those of every query.

    Only quotes of speakers with the name `by` or this part of it, of an organisation `org` and its people, or of a
    `kind`.
    """

    by: str | None
    org: str | None
    kind: Literal["direct", "indirect"] | None


class QuerySettings(Record):
    """The same arguments as values that are checked: a part of the rows, and the filters of a query."""

    part: slice
    want: WordOperator
    since: str | None = None
    until: str | None = None
    within: tuple[str, ...] | None = None
    no_correct: bool = False
    no_derived: bool = False
    scope: Scope = Scope.SENTENCE


def read_arguments(
    arguments: QueryArguments,
    want: WordOperator = WordOperator.ALL,
    scope: Scope | str = Scope.SENTENCE,
    known: type[QueryArguments] = QueryArguments,
) -> QuerySettings:
    """Return checked arguments. Raise `TypeError` for an unknown one, `UsageError` for an impossible value."""
    given: dict[str, Any] = {**arguments}
    names = known.__annotations__
    for name in given:
        if name not in names:
            raise TypeError(f"unknown argument {name}; {_suggest_name(name, names)}")
    offset = check_number("offset", given.get("offset", 0), 0)
    limit = None if given.get("limit") is None else check_number("limit", given["limit"], 0)
    within = given.get("within")
    if isinstance(within, str):
        raise UsageError(f"within takes ids, not one text: within=[{within[:80]!r}]")
    return QuerySettings(
        part=slice(offset, None if limit is None else offset + limit),
        want=choose_member(WordOperator, given.get("match", want), "match"),
        since=_format_date(given.get("since")),
        until=_format_date(given.get("until")),
        within=None if within is None else tuple(within),
        no_correct=not given.get("correct", True),
        no_derived=not given.get("derived", True),
        scope=choose_member(Scope, scope, "scope"),
    )


def choose_member(kind: type[E], value: E | str, name: str) -> E:
    """Return a member of an enum by its value. Raise `UsageError` with the names that there are."""
    if isinstance(value, kind):
        return value
    names = [str(member.value) for member in kind]
    if value in names:
        return kind(value)
    raise UsageError(f"{name} cannot be {str(value)[:80]!r}; {_suggest_name(str(value), names)}")


def _suggest_name(name: str, known: Iterable[str]) -> str:
    names = list(known)
    return format_suggestion(closest_name(name[:80], names), f"use one of {', '.join(names)}")


def check_number(name: str, value: object, least: int) -> int:
    """Return a whole number of `least` or more. Raise `UsageError` for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= least:
        return value
    raise UsageError(f"{name} has to be a whole number of {least} or more, not {str(value)[:80]!r}")


def _format_date(value: str | date | None) -> str | None:
    return value.isoformat()[:10] if isinstance(value, date) else value
