"""The cluster finds, orders, scores and counts as Whoosh does, over an archive with many ties."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from shanxi_cli.analysis.document_fields import VALUE_FIELDS
from shanxi_cli.engines import open_in_memory
from shanxi_cli.engines.base import Engine, Found
from shanxi_cli.engines.field_names import CODE_FIELDS, NAME_FIELDS
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from tests.contract.engines import opened
from tests.opensearch.reading.harbour_archive import harbour_articles

pytestmark = pytest.mark.cluster
ARTICLES = 2_000
FIRST = 50
QUERIES = [
    "harbour",
    "harbour crane ferry",
    "+harbour crane -tunnel",
    "(quay OR pilot) AND NOT customs",
    "grain OR (depot AND NOT (tide OR anchor))",
    '"grain depot"',
    '"grain depot"~3',
    '"barge barge"~6',
    "har* tunel~1",
    "cra*",
    "WHO",
    "=who US",
    "title:lighthouse ferry",
    'body:"the harbour" deck:crane',
    "place:Jinzhong harbour",
    'person:"Wu Jia" author:Li',
    "date:2020 harbour",
    "weight:1000..2000 harbour crane",
    "percent:..6 money:1m.. ferry",
    "how many barges are in the harbour harbour",
    "太原 煤炭",
    "id:b/c/0001 section:News page:4",
    "prefix:id:a/000 NOT date:2019",
    "",
]


class Pair(NamedTuple):
    """Two engines over the same articles, with the ids of their numbers."""

    whoosh: Engine
    cluster: Engine
    whoosh_ids: dict[int, str]
    cluster_ids: dict[int, str]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    articles = list(harbour_articles(ARTICLES))
    folder: Path = tmp_path_factory.mktemp("harbour")
    whoosh, cluster = open_in_memory(articles), opened("opensearch", folder, articles)
    yield Pair(whoosh, cluster, whoosh.search(MATCH_ALL).ids(), cluster.search(MATCH_ALL).ids())
    cluster.close()


def found(engine: Engine, text: str, order: HitOrder = HitOrder.RELEVANCE, want: str = "any") -> Found:
    return engine.search(compile_query(text, WordOperator(want)) if text else MATCH_ALL, order)


@pytest.mark.parametrize("text", QUERIES)
def test_as_many_are_counted_as_found(pair: Pair, text: str) -> None:
    plan = compile_query(text, WordOperator.ANY) if text else MATCH_ALL
    assert pair.cluster.count(plan) == pair.whoosh.count(plan)


def named(found: Found, ids: dict[int, str], many: slice) -> Sequence[tuple[str, float]]:
    return [(ids[match.number], match.score) for match in found[many]]


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("want", ["any", "all"])
@pytest.mark.parametrize("order", HitOrder)
def test_first_matches_and_scores_are_the_same(pair: Pair, text: str, want: str, order: HitOrder) -> None:
    expected, got = found(pair.whoosh, text, order, want), found(pair.cluster, text, order, want)
    first = slice(FIRST)
    assert named(got, pair.cluster_ids, first) == named(expected, pair.whoosh_ids, first)
    assert (
        len(got) == len(expected) == pair.cluster.count(compile_query(text, WordOperator(want)) if text else MATCH_ALL)
    )


@pytest.mark.parametrize("text", ["harbour", "cra*", "harbour crane ferry", ""])
@pytest.mark.parametrize("order", [HitOrder.RELEVANCE, HitOrder.TITLE])
def test_all_matches_are_in_the_same_order(pair: Pair, text: str, order: HitOrder) -> None:
    expected, got = found(pair.whoosh, text, order), found(pair.cluster, text, order)
    everything = slice(None)
    assert named(got, pair.cluster_ids, everything) == named(expected, pair.whoosh_ids, everything)


OVERLAPPING = ['"harbour harbour"', 'harbour OR "old harbour"', "=harbour harbour", "har* harbour body:har*", "us =US"]


@pytest.mark.parametrize("text", [*QUERIES, *OVERLAPPING])
def test_hits_are_the_same(pair: Pair, text: str) -> None:
    expected, got = found(pair.whoosh, text).hits(), found(pair.cluster, text).hits()
    assert {pair.cluster_ids[n]: hits for n, hits in got.items()} == {
        pair.whoosh_ids[n]: hits for n, hits in expected.items()
    }


@pytest.mark.parametrize("field", VALUE_FIELDS)
def test_counts_and_values_are_the_same(pair: Pair, field: str) -> None:
    expected, got = found(pair.whoosh, "harbour"), found(pair.cluster, "harbour")
    assert got.counts(field) == expected.counts(field)
    assert {pair.cluster_ids[n]: sorted(values) for n, values in got.values(field).items()} == {
        pair.whoosh_ids[n]: sorted(values) for n, values in expected.values(field).items()
    }


@pytest.mark.parametrize("field", ["", "title", "body", "deck", "keyword", *NAME_FIELDS, *CODE_FIELDS])
@pytest.mark.parametrize("prefix", ["", "b", "太"])
def test_words_are_the_same(pair: Pair, field: str, prefix: str) -> None:
    expected = list(pair.whoosh.terms_with_prefix(field, prefix))
    assert list(pair.cluster.terms_with_prefix(field, prefix)) == expected


@pytest.mark.parametrize("word", ["harbor", "it", "a", "tides", "US", "太原", "datung", "warehousewarehouse"])
@pytest.mark.parametrize("edits", [0, 1, 2])
@pytest.mark.parametrize("field", ["", "place"])
def test_similar_words_are_the_same(pair: Pair, word: str, edits: int, field: str) -> None:
    assert pair.cluster.similar_terms(word, edits, field) == pair.whoosh.similar_terms(word, edits, field)


def test_counts_of_words_are_the_same(pair: Pair) -> None:
    for layer in TermForm:
        words = ["harbour", "harbours", "US", "us", "nothing", "太原"]
        assert pair.cluster.term_stats(words, layer) == pair.whoosh.term_stats(words, layer)
    assert pair.cluster.word_count() == pair.whoosh.word_count()


def test_near_duplicates_are_the_same(pair: Pair) -> None:
    def groups(engine: Engine, ids: dict[int, str]) -> list[list[str]]:
        return sorted(sorted(ids[number] for number in group) for group in engine.near_duplicate_groups())

    assert groups(pair.cluster, pair.cluster_ids) == groups(pair.whoosh, pair.whoosh_ids) != []


def test_nothing_is_outdated(pair: Pair) -> None:
    assert list(pair.cluster.outdated_documents(list(pair.cluster_ids)[:3])) == []
    assert list(pair.cluster.outdated_documents()) == []
