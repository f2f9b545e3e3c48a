"""Whether what the program read agrees with a mark: values, units, periods and speakers."""

import calendar
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from papers.marks import FigureMark, QuoteMark

TOLERANCE = 0.002  # of the larger value: miles and acres are converted with different numbers of digits
MEASURES = frozenset(
    "percent points area length volume weight speed power energy voltage temperature data duration age money".split()
)
DATE = re.compile(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?")
CENTURY = re.compile(r"(\d\d)XX")
TITLE = re.compile(
    r"(the|an?|mr|mrs|ms|miss|dr|prof|professor|sir|dame|datuk|seri|(u\.?s\.? )?attorney|governor|president)\.?\s+",
    re.IGNORECASE,
)
LAST_MONTH = 12
Json = dict[str, Any]


def figure_agrees(row: Json, mark: FigureMark) -> bool:
    """Return whether value, end of the range and unit are those of the mark, or one of its alternatives is met."""
    value = values_agree(row["value"], mark.value) and _ends_agree(row["high"], mark.high)
    if value and _unit_agrees(row, mark.units, mark.dimension):
        return True
    return any(
        values_agree(row["value"], other["value"]) and _other_unit_agrees(row, other["unit"])
        for other in mark.alternatives
    )


def values_agree(a: float | None, b: float | None) -> bool:
    """Return whether two values differ by no more than `TOLERANCE` of the larger."""
    return a is not None and b is not None and abs(a - b) <= TOLERANCE * max(abs(a), abs(b), 1e-12)


def _ends_agree(read: float | None, marked: float | None) -> bool:
    return read is marked is None or values_agree(read, marked)


def _other_unit_agrees(row: Json, unit: str | None) -> bool:
    return bool(row["unit"] == unit if unit else row["dimension"] not in MEASURES)


def _unit_agrees(row: Json, units: Sequence[str | None], dimension: str) -> bool:
    """Compare measures and currencies exactly; counts of anything are one class, and an age may be in years."""
    read: str = row["dimension"]
    unit: str | None = row["unit"]
    if dimension == "count":
        return read not in MEASURES or (unit is not None and unit in units)
    if dimension == "age":
        return read == "age" or unit == "year"
    if read == "age" and "age" in units:
        return True
    return unit in units and (unit is not None or read == dimension)


def period_days(period: str | None) -> object:
    """Return the first and the last day of a period, by which two notations are equal; others as they are.

    >>> period_days("2019-02") == period_days("2019-02-01/2019-02-28")
    True
    """
    if period is None:
        return None
    first, last = _ends(CENTURY.sub(r"\g<1>00/\g<1>99", period))
    start, end = DATE.fullmatch(first), DATE.fullmatch(last)
    if not start or not end or any(int(match[2] or 1) > LAST_MONTH for match in (start, end)):
        return period
    year, month = int(end[1]), int(end[2] or LAST_MONTH)
    final = int(end[3]) if end[3] else calendar.monthrange(year, month)[1]
    return (int(start[1]), int(start[2] or 1), int(start[3] or 1)), (year, month, final)


def _ends(period: str) -> tuple[str, str]:
    first, *_, last = [end.rstrip("~?%") for end in (*period.split("/"), period.split("/")[-1])]
    return first, last


def counted_agrees(row: Json, mark: FigureMark) -> bool:
    """Return whether a marked noun is in what is counted, or in the unit of a count."""
    phrase = counted_phrase(row).casefold()
    return any(head.casefold() in phrase for head in mark.counted)


def counted_phrase(row: Json) -> str:
    """Return what is counted, with the unit of a count."""
    unit = (row["unit"] or "") if row["dimension"] not in MEASURES else ""
    return f"{row['counted'] or ''} {unit}".strip()


def relation_agrees(row: Json, mark: FigureMark) -> bool:
    """Return whether the relation is that of the mark; `about` and `nearly` are one."""
    return row["relation"] == mark.relation or {row["relation"], mark.relation} == {"~", "~<"}


def name_key(name: str) -> str:
    """Return a name without titles, accents and case."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).strip()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    while title := TITLE.match(plain):
        plain = plain[title.end() :]
    return " ".join(plain.split()).casefold()


def speaker_agrees(name: str | None, mark: QuoteMark) -> bool:
    """Return whether a name is accepted: the full name, or for a role (in small letters) its last word."""
    if name is None:
        return None in mark.speakers
    key = name_key(name)
    return any(_is_name(key, accepted) for accepted in mark.speakers if accepted is not None)


def _is_name(key: str, accepted: str) -> bool:
    wanted = name_key(accepted)
    role = accepted[0].islower()
    return key == wanted or (role and (key.split()[-1:] == wanted.split()[-1:] or key.endswith(wanted)))
