"""Dates as people and programs write them, read as EDTF. Knows no files and no fields.

The day is the one that is written: a time of day and its zone are dropped, never converted. Where the day and the month
could be either (`03/04/2021`), only the year is taken.
"""

import re

from shanxi_cli.util import edtf

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_ZONE = r"(?:\s?(?:Z|UTC|GMT|[A-Z]{2,5}|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?))*"
_CLOCK = rf"\d\d?(?:[:.]\d\d){{1,2}}(?:[.,]\d{{1,9}})?(?:\s?[ap]\.?m\.?)?{_ZONE}(?:\s?\([^()]{{1,40}}\))?"
_TIME = rf"(?:[T,\s]\s*(?:at\s+)?(?:{_CLOCK}|\d{{4,6}}{_ZONE}|\d\d{_ZONE})|{_ZONE})?\s*"
_DAY = r"(?P<day>\d\d?)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_PATTERNS = [
    re.compile(pattern + r"\Z", re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?P<sep>[-/.])(?P<number>\d\d?)(?P=sep){_DAY}{_TIME}",
        rf"{_YEAR}-(?P<number>\d\d)-{_DAY}[T\s]\s*\d\d?:\d\d(?!.*\d{{4}}-\d\d)(?:\D.*)?",  # a clock that is odd
        rf"{_YEAR}[/.](?P<number>\d\d?)",
        rf"{_YEAR}(?P<number>\d\d)(?P<day>\d\d)(?:{_TIME}|\d{{4}}|\d{{6}})",
        rf"{_YEAR}\s*年\s*(?P<number>\d\d?)\s*月(?:\s*(?P<day>\d\d?)\s*[日号])?{_TIME}",
        rf"{_WEEKDAY}{_DAY}(?:\s+|-|\s+of\s+){_MONTH}(?:,?\s+|-){_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}\s+{_CLOCK}\s+{_YEAR}",
        rf"{_MONTH},?\s+{_YEAR}",
        rf"{_YEAR}[-\s]{_MONTH}(?:[-\s]{_DAY})?{_TIME}",
    )
]
_SHORT_PATTERN = re.compile(rf"(\d\d?)([/.-])(\d\d?)\2(\d{{4}}){_TIME}\Z", re.ASCII | re.IGNORECASE)
_FILE_NAME_PATTERN = re.compile(
    r"(?P<start>(?P<y>\d{4})(?P<s>[-_.]?)(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?:[T_ -]?\d{4}(?:\d\d)?)?(?=\Z|[-_. T])[-_. ]*)"
    r"|.*?(?P<end>[-_. ]+(?P<y2>\d{4})-(?P<m2>\d\d)-(?P<d2>\d\d))\Z",
    re.ASCII,
)
_ADDRESS_PATTERN = re.compile(r"(?:\A|/)(\d{4})([/-]?)(\d\d)\2(\d\d)(?=[/]|\Z)", re.ASCII)
_MAX_CHARACTERS = 100


def read_date(text: str, *, month_first: bool = False) -> str:
    """Return a date as EDTF. Raise `ValueError`, with a message for users, if it cannot be read as one.

    With `month_first`, `4/5/2023` is in April; else it could be May too.
    """
    text = " ".join(text.split()).strip("[]\"' ")
    try:
        edtf.parse_edtf(text)
    except ValueError as error:
        found = _read_other_form(text, month_first=month_first) if len(text) <= _MAX_CHARACTERS else ""
        if not found:
            raise ValueError(str(error)) from error
        edtf.parse_edtf(found)
        return found
    return text


def find_date_in_name(stem: str) -> tuple[str, str]:
    """Return the date (EDTF) in the stem of a file name, and the stem without it; empty and the stem for none.

    >>> find_date_in_name("2021-07-22-coal-town")
    ('2021-07-22', 'coal-town')
    """
    match = _FILE_NAME_PATTERN.match(stem)
    if not match:
        return "", stem
    if match["start"]:
        day, rest = f"{match['y']}-{match['m']}-{match['d']}", stem[match.end("start") :]
    else:
        day, rest = f"{match['y2']}-{match['m2']}-{match['d2']}", stem[: match.start("end")]
    return (day, rest) if _is_day(day) else ("", stem)


def find_date_in_folders(path: str) -> str:
    """Return the date (EDTF) in the folders of a path or of a page's address, empty for none.

    >>> find_date_in_folders("posts/2021/07/22/coal-town")
    '2021-07-22'
    >>> find_date_in_folders("2021-07-22/coal-town")
    '2021-07-22'
    """
    days = [f"{match[1]}-{match[3]}-{match[4]}" for match in _ADDRESS_PATTERN.finditer(path)]
    return next((day for day in reversed(days) if _is_day(day)), "")


def _is_day(text: str) -> bool:
    try:
        edtf.parse_edtf(text)
    except ValueError:
        return False
    return True


def _read_other_form(text: str, *, month_first: bool) -> str:
    """Return the EDTF of a date in another form; empty if there is none."""
    if short := _SHORT_PATTERN.match(text):
        if month_first and int(short[1]) <= 12:
            return f"{short[4]}-{int(short[1]):02}-{int(short[3]):02}"
        return _read_short_date(int(short[1]), int(short[3]), short[4], is_german=short[2] == ".")
    match = next((found for pattern in _PATTERNS if (found := pattern.match(text))), None)
    if match is None:
        return ""
    parts = match.groupdict()
    number = parts.get("number")
    month = int(number) if number else _MONTHS.index(parts["month"][:3].lower()) + 1
    return f"{parts['year']}-{month:02}" + (f"-{int(parts['day']):02}" if parts.get("day") else "")


def _read_short_date(first: int, second: int, year: str, *, is_german: bool) -> str:
    """Return the EDTF of two numbers and a year; of the year alone if either number could be the month."""
    if is_german or first > 12 or first == second:
        return f"{year}-{second:02}-{first:02}"
    return f"{year}-{first:02}-{second:02}" if second > 12 else year
