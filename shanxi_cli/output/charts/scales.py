"""Scales of charts: from values to pixels, and the round values that stand at an axis."""

import math
from collections.abc import Callable, Sequence

from shanxi_cli.util.frozen_record import Record

_LOGARITHMIC_FROM = 100
"""Greatest by least value from which a linear axis would put the small ones on one line."""


class Scale(Record):
    """An axis from `low` to `high`, drawn from `start` to `end` pixels.

    `ticks` are round values, in order, within the axis; it is `logarithmic` only where all values are positive.
    """

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Return the pixel of a value."""
        turn: Callable[[float], float] = math.log10 if self.logarithmic else float
        low, high = turn(self.low), turn(self.high)
        share = (turn(value) - low) / (high - low) if high > low else 0.5
        return self.start + share * (self.end - self.start)


def make_count_scale(greatest: float, start: float, end: float) -> Scale:
    """Return a scale from 0 to the round value above `greatest`, which counts whole things."""
    step = max(1.0, _round_step(max(greatest, 1) / 4))
    high = step * math.ceil(max(greatest, 1) / step)
    return Scale(0, high, start, end, tuple(step * n for n in range(int(high / step) + 1)))


def make_value_scale(values: Sequence[float], start: float, end: float) -> Scale:
    """Return a scale over measured values: logarithmic where they are positive and far apart, else with 0."""
    least, greatest = min(values), max(values)
    if least > 0 and greatest / least >= _LOGARITHMIC_FROM:
        return _make_logarithmic_scale(least, greatest, start, end)
    low, high = min(0.0, least), max(0.0, greatest)
    step = _round_step((high - low or 1) / 4)
    first, last = math.floor(low / step), math.ceil(high / step)
    if first == last:
        last += 1
    return Scale(first * step, last * step, start, end, tuple(step * n for n in range(first, last + 1)))


def _make_logarithmic_scale(least: float, greatest: float, start: float, end: float) -> Scale:
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(greatest))
    every = math.ceil((last - first) / 8)
    ticks = tuple(10.0**n for n in range(first, last + 1, every))
    return Scale(10.0**first, 10.0**last, start, end, ticks, logarithmic=True)


def _round_step(least: float) -> float:
    """Return the smallest of 1, 2 or 5 times a power of ten that is no less than `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def format_tick(value: float) -> str:
    """Return a value as people read it at an axis: `0`, `2,500`, `1.5m`, `40bn`."""
    for size, letters in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:,.4g}{letters}"
    return f"{value:,.4g}" if abs(value) < 1e4 else f"{value:,.0f}"
