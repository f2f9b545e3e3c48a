"""A segment as we write it holds what Whoosh's own writer would have put there, and Whoosh's own readers read it."""

import runpy
from typing import Any

import pytest
from whoosh.codec import whoosh3
from whoosh.filedb.filestore import RamStorage

from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.engines.whoosh import block_writer, posting_arrays
from shanxi_cli.engines.whoosh.merge import merge_segments
from shanxi_cli.engines.whoosh.schema import ALL_COLUMNS, build_document, build_schema
from shanxi_cli.engines.whoosh.segment_writer import write_segment
from shanxi_cli.model.article import Article
from tests.support.articles import ARTICLES, MEASURED
from tests.support.paths import PROJECT

MAKE = runpy.run_path(str(PROJECT / "bench" / "make_archive.py"))


def articles() -> list[Article]:
    """Articles of every kind, and enough others for lists of many chunks."""
    made = [parse_article(text.encode(), name, name) for name, text in MAKE["articles"](120, seed=7)]
    return [*ARTICLES.values(), *MEASURED.values(), *made]


def by_whoosh(some: list[Article]) -> Any:
    storage = RamStorage()
    opened = storage.create_index(build_schema())
    writer = opened.writer()
    for article in some:
        writer.add_document(**build_document(article))
    writer.commit()
    return opened.reader()


def by_us(some: list[Article]) -> Any:
    storage = RamStorage()
    merge_segments(storage, [write_segment(storage, some)], ())
    return storage.open_index().reader()


def held(reader: Any) -> dict[tuple[str, bytes], Any]:
    """Of each term what the dictionary says, and its postings one after the other."""
    found = {}
    for field, term in reader.all_terms():
        matcher, info = reader.postings(field, term), reader.term_info(field, term)
        postings = []
        while matcher.is_active():
            postings.append((matcher.id(), matcher.weight(), matcher.value() or b""))
            matcher.next()
        about = (info.weight(), info.doc_frequency(), info.min_id(), info.max_id(), info.max_weight())
        found[field, term] = about, postings
    return found


@pytest.fixture(scope="module")
def expected() -> dict[tuple[str, bytes], Any]:
    return held(by_whoosh(articles()))


@pytest.mark.parametrize("chunk", [512, 16, 1])
def test_postings_equal_those_of_stock_whoosh(
    expected: dict[tuple[str, bytes], Any], monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(posting_arrays, "POSTINGS_PER_CHUNK", chunk)
    assert held(by_us(articles())) == expected


def test_columns_equal_those_of_stock_whoosh() -> None:
    some = articles()
    ours, theirs = by_us(some), by_whoosh(some)
    assert ours.doc_count_all() == theirs.doc_count_all() == len(some)
    for name in ALL_COLUMNS:
        columns = [reader.column_reader(name, translate=False) for reader in (ours, theirs)]
        assert [columns[0][n] for n in range(len(some))] == [columns[1][n] for n in range(len(some))], name
    for number in range(len(some)):
        assert ours.stored_fields(number) == theirs.stored_fields(number)


@pytest.mark.parametrize(
    ("place", "name", "other"),
    [
        (whoosh3, "W3TermInfo", None),
        (block_writer, "_WRITER_INTERNALS", ("_fieldid", "_a_part_that_has_gone")),
    ],
)
def test_unknown_codec_uses_stock_writer(
    expected: dict[tuple[str, bytes], Any], monkeypatch: pytest.MonkeyPatch, place: Any, name: str, other: Any
) -> None:
    taken = []
    plainly = block_writer.iterate_postings

    def one_by_one(*way: Any) -> Any:
        taken.append(way)
        return plainly(*way)

    monkeypatch.setattr(block_writer, "iterate_postings", one_by_one)
    if name == "W3TermInfo":

        class Longer(whoosh3.W3TermInfo):  # type: ignore[misc]
            """As ours would meet it if Whoosh came to keep more of a term."""

            class _struct:  # noqa: N801 -- the name that Whoosh gives it
                format = "!BfIBBfIII"
                size = whoosh3.W3TermInfo._struct.size
                pack = staticmethod(whoosh3.W3TermInfo._struct.pack)
                unpack = staticmethod(whoosh3.W3TermInfo._struct.unpack)

        other = Longer
    monkeypatch.setattr(place, name, other)
    assert held(by_us(articles())) == expected
    assert taken


def test_write_segment_without_articles() -> None:
    storage = RamStorage()
    assert write_segment(storage, []) is None
    assert storage.list() == []
