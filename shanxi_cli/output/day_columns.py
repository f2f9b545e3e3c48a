"""Columns for the date of an article as days, which a spreadsheet opens as dates: EDTF is text to it."""

from collections.abc import Callable
from typing import Any

from shanxi_cli.model.article import Article
from shanxi_cli.output.table import ColumnGetters
from shanxi_cli.util import edtf


def first_day(article: Article) -> str | None:
    """Return the first day that the date of an article may be, as ISO 8601; None where it is open or unknown."""
    return _format_day(edtf.parse_edtf(article.date).first) if article.date else None


def last_day(article: Article) -> str | None:
    """Return the last day that the date of an article may be; see `first_day`."""
    return _format_day(edtf.parse_edtf(article.date).last) if article.date else None


def _format_day(day: int) -> str | None:
    return edtf.format_day(day) if edtf.FIRST_DAY < day < edtf.LAST_DAY else None


def make_day_columns(article: Callable[[Any], Article]) -> ColumnGetters:
    """Return the columns `date_from` and `date_to` of rows that have an article."""
    return {"date_from": lambda row: first_day(article(row)), "date_to": lambda row: last_day(article(row))}
