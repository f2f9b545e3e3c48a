"""Articles as citations: plain text, BibTeX (with biblatex's EDTF dates) and CSL-JSON for Zotero.

A retelling is cited as the newspaper's article, and its note says that the text at hand is a
retelling. Names stay whole: nobody here knows which part of a name is the family's. Formats:
CSL-JSON 1.0.2 (https://github.com/citation-style-language/schema), BibTeX with the fields of
biblatex 3.
"""

import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from shanxi_cli.model.nouns import Article
from shanxi_cli.output.labels import listed
from shanxi_cli.util import edtf as dates
from shanxi_cli.util.sanitize import clean_line

_RETELLING = "Cited from a retelling of the newspaper's article, not its own words."
_TEX = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_UNCERTAIN = re.compile(r"[/~?%X]|\A\d{4}-(?:2[1-4]|3[3-6])\Z")  # the last: a season or a quarter
_KEY = re.compile(r"[^\w.:/+-]")


def text(articles: Iterable[Article]) -> str:
    """A line an article: author, title, publication, section, page, date, note."""
    return "".join(_line(article) + "\n" for article in articles)


def _line(article: Article) -> str:
    source = [article.publication, article.section, f"page {article.page}" if article.page else ""]
    parts = [
        listed(article.author),
        f'"{article.title}"',
        ", ".join(part for part in source if part),
        article.date or "undated",
    ]
    return clean_line(", ".join(part for part in parts if part) + ". " + _note(article)).strip()


def _note(article: Article) -> str:
    notes = []
    if article.date_note:
        notes.append(f"Date {article.date_note}.")
    if article.edition == "retelling":
        notes.append(_RETELLING)
    return " ".join(notes)


def bibtex(articles: Iterable[Article]) -> str:
    """An `@article` an article, an empty line between."""
    return "\n".join(map(_entry, articles))


def _entry(article: Article) -> str:
    days = dates.parse(article.date) if article.date else None
    fields = {
        "title": "{" + _tex(article.title) + "}",
        "author": " and ".join("{" + _tex(name) + "}" for name in article.author),
        "journal": _tex(article.publication),
        "entrysubtype": "newspaper",
        "pages": _tex(article.page),
        "date": article.date,
        "year": str(_year(days)) if days else "",
        "note": _tex(_note(article)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{_KEY.sub('-', article.id)},\n{lines}}}\n"


def _tex(value: str) -> str:
    # Cleaned before it stands in braces: a sequence that is cut off would take the closing one with it.
    return "".join(_TEX.get(c, c) for c in clean_line(value))


def _year(days: dates.Interval) -> int:
    return date.fromordinal(days.first if days.first > dates.FIRST_DAY else days.last).year


def csl_json(articles: Iterable[Article]) -> str:
    """A JSON list of items of type `article-newspaper`."""
    return json.dumps([csl_item(article) for article in articles], ensure_ascii=True, indent=2) + "\n"


def csl_item(article: Article) -> dict[str, Any]:
    """An article as an item of CSL-JSON; the EDTF date is in the note where it is not a plain one."""
    note = _note(article)
    if _UNCERTAIN.search(article.date):
        note = f"EDTF date: {article.date}. {note}".strip()
    item: dict[str, Any] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": article.title,
        "author": [{"literal": name} for name in article.author],
        "container-title": article.publication,
        "section": article.section,
        "page": article.page,
        "issued": _issued(article.date),
        "abstract": article.deck,
        "keyword": ", ".join(article.keywords),
        "language": article.language,
        "note": note,
    }
    return {name: value for name, value in item.items() if value}


def _issued(edtf: str) -> dict[str, Any] | None:
    """A date as CSL knows it: one day or two, each as exact as the EDTF is, `circa` when it is not certain."""
    if not edtf:
        return None
    days = dates.parse(edtf)
    plain = not _UNCERTAIN.search(edtf)
    exact = len(edtf.split("-")) if plain else 3
    ends = [_parts(day)[:exact] for day in days if dates.FIRST_DAY < day < dates.LAST_DAY]
    issued: dict[str, Any] = {"date-parts": [ends[0]] if plain or ends[0] == ends[-1] else ends}
    return issued if plain else {**issued, "circa": True}


def _parts(day: int) -> list[int]:
    found = date.fromordinal(day)
    return [found.year, found.month, found.day]
