"""Sections of a long page: rules that compare the blocks of a page with each other need a page of limited size."""

from collections.abc import Iterator

MAX_LINES = 3_000
MAX_CHARACTERS = 200_000
"""Size of a section; a broadsheet page has a third of it at most."""


def split_sections(text: str) -> Iterator[str]:
    """Yield a page in sections, a usual page whole.

    A section ends at an empty line, or where it is a quarter too long already. A line longer than a section is cut at a
    space.
    """
    lines: list[str] = []
    filled = size = 0
    for line in _split_lines(text):
        full = filled >= MAX_LINES or size >= MAX_CHARACTERS
        over = filled * 4 >= MAX_LINES * 5 or (size + len(line)) * 4 > MAX_CHARACTERS * 5
        if lines and ((full and not line.strip()) or over):
            yield "\n".join(lines)
            lines, filled, size = [], 0, 0
        lines.append(line)
        filled += bool(line.strip())
        size += len(line)
    if lines:
        yield "\n".join(lines)


def _split_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, those longer than a section in pieces."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        start = 0
        while len(line) - start > MAX_CHARACTERS:
            end = line.rfind(" ", start + 1, start + MAX_CHARACTERS)
            end = end if end > 0 else start + MAX_CHARACTERS
            yield line[start:end]
            start = end
        yield line[start:] if start else line
