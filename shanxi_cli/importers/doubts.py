"""Doubts about whole articles, and the test whether a text is prose at all."""

import re
from collections.abc import Iterable, Iterator

from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.written_dates import find_written_date
from shanxi_cli.model.article import Article
from shanxi_cli.util.frozen_record import replace_fields

_MAX_MARKUP_SHARE = 0.1
_MAX_WORDS = 100_000
_MANY_DATE_LINES = 6
_MAX_DATE_LINE = 80
_TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:\s[^<>]{0,2000})?/?>|&(?:[a-z]{2,8}|#\d{2,6});")
_REPR = re.compile(
    r"""[{,\[]\s*(?:'[^'\n]{1,60}'|"[^"\n]{1,60}")\s*:\s*(?:[\[{'"]|None\b|True\b|False\b|null\b|-?\d)"""
)
_ADDRESS_OR_CODE = re.compile(r"[A-Za-z0-9+/=_-]{60,}")
_CODE_LINE = re.compile(
    r"\s*(?:[{}\])]+[;,]?|.*[;{]|(?:import|from|def|function|var|const|#include)\b.*[()\"'<;].*)\s*\Z"
)
_MIN_JUDGED_CHARACTERS = 400
_MIN_WORDS_BESIDE_CODE = 12
"""Words that make an article of a text with an attachment behind it."""
_MIN_LETTER_SHARE = 0.4
_SAMPLE = 200_000


def add_doubts(parts: Iterable[ImportedPart]) -> Iterator[ImportedPart]:
    """Yield the parts; an article that cannot be right as a whole says so in `unsure`."""
    for part in parts:
        articles = tuple(_doubt_article(article) for article in part.page.articles)
        yield part._replace(page=replace_fields(part.page, articles=articles)) if articles else part


def _doubt_article(article: Article) -> Article:
    doubts = list(list_doubts(article))
    return replace_fields(article, unsure=(*article.unsure, *doubts)) if doubts else article


def list_doubts(article: Article) -> Iterator[str]:
    """Yield what speaks against an article: no text, markup, or a length that no article has."""
    body = article.body
    if not body.strip():
        yield "an article without text"
        return
    is_code = any("c" in entry for entry in article.layout)
    if not is_code and measure_markup(body) > _MAX_MARKUP_SHARE:
        yield "more than a tenth of its text is markup or program code"
    words = len(body.split())
    if words > _MAX_WORDS:
        yield f"{words:,} words; several documents may have been taken for one"
    if _count_date_lines(body) >= _MANY_DATE_LINES:
        yield "several lines of dates; several documents may have been taken for one"
    if not article.title_note and len(article.title) > len(body):
        yield "its headline is longer than its text"


def _count_date_lines(body: str) -> int:
    """Return the number of short paragraphs with a full date, as documents of a database have above their texts."""
    lines = (line for line in body.split("\n\n") if len(line) <= _MAX_DATE_LINE and any(map(str.isdigit, line)))
    return sum(bool((found := find_written_date(line)) and len(found.date) == len("2000-01-01")) for line in lines)


def measure_markup(text: str) -> float:
    """Return the share of the characters of a text that are tags, entities, or names and values of a program."""
    text = text[:_SAMPLE]
    marks = sum(len(match.group()) for match in _TAG.finditer(text))
    marks += sum(len(match.group()) for match in _REPR.finditer(text))
    return marks / max(1, len(text))


def describe_non_prose(text: str) -> str:
    """Return what a text is if it is no prose, for a message; empty for prose, and for a text too short to judge."""
    sample = text[:_SAMPLE]
    visible = re.sub(r"\s+", "", sample)
    if len(visible) < _MIN_JUDGED_CHARACTERS:
        return ""
    if _is_data(sample):
        return "data of a program, not prose; name its form with the extension, such as .json"
    lines = [line for line in sample.splitlines() if line.strip()]
    if len(lines) > 10 and sum(bool(_CODE_LINE.match(line)) for line in lines) * 2 > len(lines):
        return "program code, not prose"
    if measure_markup(sample) > 0.25:
        return "markup of an unknown kind; save it as HTML or as text"
    encoded = sum(len(match.group()) for match in _ADDRESS_OR_CODE.finditer(sample) if _is_encoded(match.group()))
    rest = len(_ADDRESS_OR_CODE.sub(" ", sample).split())
    if encoded * 2 > len(visible) and rest < _MIN_WORDS_BESIDE_CODE:
        return "encoded data (such as base64), not prose; decode it first"
    if sum(char.isalpha() for char in visible) < _MIN_LETTER_SHARE * len(visible):
        return "mostly digits and signs, not prose"
    return ""


def _is_encoded(run: str) -> bool:
    return any(char.isdigit() for char in run) and any(char.isupper() for char in run)


def _is_data(text: str) -> bool:
    return sum(len(match.group()) for match in _REPR.finditer(text)) * 12 > len(text)
