"""Tables of results, as text for a terminal and as Markdown."""

from collections.abc import Sequence
from typing import NamedTuple


class Table(NamedTuple):
    """A title, notes, and rows of cells; the first row and the first column are names."""

    title: str
    notes: Sequence[str]
    rows: Sequence[Sequence[str]]


def as_text(table: Table) -> str:
    """Return columns separated by two spaces, all but the first aligned right."""
    widths = [max(map(len, column)) for column in zip(*table.rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in table.rows
    ]
    return "\n".join([f"== {table.title}", *(line.rstrip() for line in lines), *table.notes]) + "\n"


def as_markdown(table: Table) -> str:
    """Return a section of the third level."""
    head, *rest = [f"| {' | '.join(row)} |" for row in table.rows]
    rule = f"| {' | '.join(['---', *['---:'] * (len(table.rows[0]) - 1)])} |"
    notes = f"\n{' '.join(table.notes)}\n" if table.notes else ""
    return f"### {table.title}\n\n" + "\n".join([head, rule, *rest]) + f"\n{notes}"


def ratio(value: float, base: float) -> str:
    """Return `1.75`, or `230` from 10 on."""
    of = value / base if base else 0.0
    return f"{of:.2f}" if of < 10 else f"{of:.0f}"


def milliseconds(seconds: float) -> str:
    """Return `0.42`, `4.2` or `420`."""
    ms = seconds * 1000
    return f"{ms:.2f}" if ms < 1 else f"{ms:.1f}" if ms < 100 else f"{ms:,.0f}"
