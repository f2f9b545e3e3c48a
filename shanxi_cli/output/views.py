"""Views for scripts, spreadsheets and programs: lines, csv, jsonl, as `docs/output.md` promises. No Rich here.

Each kind of view is a table: names of columns, and what each gives for a row. The three forms write any table.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TextIO, assert_never

from shanxi_cli.model.views import (
    Collocates,
    Concordance,
    Facets,
    Line,
    Mention,
    Neighbours,
    Timeline,
    View,
    Vocabulary,
    Years,
)
from shanxi_cli.output.columns import flat, named
from shanxi_cli.output.csv_format import write_rows
from shanxi_cli.output.jsonl import SCHEMA, to_json
from shanxi_cli.util import edtf
from shanxi_cli.util.display_width import head, tail
from shanxi_cli.util.sanitize import clean_line

Columns = dict[str, Callable[[Any], Any]]
CONTEXT = 50
"""Columns of text on either side of a place, where no number is asked for."""


class Table(NamedTuple):
    """A view as columns and rows; `lines` are the columns of that form, the others have all. `told` is of the whole."""

    columns: Columns
    lines: tuple[str, ...]
    rows: Iterable[Any]
    told: dict[str, Any] | None = None


def table(view: View) -> Table:
    """The table of a view."""
    match view:
        case Facets():
            return Table(_FACETS, ("value", "articles", "query"), view.rows)
        case Timeline():
            return _timeline(view)
        case Years():
            return Table(_YEARS, tuple(_YEARS), view.rows)
        case Concordance():
            return Table(_concordance(view.width or CONTEXT), ("id", "date", "left", "match", "right"), view.lines)
        case Collocates():
            return Table(_COLLOCATES, ("word", "near", "occurrences", "score"), view.rows)
        case Vocabulary():
            return Table(_WORDS, tuple(_WORDS), view.rows)
        case Neighbours():
            return Table(_NEIGHBOURS, ("id", "date", "title", "words"), view.rows)
        case _:
            assert_never(view)


_FACETS: Columns = {
    "value": lambda row: row.value,
    "articles": lambda row: row.articles,
    "query": lambda row: row.query or None,
}
_YEARS: Columns = {
    "year": lambda row: row.year,
    "sentences": lambda row: row.sentences,
    "articles": lambda row: row.articles,
}
_COLLOCATES: Columns = {
    "word": lambda row: row.word,
    "near": lambda row: row.near,
    "occurrences": lambda row: row.occurrences,
    "expected": lambda row: _rounded(row.expected),
    "score": lambda row: _rounded(row.score),
}
_WORDS: Columns = {
    "word": lambda row: row.word,
    "articles": lambda row: row.articles,
    "occurrences": lambda row: row.occurrences,
    "per_million": lambda row: _rounded(row.per_million),
}
_NEIGHBOURS: Columns = {
    "rank": lambda row: row.rank,
    "score": lambda row: round(row.score, 6),
    "id": lambda row: row.article.id,
    "date": lambda row: row.article.date or None,
    "title": lambda row: row.article.title,
    "words": lambda row: list(row.words),
    "copy": lambda row: row.copy,
    "alike": lambda row: list(row.alike),
}


def _timeline(view: Timeline) -> Table:
    columns: Columns = {"period": lambda row: row.name, "articles": lambda row: _rounded(row.articles)}
    if any(row.hits is not None for row in view.periods):
        columns["hits"] = lambda row: _rounded(row.hits)
    if any(row.among is not None for row in view.periods):
        columns |= {"among": lambda row: _rounded(row.among), "share": lambda row: _rounded(row.share)}
    lines = tuple(columns)
    columns |= {
        "uncertain": lambda row: row.uncertain,
        "first_day": lambda row: edtf.iso(row.first),
        "last_day": lambda row: edtf.iso(row.last),
    }
    silence = view.silence and [edtf.iso(view.silence.first), edtf.iso(view.silence.last)]
    told = {
        "articles": view.articles,
        "spread": view.spread,
        "undated": view.undated,
        "open": view.open,
        "earliest": _mention(view.earliest),
        "latest": _mention(view.latest),
        "silence": silence,
    }
    return Table(columns, lines, view.periods, told)


def _mention(mention: Mention | None) -> dict[str, str] | None:
    return {"date": mention.date, "article": mention.article} if mention else None


def _concordance(width: int) -> Columns:
    return {
        "id": lambda row: row.article.id,
        "date": lambda row: row.article.date or None,
        "left": lambda row: left_of(row, width),
        "match": lambda row: clean_line(row.text[row.start : row.end]),
        "right": lambda row: right_of(row, width),
        "field": lambda row: row.field,
        "paragraph": lambda row: row.paragraph,
        "start": lambda row: row.start - row.offset,
        "end": lambda row: row.end - row.offset,
    }


def left_of(line: Line, columns: int) -> str:
    """The text before a place, on one line, in at most so many columns."""
    return tail(clean_line(line.text[max(0, line.start - _enough(columns)) : line.start]), columns)


def right_of(line: Line, columns: int) -> str:
    """The text behind a place, on one line, in at most so many columns."""
    return head(clean_line(line.text[line.end : line.end + _enough(columns)]), columns)


def _enough(columns: int) -> int:
    """Characters that surely fill so many columns, accents of their own and what is cleaned away among them."""
    return 4 * columns + 32


def _rounded(value: float | None) -> float | int | None:
    """Four digits behind the point, and no point where there are none."""
    if value is None:
        return None
    short = round(value, 4)
    return int(short) if short == int(short) else short


class ViewLines:
    """A line a row, a tab between; what is absent is empty."""

    def __init__(self, out: TextIO, fields: str | None, end: str) -> None:
        self._out = out
        self._fields = fields
        self._end = end

    def show(self, view: View) -> None:
        """See `ViewPrinter`."""
        made = table(view)
        for values in _values(made, named(self._fields, made.columns, made.lines)):
            self._out.write("\t".join(clean_line(flat(value)) for value in values) + self._end)


class ViewCsv:
    """A header, and a row each."""

    def __init__(self, out: TextIO, fields: str | None) -> None:
        self._out = out
        self._fields = fields

    def show(self, view: View) -> None:
        """See `ViewPrinter`."""
        made = table(view)
        columns = named(self._fields, made.columns, tuple(made.columns))
        write_rows(self._out, columns, _values(made, columns))


class ViewJsonl:
    """An object a row; where something is to be told of the whole, a last one with `summary`."""

    def __init__(self, out: TextIO, fields: str | None) -> None:
        self._out = out
        self._fields = fields

    def show(self, view: View) -> None:
        """See `ViewPrinter`."""
        made = table(view)
        columns = named(self._fields, made.columns, tuple(made.columns))
        for values in _values(made, columns):
            self._out.write(to_json({"schema": SCHEMA, **dict(zip(columns, values, strict=True))}) + "\n")
        if made.told is not None and self._fields is None:
            self._out.write(to_json({"schema": SCHEMA, "summary": made.told}) + "\n")


def _values(made: Table, columns: tuple[str, ...]) -> Iterator[list[Any]]:
    return ([made.columns[name](row) for name in columns] for row in made.rows)
