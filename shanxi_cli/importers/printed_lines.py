"""Lines of a scanned or typeset page with their sizes: what ALTO, hOCR, PAGE-XML and PDF tell beside the words."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shanxi_cli.errors import PageError
from shanxi_cli.importers.text import ImportedPart, segment_sized_text

_MIN_INDENT, _MAX_INDENT = 0.4, 4.0
"""Width of an indent, in heights of a line; a centred line stands further in."""
_MAX_RATIO = 9.0


class PrintedLine(NamedTuple):
    """A line as printed: its text, and the size of its type in a unit of the page (0: unknown).

    `left` and `height` are where it begins and how high it is, in one unit of the page, 0 where unknown.
    """

    text: str
    size: float = 0.0
    left: float = 0.0
    height: float = 0.0


class SizedText(NamedTuple):
    """The text of a page, and the sizes of its lines as ratios to that of most of its text (0: unknown)."""

    text: str
    sizes: tuple[float, ...]


def compose_sized_text(blocks: Iterable[Sequence[PrintedLine]]) -> SizedText:
    """Return the text of blocks of lines, with an empty line between blocks."""
    lines: list[PrintedLine] = []
    for block in blocks:
        kept = _mark_indents([line._replace(text=" ".join(line.text.split())) for line in block if line.text.strip()])
        lines += [PrintedLine(""), *kept] if lines and kept else kept
    body = _measure_body_size(lines)
    sizes = tuple(min(round(line.size / body, 2), _MAX_RATIO) if body else 0.0 for line in lines)
    return SizedText("\n".join(line.text for line in lines), sizes)


def _mark_indents(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Return the lines of a block; two spaces begin those that stand right of both their neighbours."""
    marked = list(lines)
    for n, line in enumerate(lines):
        others = [lines[m].left for m in (n - 1, n + 1) if 0 <= m < len(lines)]
        step = line.left - max(others, default=line.left)
        if line.height > 0 and _MIN_INDENT * line.height <= step <= _MAX_INDENT * line.height:
            marked[n] = line._replace(text=f"  {line.text}")
    return marked


def _measure_body_size(lines: Iterable[PrintedLine]) -> float:
    """Return the median size of the letters of a page; 0 if no line has a size."""
    weighed = sorted((line.size, len(line.text)) for line in lines if line.size > 0)
    left = sum(length for _, length in weighed) / 2
    for size, length in weighed:
        left -= length
        if left <= 0:
            return size
    return 0.0


def segment_sized_pages(pages: Sequence[SizedText], shown: str, form: str) -> Iterable[ImportedPart]:
    """Return the pages of a file, each segmented; those without words are skipped.

    Raise `PageError` for a file without words; `form` names it.
    """
    if not any(page.text.strip() for page in pages):
        raise PageError(shown, f"{form} without words")
    return (
        segment_sized_text(page.text, page.sizes, shown, str(number) if len(pages) > 1 else "")
        for number, page in enumerate(pages, 1)
        if page.text.strip()
    )
