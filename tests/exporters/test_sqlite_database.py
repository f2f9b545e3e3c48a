"""A database has the articles, figures, quotes and names; other programs find its full-text table."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from shanxi_cli import Archive
from shanxi_cli.exporters.collection import ExportCounts, ExportedArticle, ExportNote
from shanxi_cli.exporters.sqlite_database import write_database
from shanxi_cli.model.article import Article, Caption, DerivedNames, Person
from tests.conftest import Shanxi

NOTE = ExportNote("coal", "2026-11-29", "1.2.3")


@pytest.fixture
def database(shanxi: Shanxi, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The six articles as a database."""
    assert shanxi("export", "-o", str(tmp_path / "all.db")).status == 0
    connection = sqlite3.connect(tmp_path / "all.db")
    yield connection
    connection.close()


def test_database_is_sound(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert [name for name in tables if not name.startswith("articles_fts_")] == [
        *("articles", "figures", "quotes", "names", "about", "articles_fts"),
    ]
    assert dict(database.execute("SELECT * FROM about"))["query"] == ""


def test_articles_have_their_fields(database: sqlite3.Connection) -> None:
    row = database.execute(
        "SELECT title, date, date_from, date_to, places, people, deck, edition FROM articles WHERE id LIKE 'coal-town%'"
    ).fetchone()
    assert row == (
        *("Coal town plants trees", "2021-07-22/2021-08-31", "2021-07-22", "2021-08-31", '["Datong", "Shanxi"]'),
        *('["Zhao Lei"]', "Former miners look after a forest", None),
    )


def test_rows_are_those_of_the_python_api(database: sqlite3.Connection) -> None:
    archive = Archive.open()
    figures = "SELECT article, value, unit, sentence, paragraph, start, speaker FROM figures ORDER BY id"
    assert sorted(database.execute(figures)) == sorted(
        (row.article, row.value, row.unit, row.sentence, row.paragraph, row.start, row.speaker)
        for row in archive.figures()
    )
    quotes = "SELECT article, speaker, organisation, basis, kind, said, sentence FROM quotes ORDER BY id"
    assert sorted(database.execute(quotes)) == sorted(
        (row.article, row.speaker, row.organisation, row.basis, row.kind, row.said, row.sentence)
        for row in archive.quotes()
    )


def test_full_text_table_finds_forms_of_words(database: sqlite3.Connection) -> None:
    found = (
        "SELECT articles.id FROM articles_fts JOIN articles ON articles.rowid = articles_fts.rowid "
        "WHERE articles_fts MATCH ? ORDER BY articles.id"
    )
    assert database.execute(found, ("planting",)).fetchall() == [("coal-town-plants-trees",)]
    assert database.execute(found, ("cafe",)).fetchall() == [("old-walls-of-pingyao",)]


def test_hostile_text_is_kept_as_text(tmp_path: Path) -> None:
    article = Article(
        id="x'); DROP TABLE articles; --",
        title="<script>alert(1)</script>",
        body="a\0b \udc80 \x1b[31m",
        people=(Person("Li \0 Min", "mayor"),),
        captions=(Caption("A 'quoted' one", "Sun Yu"),),
        derived=DerivedNames(places=("Datong",)),
    )
    assert write_database(tmp_path / "x.db", [ExportedArticle(article)], NOTE) == ExportCounts(1, 0, 0, 2)
    with sqlite3.connect(tmp_path / "x.db") as database:
        [row] = database.execute("SELECT id, title, body, captions FROM articles")
        names = database.execute("SELECT kind, name, role, derived FROM names ORDER BY kind").fetchall()
    assert row[:3] == (article.id, article.title, "a\ufffdb \ufffd \x1b[31m")
    assert json.loads(row[3]) == [{"text": "A 'quoted' one", "credit": "Sun Yu"}]
    assert names == [("person", "Li \ufffd Min", "mayor", 0), ("place", "Datong", None, 1)]


def test_other_programs_find_the_full_text_table(database: sqlite3.Connection) -> None:
    """Datasette 0.65 and sqlite-utils 4 look for a virtual table whose declaration names the table of its content."""
    found = """SELECT name FROM sqlite_master WHERE rootpage = 0
               AND sql LIKE '%VIRTUAL TABLE%USING FTS%content="articles"%'"""
    assert database.execute(found).fetchall() == [("articles_fts",)]
    foreign = database.execute("PRAGMA foreign_key_list(figures)").fetchall()
    assert [row[2:5] for row in foreign] == [("articles", "article", "id")]
