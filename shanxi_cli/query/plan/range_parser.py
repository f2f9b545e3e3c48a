"""Parse ranges on quantities (`money:1bn..`) into numbers of a canonical unit.

    range   := [amount] .. [amount] | [> >= < <=] amount      1bn..   ..5   10..20   >1bn   12.5
    amount  := [sign of a currency] number [magnitude] [unit]

An amount alone is exact. An end without a unit takes that of the other end: `1..2GW`,
`500mu..1000`, `1000..households`; a lower end below 1,000 without magnitude takes that of the upper
end if it is the smaller number: `10..20bn` is 10 to 20 billion, `500..2k` is 500 to 2,000. Units are
read in either case; what could be a unit or a magnitude (`length:500m`) is the unit.
"""

import re
from collections.abc import Iterator
from math import inf, nextafter
from typing import NamedTuple

from shanxi_cli.extraction.quantities.magnitudes import MAGNITUDES
from shanxi_cli.extraction.quantities.noun_phrases import unit_of_noun
from shanxi_cli.extraction.quantities.numbers import parse_numeral
from shanxi_cli.extraction.quantities.units import (
    CURRENCY_BY_SIGN,
    UNITS_BY_ABBREVIATION,
    UNITS_BY_NAME,
    UnitDefinition,
    list_canonical_units,
)
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.query.plan.range import QuantityRange

_MAGNITUDE_LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
_MAGNITUDES_BY_LENGTH = sorted({**MAGNITUDES, **_MAGNITUDE_LETTERS}.items(), key=lambda item: -len(item[0]))
_AMOUNT_PATTERN = re.compile(
    r"(?P<sign>[A-Za-z]{1,3}\$|[^\w\s.+-]*)\s*(?P<number>[+-]?(?:[0-9][0-9,]*)?(?:\.[0-9]+)?)(?P<tail>.*)"
)
_OPERATOR_PATTERN = re.compile(r"(>=|<=|>|<|=|≥|≤)?\s*(.*)", re.DOTALL)
_FIXED_UNITS = {"usd": UnitDefinition("USD", Dimension.MONEY), "people": UnitDefinition("person", Dimension.COUNT)}
_DEFAULT_UNITS = {"money": UnitDefinition("CNY", Dimension.MONEY), **_FIXED_UNITS}
_UNITS_BY_LOWERCASE: dict[tuple[Dimension, str], UnitDefinition] = {
    (unit.dimension, name.lower()): unit for name, unit in UNITS_BY_ABBREVIATION.items()
}


class _RangeEnd(NamedTuple):
    """An end of a range as written: a number or None, its magnitude (0: none named), a unit or None."""

    number: float | None
    size: float
    unit: UnitDefinition | None


def parse_range(field: str, text: str) -> QuantityRange:
    """Parse `field:text`, for a field of quantities. `ValueError` says what is wrong."""
    match = _OPERATOR_PATTERN.fullmatch(text.strip())
    assert match
    operator, rest = match.groups()
    dimension = _field_dimension(field)
    if ".." in rest:
        if operator:
            raise ValueError(f"{text}: a range and {operator} do not go together")
        low, high = (_parse_end(field, part.strip(), text) for part in rest.split("..", 1))
        low = _inherit_magnitude(low, high)
    else:
        low = high = _parse_end(field, rest, text)
        if low.number is None and operator:
            raise ValueError(f"{field}:{text} names no limit; a shell may have eaten it")
    unit = _common_unit(field, low, high)
    least, most = _canonical_number(low, unit, high), _canonical_number(high, unit, low)
    if low.number is None and high.number is None and low.unit is None and high.unit is None:
        raise ValueError(f"{field}:{text} names no limit; a shell may have eaten it")
    least, most = _apply_operator(operator, -inf if least is None else least, inf if most is None else most)
    if least > most:
        raise ValueError(f"{text} ends before it begins")
    canonical = unit.canonical if unit else ""
    if not canonical and dimension is Dimension.DURATION:
        raise ValueError(f"{text} names no unit")
    return QuantityRange(dimension.value, canonical, least, most)


def range_from_options(unit: str | None, low: str | None, high: str | None) -> QuantityRange:
    """Return the range of `--unit`, `--at-least` and `--at-most`; without a unit it compares numbers of every unit.

    A unit is one of the table, a field of quantities, or else a counted noun. Raises as `parse_range`.
    """
    field, named = _resolve_unit_name(unit) if unit else ("", None)
    ends = []
    for text in (low, high):
        end = _parse_end(field, text.strip(), text) if text else _RangeEnd(None, 0.0, None)
        if text and end.number is None:
            raise ValueError(f"{text} is no number")
        ends.append(end)
    own = next((end.unit for end in ends if end.unit), None) or named
    if own and named and own.canonical != named.canonical:
        raise ValueError(f"{own.canonical} and {named.canonical} cannot be compared")
    least, most = (_canonical_number(end, own if named is None else named, ends[0]) for end in ends)
    if least is not None and most is not None and least > most:
        raise ValueError(f"{low}..{high} ends before it begins")
    dimension = own.dimension.value if own else _field_dimension(field).value if field else ""
    canonical = own.canonical if own else ""
    return QuantityRange(dimension, canonical, -inf if least is None else least, inf if most is None else most)


def _resolve_unit_name(text: str) -> tuple[str, UnitDefinition | None]:
    """Return the field and the unit of a unit's name: `CNY`, `yuan`, `mu`, `area`, `households`."""
    clean = " ".join(text.replace("-", " ").split())
    exact = UNITS_BY_ABBREVIATION.get(clean) or UNITS_BY_NAME.get(clean.lower())
    if exact is None and clean in (units := list_canonical_units()):
        exact = UnitDefinition(clean, units[clean])
    if exact is None:
        exact = next((unit for (_, name), unit in _UNITS_BY_LOWERCASE.items() if name == clean.lower()), None)
    if exact:
        return exact.dimension.value, exact
    low = clean.lower()
    if low in {d.value for d in Dimension} or low in _FIXED_UNITS:
        usual = _DEFAULT_UNITS.get(low)
        return ("money" if low == "usd" else low), usual if low != "money" else None
    return "count", UnitDefinition(unit_of_noun(low), Dimension.COUNT)


def _field_dimension(field: str) -> Dimension:
    return _DEFAULT_UNITS[field].dimension if field in _DEFAULT_UNITS else Dimension(field)


def _parse_end(field: str, text: str, whole: str) -> _RangeEnd:
    if not text:
        return _RangeEnd(None, 0.0, None)
    match = _AMOUNT_PATTERN.fullmatch(text)
    if not match:
        raise ValueError(f"{text} is no number")
    number = match["number"]
    digits = number.lstrip("+-")
    value = parse_numeral("0" + digits if digits.startswith(".") else digits) if digits else None
    if (digits and value is None) or (number and not digits):
        raise ValueError(f"{number} is no number")
    unit = _unit_of_sign(field, match["sign"])
    for size, tail in _split_magnitude(match["tail"].strip()) if value is not None else [(0.0, match["tail"].strip())]:
        named = _unit_named(field, tail) if tail else unit
        if tail and (named is None or (unit and unit != named)):
            continue
        return _RangeEnd(None if value is None else -value if number[0] == "-" else value, size, named)
    raise ValueError(f"{field} is not measured in {match['tail'].strip()}" if field else f"{whole} is no number")


def _split_magnitude(tail: str) -> Iterator[tuple[float, str]]:
    """Yield the readings of the text after a number, as magnitude (0: none) and unit; the likeliest first."""
    low = tail.lower()
    whole = dict(_MAGNITUDES_BY_LENGTH).get(low)
    yield 0.0, tail
    if whole:
        yield whole, ""
    for word, size in _MAGNITUDES_BY_LENGTH:
        if low.startswith(word) and len(low) > len(word):
            yield size, tail[len(word) :].strip(" -")


def _unit_of_sign(field: str, sign: str) -> UnitDefinition | None:
    if not sign:
        return None
    if sign not in CURRENCY_BY_SIGN or (field and _field_dimension(field) is not Dimension.MONEY):
        raise ValueError(
            f"{sign} is no sign of a currency" if sign not in CURRENCY_BY_SIGN else f"{field} is not money"
        )
    return _if_unit_allowed(field, UnitDefinition(CURRENCY_BY_SIGN[sign], Dimension.MONEY))


def _unit_named(field: str, text: str) -> UnitDefinition | None:
    """Return the unit of that name, if quantities of the field can be in it."""
    clean = " ".join(text.replace("-", " ").split())
    dimension = _field_dimension(field) if field else None
    if dimension is Dimension.COUNT:
        return _counted_noun_unit(field, clean.lower())
    unit = (
        UNITS_BY_ABBREVIATION.get(clean)
        or UNITS_BY_NAME.get(clean.lower())
        or (CURRENCY_BY_SIGN.get(clean) and UnitDefinition(CURRENCY_BY_SIGN[clean], Dimension.MONEY))
    )
    if not unit or (dimension and unit.dimension is not dimension):
        unit = next(
            (u for (d, name), u in _UNITS_BY_LOWERCASE.items() if name == clean.lower() and dimension in (None, d)),
            None,
        )
    return _if_unit_allowed(field, unit) if unit else None


def _counted_noun_unit(field: str, noun: str) -> UnitDefinition | None:
    if (
        not noun.replace(" ", "").isalpha()
        or len(noun) < 3
        or noun in dict(_MAGNITUDES_BY_LENGTH)
        or noun in UNITS_BY_NAME
    ):
        return None
    return _if_unit_allowed(field, UnitDefinition(unit_of_noun(noun), Dimension.COUNT))


def _if_unit_allowed(field: str, unit: UnitDefinition) -> UnitDefinition | None:
    fixed = _FIXED_UNITS.get(field)
    return unit if fixed is None or fixed == unit else None


def _inherit_magnitude(low: _RangeEnd, high: _RangeEnd) -> _RangeEnd:
    """Return the lower end, in the magnitude of the upper if only that has one."""
    if low.number is None or high.number is None or low.size or low.unit or not high.size:
        return low
    return low._replace(size=high.size) if 0 <= low.number < high.number and low.number < 1e3 else low


def _common_unit(field: str, low: _RangeEnd, high: _RangeEnd) -> UnitDefinition | None:
    """Return the unit of a range: one of the two named, which share a canonical unit, or the field's default."""
    named = [end.unit for end in (low, high) if end.unit]
    if len({unit.canonical for unit in named}) > 1:
        raise ValueError(f"{named[0].canonical} and {named[1].canonical} cannot be compared")
    if named or field in _DEFAULT_UNITS:
        return named[0] if named else _DEFAULT_UNITS[field]
    units = [unit for unit, dimension in list_canonical_units().items() if dimension is _field_dimension(field)]
    return UnitDefinition(units[0], _field_dimension(field)) if len(units) == 1 else None


def _canonical_number(end: _RangeEnd, common: UnitDefinition | None, other: _RangeEnd) -> float | None:
    """Return the number of an end in the canonical unit; None for an open end."""
    if end.number is None:
        return None
    unit = end.unit or other.unit or common
    value = float(f"{end.number * (end.size or 1):.15g}")
    return float(f"{value * unit.factor + unit.offset:.12g}") if unit and (unit.factor != 1 or unit.offset) else value


def _apply_operator(operator: str | None, low: float, high: float) -> tuple[float, float]:
    match operator:
        case ">":
            return nextafter(low, inf), inf
        case ">=" | "≥":
            return low, inf
        case "<":
            return -inf, nextafter(high, -inf)
        case "<=" | "≤":
            return -inf, high
        case _:
            return low, high
