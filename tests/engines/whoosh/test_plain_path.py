"""What is read quickly is what is read plainly: ids, order, scores and counts are the same on made-up archives.

The plain path asks Whoosh for one posting and one value of a column after the other, evaluates all matches, and sorts
them by all that orders them. It is taken, too, where the insides of Whoosh are not what they were.
"""

import runpy
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.analysis.document_fields import FACET_FIELDS
from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.engines import open_backend, open_in_memory, top_k
from shanxi_cli.engines.base import Engine
from shanxi_cli.engines.top_k import SortCriterion
from shanxi_cli.engines.whoosh import searcher, segment_reader
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.first_matches import FirstMatches
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from shanxi_cli.util.dirfd import DirectoryHandle
from tests.support.articles import put
from tests.support.paths import PROJECT
from tests.support.scan_engine import ScanEngine

MAKE = runpy.run_path(str(PROJECT / "bench" / "make_archive.py"))
MANY = 150
SEEDS = (1, 2)

QUERIES = [
    *("coal", "THE", "taiyuan", "zzzz", "=the =of =and", "coal mine workers", "+coal mine -steel", "NOT coal"),
    *("coal AND mine", "coal OR steel OR trade", "(coal OR mine) AND NOT energy", "mine OR NOT coal"),
    *('"the coal"', '"of the province"', '"coal mine"~8', '"the the"~3', "=coal", 'exact:"of the"'),
    *(
        "co*",
        "th*",
        "title:st*",
        "person:wa*",
        "id:0000*",
        "caol~",
        "fuzzy:provence~2",
        "title:coal",
        "body:the title:mine",
    ),
    *("person:wang", "author:li", "org:coal", 'org:"coal mine"', "page:3", "type:image", "section:news tourism"),
    *("publication:daily", "keyword:coal", "date:2010..2014", "date:2011-05", "coal date:2012"),
    *("place:taiyuan coal", "people:>1000", "money:>100m coal", "percent:<20 market", "percent:5..10"),
]


def made(seed: int) -> list[Article]:
    return [parse_article(text.encode(), name, name) for name, text in MAKE["articles"](MANY, seed)]


def at_once(folder: DirectoryHandle, articles: list[Article]) -> None:
    put(open_backend(), folder, articles)


def bit_by_bit(folder: DirectoryHandle, articles: list[Article]) -> None:
    """The same articles by several builds, in which some come, some change and some go, in no order of their ids."""
    later, first = articles[1::3], [article.id for article in articles[5:15]]
    put(open_backend(), folder, [a for a in articles if a not in later])
    put(open_backend(), folder, [articles[0], *later[20:], *articles[30:33]], first)
    put(open_backend(), folder, [*later[:20], *(a for a in articles[5:15] if a not in later)])
    put(open_backend(), folder, articles[60:63], [articles[-1].id])
    put(open_backend(), folder, [articles[-1]])


BUILDS: dict[str, Callable[[DirectoryHandle, list[Article]], None]] = {"at once": at_once, "bit by bit": bit_by_bit}


@pytest.fixture(scope="module", params=[(seed, build) for seed in SEEDS for build in BUILDS], ids=str)
def folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[DirectoryHandle, list[Article]]:
    seed, build = request.param
    held, articles = DirectoryHandle(tmp_path_factory.mktemp("index")), made(seed)
    BUILDS[build](held, articles)
    return held, articles


def answers(engine: Engine) -> dict[str, Any]:
    """All that an engine says of the queries, by what was asked; documents are told by their numbers."""
    told: dict[str, Any] = {}
    for text in QUERIES:
        for want in WordOperator:
            query = compile_query(text, want)
            for order in HitOrder:
                told[f"{text} {want} {order}"] = list(engine.search(query, order))
                told[f"{text} {want} {order} some"] = [
                    engine.search(query, order)[3:11],
                    engine.search(query, order)[:1],
                ]
            told[f"{text} {want} as they come"] = sorted(engine.search(query).numbers())
            told[f"{text} {want} count"] = engine.count(query)
            told[f"{text} {want} hits"] = engine.search(query).hits()
    numbers = engine.search(compile_query("coal", WordOperator.ANY)).numbers()
    everything = [match.number for match in engine.search(MATCH_ALL, HitOrder.TITLE)]
    for field in FACET_FIELDS:
        told[f"counts {field}"] = engine.value_counts(field, numbers), engine.value_counts(field, everything)
    for field in ("", "title", "person", "type"):
        told[f"vocabulary {field}"] = list(engine.terms_with_prefix(field, "s"))
    told["frequencies"] = engine.term_stats(["the", "coal", "zzzz"], TermForm.STEMS)
    told["like"] = engine.similar_terms("caol", 2), engine.similar_terms("wang", 1, "person")
    told["days"] = [engine.date_interval(number) for number in everything]
    told["find"] = engine.articles_with_id_prefix("0001")
    told["size"] = engine.article_count(), engine.word_count()
    return told


class Plain(CachedReader):
    """Columns value by value, and no document known to come in the order of its id."""

    ascends = False

    def _singly(self, name: str) -> list[Any]:
        return [column[n] for column, _ in self._column(name) for n in range(len(column))]

    def numbers(self, name: str) -> "array[int]":
        return array("i", self._singly(name))

    def values(self, name: str, numbers: Sequence[int]) -> Iterable[bytes]:
        return [self.row(name, number) for number in numbers]

    def repeated(self, name: str) -> "tuple[array[int], list[bytes]]":
        values = self._singly(name)
        return array("I", range(len(values))), values


def score_all(self: FirstMatches, many: int) -> Sequence[int]:
    """All matches, evaluated by all postings, in place of `settle`."""
    self.scores.update(self._evaluator.scores(self._plan))
    return list(self.scores)


def select_all(numbers: Sequence[int], by: list[SortCriterion], many: int) -> list[int]:
    keys = {n: tuple(next(iter(criterion.keys([n]))) for criterion in by) for n in numbers}
    return sorted(numbers, key=keys.__getitem__)[:many]


def test_fast_and_plain_path_agree(
    folder: tuple[DirectoryHandle, list[Article]], monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = answers(open_backend().open(folder[0]))
    monkeypatch.setattr(segment_reader, "_READER_INTERNALS", ("taken away",))
    monkeypatch.setattr(searcher, "CachedReader", Plain)
    monkeypatch.setattr(top_k, "select_top_k", select_all)
    monkeypatch.setattr(FirstMatches, "settle", score_all)
    plain = answers(open_backend().open(folder[0]))
    for asked, told in plain.items():
        assert quick[asked] == told, asked


def test_index_is_complete(folder: tuple[DirectoryHandle, list[Article]]) -> None:
    engine = open_backend().open(folder[0])
    assert [found for found, _ in engine.articles_with_id_prefix("")] == sorted(article.id for article in folder[1])
    assert sorted(engine.outdated_documents()) == []


def test_matches_equal_brute_force() -> None:
    articles = made(3)[:60]
    engine, scan = open_in_memory(articles), ScanEngine(articles)
    for text in QUERIES:
        query = compile_query(text, WordOperator.ANY)
        found = {engine.article(number).id for number in engine.search(query).numbers()}
        assert found == {articles[number].id for number in scan.search(query).numbers()}, text


def test_scores_independent_of_updates(tmp_path: Path) -> None:
    told = []
    for name, build in BUILDS.items():
        (tmp_path / name).mkdir()
        held = DirectoryHandle(tmp_path / name)
        build(held, made(4))
        engine = open_backend().open(held)
        told.append(
            [
                (text, order, engine.article(match.number).id, match.score)
                for text in QUERIES
                for order in HitOrder
                for match in engine.search(compile_query(text, WordOperator.ANY), order)[:40]
            ]
        )
    assert told[0] == told[1]


def test_scores_equal_brute_force() -> None:
    articles = made(5)[:25]
    engine, scan = open_in_memory(articles), ScanEngine(articles)
    for text in ("coal mine", "=the =of", "province*", "percent:>1 coal"):
        query = compile_query(text, WordOperator.ANY)
        for order in HitOrder:
            ours, theirs = engine.search(query, order), scan.search(query, order)
            assert [engine.article(m.number).id for m in ours] == [scan.article(m.number).id for m in theirs]
            assert [m.score for m in ours] == pytest.approx([m.score for m in theirs], abs=1e-9)


def test_reader_detects_documents_in_id_order(folder: tuple[DirectoryHandle, list[Article]]) -> None:
    engine = open_backend().open(folder[0])
    ids = [engine.article(number).id for number in sorted(engine.search(MATCH_ALL).numbers())]
    assert engine._read.ascends == (ids == sorted(ids))  # type: ignore[attr-defined]
