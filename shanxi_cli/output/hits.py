"""Hits as a table: the columns that `--fields` can name, and the JSON object of a hit."""

from typing import Any

from shanxi_cli.model.results import Hit, Results, Snippet
from shanxi_cli.output.day_columns import first_day, last_day, make_day_columns
from shanxi_cli.output.table import ColumnGetters, DataTable, RowWriter

HIT_COLUMNS: ColumnGetters = {
    "rank": lambda hit: hit.rank,
    "score": lambda hit: round(hit.score, 6),
    "id": lambda hit: hit.article.id,
    "title": lambda hit: hit.article.title,
    "deck": lambda hit: hit.article.deck or None,
    "author": lambda hit: list(hit.article.author),
    "contributors": lambda hit: list(hit.article.contributors),
    "date": lambda hit: hit.article.date or None,
    "date_note": lambda hit: hit.article.date_note or None,
    "first_day": lambda hit: first_day(hit.article),
    "last_day": lambda hit: last_day(hit.article),
    "publication": lambda hit: hit.article.publication or None,
    "section": lambda hit: hit.article.section or None,
    "page": lambda hit: hit.article.page or None,
    "language": lambda hit: hit.article.language or None,
    "type": lambda hit: hit.article.type,
    "edition": lambda hit: hit.article.edition or None,
    "places": lambda hit: list(hit.article.places),
    "people": lambda hit: [person.name for person in hit.article.people],
    "organisations": lambda hit: list(hit.article.organisations),
    "keywords": lambda hit: list(hit.article.keywords),
    "alike": lambda hit: list(hit.alike),
    "passage": lambda hit: hit.snippets[0].text if hit.snippets else None,
    **make_day_columns(lambda hit: hit.article),
    "derived_places": lambda hit: list(hit.article.derived.places),
    "derived_people": lambda hit: list(hit.article.derived.people),
    "derived_organisations": lambda hit: list(hit.article.derived.organisations),
    "url": lambda hit: hit.article.url or None,
    "by": lambda hit: BY_MEANING if hit.by_meaning else "words",
    "words_score": lambda hit: _round_part(hit.words_score),
    "meaning_score": lambda hit: _round_part(hit.meaning_score),
}
BY_MEANING = "meaning"
DEFAULT_LINE_COLUMNS = ("id", "date", "title")
DEFAULT_CSV_COLUMNS = (
    *("id", "date", "title", "author", "publication", "section", "page", "edition", "score"),
    *("date_from", "date_to"),
)


class HitTablePrinter:
    """Prints hits as lines, csv or jsonl."""

    def __init__(self, writer: RowWriter) -> None:
        writer.check_fields(HIT_COLUMNS)  # before the search, which may take seconds
        self.writer = writer

    def results(self, results: Results) -> None:
        """See `ResultsPrinter`."""
        added = {} if results.added_words is None else {"added_words": list(results.added_words)}
        by_meaning = () if results.near is None else ("by",)
        self.writer.write(
            DataTable(
                HIT_COLUMNS,
                (*results.hits, *(results.near or ())),
                (*DEFAULT_LINE_COLUMNS, *by_meaning),
                (*DEFAULT_CSV_COLUMNS, *by_meaning),
                lambda hit: {**make_hit_object(hit), **added, **(_make_parts(hit) if by_meaning else {})},
            )
        )


def _make_parts(hit: Hit) -> dict[str, Any]:
    """Return by what a hit was found, and the parts of its score."""
    return {name: HIT_COLUMNS[name](hit) for name in ("by", "words_score", "meaning_score")}


def _round_part(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


def make_hit_object(hit: Hit) -> dict[str, Any]:
    """Return a hit as `docs/output.md` specifies it."""
    snippets = [*([hit.title] if hit.title.marks else []), *hit.snippets]
    return {
        "rank": hit.rank,
        "id": hit.article.id,
        "title": hit.article.title,
        "date": hit.article.date or None,
        "score": round(hit.score, 6),
        "snippets": [_make_snippet_object(snippet) for snippet in snippets],
        **({"alike": list(hit.alike)} if hit.alike else {}),
    }


def _make_snippet_object(snippet: Snippet) -> dict[str, Any]:
    return {"field": snippet.field, "text": snippet.text, "marks": [list(mark) for mark in snippet.marks]}
