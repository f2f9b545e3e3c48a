"""The first k matches by bounds: the same articles, order and scores as all matches evaluated and sorted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.engines import open_in_memory
from shanxi_cli.engines.whoosh import first_matches, posting_arrays, postings
from shanxi_cli.engines.whoosh.restricted_reader import RestrictedReader
from shanxi_cli.engines.whoosh.searcher import WhooshEngine
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query
from tests.support.scan_engine import ScanEngine
from tests.support.strategies import examples

_WORDS = st.sampled_from("barley rye oats millet spelt".split())
_TEXTS = st.lists(_WORDS, max_size=12).map(" ".join)
_ARCHIVES = st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=14).map(
    lambda texts: [Article(f"a{n:02}", title or "Untitled", body) for n, (title, body) in enumerate(texts)]
)
_CLAUSES = st.builds(lambda sign, word: sign + word, st.sampled_from(["", "", "", "+", "-"]), _WORDS)
_QUERIES = st.one_of(
    st.lists(_CLAUSES, min_size=1, max_size=4).map(" ".join),
    st.lists(_WORDS, min_size=2, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.lists(_WORDS, min_size=2, max_size=3).map(lambda words: f'"{" ".join(words)}"~3'),
)


@pytest.fixture(autouse=True)
def _short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting_arrays, "POSTINGS_PER_CHUNK", 2)  # so that there are chunks to skip


@given(_ARCHIVES, _QUERIES, st.lists(st.integers(0, 6), min_size=1, max_size=3))
@examples(300)
def test_first_matches_equal_those_of_full_evaluation(articles: list[Article], query: str, counts: list[int]) -> None:
    engine = open_in_memory(articles)
    assert isinstance(engine, WhooshEngine)
    plan = compile_query(query, WordOperator.ANY)
    whole = ScanEngine(articles).search(plan, HitOrder.RELEVANCE)
    matches = engine.search(plan, HitOrder.RELEVANCE)
    assert len(matches) == engine.count(plan) == len(whole)
    for count in counts:
        assert [m.number for m in matches[:count]] == [m.number for m in whole[:count]]
        assert [m.score for m in matches[:count]] == pytest.approx([m.score for m in whole[:count]])


def test_positions_are_read_of_possible_documents_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[int]] = []
    read = RestrictedReader.positions_among

    def recorded(self: RestrictedReader, field: str, term: bytes, among: list[int]) -> postings.TermPositions:
        asked.append(among)
        return read(self, field, term, among)

    monkeypatch.setattr(RestrictedReader, "positions_among", recorded)
    monkeypatch.setattr(first_matches, "_FEW", 0)
    padding = "wheat " * 60
    bodies = ["barley rye " * 5, *[f"barley {padding} rye"] * 20]
    engine = open_in_memory(Article(f"a{n:02}", "Untitled", body) for n, body in enumerate(bodies))
    matches = engine.search(compile_query("barley rye", WordOperator.ANY), HitOrder.RELEVANCE)
    assert [match.number for match in matches[:1]] == [0]
    assert asked == [[0], [0]]
