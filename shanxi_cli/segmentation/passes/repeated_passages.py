"""Passages that a converter or an archive stored twice: runs of lines that occur earlier on the page, word for word."""

from collections.abc import Sequence
from itertools import islice

_MIN_LINES = 3
_MIN_WORDS = 25
"""Size of a run of lines that no page prints twice on purpose; a refrain or a table of results is shorter."""
_MAX_STARTS = 50
"""Earlier places of a line that are compared; a line that a page has more often says nothing."""


def find_repeated_passages(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the half-open ranges of lines that repeat earlier ones, in order; empty lines count for nothing.

    A range has at least three lines and 25 words, and repeats lines that are in no such range themselves.
    """
    filled = [n for n, line in enumerate(lines) if line]
    places: dict[str, list[int]] = {}
    ranges: list[tuple[int, int]] = []
    at = 0
    while at < len(filled):
        text = lines[filled[at]]
        length = max(
            (_count_equal(lines, filled, start, at) for start in islice(places.get(text, ()), _MAX_STARTS)), default=0
        )
        words = sum(len(lines[n].split()) for n in filled[at : at + length])
        if length >= _MIN_LINES and words >= _MIN_WORDS:
            ranges.append((filled[at], filled[at + length - 1] + 1))
            at += length
            continue
        places.setdefault(text, []).append(at)
        at += 1
    return ranges


def _count_equal(lines: Sequence[str], filled: Sequence[int], first: int, second: int) -> int:
    """Return the number of lines from `second` on that equal those from `first` on, without overlap."""
    length = 0
    limit = min(second - first, len(filled) - second)
    while length < limit and lines[filled[first + length]] == lines[filled[second + length]]:
        length += 1
    return length
