"""Views for scripts, spreadsheets and programs: lines, csv, jsonl, as `docs/output.md` promises. No Rich here.

Each kind of view is a table: names of columns, and what each gives for a row. The three forms write any table.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TextIO, assert_never

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
from shanxi_cli.output.columns import choose_columns, flatten_value
from shanxi_cli.output.csv_format import write_rows
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.util import edtf
from shanxi_cli.util.display_width import truncate_end, truncate_start
from shanxi_cli.util.sanitize import sanitize_line

ColumnGetters = dict[str, Callable[[Any], Any]]
CONTEXT_COLUMNS = 50
"""Columns of text on either side of a place, where no number is asked for."""


class ViewTable(NamedTuple):
    """A view as columns and rows; `lines` are the columns of that form, the others have all. `told` is of the whole."""

    columns: ColumnGetters
    lines: tuple[str, ...]
    rows: Iterable[Any]
    told: dict[str, Any] | None = None


def make_view_table(view: View) -> ViewTable:
    """The table of a view."""
    match view:
        case Facets():
            return ViewTable(_FACET_COLUMNS, ("value", "articles", "query"), view.rows)
        case Timeline():
            return _timeline_table(view)
        case YearMentions():
            return ViewTable(_YEAR_COLUMNS, tuple(_YEAR_COLUMNS), view.rows)
        case Concordance():
            return ViewTable(
                _concordance_columns(view.width or CONTEXT_COLUMNS),
                ("id", "date", "left", "match", "right"),
                view.lines,
            )
        case Collocates():
            return ViewTable(_COLLOCATE_COLUMNS, ("word", "near", "occurrences", "score"), view.rows)
        case TermList():
            return ViewTable(_TERM_COLUMNS, tuple(_TERM_COLUMNS), view.rows)
        case SimilarArticles():
            return ViewTable(_SIMILAR_COLUMNS, ("id", "date", "title", "words"), view.rows)
        case _:
            assert_never(view)


_FACET_COLUMNS: ColumnGetters = {
    "value": lambda row: row.value,
    "articles": lambda row: row.articles,
    "query": lambda row: row.query or None,
}
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
}


def _timeline_table(view: Timeline) -> ViewTable:
    columns: ColumnGetters = {"period": lambda row: row.name, "articles": lambda row: _round_value(row.articles)}
    if any(row.hits is not None for row in view.periods):
        columns["hits"] = lambda row: _round_value(row.hits)
    if any(row.among is not None for row in view.periods):
        columns |= {"among": lambda row: _round_value(row.among), "share": lambda row: _round_value(row.share)}
    lines = tuple(columns)
    columns |= {
        "uncertain": lambda row: row.uncertain,
        "first_day": lambda row: edtf.format_day(row.first),
        "last_day": lambda row: edtf.format_day(row.last),
    }
    silence = view.silence and [edtf.format_day(view.silence.first), edtf.format_day(view.silence.last)]
    told = {
        "articles": view.articles,
        "spread": view.spread,
        "undated": view.undated,
        "open": view.open,
        "earliest": _reference_object(view.earliest),
        "latest": _reference_object(view.latest),
        "silence": silence,
    }
    return ViewTable(columns, lines, view.periods, told)


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
    }


def left_context(line: ConcordanceLine, columns: int) -> str:
    """The text before a place, on one line, in at most so many columns."""
    return truncate_start(
        sanitize_line(line.text[max(0, line.start - _enough_characters(columns)) : line.start]), columns
    )


def right_context(line: ConcordanceLine, columns: int) -> str:
    """The text behind a place, on one line, in at most so many columns."""
    return truncate_end(sanitize_line(line.text[line.end : line.end + _enough_characters(columns)]), columns)


def _enough_characters(columns: int) -> int:
    """Characters that surely fill so many columns, accents of their own and what is cleaned away among them."""
    return 4 * columns + 32


def _round_value(value: float | None) -> float | int | None:
    """Four digits behind the point, and no point where there are none."""
    if value is None:
        return None
    short = round(value, 4)
    return int(short) if short == int(short) else short


class ViewLinesPrinter:
    """A line a row, a tab between; what is absent is empty."""

    def __init__(self, out: TextIO, fields: str | None, end: str) -> None:
        self._out = out
        self._fields = fields
        self._end = end

    def show(self, view: View) -> None:
        """See `ViewPrinter`."""
        made = make_view_table(view)
        for values in _row_values(made, choose_columns(self._fields, made.columns, made.lines)):
            self._out.write("\t".join(sanitize_line(flatten_value(value)) for value in values) + self._end)


class ViewCsvPrinter:
    """A header, and a row each."""

    def __init__(self, out: TextIO, fields: str | None) -> None:
        self._out = out
        self._fields = fields

    def show(self, view: View) -> None:
        """See `ViewPrinter`."""
        made = make_view_table(view)
        columns = choose_columns(self._fields, made.columns, tuple(made.columns))
        write_rows(self._out, columns, _row_values(made, columns))


class ViewJsonlPrinter:
    """An object a row; where something is to be told of the whole, a last one with `summary`."""

    def __init__(self, out: TextIO, fields: str | None) -> None:
        self._out = out
        self._fields = fields

    def show(self, view: View) -> None:
        """See `ViewPrinter`."""
        made = make_view_table(view)
        columns = choose_columns(self._fields, made.columns, tuple(made.columns))
        for values in _row_values(made, columns):
            self._out.write(to_json({"schema": SCHEMA_VERSION, **dict(zip(columns, values, strict=True))}) + "\n")
        if made.told is not None and self._fields is None:
            self._out.write(to_json({"schema": SCHEMA_VERSION, "summary": made.told}) + "\n")


def _row_values(made: ViewTable, columns: tuple[str, ...]) -> Iterator[list[Any]]:
    return ([made.columns[name](row) for name in columns] for row in made.rows)
