"""Rows with bars for the terminal: name, numbers, bar and trailer, laid out to the window."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.text import Text

from shanxi_cli.output.bars import draw_bar
from shanxi_cli.output.terminal import BAR_STYLE, META_STYLE, TITLE_STYLE
from shanxi_cli.util.display_width import display_width
from shanxi_cli.util.word_wrap import wrap_words

COLUMN_GAP = "  "
_LONGEST_BAR, _SHORTEST_BAR = 40, 5
_MAX_NAME_COLUMNS = 24
_LEAST_NAME_COLUMNS = 12
"""Columns for names below which they get lines of their own."""


class BarRow(NamedTuple):
    """A line with a bar: a name, the cells of numbers, the bar's share (0 to 1) of the room, and text after the bar."""

    name: str
    numbers: Sequence[str]
    share: float
    trailer: Text | None = None


def lay_out_headed_bars(header: Sequence[str], rows: Sequence[BarRow], window: int) -> list[Text]:
    """Return bar lines under the names of their columns; no lines without rows."""
    if not rows:
        return []
    lines = lay_out_bars([BarRow(header[0], header[1:], 0.0), *rows], window)
    for at in range(2 if lines[0].plain == header[0] else 1):
        lines[at] = Text(lines[at].plain.rstrip(), META_STYLE)
    return lines


def lay_out_bars(rows: Sequence[BarRow], window: int) -> list[Text]:
    """Return a line per row: name, numbers, bar, and the trailer, which is never cut.

    A name without room beside the numbers has lines of its own before them, and a trailer without room beside the bar
    a line of its own behind it.
    """
    longest = max((display_width(row.name) for row in rows), default=0)
    number_widths = [max(map(len, column)) for column in zip(*(row.numbers for row in rows), strict=True)]
    used = sum(number_widths) + len(COLUMN_GAP) * (len(number_widths) + 1)
    stacked = window - used < min(longest, _LEAST_NAME_COLUMNS) and bool(number_widths)
    if stacked:
        used -= len(COLUMN_GAP)
    room = min(max(window - used - _SHORTEST_BAR, _SHORTEST_BAR), max(window // 3, _MAX_NAME_COLUMNS))
    name_width = 0 if stacked else min(longest, room)
    used += name_width
    trailers = [display_width(row.trailer.plain) for row in rows if row.trailer is not None]
    beside = len(COLUMN_GAP) + min(max(trailers), window // 3) if trailers else 0  # longer ones make no bar shorter
    cells = max(_SHORTEST_BAR, min(_LONGEST_BAR, window - used - beside))
    lines: list[Text] = []
    for row in rows:
        *names, name = [*wrap_words(row.name, window), ""] if stacked else wrap_words(row.name, name_width)
        lines += map(Text, names)
        line = Text(pad_text(name, name_width))
        for at, (number, number_width) in enumerate(zip(row.numbers, number_widths, strict=True)):
            line.append(COLUMN_GAP * (at > 0 or not stacked) + number.rjust(number_width), TITLE_STYLE)
        bar = draw_bar(row.share, cells) if used + _SHORTEST_BAR <= window else ""
        line.append(COLUMN_GAP * bool(bar)).append(bar, BAR_STYLE)
        lines.append(line)
        if row.trailer is None:
            continue
        if used + cells + len(COLUMN_GAP) + display_width(row.trailer.plain) <= window:
            line.append(" " * (used + cells + len(COLUMN_GAP) - display_width(line.plain))).append_text(row.trailer)
        else:
            lines.append(Text(COLUMN_GAP).append_text(row.trailer))
    return lines


def pad_text(text: str, columns: int) -> str:
    """Return `text` with spaces up to a number of columns."""
    return text + " " * (columns - display_width(text))
