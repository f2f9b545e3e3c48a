"""What every engine must tell of the matches of a query without listing them, and of a page of them."""

from collections.abc import Callable

import pytest

from shanxi_cli.analysis.document_fields import FACET_FIELDS
from shanxi_cli.engines.base import Engine, Found
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.near_duplicates import NearDuplicates
from shanxi_cli.search.searcher import MATCH_ALL, compile_query, make_hits
from tests.contract.engines import KINDS, opened
from tests.support.articles import ARTICLES, MEASURED, TWINS
from tests.support.scan_engine import ScanEngine

ALL = {**ARTICLES, **MEASURED, **TWINS}
QUERIES = ["", "coal", "coal -mine", "NOT coal", "bridge OR walls", "place:Datong", "date:2021", "money:1..", "zebra"]


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(request.param, tmp_path_factory.mktemp("found"), ALL.values())


@pytest.fixture(scope="module")
def oracle() -> ScanEngine:
    return ScanEngine(list(ALL.values()))


def found(engine: Engine, text: str, order: HitOrder = HitOrder.RELEVANCE) -> Found:
    return engine.search(compile_query(text, WordOperator.ALL) if text else MATCH_ALL, order)


def ids(engine: Engine, matches: Found) -> list[str]:
    """The ids of the matches, in order."""
    return [article.id for article in engine.articles([match.number for match in matches])]


def test_it_is_a_found(engine: Engine) -> None:
    assert isinstance(found(engine, "coal"), Found)


@pytest.mark.parametrize("text", QUERIES)
def test_length_numbers_and_ids_are_those_of_all_matches(engine: Engine, oracle: ScanEngine, text: str) -> None:
    matches = found(engine, text)
    numbers = [match.number for match in matches]
    assert len(matches) == len(numbers) == len(set(numbers))
    assert sorted(matches.numbers()) == sorted(numbers)
    assert matches.ids() == dict(zip(numbers, ids(engine, matches), strict=True))
    assert sorted(matches.ids().values()) == sorted(found(oracle, text).ids().values())


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("field", FACET_FIELDS)
def test_counts_are_those_of_the_values(engine: Engine, oracle: ScanEngine, text: str, field: str) -> None:
    matches = found(engine, text)
    assert matches.counts(field) == engine.value_counts(field, matches.numbers()) == found(oracle, text).counts(field)


@pytest.mark.parametrize("field", ["place", "keyword", "date", "edition"])
def test_values_are_those_of_the_articles(engine: Engine, oracle: ScanEngine, field: str) -> None:
    matches, expected = found(engine, "bridge OR coal"), found(oracle, "bridge OR coal")
    names, other_names = matches.ids(), expected.ids()
    assert {names[n]: sorted(values) for n, values in matches.values(field).items()} == {
        other_names[n]: sorted(values) for n, values in expected.values(field).items()
    }


@pytest.mark.parametrize("text", QUERIES)
def test_hits_are_of_matches_alone(engine: Engine, oracle: ScanEngine, text: str) -> None:
    matches, expected = found(engine, text), found(oracle, text)
    assert {matches.ids()[n]: hits for n, hits in matches.hits().items()} == {
        expected.ids()[n]: hits for n, hits in expected.hits().items()
    }


def test_among_keeps_matches(engine: Engine) -> None:
    coal, every = found(engine, "coal"), found(engine, "")
    assert coal.among(every.numbers()) == set(coal.numbers())
    assert coal.among([]) == set()
    assert found(engine, "NOT coal").among(coal.numbers()) == set()


WITHIN = ["old-walls-of-pingyao", "mine-safety-rules", "coal-town-plants-trees", "no-such-article", "bridge-opens"]


@pytest.mark.parametrize("order", HitOrder)
@pytest.mark.parametrize("text", ["", "coal mine", "NOT mine"])
def test_within_keeps_order_and_scores(engine: Engine, text: str, order: HitOrder) -> None:
    matches = found(engine, text, order)
    narrowed = matches.within(WITHIN)
    expected = [match for match in matches if engine.article(match.number).id in WITHIN]
    assert [match.number for match in narrowed] == [match.number for match in expected]
    assert [match.score for match in narrowed] == pytest.approx([match.score for match in expected])
    assert len(narrowed) == len(expected)
    assert list(narrowed[1:3]) == list(narrowed)[1:3]
    assert sorted(narrowed.numbers()) == sorted(match.number for match in expected)
    assert narrowed.hits() == {n: hits for n, hits in matches.hits().items() if n in narrowed.numbers()}
    assert narrowed.counts("place") == engine.value_counts("place", narrowed.numbers())


def test_within_narrows_again(engine: Engine) -> None:
    matches = found(engine, "").within(WITHIN)
    assert ids(engine, matches.within(["mine-safety-rules", "kilns-of-the-village"])) == ["mine-safety-rules"]
    assert len(matches.within([])) == 0
    assert list(matches.within([])) == []


@pytest.mark.parametrize("order", HitOrder)
def test_in_order(engine: Engine, order: HitOrder) -> None:
    assert ids(engine, found(engine, "bridge OR coal").in_order(order)) == ids(
        engine, found(engine, "bridge OR coal", order)
    )
    narrowed = found(engine, "").within(WITHIN).in_order(order)
    assert ids(engine, narrowed) == [name for name in ids(engine, found(engine, "", order)) if name in WITHIN]


@pytest.mark.parametrize(
    "take",
    [lambda m: m[0], lambda m: m[-1], lambda m: m[:2], lambda m: m[2:4], lambda m: m[3:], lambda m: m[90:99]],
    ids=["first", "last", "beginning", "middle", "rest", "behind the end"],
)
def test_a_part_is_that_of_the_list(engine: Engine, take: Callable[[object], object]) -> None:
    everything = list(found(engine, "NOT coal"))
    part = take(found(engine, "NOT coal"))
    expected = take(everything)
    assert (list(part) if isinstance(expected, list) else part) == expected  # type: ignore[call-overload]


def test_no_match_at_a_place_behind_the_end(engine: Engine) -> None:
    with pytest.raises(IndexError):
        found(engine, "zebra")[0]


def test_articles_come_in_the_order_asked_for(engine: Engine) -> None:
    numbers = [match.number for match in found(engine, "", HitOrder.TITLE)]
    for asked in (numbers, numbers[::-1], numbers[3:4], numbers[:2] * 2, []):
        engine.fetch_ahead(asked)
        assert engine.articles(asked) == [engine.article(number) for number in asked]


def test_numbers_of_ids(engine: Engine) -> None:
    numbers = engine.numbers_of(["undated-note", "no-such-article", "bridge-opens", "undated-note", "undated"])
    assert {name: engine.article(number).id for name, number in numbers.items()} == {
        name: name for name in ("undated-note", "bridge-opens")
    }
    assert engine.numbers_of([]) == {}


def test_articles_with_id_suffix(engine: Engine) -> None:
    found_ids = engine.articles_with_id_suffix("-opens")
    assert [name for name, _ in found_ids] == ["bridge-opens"]
    assert engine.article(found_ids[0][1]).id == "bridge-opens"
    assert [name for name, _ in engine.articles_with_id_suffix("e")] == sorted(n for n in ALL if n.endswith("e"))
    assert engine.articles_with_id_suffix("/opens") == []


@pytest.mark.parametrize("text", ["", "bridge OR apples", "river -coal", "zebra"])
@pytest.mark.parametrize("order", [HitOrder.RELEVANCE, HitOrder.NEWEST, HitOrder.TITLE])
@pytest.mark.parametrize("many", [1, 2, 5, None])
def test_near_duplicates_are_one_hit(engine: Engine, text: str, order: HitOrder, many: int | None) -> None:
    """What is read lazily of a `Found` is what a list of all matches gives."""
    matches, duplicates = found(engine, text, order), NearDuplicates(engine)
    lazy, whole = duplicates.collapse(matches, many), duplicates.collapse(list(matches), None)
    assert lazy.total == whole.total == len(whole.shown) == duplicates.count(matches) == duplicates.count(list(matches))
    assert list(lazy.shown) == list(whole.shown)[:many]
    numbers = [match.number for match in lazy.shown]
    assert {n: list(lazy.others.get(n, ())) for n in numbers} == {n: list(whole.others.get(n, ())) for n in numbers}


def test_hits_of_a_page_are_ranked_over_all(engine: Engine) -> None:
    matches = found(engine, "", HitOrder.NEWEST)
    page = make_hits(engine, MATCH_ALL, matches, slice(3, 6), with_passages=True, collapse=True)
    everything = make_hits(engine, MATCH_ALL, matches, slice(0, None), with_passages=True, collapse=True)
    assert [hit.rank for hit in page.hits] == [4, 5, 6]
    assert page.hits == everything.hits[3:6]
    assert (page.total, page.collapsed) == (everything.total, everything.collapsed) == (len(ALL) - 1, 1)
