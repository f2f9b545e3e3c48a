"""Articles as a database of SQLite, with their figures, quotes and names, and a full-text table.

The columns of `figures` and `quotes` are the attributes of the rows of the Python API. Lists are arrays of JSON, as
Datasette and sqlite-utils have them. The full-text table is FTS5 over the text of `articles`.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

from shanxi_cli.api.rows import FigureRow, QuoteRow
from shanxi_cli.api.tables import make_rows
from shanxi_cli.exporters.collection import ExportCounts, ExportedArticle, ExportNote
from shanxi_cli.model.article import Article
from shanxi_cli.output.day_columns import first_day, last_day
from shanxi_cli.output.figures import FIGURE_COLUMNS
from shanxi_cli.output.quotes import QUOTE_COLUMNS
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.unicode import replace_surrogates

_ARTICLE_COLUMNS = (
    *("id", "title", "deck", "author", "date", "date_from", "date_to", "date_note", "publication", "section", "page"),
    *("language", "type", "edition", "places", "people", "organisations", "keywords", "contributors", "title_note"),
    *("author_note", "captions", "links", "url", "source", "repairs", "unsure", "body"),
)
_NAME_COLUMNS = ("article", "kind", "name", "role", "organisation", "derived")
_ARTICLE_FIELDS = frozenset({"title", "date_from", "date_to"})
"""Fields of rows that a database has in `articles` alone."""
_TYPES = {int: "INTEGER", float: "REAL"}
_SCHEMA = """
CREATE TABLE articles ({articles}, PRIMARY KEY (id));
CREATE TABLE figures (id INTEGER PRIMARY KEY, {figures}, FOREIGN KEY (article) REFERENCES articles (id));
CREATE TABLE quotes (id INTEGER PRIMARY KEY, {quotes}, FOREIGN KEY (article) REFERENCES articles (id));
CREATE TABLE names (article TEXT, kind TEXT, name TEXT, role TEXT, organisation TEXT, derived INTEGER,
 FOREIGN KEY (article) REFERENCES articles (id));
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE VIRTUAL TABLE articles_fts USING FTS5 (title, deck, body, content="articles",
 tokenize="porter unicode61 remove_diacritics 2");
"""
_INDEXES = """
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
CREATE INDEX figures_article ON figures (article);
CREATE INDEX figures_unit ON figures (unit, value);
CREATE INDEX quotes_article ON quotes (article);
CREATE INDEX quotes_speaker ON quotes (speaker);
CREATE INDEX names_article ON names (article);
CREATE INDEX names_name ON names (kind, name);
"""


def write_database(path: Path, articles: Iterable[ExportedArticle], note: ExportNote) -> ExportCounts:
    """Write the articles into an empty file, with a table `about` that says how the export was made.

    Raise `sqlite3.Error` for a full disk, which `target.new_file` makes an error of ours.
    """
    counts = [0, 0, 0, 0]
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        database.executescript(_format_schema())
        for exported in articles:
            article, name = exported.article, exported.article.id
            figures = [_row_values(row) for row in make_rows(FigureRow, FIGURE_COLUMNS, exported.figures, _more)]
            quotes = [_row_values(row) for row in make_rows(QuoteRow, QUOTE_COLUMNS, exported.quotes)]
            names = [(name, *values) for values in _list_names(article)]
            _insert(database, "articles", _ARTICLE_COLUMNS, [_article_values(article)])
            _insert(database, "figures", _stored_fields(FigureRow), figures)
            _insert(database, "quotes", _stored_fields(QuoteRow), quotes)
            _insert(database, "names", _NAME_COLUMNS, names)
            counts = [n + more for n, more in zip(counts, (1, *map(len, (figures, quotes, names))), strict=True)]
        about = {"query": note.query, "day": note.day, "program": f"shanxi {note.version}"}
        _insert(database, "about", ("name", "value"), list(about.items()))
        database.executescript(_INDEXES)
        database.commit()
    articles_written, figures_written, quotes_written, names_written = counts
    return ExportCounts(articles_written, figures_written, quotes_written, names_written)


def _format_schema() -> str:
    columns = ", ".join(f"{_quote(name)} TEXT" for name in _ARTICLE_COLUMNS)
    rows = {
        table: ", ".join(f"{_quote(name)} {_column_type(kind, name)}" for name in _stored_fields(kind))
        for table, kind in (("figures", FigureRow), ("quotes", QuoteRow))
    }
    return _SCHEMA.format(articles=columns, **rows)


def _column_type(kind: type[Record], name: str) -> str:
    annotation = kind.__annotations__[name]
    return next((_TYPES[each] for each in (annotation, *get_args(annotation)) if each in _TYPES), "TEXT")


def _stored_fields(kind: type[Record]) -> tuple[str, ...]:
    return tuple(name for name in kind._fields if name not in _ARTICLE_FIELDS)


def _row_values(row: Record) -> tuple[Any, ...]:
    return tuple(_to_column(getattr(row, name)) for name in _stored_fields(type(row)))


def _more(figure: Any) -> dict[str, Any]:
    return {"dimension": figure.quantity.dimension.value}


def _article_values(article: Article) -> tuple[Any, ...]:
    made: dict[str, Any] = {
        "date_from": first_day(article),
        "date_to": last_day(article),
        "people": tuple(person.name for person in article.people),
        "captions": tuple({k: v for k, v in caption._asdict().items() if v} for caption in article.captions),
    }
    return tuple(_to_column(made[name] if name in made else getattr(article, name)) for name in _ARTICLE_COLUMNS)


def _list_names(article: Article) -> Iterator[tuple[str, str, str | None, str | None, int]]:
    """Yield kind, name, role and organisation of each name, and 1 if it is derived from the text."""
    for person in article.people:
        yield "person", _clean(person.name), _clean(person.role) or None, _clean(person.organisation) or None, 0
    authored: tuple[tuple[str, Sequence[str]], ...] = (
        ("place", article.places),
        ("organisation", article.organisations),
    )
    derived = article.derived
    read = (("place", derived.places), ("person", derived.people), ("organisation", derived.organisations))
    for is_derived, kinds in ((0, authored), (1, read)):
        for kind, names in kinds:
            for name in names:
                yield kind, _clean(name), None, None, is_derived


def _insert(database: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names, places = ", ".join(map(_quote, columns)), ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608  # our own names


def _quote(name: str) -> str:
    return f'"{name}"'


def _to_column(value: Any) -> Any:
    """Return a value as SQLite has it: a list as an array of JSON, an empty text or list as NULL."""
    if isinstance(value, tuple):
        return _clean(json.dumps(value, ensure_ascii=False)) if value else None
    return _clean(value) or None if isinstance(value, str) else value


def _clean(text: str) -> str:
    """Return a text that SQLite can keep: NUL would end it for most programs, a lone surrogate is not UTF-8."""
    return replace_surrogates(text).replace("\0", "\ufffd")
