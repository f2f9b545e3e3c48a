"""The form for programs: one JSON object a line, versioned. `docs/output.md` is its contract.

Text is given as it is in the article, with every character that a terminal would obey written as
a JSON escape, so that offsets hold after decoding and nothing is obeyed before it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from shanxi_cli.matching.highlighter import TextPattern, find_marks, merge_marks
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import Hit, Mark, Results, Snippet
from shanxi_cli.output.columns import column_values
from shanxi_cli.util.sanitize import unsafe_pattern

SCHEMA_VERSION = 1


def to_json(value: Any) -> str:
    """`value` as JSON on one line, in UTF-8's letters but with every unsafe character escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return unsafe_pattern().sub(_escape_match, text)


def _escape_match(found: re.Match[str]) -> str:
    units = found.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))


def _snippet_object(snippet: Snippet) -> dict[str, Any]:
    return {"field": snippet.field, "text": snippet.text, "marks": [list(mark) for mark in snippet.marks]}


def hit_object(hit: Hit) -> dict[str, Any]:
    """A hit as `docs/output.md` describes it."""
    snippets = [*([hit.title] if hit.title.marks else []), *hit.snippets]
    return {
        "schema": SCHEMA_VERSION,
        "rank": hit.rank,
        "id": hit.article.id,
        "title": hit.article.title,
        "date": hit.article.date or None,
        "score": round(hit.score, 6),
        "snippets": [_snippet_object(snippet) for snippet in snippets],
        **({"alike": list(hit.alike)} if hit.alike else {}),
    }


def article_object(article: Article, wanted: Sequence[TextPattern]) -> dict[str, Any]:
    """An article as `docs/output.md` describes it; `marks` only when something was to be marked."""
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
    }
    if wanted:
        shown["marks"] = {
            "title": _mark_offsets(wanted, "title", article.title),
            "paragraphs": [_mark_offsets(wanted, "body", paragraph) for paragraph in article.paragraphs],
        }
    return shown


def _mark_offsets(wanted: Sequence[TextPattern], field: str, text: str) -> list[list[int]]:
    found: tuple[Mark, ...] = merge_marks([mark for _, mark in find_marks(wanted, field, text)])
    return [list(mark) for mark in found]


class JsonlPrinter:
    """An object a hit (of the chosen columns, if any were), or an object an article."""

    def __init__(self, out: TextIO, columns: tuple[str, ...] = ()) -> None:
        self._out = out
        self._columns = columns

    def results(self, results: Results) -> None:
        """A line a hit."""
        for hit in results.hits:
            shown = {
                "schema": SCHEMA_VERSION,
                **dict(zip(self._columns, column_values(hit, self._columns), strict=True)),
            }
            self._out.write(to_json(shown if self._columns else hit_object(hit)) + "\n")

    def articles(self, articles: Iterable[Article], wanted: Sequence[TextPattern]) -> None:
        """A line an article."""
        for article in articles:
            self._out.write(to_json(article_object(article, wanted)) + "\n")
