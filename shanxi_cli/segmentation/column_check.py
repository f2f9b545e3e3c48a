"""Detection of rows of several columns that a converter has joined into one line; they cannot be repaired."""

import re

_MID_LINE_HYPHEN_PATTERN = re.compile(r"[a-z]{2,}- (?!and\b|or\b|to\b|but\b)[a-z]{2,}")
_MIN_COLUMN_ROWS = 6


def has_joined_columns(text: str) -> bool:
    """Return True if many lines of a text are rows of several columns side by side."""
    lines = [line for line in text.splitlines() if len(line.split()) >= 6]
    if len(lines) < _MIN_COLUMN_ROWS:
        return False
    rows = sum(1 for line in lines if _is_column_row(line))
    if rows >= _MIN_COLUMN_ROWS and rows * 10 >= len(lines) * 4:
        return True
    short = [line for line in lines if len(line) <= 200]
    cut = sum(1 for line in short if _MID_LINE_HYPHEN_PATTERN.search(line))
    return cut >= _MIN_COLUMN_ROWS and cut * 6 >= len(short)


def _is_column_row(line: str) -> bool:
    """Return True for a line whose wide gaps separate texts of several words each."""
    parts = [part for part in re.split(r"\s{3,}|\t+", line.strip()) if part]
    return len(parts) >= 2 and sum(len(part.split()) >= 3 for part in parts) >= 2
