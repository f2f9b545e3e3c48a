"""Units of newspaper text: the printed forms of each, and its factor to the canonical unit of its dimension.

Sources of the factors: BIPM SI brochure (9th edition) and NIST Handbook 44 appendix C (2023) for British and American
measures; China's State Council order of 1984-02-27 for mu, jin and li. A `ton` is metric: that is what newspapers
outside the United States mean by it.
"""

from typing import NamedTuple

from shanxi_cli.extraction.quantities.currency_table import CURRENCY_TABLE, HUNDREDTH_TABLE, SHARED_NOUNS
from shanxi_cli.model.quantity import Dimension


class UnitDefinition(NamedTuple):
    """A printed unit: `amount * factor + offset` is the value in `canonical`."""

    canonical: str
    dimension: Dimension
    factor: float = 1.0
    offset: float = 0.0


D = Dimension
OPEN_MONEY = UnitDefinition("", Dimension.MONEY)
"""The unit of an amount of money whose country the text does not tell."""

# canonical unit, dimension, then rows of: factor, names (any case), abbreviations (this case only)
_UnitRow = tuple[float, str, str]
_UNIT_TABLE: tuple[tuple[str, Dimension, tuple[_UnitRow, ...]], ...] = (
    ("percent", D.PERCENT, ((1, "percent|per cent|pct|p c|%", "pc|p.c."),)),
    (
        "percentage point",
        D.POINTS,
        ((1, "percentage point|percentage points", "pp"), (0.01, "basis point|basis points", "bp|bps")),
    ),
    (
        "ha",
        D.AREA,
        (
            (1, "hectare|hectares", "ha"),
            (1 / 15, "mu", ""),
            (1e-4, "square meter|square meters|square metre|square metres|sq m", "sqm|m2|m²"),
            (
                100,
                "square kilometer|square kilometers|square kilometre|square kilometres|square km|sq km",
                "km2|km²",
            ),
            (0.40468564224, "acre|acres", ""),
            (9.290304e-6, "square foot|square feet|sq ft", ""),
            (258.9988110336, "square mile|square miles|sq mi", ""),
        ),
    ),
    (
        "km",
        D.LENGTH,
        (
            (1, "kilometer|kilometers|kilometre|kilometres|kms", "km"),
            (1e-3, "meter|meters|metre|metres", "m"),
            (1e-5, "centimeter|centimeters|centimetre|centimetres", "cm"),
            (1e-6, "millimeter|millimeters|millimetre|millimetres", "mm"),
            (1e-9, "micrometer|micrometers|micron|microns", "μm|µm"),
            (1e-12, "nanometer|nanometers|nanometre|nanometres", "nm"),
            (0.5, "li", ""),
            (1.609344, "mile|miles", ""),
            (3.048e-4, "foot|feet", "ft"),
            (9.144e-4, "yard|yards", ""),
            (2.54e-5, "inch|inches|ins", ""),
            (1.852, "nautical mile|nautical miles", ""),
        ),
    ),
    (
        "m3",
        D.VOLUME,
        (
            (1, "cubic meter|cubic meters|cubic metre|cubic metres|cu m", "m3|m³"),
            (1e9, "cubic kilometer|cubic kilometers|cubic kilometre|cubic kilometres", "bcm"),
            (0.028316846592, "cubic foot|cubic feet", ""),
            (1e-3, "liter|liters|litre|litres", "L"),
            (1e-6, "milliliter|milliliters|millilitre|millilitres", "ml|mL"),
            (0.003785411784, "gallon|gallons", ""),
        ),
    ),
    (
        "t",
        D.WEIGHT,
        (
            (1, "metric ton|metric tons|tonne|tonnes|metric tonne|metric tonnes|ton|tons", "t"),
            (1e6, "megaton|megatons", "Mt"),
            (1e-3, "kilogram|kilograms|kilo|kilos|kilogramme|kilogrammes", "kg"),
            (1e-6, "gram|grams|gramme|grammes", "g"),
            (1e-9, "milligram|milligrams", "mg"),
            (5e-4, "jin", ""),
            (4.5359237e-4, "pound|pounds|lb|lbs", ""),
            (0.05080234544, "hundredweight|hundredweights|cwt", ""),
            (2.8349523125e-5, "ounce|ounces", "oz"),
        ),
    ),
    (
        "km/h",
        D.SPEED,
        (
            (
                1,
                "kilometer per hour|kilometers per hour|kilometre per hour|kilometres per hour|km per hour"
                "|kilometers an hour|kilometres an hour|km an hour|kph",
                "km/h|kmh",
            ),
            (3.6, "meter per second|meters per second|metre per second|metres per second|meters a second", "m/s"),
            (1.609344, "mile per hour|miles per hour|miles an hour|mph", ""),
        ),
    ),
    (
        "MW",
        D.POWER,
        (
            (1, "megawatt|megawatts", "MW"),
            (1e-6, "watt|watts", "W"),
            (1e-3, "kilowatt|kilowatts", "kW|KW"),
            (1e3, "gigawatt|gigawatts", "GW"),
            (1e6, "terawatt|terawatts", "TW"),
            (7.4569987158e-4, "horsepower", "hp"),
        ),
    ),
    (
        "kWh",
        D.ENERGY,
        (
            (1, "kilowatt hour|kilowatt hours", "kWh|KWh|kwh|kW h"),
            (1e3, "megawatt hour|megawatt hours", "MWh"),
            (1e6, "gigawatt hour|gigawatt hours", "GWh"),
            (1e9, "terawatt hour|terawatt hours", "TWh"),
        ),
    ),
    ("kV", D.VOLTAGE, ((1, "kilovolt|kilovolts", "kV|KV"), (1e-3, "volt|volts", "V"))),
    ("°C", D.TEMPERATURE, ((1, "degree celsius|degrees celsius|degree centigrade|degrees centigrade|°c|℃", "C|° C"),)),
    (
        "GB",
        D.DATA,
        (
            (1, "gigabyte|gigabytes", "GB"),
            (1e-3, "megabyte|megabytes", "MB"),
            (1e3, "terabyte|terabytes", "TB"),
            (1e6, "petabyte|petabytes", "PB"),
        ),
    ),
    ("second", D.DURATION, ((1, "second|seconds|sec|secs", ""),)),
    ("minute", D.DURATION, ((1, "minute|minutes|min|mins", ""),)),
    ("hour", D.DURATION, ((1, "hour|hours|hr|hrs", ""),)),
    ("day", D.DURATION, ((1, "day|days", ""),)),
    ("week", D.DURATION, ((1, "week|weeks", ""), (2, "fortnight|fortnights", ""))),
    ("month", D.DURATION, ((1, "month|months", ""),)),
    (
        "year",
        D.DURATION,
        (
            (1, "year|years|yr|yrs", ""),
            (10, "decade|decades", ""),
            (100, "century|centuries", ""),
            (1000, "millennium|millennia|millenniums", ""),
        ),
    ),
    ("year of age", D.AGE, ((1, "year old|years old|year of age|years of age", ""),)),
    ("times", D.TIMES, ((1, "times|fold", ""),)),
)


def _build_unit_lookups() -> tuple[dict[str, UnitDefinition], dict[str, UnitDefinition]]:
    names: dict[str, UnitDefinition] = {}
    exact: dict[str, UnitDefinition] = {}
    for canonical, dimension, rows in _UNIT_TABLE:
        for factor, spelled, short in rows:
            unit = UnitDefinition(canonical, dimension, factor)
            names.update((name, unit) for name in spelled.split("|"))
            exact.update((name, unit) for name in short.split("|") if name)
        if canonical not in names:
            exact.setdefault(canonical, UnitDefinition(canonical, dimension))
    fahrenheit = UnitDefinition("°C", D.TEMPERATURE, 5 / 9, -160 / 9)
    names.update({"degrees fahrenheit": fahrenheit, "degree fahrenheit": fahrenheit, "°f": fahrenheit})
    for code, spelled, _ in CURRENCY_TABLE:
        names.update((name, UnitDefinition(code, D.MONEY)) for name in spelled.split("|"))
        exact[code] = UnitDefinition(code, D.MONEY)
    for code, spelled, short in HUNDREDTH_TABLE:
        cent = UnitDefinition(code, D.MONEY, 0.01)
        names.update((name, cent) for name in spelled.split("|"))
        exact.update((name, cent) for name in short.split())
    for noun in SHARED_NOUNS:
        names.setdefault(noun, OPEN_MONEY)
        names.setdefault(f"{noun}s", OPEN_MONEY)
    return names, exact


UNITS_BY_NAME, UNITS_BY_ABBREVIATION = _build_unit_lookups()
"""Printed unit -> unit: by lower-case name (its words joined by one space), and by exact abbreviation."""

CURRENCY_BY_SIGN: dict[str, str] = {sign: code for code, _, signs in CURRENCY_TABLE for sign in signs.split()}
"""Sign or code printed before an amount of money -> ISO 4217 code."""

UNIT_FIRST_WORDS = frozenset(name.split()[0] for name in UNITS_BY_NAME)
"""The words that begin the name of a unit."""

MAX_UNIT_NAME_WORDS = max(name.count(" ") for name in UNITS_BY_NAME) + 1
"""Number of words of the longest name."""


def list_canonical_units() -> dict[str, Dimension]:
    """Return every unit that a value can have, except counted nouns, with its dimension."""
    known = (*UNITS_BY_NAME.values(), *UNITS_BY_ABBREVIATION.values())
    return {unit.canonical: unit.dimension for unit in known if unit.canonical}


def units_as_markdown() -> str:
    """Return the table of units for the documentation: a line for each dimension or currency, as Markdown.

    `docs/figures.md` holds it between two marks; a test compares them.
    """
    lines = ["| dimension | unit | read from |", "| --- | --- | --- |"]
    for canonical, dimension, rows in _UNIT_TABLE:
        words = [name for _, spelled, short in rows for name in _list_printed_names(spelled, short)]
        lines.append(f"| {dimension.value} | {canonical} | {', '.join(words)} |")
    for code, spelled, signs in CURRENCY_TABLE:
        lines.append(f"| money | {code} | {', '.join([*_list_printed_names(spelled, ''), *signs.split()])} |")
    for code, spelled, short in HUNDREDTH_TABLE:
        lines.append(f"| money | {code} / 100 | {', '.join(_list_printed_names(spelled, short))} |")
    return "\n".join(lines) + "\n"


def _list_printed_names(spelled: str, short: str) -> list[str]:
    """Return the names of a row; of two that differ in a plural s alone, only the shorter."""
    names = spelled.split("|")
    return [n for n in names if n.removesuffix("s") == n or n.removesuffix("s") not in names] + [
        s for s in short.split("|") if s
    ]
