"""Counts of many queries on the terminal: aligned columns below their names."""

from collections.abc import Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from shanxi_cli.output.terminal_stacks import LEAST_TABLE_COLUMNS, stack_rows
from shanxi_cli.output.terminal_text import WrappedText
from shanxi_cli.util.sanitize import sanitize_line


def write_batch_table(out: TextIO, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows of a text, two numbers and two days (None: empty) under the names of their columns."""
    console = Console(file=out, highlight=False)
    named = (names[0], *(name.replace("_", " ") for name in names[1:]))
    shown = [
        [sanitize_line(text), f"{any_word:,}", f"{all_words:,}", *(day or "" for day in days)]
        for text, any_word, all_words, *days in rows
    ]
    if console.width < LEAST_TABLE_COLUMNS:
        for block in stack_rows(named, shown):
            console.print(block)
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(named[0], overflow="fold")
    for name in named[1:3]:
        table.add_column(name, justify="right", no_wrap=True)
    for name in named[3:]:
        table.add_column(name, no_wrap=True)
    for cells in shown:
        table.add_row(*map(WrappedText, cells))
    if rows:
        console.print(table)
