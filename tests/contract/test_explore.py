"""What every engine must answer of counts, places, frequencies and articles that are alike."""

from collections import Counter
from collections.abc import Callable, Collection

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanxi_cli.analysis.document_fields import FACET_FIELDS
from shanxi_cli.engines import open_backend
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import QueryError, UsageError
from shanxi_cli.explore.collocations import find_collocates
from shanxi_cli.explore.concordance import concordance_lines
from shanxi_cli.explore.facets import FACET_NAMES, FacetSelection, count_facets
from shanxi_cli.explore.more_like_this import find_similar_articles, rank_by_terms
from shanxi_cli.explore.place_facets import count_places
from shanxi_cli.explore.terms import WORD_FIELDS, TermSelection, list_terms
from shanxi_cli.explore.timeline import build_timeline
from shanxi_cli.explore.year_mentions import count_mentioned_years
from shanxi_cli.model.options import ConcordanceOrder, Level, TermOrder, Unit
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.near_duplicates import NearDuplicates
from shanxi_cli.search.searcher import MATCH_ALL, compile_query, find_number
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import replace_fields
from tests.contract.engines import KINDS, opened
from tests.contract.test_search import QUERIES
from tests.support.articles import ARTICLES, MEASURED, TWINS, put
from tests.support.scan_engine import ScanEngine

ALL = {**ARTICLES, **MEASURED, **TWINS}
BRIDGE, CROSSING, *_ = TWINS


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(request.param, tmp_path_factory.mktemp("exploring"), ALL.values())


def numbers(engine: Engine, text: str = "") -> Collection[int]:
    return engine.search(query(text)).numbers()


def query(text: str) -> QueryPlan:
    return compile_query(text, WordOperator.ALL) if text else MATCH_ALL


COUNTS = [
    ("place", "", {"Datong": 4, "Shanxi": 1, "Taiyuan": 2, "Pingyao": 1, "Jinzhong": 1, "太原": 2, "Linfen": 2}),
    ("place", "bridge", {"Linfen": 2, "Fenhe River": 1, "linfen": 1, "太原": 1, '"Old" Town': 1, "": 1}),
    ("keyword", "coal", {"forestry": 1, "coal mining": 2, "safety": 1, "": 1}),
    ("author", "", {"Li Min": 2, "Wang Fang": 1, "Chen Jing": 1, "Zhou Hong": 1, "": 9}),
    ("edition", "", {"retelling": 2, "": 11}),
    ("type", "walls", {"image": 1}),
    ("date", "bridge", {"2020-03-02": 1, "2020-03/2020-04": 1, "2020-03": 1, "2019/..": 1}),
    ("person", "zebra", {}),
]


@pytest.mark.parametrize(("field", "text", "expected"), COUNTS)
def test_value_counts(engine: Engine, field: str, text: str, expected: dict[str, int]) -> None:
    found = engine.value_counts(field, numbers(engine, text))
    assert {name: found.get(name) for name in expected} == expected
    if text:
        assert set(found) == set(expected)


HITS = [
    # a word, in any form
    ("mine", {"coal-town-plants-trees": 2, "mine-safety-rules": 6}),
    ("=mines", {"mine-safety-rules": 1}),
    # places that share a word are one
    ('coal OR "coal mining"', {"coal-town-plants-trees": 4, "taiyuan-paper-in-chinese": 1, "mine-safety-rules": 5}),
    ('"coal coal"~3', {"mine-safety-rules": 1}),
    ("mine* OR mine", {"coal-town-plants-trees": 4, "mine-safety-rules": 6}),
    # in a field
    ("title:mine", {"mine-safety-rules": 1}),
    ("keyword:coal", {"coal-town-plants-trees": 1, "mine-safety-rules": 1}),
    # what must not be there, and what is no text, is no place; only matches are counted
    ("coal -mine", {"taiyuan-paper-in-chinese": 1}),
    ("place:Datong", {}),
    # Chinese, quantities
    ("太原", {"taiyuan-paper-in-chinese": 2, "solar-cells-for-export": 1}),
    ("usd:37", {"kilns-of-the-village": 1}),
    ("money:250 OR bowl", {"kilns-of-the-village": 3}),
]


def test_count_cities(engine: Engine) -> None:
    every = engine.search(MATCH_ALL)
    found = count_places(engine, every, Level.CITY, "", FacetSelection())
    for row in found.rows:
        asked = engine.search(query(row.query)).numbers()
        assert row.articles == len(asked), row
        assert row.query == f"place:{row.value}"
    assert [row.value for row in found.rows][:2] == ["Datong", "Taiyuan"]
    placed = {number for row in found.rows for number in engine.search(query(row.query)).numbers()}
    assert found.without == len(every) - len(placed)


@pytest.mark.parametrize(("text", "expected"), HITS)
def test_hits(engine: Engine, text: str, expected: dict[str, int]) -> None:
    assert {engine.article(number).id: often for number, often in engine.search(query(text)).hits().items()} == expected


def test_term_stats(engine: Engine) -> None:
    words = engine.term_stats(["mine", "mines", "zebra", "mine"], TermForm.WORDS)
    assert {word: tuple(term) for word, term in words.items()} == {"mine": ("mine", 2, 3), "mines": ("mines", 1, 1)}
    assert tuple(engine.term_stats(["mine"], TermForm.STEMS)["mine"]) == ("mine", 2, 8)


def test_word_count_sums_vocabulary(engine: Engine) -> None:
    assert engine.word_count() == sum(term.occurrences for term in engine.terms_with_prefix())


def test_terms_with_prefix_of_field(engine: Engine) -> None:
    assert [tuple(term) for term in engine.terms_with_prefix("title", "m")] == [("mine", 1, 1)]
    assert [tuple(term) for term in engine.terms_with_prefix("keyword", "co")] == [("coal", 2, 2)]
    assert [tuple(term) for term in engine.terms_with_prefix("type")] == [("article", 12, 12), ("image", 1, 1)]
    assert [tuple(term) for term in engine.terms_with_prefix("page")] == [("1", 1, 1), ("2", 1, 1)]


def test_near_duplicate_groups(engine: Engine) -> None:
    assert [{engine.article(number).id for number in group} for group in engine.near_duplicate_groups()] == [
        {BRIDGE, CROSSING}
    ]


# Whatever is asked: Whoosh gives what reading every article gives


@pytest.fixture(scope="module", params=["new", "updated"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, ScanEngine]:
    """The two engines; Whoosh's index is new, or has documents that are deleted."""
    folder = DirectoryHandle(tmp_path_factory.mktemp("both"))
    backend = open_backend()
    articles = list(ALL.values())
    if request.param == "updated":
        before = [replace_fields(article, id=f"old-{article.id}") for article in articles]
        put(backend, folder, [*articles[:5], *before])
        put(backend, folder, articles[3:], [article.id for article in before])
    else:
        put(backend, folder, articles)
    return backend.open(folder), ScanEngine(articles)


ANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Ask = Callable[[Engine, QueryPlan, list[int]], object]


def same(both: tuple[Engine, ScanEngine], text: str, ask: Ask) -> None:
    """Both engines answer alike: `ask` is given the engine, the query, and what matches, the newest first."""
    try:
        asked = compile_query(text, WordOperator.ALL)
    except QueryError:
        return
    answers = []
    for each in both:
        found = [match.number for match in each.search(asked, HitOrder.NEWEST)]
        try:
            answers.append(ask(each, asked, found))
        except UsageError as error:
            answers.append(str(error))
    assert answers[0] == answers[1]


@ANY
@given(text=QUERIES, field=st.sampled_from(FACET_FIELDS))
def test_engines_agree_on_value_counts(both: tuple[Engine, ScanEngine], text: str, field: str) -> None:
    same(both, text, lambda engine, _, found: engine.value_counts(field, found))


@ANY
@given(text=QUERIES)
def test_engines_agree_on_hit_counts(both: tuple[Engine, ScanEngine], text: str) -> None:
    same(
        both,
        text,
        lambda engine, asked, _: {engine.article(n).id: hits for n, hits in engine.search(asked).hits().items()},
    )


@ANY
@given(text=QUERIES)
def test_engines_agree_on_concordances(both: tuple[Engine, ScanEngine], text: str) -> None:
    def ask(engine: Engine, asked: QueryPlan, found: list[int]) -> object:
        lines_of = list(concordance_lines(engine, asked, found, ConcordanceOrder.DATE))
        hits = engine.search(asked).hits()
        assert Counter(line.article.id for line in lines_of) == {
            engine.article(n).id: hits[n] for n in found if n in hits
        }
        assert all(line.marks and line.text[line.start : line.end].strip() for line in lines_of)
        return lines_of

    same(both, text, ask)


@ANY
@given(text=QUERIES, name=st.sampled_from(FACET_NAMES), least=st.integers(1, 3))
def test_engines_agree_on_facets(both: tuple[Engine, ScanEngine], text: str, name: str, least: int) -> None:
    def ask(engine: Engine, asked: QueryPlan, found: list[int]) -> object:
        made = count_facets(engine.search(asked), name, text, FacetSelection(least))
        for row in made.rows:
            if row.query:
                narrowed = engine.search(compile_query(row.query, WordOperator.ALL)).numbers()
                assert row.articles <= len(narrowed) <= len(found), row
                assert set(narrowed) <= set(found), row
        return made

    same(both, text, ask)


@ANY
@given(text=QUERIES, unit=st.sampled_from([None, *Unit]), share=st.booleans(), hits=st.booleans())
def test_engines_agree_on_timelines(
    both: tuple[Engine, ScanEngine], text: str, unit: Unit | None, share: bool, hits: bool
) -> None:
    def ask(engine: Engine, asked: QueryPlan, found: list[int]) -> object:
        made = build_timeline(engine, engine.search(asked), unit, hits=hits, share=share)
        assert sum(p.articles for p in made.periods) == pytest.approx(len(found) - made.undated - made.open)
        assert all(p.among is None or p.articles <= p.among + 1e-9 for p in made.periods)
        return made

    same(both, text, ask)


@ANY
@given(text=QUERIES, window=st.integers(1, 6))
def test_engines_agree_on_collocates(both: tuple[Engine, ScanEngine], text: str, window: int) -> None:
    same(both, text, lambda engine, asked, found: find_collocates(engine, asked, found, window, 1))


@ANY
@given(text=QUERIES)
def test_engines_agree_on_year_mentions(both: tuple[Engine, ScanEngine], text: str) -> None:
    same(both, text, lambda engine, asked, found: count_mentioned_years(engine, asked, found))


@pytest.mark.parametrize("collapse", [True, False])
@pytest.mark.parametrize("name", ALL)
def test_engines_agree_on_similar_articles(both: tuple[Engine, ScanEngine], name: str, collapse: bool) -> None:
    found = []
    for engine in both:
        number = find_number(engine, name)
        assert number is not None
        rows = find_similar_articles(
            engine, number, rank_by_terms(engine, number), None, NearDuplicates(engine), collapse=collapse
        ).rows
        found.append([(row.rank, row.article.id, round(row.score, 9), row.words, row.copy, row.alike) for row in rows])
    assert found[0] == found[1]


@pytest.mark.parametrize("order", TermOrder)
@pytest.mark.parametrize("field", ["", *WORD_FIELDS])
def test_engines_agree_on_terms(both: tuple[Engine, ScanEngine], field: str, order: TermOrder) -> None:
    whoosh, scan = both
    for prefix in ("", "m"):
        selection = TermSelection(field, prefix, order=order)
        everything = list_terms(scan, selection)
        assert list_terms(whoosh, selection) == everything
        assert list_terms(whoosh, selection, whoosh.search(MATCH_ALL).numbers()) == everything


def test_engines_agree_on_near_duplicates(both: tuple[Engine, ScanEngine]) -> None:
    whoosh, scan = both
    assert [{e.article(n).id for n in group} for e in (whoosh,) for group in e.near_duplicate_groups()] == [
        {e.article(n).id for n in group} for e in (scan,) for group in e.near_duplicate_groups()
    ]
    assert whoosh.word_count() == scan.word_count()


def test_places_of_a_level_are_whole_values(engine: Engine) -> None:
    every = engine.search(MATCH_ALL)
    for level in Level:
        found = count_places(engine, every, level, "", FacetSelection())
        assert found.field == level.value
        assert all(0 < row.articles <= len(engine.search(query(row.query)).numbers()) for row in found.rows)
        assert found.rows == count_places(engine, every, level, "", FacetSelection(limit=len(found.rows))).rows
