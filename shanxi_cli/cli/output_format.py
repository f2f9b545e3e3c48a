"""Which form an answer has: the one that was asked for, or the one that fits where it goes."""

import sys
from typing import TypeVar

from shanxi_cli.cli.options.common import HitFormatOptions, RowFormatOptions
from shanxi_cli.errors import UsageError
from shanxi_cli.output import Format, TableFormat

F = TypeVar("F", Format, TableFormat)


def choose_format(answer: HitFormatOptions | RowFormatOptions, forms: type[F]) -> F:
    """The form of `forms` for an answer. `UsageError` when more than one was asked for."""
    given = {
        "--format": answer.form is not None,
        "--json": answer.json,
        "--ids": isinstance(answer, HitFormatOptions) and answer.ids,
        "--count": answer.count,
        "--quiet": answer.quiet,
        "--explain": answer.explain,
    }
    named = [name for name, value in given.items() if value]
    if len(named) > 1:
        raise UsageError(f"{named[0]} and {named[1]} do not go together")
    if answer.json:
        return forms["JSONL"]
    if given["--ids"]:
        return forms["IDS"]
    if answer.form is not None:
        return forms[answer.form.name]
    return forms["TERMINAL" if sys.stdout.isatty() else "LINES"]


def choose_limit(limit: int | None, usual: int) -> int | None:
    """How many rows: as asked for; else all, or `usual` on a terminal. None: all."""
    if limit is None:
        return usual if sys.stdout.isatty() else None
    return limit or None
