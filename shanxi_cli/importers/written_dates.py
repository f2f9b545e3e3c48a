"""Dates in words of several languages, found in a line: as databases of newspapers print them."""

import re
from typing import NamedTuple

from shanxi_cli.util import edtf

_MONTHS = (  # English, German, French, Spanish, Italian, Dutch, Portuguese, Scandinavian
    "january jan januar jänner janvier enero gennaio januari janeiro",
    "february feb februar februari février fevrier febrero febbraio fevereiro",
    "march mar märz mrz mars marzo maart março marts",
    "april apr avril abril aprile",
    "may mai mayo maggio mei maio maj",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août aout agosto augustus augusti",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro desember",
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_PATTERN = re.compile(
    rf"\b(?:(?P<d1>\d\d?)(?:\.|st|nd|rd|th|er|º)?(?:\s+de|\s+of)?\s+(?P<m1>{_NAME})\.?,?(?:\s+de[l]?)?\s+(?P<y1>[12]\d{{3}})"
    rf"|(?P<m2>{_NAME})\.?\s+(?P<d2>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y2>[12]\d{{3}})"
    rf"|(?P<y3>[12]\d{{3}})\s*年\s*(?P<n3>\d\d?)\s*月(?:\s*(?P<d3>\d\d?)\s*[日号])?"
    rf"|(?P<y4>[12]\d{{3}})-(?P<n4>\d\d)-(?P<d4>\d\d)"
    rf"|(?P<d5>\d\d?)\.(?P<n5>\d\d?)\.(?P<y5>[12]\d{{3}})"
    rf"|(?P<m6>{_NAME})\.?,?\s+(?P<y6>[12]\d{{3}}))(?!\d)",
    re.IGNORECASE,
)
_MAX_BEFORE = 24
_MAX_BEHIND = 60


class WrittenDate(NamedTuple):
    """A date (EDTF), and the text of its line before and behind it, without space at their ends."""

    date: str
    before: str
    behind: str


def find_written_date(line: str) -> WrittenDate | None:
    """Return the first date of a line; None for none, and for a day that no calendar has."""
    for match in _PATTERN.finditer(line):
        parts = {name[0]: value for name, value in match.groupdict().items() if value}
        month = int(parts["n"]) if "n" in parts else _NUMBERS[parts["m"].lower()]
        date = f"{parts['y']}-{month:02}" + (f"-{int(parts['d']):02}" if "d" in parts else "")
        try:
            edtf.parse_edtf(date)
        except ValueError:
            continue
        return WrittenDate(date, line[: match.start()].strip(), line[match.end() :].strip())
    return None


def parse_date_line(line: str) -> WrittenDate | None:
    """Return the date of a line that is a date: with a weekday, a clock or an edition, but without a sentence.

    >>> parse_date_line("May 3, 2019 Friday").date
    '2019-05-03'
    >>> parse_date_line("Mittwoch 31. August 2011").date
    '2011-08-31'
    """
    found = find_written_date(line)
    if not found or len(found.before) > _MAX_BEFORE or len(found.behind) > _MAX_BEHIND or line.endswith("."):
        return None
    return found if len(found.before.split()) <= 2 else None
