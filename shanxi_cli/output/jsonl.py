"""JSON for programs: one object per line, versioned, as `docs/output.md` specifies.

Text is written as it is in the article, with every character that a terminal would interpret as a JSON escape, so
that offsets hold after decoding and no terminal interprets anything before it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from shanxi_cli.model.article import Article
from shanxi_cli.output.table import DataTable, RowWriter
from shanxi_cli.util.sanitize import unsafe_pattern

if TYPE_CHECKING:  # errors are printed through this module, before an article is read
    from shanxi_cli.matching.article_marks import ArticleMarks, MarkedArticle
    from shanxi_cli.model.results import Mark

SCHEMA_VERSION = 1


def to_json(value: Any) -> str:
    """Return `value` as JSON on one line, without ASCII escapes except for unsafe characters."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return unsafe_pattern().sub(_escape_match, text)


def _escape_match(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))


def article_object(article: Article, marks: "ArticleMarks | None" = None) -> dict[str, Any]:
    """Return an article as `docs/output.md` specifies it; the key `marks` is absent when `marks` is None."""
    shown: dict[str, Any] = {"schema": SCHEMA_VERSION, "id": article.id, "title": article.title}
    shown |= {
        "title_note": article.title_note or None,
        "deck": article.deck or None,
        "author": list(article.author),
        "contributors": list(article.contributors),
        "author_note": article.author_note or None,
        "date": article.date or None,
        "date_note": article.date_note or None,
        "publication": article.publication or None,
        "section": article.section or None,
        "page": article.page or None,
        "language": article.language or None,
        "type": article.type,
        "edition": article.edition or None,
        "places": list(article.places),
        "people": [{k: v for k, v in person._asdict().items() if v} for person in article.people],
        "organisations": list(article.organisations),
        "keywords": list(article.keywords),
        "captions": [{k: v for k, v in caption._asdict().items() if v} for caption in article.captions],
        "source": article.source or None,
        "repairs": list(article.repairs),
        "unsure": list(article.unsure),
        "paragraphs": article.paragraphs,
        "links": list(article.links),
        "derived": {kind: list(names) for kind, names in article.derived._asdict().items()},
        "url": article.url or None,
    }
    if marks is not None:
        shown["marks"] = {
            "title": _mark_offsets(marks.title),
            "paragraphs": [_mark_offsets(paragraph) for paragraph in marks.paragraphs],
        }
    return shown


def _mark_offsets(marks: "Sequence[Mark]") -> list[list[int]]:
    return [list(mark) for mark in marks]


class ArticleJsonlPrinter:
    """Prints one object per article."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def articles(self, articles: "Iterable[MarkedArticle]") -> None:
        """See `ArticlePrinter`."""
        for marked in articles:
            self._out.write(to_json(article_object(marked.article, marked.marks)) + "\n")


class JsonlWriter(RowWriter):
    """Writes one object per row, then one with `summary` for a table that has a summary."""

    def write(self, table: DataTable) -> None:
        """See `RowWriter`."""
        names = self._choose(table.columns, tuple(table.columns))
        for row in table.rows:
            if table.make_object is not None and self._fields is None:
                self._write_object(table.make_object(row))
            else:
                self._write_object({name: table.columns[name](row) for name in names})
        if table.summary is not None and self._fields is None:
            self._write_object({"summary": table.summary})

    def _write_object(self, value: dict[str, Any]) -> None:
        notes = self.notes if self._fields is None else {}
        self._out.write(to_json({"schema": SCHEMA_VERSION, **value, **notes}) + "\n")
