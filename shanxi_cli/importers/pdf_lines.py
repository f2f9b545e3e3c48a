"""Lines of a PDF page with their positions, from the characters that pdfium gives, and the blocks that they make."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from shanxi_cli.importers.printed_lines import PrintedLine
from shanxi_cli.importers.reading_order import LineBox, order_lines

_COLUMN_GAP = 1.6
"""Empty space inside a line, in sizes of its type, that parts columns; justified lines have spaces of one size."""
_LINE_TOLERANCE = 0.5
"""Part of the size of the type by which characters of one line differ in height."""
_PARAGRAPH_GAP = 0.7
"""Empty space between two lines, in sizes of the type, above the usual one of the page, that parts blocks."""
_SIZE_STEP = 1.15
_MAX_CHARACTERS = 400_000


class PdfCharacter(NamedTuple):
    """A character with its box, in points: `top` and `bottom` are measured from the top of the page."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def read_pdf_blocks(characters: Iterable[PdfCharacter]) -> Iterator[list[PrintedLine]]:
    """Yield the blocks of lines of a page in reading order."""
    lines = list(_join_characters(characters))
    leading = _measure_leading(lines)
    for region in order_lines(lines):
        block: list[LineBox] = []
        for line in region:
            if block and _begins_block(block[-1], line, leading):
                yield _print_lines(block)
                block = []
            block.append(line)
        if block:
            yield _print_lines(block)


def _join_characters(characters: Iterable[PdfCharacter]) -> Iterator[LineBox]:
    """Yield runs of characters on one line without a wide gap; pdfium puts a space into a gap of any width."""
    run: list[PdfCharacter] = []
    last: PdfCharacter | None = None
    for one in characters:
        shown = not one.char.isspace()
        if one.char in "\r\n" or (last and shown and _begins_line(last, one)):
            if last:
                yield _box_run(run)
            run, last = [], None
        if one.char not in "\r\n":
            run.append(one)
            last = one if shown else last
    if last:
        yield _box_run(run)


def _begins_line(before: PdfCharacter, one: PdfCharacter) -> bool:
    size = max(before.size, one.size)
    middle, other = (before.top + before.bottom) / 2, (one.top + one.bottom) / 2
    return abs(middle - other) > _LINE_TOLERANCE * size or not -size < one.left - before.right < _COLUMN_GAP * size


def _box_run(run: Sequence[PdfCharacter]) -> LineBox:
    shown = [one for one in run if not one.char.isspace()]
    sizes = sorted(one.size for one in shown)
    return LineBox(
        "".join(one.char for one in run),
        min(one.left for one in shown),
        min(one.top for one in shown),
        max(one.right for one in shown),
        max(one.bottom for one in shown),
        sizes[len(sizes) // 2],
    )


def _measure_leading(lines: Sequence[LineBox]) -> float:
    """Return the usual distance between the tops of lines that follow each other, in sizes of their type."""
    steps = sorted(
        (line.top - before.top) / before.size
        for before, line in itertools.pairwise(lines)
        if before.size > 0 and 0 < line.top - before.top < 3 * before.size
    )
    return steps[len(steps) // 2] if steps else 1.2


def _begins_block(before: LineBox, line: LineBox, leading: float) -> bool:
    smaller, larger = sorted((before.size, line.size))
    if smaller > 0 and larger >= _SIZE_STEP * smaller:
        return True
    return line.top - before.top > (leading + _PARAGRAPH_GAP) * max(smaller, 1.0) or line.top < before.top


def _print_lines(block: Sequence[LineBox]) -> list[PrintedLine]:
    return [PrintedLine(line.text, line.size, line.left, line.bottom - line.top) for line in block]


def read_characters(textpage: Any, height: float, raw: Any) -> Iterator[PdfCharacter]:
    """Yield the characters of a text page of pypdfium2; `raw` is its module of functions, `height` that of the page.

    Characters that pdfium adds, such as spaces and line ends, have the box of the character before them.
    """
    box = (0.0, 0.0, 0.0, 0.0)
    for n in range(min(textpage.count_chars(), _MAX_CHARACTERS)):
        char = chr(raw.FPDFText_GetUnicode(textpage.raw, n) or 32)
        if not char.isspace():
            box = textpage.get_charbox(n, loose=True)
        left, bottom, right, top = box
        size = float(raw.FPDFText_GetFontSize(textpage.raw, n)) or top - bottom
        size = size if size > 1.5 else top - bottom  # scaled by its matrix
        yield PdfCharacter(char, left, height - top, right, height - bottom, size)
