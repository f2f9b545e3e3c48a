"""Classes of article lengths, one byte each: what the upper bound of a score needs to know of a length.

Short lengths have a class each; from 50 words on a class begins 4 percent above the one before. The shortest
length of a class bounds the score of all its articles from above, whatever the mean length is by now.
"""

from bisect import bisect_right
from itertools import accumulate, repeat

_GROWTH = 1.04

SHORTEST_LENGTHS = tuple(accumulate(repeat(0, 256), lambda shortest, _: max(shortest + 1, int(shortest * _GROWTH))))
"""The shortest length of each class."""


def length_class(length: int) -> int:
    """Return the class of a length in words."""
    return bisect_right(SHORTEST_LENGTHS, length) - 1
