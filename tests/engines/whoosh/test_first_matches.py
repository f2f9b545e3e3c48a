"""The first matches by upper bounds: ids, order and scores are those of all matches, evaluated and sorted.

`_FEW` and the other thresholds are lowered, so that small archives take the way of large ones.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.engines import open_backend
from shanxi_cli.engines.whoosh import first_matches, merge, posting_arrays, score_bounds
from shanxi_cli.engines.whoosh.evaluator import PlanEvaluator
from shanxi_cli.engines.whoosh.first_matches import FirstMatches
from shanxi_cli.engines.whoosh.score_bounds import ScoreBounds
from shanxi_cli.engines.whoosh.score_parts import ScoreParts
from shanxi_cli.engines.whoosh.searcher import WhooshEngine
from shanxi_cli.model.article import Article, Caption, Person
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.expansion import expand_query
from shanxi_cli.search.searcher import compile_query
from shanxi_cli.util.dirfd import DirectoryHandle
from tests.support.articles import put
from tests.support.strategies import examples

WORDS = "barley rye oats millet spelt taiyuan".split()
CLAUSES = [
    *WORDS,
    *("=rye", "barl*", "mille~", "title:oats", "body:rye", "person:wang", "place:taiyuan", "date:2011..2013"),
    *('"barley rye"', '"rye oats"~3', "people:>40", "-millet", "+barley", "+rye", "(oats OR spelt)", "(rye AND oats)"),
    *("(NOT spelt)", "type:image", "id:a0*"),
]


def random_article(chance: random.Random, number: int) -> Article:
    """An article of a few words, long or short, of which some have names, dates and figures."""
    words = chance.choices(WORDS, [9, 6, 4, 3, 1, 1], k=chance.choice([0, 2, 5, 30, 90]))
    if chance.random() < 0.3:
        words.insert(len(words) // 2, f"{chance.randint(10, 90)} people.")
    return Article(
        id=f"a{number:03}",
        title=" ".join(chance.choices(WORDS, k=chance.choice([1, 1, 4]))),
        body=" ".join(words),
        date=chance.choice(["", "2010", "2012-05-01", "2014-02"]),
        type=chance.choice(["article", "image"]),
        people=(Person("Wang Rye"),) if chance.random() < 0.2 else (),
        places=("Taiyuan",) if chance.random() < 0.2 else (),
        captions=(Caption("oats and barley"),) if chance.random() < 0.2 else (),
    )


def open_random(folder: Path, chance: random.Random, count: int) -> WhooshEngine:
    """An index of random articles, of several segments with deleted documents."""
    articles = [random_article(chance, number) for number in range(count)]
    folder.mkdir()
    held, third = DirectoryHandle(folder), count // 3
    put(open_backend(), held, articles[: 2 * third])
    put(open_backend(), held, articles[2 * third :], [article.id for article in articles[: third // 4]])
    engine = open_backend().open(held)
    assert isinstance(engine, WhooshEngine)
    return engine


def find_all(engine: WhooshEngine, plan: QueryPlan) -> list[tuple[int, float]]:
    """All matches by the slow path: every posting evaluated, every match sorted by rounded score, date and id."""
    scores = PlanEvaluator(engine._read).scores(plan)
    last = engine._read.numbers("last")
    key = {n: (-round(score, 9), -last[n], engine.article(n).id) for n, score in scores.items()}
    return [(number, scores[number]) for number in sorted(scores, key=key.__getitem__)]


@pytest.fixture(autouse=True)
def _low_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_matches, "_FEW", 0)
    monkeypatch.setattr(first_matches, "_MANY_FRACTION", 1)
    monkeypatch.setattr(score_bounds, "_MANY_POSTINGS", 5)
    monkeypatch.setattr(score_bounds, "_FIRST_WANTED", 1)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[WhooshEngine]]:
    """Opened indexes of two segments and short chunks."""
    folder = tmp_path_factory.mktemp("indexes")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posting_arrays, "POSTINGS_PER_CHUNK", 4)
        patch.setattr(merge, "_MAX_MERGE_DOCS", 0)
        yield [open_random(folder / str(seed), random.Random(seed), 20 * seed) for seed in range(1, 7)]


QUERIES = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=4).map(" ".join)


@given(st.integers(0, 5), QUERIES, st.sampled_from(WordOperator), st.lists(st.integers(0, 12), min_size=1, max_size=3))
@examples(400)
def test_first_matches_equal_those_of_exhaustive_evaluation(
    engines: list[WhooshEngine], number: int, query: str, want: WordOperator, counts: list[int]
) -> None:
    engine, plan = engines[number], compile_query(query, want)
    engine._evaluator = PlanEvaluator(engine._read)
    expected = find_all(engine, plan)
    matches = engine.search(plan, HitOrder.RELEVANCE)
    assert len(matches) == engine.count(plan) == len(expected)
    for count in counts:
        assert matches[:count] == expected[:count]
    assert matches[3:7] == expected[3:7]
    assert list(matches) == expected


@given(st.integers(0, 5), QUERIES, st.sampled_from([HitOrder.NEWEST, HitOrder.OLDEST, HitOrder.TITLE]))
@examples(100)
def test_other_orders_have_exact_scores(engines: list[WhooshEngine], number: int, query: str, order: HitOrder) -> None:
    engine, plan = engines[number], compile_query(query, WordOperator.ANY)
    scores = PlanEvaluator(engine._read).scores(plan)
    first = engine.search(plan, order)[:4]
    assert first == [(match.number, scores[match.number]) for match in first]
    assert first == list(engine.search(plan, order))[:4]
    assert {match.number for match in engine.search(plan, order)} == scores.keys()


@given(st.integers(0, 5), QUERIES, st.sampled_from(WordOperator))
@examples(200)
def test_no_score_is_above_its_bound(engines: list[WhooshEngine], number: int, query: str, want: WordOperator) -> None:
    engine, plan = engines[number], compile_query(query, want)
    evaluator = PlanEvaluator(engine._read)
    parts = ScoreParts(plan, engine._read, evaluator.documents_of_lookup)
    if not parts.terms:
        return
    for document, score in evaluator.scores(plan).items():
        found = ScoreBounds(engine._read, parts).candidates(score)
        assert found is None or document in found


def test_expanded_query_has_the_same_first_matches(engines: list[WhooshEngine]) -> None:
    for engine in engines:
        plan = compile_query("barley rye", WordOperator.ANY)
        expanded = expand_query(engine, plan, engine.search(plan, HitOrder.RELEVANCE)[:3]).plan
        assert engine.search(expanded, HitOrder.RELEVANCE)[:5] == find_all(engine, expanded)[:5]


def test_few_documents_are_evaluated(engines: list[WhooshEngine], monkeypatch: pytest.MonkeyPatch) -> None:
    evaluated: list[int] = []
    restricted = FirstMatches._restricted

    def recorded(self: FirstMatches, numbers: list[int]) -> PlanEvaluator:
        evaluated.append(len(set(numbers)))
        return restricted(self, numbers)

    monkeypatch.setattr(FirstMatches, "_restricted", recorded)
    matches = engines[5].search(compile_query("barley OR rye", WordOperator.ANY), HitOrder.RELEVANCE)
    assert len(matches[:3]) == 3
    assert len(matches) > 60
    assert evaluated
    assert sum(evaluated) < 30
