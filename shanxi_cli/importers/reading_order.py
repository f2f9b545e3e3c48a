"""Reading order of the lines of a page by their positions: columns from left to right, each from top to bottom.

A recursive X-Y cut (Nagy and Seth 1984): a region is cut at a gutter that no line crosses, else at an empty band below
which, or above which, there is such a gutter; a headline across columns stands above that band.
"""

from collections.abc import Sequence
from typing import NamedTuple

_MIN_GUTTER = 0.6
"""Width of a gutter between columns, in heights of a line; spaces between words are a third of one."""
_MAX_DEPTH = 40
_MAX_BANDS = 75
"""Empty bands from the top, and from the bottom, that are tried; headlines across columns are among them."""


class LineBox(NamedTuple):
    """A line with its box: `left` grows to the right, `top` grows downwards, both in the unit of `size`."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def order_lines(lines: Sequence[LineBox]) -> list[list[LineBox]]:
    """Return the lines in reading order, in regions: a region is a column, or a part of one, from top to bottom."""
    body = sorted(line.bottom - line.top for line in lines)[len(lines) // 2] if lines else 0.0
    return _cut_region(list(lines), _MIN_GUTTER * body, 0)


def _cut_region(lines: list[LineBox], gutter: float, depth: int) -> list[list[LineBox]]:
    if len(lines) < 2 or depth > _MAX_DEPTH:
        return [lines] if lines else []
    columns = _split_columns(lines, gutter)
    if len(columns) > 1:
        return [region for column in columns for region in _cut_region(column, gutter, depth + 1)]
    rows = _split_rows(lines)
    bands = range(1, len(rows))
    for n in (*bands[:_MAX_BANDS], *bands[_MAX_BANDS:][-_MAX_BANDS:]):
        above, below = [line for row in rows[:n] for line in row], [line for row in rows[n:] for line in row]
        if _has_gutter(below, gutter) or _has_gutter(above, gutter):
            return [*_cut_region(above, gutter, depth + 1), *_cut_region(below, gutter, depth + 1)]
    return [sorted(lines, key=lambda line: (line.top, line.left))]


def _has_gutter(lines: Sequence[LineBox], gutter: float) -> bool:
    """Return True if a gutter parts two columns of two lines and more."""
    columns = _split_columns(lines, gutter)
    return sum(len(column) > 1 for column in columns) > 1


def _split_columns(lines: Sequence[LineBox], gutter: float) -> list[list[LineBox]]:
    """Return the lines in the columns that gutters part, from left to right."""
    columns: list[list[LineBox]] = []
    right = 0.0
    for line in sorted(lines, key=lambda line: line.left):
        if columns and line.left - right < gutter:
            columns[-1].append(line)
            right = max(right, line.right)
        else:
            columns.append([line])
            right = line.right
    return columns


def _split_rows(lines: Sequence[LineBox]) -> list[list[LineBox]]:
    """Return the lines in the rows that empty bands part, from top to bottom."""
    rows: list[list[LineBox]] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: line.top):
        if rows and line.top < bottom:
            rows[-1].append(line)
            bottom = max(bottom, line.bottom)
        else:
            rows.append([line])
            bottom = line.bottom
    return rows
