"""Parts of the paragraphs of an article with their marks: the cells of a table, the lines of code."""

from collections.abc import Iterator, Sequence

from shanxi_cli.model.results import Mark


def cell_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the cells of a row of a table, without the space around them."""
    start = 0
    for piece in text.split("|"):
        inner = piece.strip()
        at = start + len(piece) - len(piece.lstrip()) if inner else start
        yield at, at + len(inner)
        start += len(piece) + 1


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the lines of code."""
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def cut_marks(text: str, marks: Sequence[Mark], start: int, end: int) -> tuple[str, list[Mark]]:
    """Return a part of a text, and the marks in it."""
    inside = [
        Mark(max(m.start, start) - start, min(m.end, end) - start) for m in marks if m.start < end > start < m.end
    ]
    return text[start:end], [mark for mark in inside if mark.start < mark.end]
