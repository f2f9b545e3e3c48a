"""SQLite's full-text search, version 5, through Python's `sqlite3`: stems by its porter tokenizer, ranks by BM25."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from shanxi_cli.model.article import Article
from speeds.archives import Words
from speeds.benchmarks import FACETS, FIRST, FIRST_OF, SNIPPETS, Kind, OpenIndex, Question, common_syntax
from speeds.peers.records import row

_TABLES = """
CREATE TABLE articles(
    number INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, body TEXT, day INTEGER, publication TEXT, section TEXT);
CREATE INDEX days ON articles(day);
CREATE TABLE places(number INTEGER, place TEXT);
CREATE INDEX places_of ON places(number);
CREATE VIRTUAL TABLE words USING fts5(
    title, body, content='articles', content_rowid='number', tokenize='porter unicode61');
"""
_MATCHES = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank"
_NEWEST = "SELECT number FROM words JOIN articles ON number = words.rowid WHERE words MATCH ? ORDER BY day DESC"
_SNIPPETS = f"SELECT snippet(words, 1, '[', ']', '…', 32) FROM words WHERE words MATCH ? ORDER BY rank LIMIT {SNIPPETS}"
_OF_TABLE = (
    "SELECT {0}, count(*) FROM articles WHERE number IN (SELECT rowid FROM words WHERE words MATCH ?) GROUP BY {0}"
)
_OF_PLACES = _OF_TABLE.replace("articles", "places")


def version() -> str:
    """See `Peer.version`."""
    return sqlite3.sqlite_version


def write(articles: Iterable[Article], folder: Path) -> None:
    """See `Peer.write`. One transaction."""
    with closing(sqlite3.connect(folder / "articles.db")) as database:
        if not database.execute("SELECT 1 FROM sqlite_master").fetchall():
            database.executescript(_TABLES)
        with database:
            for article in articles:
                of = row(article)
                number = database.execute(
                    "INSERT INTO articles(id, title, body, day, publication, section) VALUES (?, ?, ?, ?, ?, ?)",
                    (of.id, of.title, of.body, of.day.toordinal() if of.day else None, of.publication, of.section),
                ).lastrowid
                database.execute("INSERT INTO words(rowid, title, body) VALUES (?, ?, ?)", (number, of.title, of.body))
                database.executemany("INSERT INTO places VALUES (?, ?)", [(number, place) for place in of.places])


def open_index(folder: Path) -> OpenIndex:
    """See `Peer.open_index`."""
    return _Tables(sqlite3.connect(folder / "articles.db"))


def _near(words: Words) -> str:
    return f"NEAR({' '.join(words.near)}, 5)"


class _Tables:
    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def question(self, kind: Kind, words: Words) -> Question | None:
        """See `OpenIndex.question`. One query searches and makes the snippets, so their time includes the search."""
        match kind:
            case Kind.NEAR:
                return self._found(_MATCHES, _near(words))
            case Kind.FIRST_NEAR:
                return self._found(f"{_MATCHES} LIMIT {FIRST}", _near(words))
            case Kind.DATES:
                first, last = (date(words.years[0], 1, 1), date(words.years[1], 12, 31))
                between = "SELECT number FROM articles WHERE day BETWEEN ? AND ? ORDER BY day DESC"
                return self._found(between, first.toordinal(), last.toordinal())
            case Kind.SORTED:
                return self._found(_NEWEST, words.common)
            case _ if kind in FIRST_OF:
                return self._found(f"{_MATCHES} LIMIT {FIRST}", common_syntax(FIRST_OF[kind], words))
            case Kind.FACETS:
                return lambda: self._counted(words.common)
            case Kind.SNIPPETS:
                return self._found(_SNIPPETS, " OR ".join(words.two))
            case Kind.FUZZY | Kind.QUANTITY | Kind.PASSAGES:
                return None
            case _:
                return self._found(_MATCHES, common_syntax(kind, words))

    def _found(self, statement: str, *values: str | int) -> Question:
        return lambda: len(self._database.execute(statement, values).fetchall())

    def _counted(self, text: str) -> int:
        counts = {}
        for field in FACETS:
            statement = _OF_PLACES if field == "place" else _OF_TABLE
            counts[field] = self._database.execute(statement.format(field), (text,)).fetchall()
        return sum(number for _, number in counts["section"])
