"""What every engine must answer of names that are derived from the text, with and without them."""

import pytest

from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.facets import FacetSelection, count_facets
from shanxi_cli.model.article import Article, DerivedNames, Person
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import MATCH_ALL, compile_query, count_derived, search_matches
from shanxi_cli.search.suggest import explain_no_results
from tests.contract.engines import KINDS, opened

ARTICLES = (
    Article("written", "Written", "A boat.", places=("Bergen",), people=(Person("Ida Moss"),)),
    Article("read", "Read", "A boat.", derived=DerivedNames(("Bergen", "Norway"), ("Ida Moss",), ("Tarn Group",))),
    Article("bare", "Bare", "A boat."),
)


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(request.param, tmp_path_factory.mktemp("names"), ARTICLES)


@pytest.mark.parametrize(
    ("query", "found", "authored"),
    [
        ("place:Bergen", ["read", "written"], ["written"]),
        ('person:"Ida Moss"', ["read", "written"], ["written"]),
        ("prefix:person:Mos", ["read", "written"], ["written"]),
        ("fuzzy:place:Bergem", ["read", "written"], ["written"]),
        ("org:Tarn", ["read"], []),
        ("boat -place:Bergen", ["bare"], ["bare", "read"]),
        ("boat", ["bare", "read", "written"], ["bare", "read", "written"]),
    ],
)
def test_plan_without_derived_compares_front_matters_alone(
    engine: Engine, query: str, found: list[str], authored: list[str]
) -> None:
    plan = compile_query(query, WordOperator.ALL)
    ids = [
        sorted(engine.article(n).id for n in search_matches(engine, p).numbers())
        for p in (plan, plan.without_derived())
    ]
    assert ids == [found, authored]


def test_count_derived_counts_the_matches_that_only_derived_names_make(engine: Engine) -> None:
    plans = [compile_query(query, WordOperator.ALL) for query in ("place:Bergen", "boat", "place:Oslo")]
    assert [count_derived(engine, plan) for plan in plans] == [1, 0, 0]


def test_facets_say_how_many_values_are_derived(engine: Engine) -> None:
    found = search_matches(engine, MATCH_ALL)
    facets = count_facets(found, "place", "", FacetSelection())
    assert [(row.value, row.articles, row.derived) for row in facets.rows] == [("Bergen", 2, 1), ("Norway", 1, 1)]
    assert (facets.without, facets.derived) == (1, 1)


def test_facets_of_authored_names_count_no_derived_ones(engine: Engine) -> None:
    facets = count_facets(search_matches(engine, MATCH_ALL), "authored_place", "", FacetSelection())
    assert [(row.value, row.articles, row.part) for row in facets.rows] == [("Bergen", 1, "place:Bergen")]
    assert (facets.field, facets.without, facets.derived) == ("place", 2, None)


def test_suggestion_without_derived_finds_something(engine: Engine) -> None:
    plan = compile_query("place:Norwai", WordOperator.ALL)
    suggested = [explain_no_results(engine, each).proposal for each in (plan, plan.without_derived())]
    assert [proposal and proposal.query for proposal in suggested] == ["place:norway", None]
