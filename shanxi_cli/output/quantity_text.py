"""Quantities as people read them in every format: `> 8.7bn CNY`, `160 to 400 km/h`."""

from shanxi_cli.extraction.quantities.plurals import to_plural
from shanxi_cli.model.quantity import Dimension, Quantity, Relation
from shanxi_cli.util.sanitize import sanitize_line

_NUMBER_SUFFIXES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))


def shorten_number(value: float) -> str:
    """Return a number in the notation of queries: 8.7bn, 240m, 100,000, 12.5."""
    size, letters = next(((s, name) for s, name in _NUMBER_SUFFIXES if abs(value) >= s), (1.0, ""))
    number = value / size
    return (f"{number:,.0f}" if number.is_integer() else f"{number:,.6g}") + letters


_SMALLER_UNITS = {
    "km": ((1e-3, 1e6, "mm"), (0.1, 1e3, "m")),
    "t": ((1e-3, 1e6, "g"), (0.1, 1e3, "kg")),
}
"""Unit -> values below which people read it in a smaller one, with the factor and that unit."""


def _choose_unit(quantity: Quantity) -> tuple[float, str]:
    """Return the factor and the unit in which people read a quantity: 48 mm, not 0.000048 km."""
    most = max(abs(quantity.value), abs(quantity.high or 0))
    for below, factor, unit in _SMALLER_UNITS.get(quantity.unit, ()):
        if 0 < most < below:
            return factor, unit
    return 1, quantity.unit


def format_quantity(quantity: Quantity) -> str:
    """Return `> 8.7bn CNY`, `160 to 400 km/h` or `8bn CNY per year`."""
    sign = "" if quantity.relation is Relation.EQUAL else f"{quantity.relation.value} "
    factor, unit = _choose_unit(quantity)
    value = quantity.value if factor == 1 else round(quantity.value * factor, 6)
    high = "" if quantity.high is None else f" to {shorten_number(round(quantity.high * factor, 6))}"
    rate = f" per {quantity.rate}" if quantity.rate else ""
    if quantity.dimension is Dimension.COUNT and quantity.counted:
        unit = ""  # the counted noun is printed beside it
    elif quantity.dimension in (Dimension.COUNT, Dimension.DURATION) and unit and quantity.value != 1:
        unit = to_plural(unit)
    return sanitize_line(f"{sign}{shorten_number(value)}{high} {unit}".rstrip() + rate)
