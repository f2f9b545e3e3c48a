"""What lists of rows share: the form of figures and quotes, how many of them, and how anything is counted in words."""

import sys
from collections.abc import Sequence
from typing import TypeVar

from shanxi_cli.cli.options.common import FigureFormatOptions
from shanxi_cli.errors import UsageError
from shanxi_cli.output import TableFormat

T = TypeVar("T")


def choose_row_format(form: FigureFormatOptions) -> TableFormat:
    """The form that was asked for, or that fits where the rows go."""
    if form.json and form.form:
        raise UsageError("--format and --json do not go together")
    if form.json:
        return TableFormat.JSONL
    return form.form or (TableFormat.TERMINAL if sys.stdout.isatty() else TableFormat.LINES)


def limit_rows(found: Sequence[T], limit: int | None, usual: int | None = None) -> Sequence[T]:
    """As many as were asked for (0: all); by default all, or `usual` on a terminal."""
    wanted = limit if limit is not None else usual if sys.stdout.isatty() else None
    return found[:wanted] if wanted else found


def format_count(many: int, what: str) -> str:
    """`1 quote`, `2,000 quotes`."""
    return f"{many:,} {what}" + ("" if many == 1 else "s")


def format_shown_count(shown: int, total: int, what: str) -> str:
    """Return `5 quotes`, or `showing 5 of 20 quotes`."""
    return format_count(total, what) if shown == total else f"showing {shown:,} of {format_count(total, what)}"
