"""Views as tables for lines, csv and jsonl, as `docs/output.md` specifies."""

from typing import assert_never

from shanxi_cli.model.views import (
    ArticleReference,
    Collocates,
    Concordance,
    ConcordanceLine,
    Facets,
    SimilarArticles,
    TermList,
    Timeline,
    View,
    YearMentions,
)
from shanxi_cli.output.day_columns import make_day_columns
from shanxi_cli.output.table import ColumnGetters, DataTable, RowWriter
from shanxi_cli.util import edtf
from shanxi_cli.util.display_width import truncate_end, truncate_start
from shanxi_cli.util.sanitize import sanitize_line

CONTEXT_COLUMNS = 50
"""Columns of text on either side of a match, without `--width`."""


class ViewTablePrinter:
    """Prints views as lines, csv or jsonl."""

    def __init__(self, writer: RowWriter) -> None:
        self.writer = writer

    def show(self, view: View) -> None:
        """See `ViewPrinter`."""
        self.writer.write(make_view_table(view))


def make_view_table(view: View) -> DataTable:
    """Return the table of a view."""
    match view:
        case Facets():
            return _make_facet_table(view)
        case Timeline():
            return _make_timeline_table(view)
        case YearMentions():
            return DataTable(_YEAR_COLUMNS, view.rows, tuple(_YEAR_COLUMNS))
        case Concordance():
            columns = _concordance_columns(view.width or CONTEXT_COLUMNS)
            return DataTable(columns, view.lines, ("id", "date", "left", "match", "right", "field"))
        case Collocates():
            return DataTable(_COLLOCATE_COLUMNS, view.rows, ("word", "near", "occurrences", "score"))
        case TermList():
            return DataTable(_TERM_COLUMNS, view.rows, tuple(_TERM_COLUMNS))
        case SimilarArticles():
            return DataTable(_SIMILAR_COLUMNS, view.rows, ("id", "date", "title", "words"))
        case _:
            assert_never(view)


_FACET_COLUMNS: ColumnGetters = {
    "value": lambda row: row.value,
    "articles": lambda row: row.articles,
    "query": lambda row: row.query or None,
}


def _make_facet_table(view: Facets) -> DataTable:
    """Return the facets of a field; those whose names may be derived have a column of the articles where they are."""
    if view.derived is None:
        return DataTable(_FACET_COLUMNS, view.rows, tuple(_FACET_COLUMNS))
    columns: ColumnGetters = {**_FACET_COLUMNS, "derived": lambda row: row.derived}
    return DataTable(columns, view.rows, tuple(columns))


_YEAR_COLUMNS: ColumnGetters = {
    "year": lambda row: row.year,
    "sentences": lambda row: row.sentences,
    "articles": lambda row: row.articles,
}
_COLLOCATE_COLUMNS: ColumnGetters = {
    "word": lambda row: row.word,
    "near": lambda row: row.near,
    "occurrences": lambda row: row.occurrences,
    "expected": lambda row: _round_value(row.expected),
    "score": lambda row: _round_value(row.score),
}
_TERM_COLUMNS: ColumnGetters = {
    "word": lambda row: row.word,
    "articles": lambda row: row.articles,
    "occurrences": lambda row: row.occurrences,
    "per_million": lambda row: _round_value(row.per_million),
}
_SIMILAR_COLUMNS: ColumnGetters = {
    "rank": lambda row: row.rank,
    "score": lambda row: round(row.score, 6),
    "id": lambda row: row.article.id,
    "date": lambda row: row.article.date or None,
    "title": lambda row: row.article.title,
    "words": lambda row: list(row.words),
    "copy": lambda row: row.copy,
    "alike": lambda row: list(row.alike),
    **make_day_columns(lambda row: row.article),
}


def _make_timeline_table(view: Timeline) -> DataTable:
    columns: ColumnGetters = {"period": lambda row: row.name, "articles": lambda row: _round_value(row.articles)}
    if any(row.hits is not None for row in view.periods):
        columns["hits"] = lambda row: _round_value(row.hits)
    if any(row.among is not None for row in view.periods):
        columns |= {"among": lambda row: _round_value(row.among), "share": lambda row: _round_value(row.share)}
    line_columns = tuple(columns)
    columns |= {
        "uncertain": lambda row: row.uncertain,
        "first_day": lambda row: edtf.format_day(row.first),
        "last_day": lambda row: edtf.format_day(row.last),
    }
    silence = view.silence and [edtf.format_day(view.silence.first), edtf.format_day(view.silence.last)]
    summary = {
        "articles": view.articles,
        "spread": view.spread,
        "undated": view.undated,
        "open": view.open,
        "earliest": _reference_object(view.earliest),
        "latest": _reference_object(view.latest),
        "silence": silence,
    }
    return DataTable(columns, view.periods, line_columns, summary=summary)


def _reference_object(mention: ArticleReference | None) -> dict[str, str] | None:
    return {"date": mention.date, "article": mention.article} if mention else None


def _concordance_columns(width: int) -> ColumnGetters:
    return {
        "id": lambda row: row.article.id,
        "date": lambda row: row.article.date or None,
        "left": lambda row: left_context(row, width),
        "match": lambda row: sanitize_line(row.text[row.start : row.end]),
        "right": lambda row: right_context(row, width),
        "field": lambda row: row.field,
        "paragraph": lambda row: row.paragraph,
        "start": lambda row: row.start - row.offset,
        "end": lambda row: row.end - row.offset,
        **make_day_columns(lambda row: row.article),
    }


def left_context(line: ConcordanceLine, columns: int) -> str:
    """Return the text before a match, on one line, in at most `columns` columns."""
    start = max(0, line.start - _enough_characters(columns))
    return truncate_start(sanitize_line(line.text[start : line.start]), columns)


def right_context(line: ConcordanceLine, columns: int) -> str:
    """Return the text after a match, on one line, in at most `columns` columns."""
    return truncate_end(sanitize_line(line.text[line.end : line.end + _enough_characters(columns)]), columns)


def _enough_characters(columns: int) -> int:
    """Return a number of characters that fill `columns`, even with combining accents and removed control characters."""
    return 4 * columns + 32


def _round_value(value: float | None) -> float | int | None:
    """Round to four decimals, and to an int when there are none."""
    if value is None:
        return None
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
