"""Choose the output format and the number of rows: by the options, else by whether stdout is a terminal."""

import sys
from collections.abc import Mapping
from typing import Any, TypeVar

from shanxi_cli.cli.options.common import PlainRowOptions, RowFormatOptions, RowOptions
from shanxi_cli.errors import UsageError
from shanxi_cli.output import DEFAULT_BUDGET, ArticleFormat, Format, ImportFormat, TableFormat

F = TypeVar("F", Format, TableFormat, ArticleFormat, ImportFormat)

LEAST_HIT_WORDS = 5
"""Words of the shortest hit of the format `context`: id, title, date, a hyphen, and a passage of one word."""
DEFAULT_ROWS = 20
"""Rows of a list on a terminal."""


def require_at_most_one(options: Mapping[str, Any]) -> None:
    """Raise `UsageError` where two of the options are given, that is neither None nor False."""
    given = [name for name, value in options.items() if value is not None and value is not False]
    if len(given) > 1:
        raise UsageError(f"{given[0]} and {given[1]} cannot be combined")


def choose_format(named: F | None, default: F, *, json: bool) -> F:
    """Return the format named by `--format`, or by `--json`, or the default. `UsageError` for both options."""
    require_at_most_one({"--format": named, "--json": json})
    return type(default)["JSONL"] if json else named or default


def default_format(terminal: F, piped: F) -> F:
    """Return the format for a terminal where stdout is one."""
    return terminal if sys.stdout.isatty() else piped


def choose_list_format(
    options: RowOptions, named: F | None, default: F, *, ids: bool = False, explains_rows: bool = False
) -> F:
    """Return the format of a list. `UsageError` where two options choose what is printed.

    With `ids` it is `ids`, or the default where ids are printed by a printer of their own. With `explains_rows`,
    `--explain` has an output in every format.
    """
    explain = {"--explain": getattr(options, "explain", None)}
    others = {"--ids": ids, "--count": options.count, "--quiet": options.quiet}
    formats = {"--format": named, "--json": options.json}
    require_at_most_one({**formats, **others, **({} if explains_rows else explain)})
    require_at_most_one({**others, **explain})
    form = choose_format(named, default, json=options.json)
    if options.bom and (ids or form.value != "csv"):
        raise UsageError(f"--bom is for csv, not {'ids' if ids else form.value}")
    return type(default)["IDS"] if ids and "IDS" in type(default).__members__ else form


def write_bytes(data: bytes) -> None:
    """Write bytes to stdout, behind what was printed before; as text where a program has replaced stdout by text."""
    sys.stdout.flush()
    if binary := getattr(sys.stdout, "buffer", None):
        binary.write(data)
    else:
        sys.stdout.write(data.decode("utf-8", "surrogateescape"))
    sys.stdout.flush()


def print_bom(options: RowOptions) -> None:
    """Print the byte order mark of `--bom`, before the header."""
    if options.bom:
        sys.stdout.write("\ufeff")


def choose_limit(limit: int | None, terminal_limit: int) -> int | None:
    """Return how many rows to print: `limit` (0: all), else all, or `terminal_limit` on a terminal. None: all."""
    if limit is None:
        return terminal_limit if sys.stdout.isatty() else None
    return limit or None


def choose_line_end(options: RowOptions) -> str:
    """Return the end of each line or id."""
    return "\0" if options.null else "\n"


def choose_id_part(options: RowFormatOptions | PlainRowOptions) -> slice:
    """Return the part of the ids to print: as `choose_limit`, of the ids and not of the rows."""
    limit = choose_limit(options.limit, DEFAULT_ROWS)
    return slice(options.offset, None if limit is None else options.offset + limit)


def choose_budget(budget: int | None, form: Format) -> int | None:
    """Return the number of words of the format `context`; None for another, for which `--budget` is a `UsageError`."""
    if form is Format.CONTEXT:
        return budget or DEFAULT_BUDGET
    if budget is not None:
        raise UsageError(f"--budget is for context, not {form.value}: add -f context")
    return None
