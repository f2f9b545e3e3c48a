"""Parts that every citation format has: the page, the note, and the days of a date."""

import re
from datetime import date
from typing import NamedTuple

from shanxi_cli.model.article import Article
from shanxi_cli.util import edtf

RETELLING_NOTE = "Cited from a retelling of the newspaper's article, not its own words."
_NOT_PLAIN_DATE_PATTERN = re.compile(r"[/~?%X]|\A\d{4}-(?:2[1-4]|3[3-6])\Z")  # the last: a season or a quarter
_ARCHIVE_PAGE_PATTERN = re.compile(r"0+|0\d\d")


class CitedDate(NamedTuple):
    """First and last day of a date as year, month, day, as precise as the date; one of them for a single day.

    `circa` is True for an uncertain date.
    """

    days: tuple[tuple[int, ...], ...]
    circa: bool


def printed_page(article: Article) -> str:
    """Return the page that the newspaper printed; empty for a page that an archive numbered (`000`, `003`).

    Archives number their pages by three digits, as the names of page folders (`corpus.file_names`); newspapers print
    no leading zeros but those of two digits (`08`).
    """
    return "" if _ARCHIVE_PAGE_PATTERN.fullmatch(article.page) else article.page


def citation_note(article: Article) -> str:
    """Return how the date was estimated, and that the article is a retelling; empty for neither."""
    notes = [f"Date {article.date_note}."] if article.date_note else []
    return " ".join([*notes, RETELLING_NOTE] if article.is_retelling else notes)


def is_plain_date(text: str) -> bool:
    """Return True for a day, month or year without a sign of doubt; False for other EDTF dates."""
    return not _NOT_PLAIN_DATE_PATTERN.search(text)


def read_cited_date(text: str) -> CitedDate | None:
    """Return an EDTF date as the days of a citation; None for an empty one."""
    if not text:
        return None
    interval, plain = edtf.parse_edtf(text), is_plain_date(text)
    exact = len(text.split("-")) if plain else 3
    ends = [_day_parts(day)[:exact] for day in interval if edtf.FIRST_DAY < day < edtf.LAST_DAY]
    return CitedDate((ends[0],) if plain or ends[0] == ends[-1] else tuple(ends), not plain)


def _day_parts(day: int) -> tuple[int, ...]:
    calendar_day = date.fromordinal(day)
    return calendar_day.year, calendar_day.month, calendar_day.day
