"""Numbers in a token line and the words that multiply them: `157 million`, `5 hundred million`, `Rs 20,000 cr`."""

from typing import NamedTuple

from shanxi_cli.extraction.quantities import numerals
from shanxi_cli.extraction.quantities.token_line import TokenLine

MAGNITUDES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
    "lakh": 1e5,
    "lakhs": 1e5,
    "lac": 1e5,
    "lacs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
    "bn": 1e9,
    "mn": 1e6,
    "mln": 1e6,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "trln": 1e12,
    "dozen": 12.0,
}
MONEY_MAGNITUDES = {
    "cr": 1e7,
    "crs": 1e7,
    "mil": 1e6,
    "bil": 1e9,
    "mio": 1e6,
    "millions": 1e6,
    "billions": 1e9,
    "trillions": 1e12,
}
"""Magnitudes behind an amount of money alone: `Rs 20,000 cr`, `RM1.2bil`, `£3 millions`."""


class NumberSpan(NamedTuple):
    """A number in the tokens `first` to `last` (half-open). `high` is the upper end of a range."""

    first: int
    last: int
    value: float
    high: float | None = None
    is_share: bool = False  # a fraction: the value is in percent
    is_vague: bool = False  # a couple
    is_plain_numeral: bool = False  # digits alone, without comma, point or magnitude: may be a year or a name
    is_spelled_out: bool = False
    scale: float = 1.0  # the magnitude: 1e6 for 3 million


def apply_magnitudes(line: TokenLine, j: int, value: float, *, money: bool = False) -> tuple[float, int]:
    """Return `value` times the magnitudes from token `j` on (at most two: `5 hundred million`), and their end."""
    for _ in range(2):
        k = j + 1 if line.is_hyphen(j) or numerals.is_stray_point(line, j) else j
        size = MAGNITUDES.get(line.lower_at(k)) or (MONEY_MAGNITUDES.get(line.lower_at(k)) if money else None)
        if size is None:
            break
        value, j = multiply_rounded(value, size), k + 1
    return value, j


def multiply_rounded(value: float, size: float) -> float:
    """Return the product, rounded to 15 significant digits: 8.7 billion is 8700000000."""
    return float(f"{value * size:.15g}")
