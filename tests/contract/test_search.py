"""What every engine must answer, over the same six articles. A second engine is done when it passes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shanxi_cli.engines import open_backend
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import QueryError
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.range import article_quantities
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from shanxi_cli.search.suggest import explain_no_results
from shanxi_cli.util import edtf
from shanxi_cli.util.dirfd import DirectoryHandle
from tests.contract.engines import KINDS, opened
from tests.support.articles import ARTICLES, MEASURED, put
from tests.support.scan_engine import ScanEngine

COAL, SOLAR, WALLS, CHINESE, SAFETY, UNDATED = (
    "coal-town-plants-trees",
    "solar-cells-for-export",
    "old-walls-of-pingyao",
    "taiyuan-paper-in-chinese",
    "mine-safety-rules",
    "undated-note",
)


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(request.param, tmp_path_factory.mktemp("engine"), ARTICLES.values())


def ids(
    engine: Engine, text: str, want: WordOperator = WordOperator.ANY, order: HitOrder = HitOrder.RELEVANCE
) -> list[str]:
    query = compile_query(text, want) if text else MATCH_ALL
    return [engine.article(match.number).id for match in engine.search(query, order)]


FINDS = [
    # words: any of them, any form
    ("coal", {COAL, CHINESE, SAFETY}),
    ("mines", {COAL, SAFETY}),
    ("solar walls", {SOLAR, WALLS, SAFETY}),
    ("photovoltaic", {SOLAR}),
    ("the walls", {WALLS}),
    # signs and operators
    ("+coal mine", {COAL, CHINESE, SAFETY}),
    ("coal -mine", {CHINESE}),
    ("coal NOT mine", {CHINESE}),
    ("NOT coal", {SOLAR, WALLS, UNDATED}),
    ("-coal -walls", {SOLAR, UNDATED}),
    ("coal AND solar", {SAFETY}),
    ("coal OR walls", {COAL, CHINESE, SAFETY, WALLS}),
    ("walls OR coal AND solar", {WALLS, SAFETY}),
    ("(walls OR coal) AND solar", {SAFETY}),
    ("coal AND NOT mine", {CHINESE}),
    ("coal and solar", {COAL, CHINESE, SAFETY, SOLAR}),
    ("walls OR NOT mine", {WALLS, SOLAR, CHINESE, UNDATED}),
    # phrases and nearness
    ('"solar cells"', {SOLAR}),
    ('"cells solar"', set()),
    ('"the mine closed"', {COAL}),
    ('"coal mining"', {COAL, SAFETY}),
    ('"coal fired"', {COAL}),
    ('"plan rules"', set()),
    ('"trees former"', set()),
    ('"rules power"~2', {SAFETY}),
    ('"power rules"~2', {SAFETY}),
    ('"power rules"~1', set()),
    ('"coal coal coal"~3', {SAFETY}),
    ('"coal mining forestry"~50', set()),
    # a phrase lies within a paragraph, whose end counts as a word of a proximity
    ('"lei said"', {COAL}),
    ('"said the mine"', set()),
    ('"said the"', set()),
    ('"said the"~0', set()),
    ('"said the mine"~1', {COAL}),
    # beginnings, likeness, exact words
    ("photo*", {SOLAR}),
    ("prefix:photo", {SOLAR}),
    ("photovoltiac", set()),
    ("photovoltiacs~", {SOLAR}),
    ("fuzzy:phtovoltiacs~2", {SOLAR}),
    ("exact:mining", {COAL, SAFETY}),
    ("=mine", {COAL, SAFETY}),
    ("=mined", set()),
    ('exact:"coal mining"', {COAL, SAFETY}),
    # numbers, hyphens, apostrophes
    ("1200", {COAL}),
    ("1,200", {COAL}),
    ("200", set()),
    ("12.5", {SOLAR}),
    ("5G", {SOLAR}),
    ("R&D", {SOLAR}),
    ("16-gigawatt", {COAL}),
    ("gigawatt", {COAL}),
    ("coal-fired", {COAL}),
    ("fired", {COAL}),
    ("xi'an", {WALLS}),
    ("Xi’an", {WALLS}),
    ("town", {COAL, WALLS}),
    ("cafe", {WALLS}),
    ("CAFÉ", {WALLS}),
    ("太原", {CHINESE, SOLAR}),
    ("=太原", {CHINESE}),
    ("太原市", {CHINESE, SOLAR}),
    ("煤炭产量", {CHINESE}),
    ("产", {CHINESE}),
    ("降", {CHINESE}),
    ("原太", set()),
    # fields
    ("title:coal", {COAL}),
    ("deck:miner", {COAL}),
    ("body:photovoltaics", set()),
    ("caption:visitor", {WALLS}),
    ("caption:wall", {WALLS}),
    ("keyword:photovoltaic", {SOLAR}),
    ('keyword:"coal mining"', {COAL, SAFETY}),
    ("body:photo*", set()),
    ("keyword:photo*", {SOLAR}),
    ("title:=mine", {SAFETY}),
    ("author:li", {COAL, SOLAR}),
    ("author:fang", {COAL}),
    ('author:"Li Min"', {COAL, SOLAR}),
    ('author:"Min Li"', set()),
    ('author:"Min Wang"', set()),
    ("place:taiyuan", {SOLAR, SAFETY, CHINESE}),
    ("place:太原", {SOLAR, SAFETY, CHINESE}),
    ("place:=Taiyuan", {SOLAR, SAFETY}),
    ("exact:place:太原", {CHINESE}),
    ("place:Jinzhong", {WALLS}),
    ("place:Shanxi", {COAL, SOLAR, WALLS, CHINESE, SAFETY}),
    ("place:=Shanxi", {COAL}),
    ("place:tai*", {SOLAR, SAFETY}),
    ("place:tayuan~", {SOLAR, SAFETY}),
    ('place:"Datong Shanxi"', set()),
    ("person:zhao", {COAL}),
    ("org:solar", {SOLAR}),
    ('publication:"Shanxi Daily"', {COAL, SOLAR, SAFETY}),
    ("section:business", {COAL}),
    ("page:1", {COAL}),
    ("page:001", {COAL}),
    ("page:2", {SOLAR}),
    ("type:image", {WALLS}),
    ("edition:retelling", {SOLAR}),
    ("id:undated-note", {UNDATED}),
    ("id:undated", set()),
    ("prefix:id:undated", {UNDATED}),
    # a field narrows, plain words are any of them
    ("coal solar place:Datong", {COAL, SAFETY}),
    ("walls place:Datong", set()),
    ("place:Datong", {COAL, SAFETY}),
    ("NOT place:Datong", {SOLAR, WALLS, CHINESE, UNDATED}),
    # dates: an interval that shares a day
    ("date:2021", {COAL, CHINESE, SAFETY}),
    ("date:2022-06~", {SOLAR}),
    ("date:2021-08", {COAL, CHINESE, SAFETY}),
    ("date:2021-08-20", {COAL, CHINESE}),
    ("date:2022-06-30..", {SOLAR, WALLS}),
    ("date:..2021-07-21", {CHINESE}),
    ("date:2021-09..2022", {CHINESE, SOLAR}),
    ("NOT date:..9999", {UNDATED}),
    ("coal date:2021-09", {CHINESE}),
]


@pytest.mark.parametrize(("text", "expected"), FINDS)
def test_search(engine: Engine, text: str, expected: set[str]) -> None:
    assert set(ids(engine, text)) == expected


@pytest.mark.parametrize("order", HitOrder)
@pytest.mark.parametrize("text", ["coal", "old walls", "NOT coal", "zebra"])
def test_slice_of_matches(engine: Engine, text: str, order: HitOrder) -> None:
    found = engine.search(compile_query(text, WordOperator.ANY), order)
    everything = list(engine.search(compile_query(text, WordOperator.ANY), order))
    assert len(found) == len(everything)
    for part in (slice(1), slice(1, 3), slice(2, None), slice(None)):
        assert list(found[part]) == everything[part]
    assert sorted(engine.search(compile_query(text, WordOperator.ANY)).numbers()) == sorted(
        match.number for match in everything
    )


ALL_WORDS = [
    ("coal mine", {COAL, SAFETY}),
    ("coal -mine", {CHINESE}),
    ("coal solar", {SAFETY}),
    ("coal OR walls", {COAL, CHINESE, SAFETY, WALLS}),
    ("", set(ARTICLES)),
]


@pytest.mark.parametrize(("text", "expected"), ALL_WORDS)
def test_search_for_all(engine: Engine, text: str, expected: set[str]) -> None:
    assert set(ids(engine, text, WordOperator.ALL)) == expected


ORDERS = [
    ("", HitOrder.NEWEST, [WALLS, SOLAR, CHINESE, COAL, SAFETY, UNDATED]),
    ("", HitOrder.OLDEST, [CHINESE, COAL, SAFETY, SOLAR, WALLS, UNDATED]),
    ("", HitOrder.TITLE, [CHINESE, COAL, SAFETY, WALLS, SOLAR, UNDATED]),
    # nothing is scored: by date, then id
    ("date:2021", HitOrder.RELEVANCE, [CHINESE, COAL, SAFETY]),
    # the article that says it most, in its title too
    ("mine", HitOrder.RELEVANCE, [SAFETY, COAL]),
    # neighbours in the query that are neighbours in the text
    ("solar power", HitOrder.RELEVANCE, [SOLAR, SAFETY]),
]


@pytest.mark.parametrize(("text", "order", "expected"), ORDERS)
def test_search_order(engine: Engine, text: str, order: HitOrder, expected: list[str]) -> None:
    assert ids(engine, text, WordOperator.ANY, order) == expected


def test_repeated_word_saturates(engine: Engine) -> None:
    once = {m.number: m.score for m in engine.search(compile_query("coal", WordOperator.ANY), HitOrder.RELEVANCE)}
    twice = {m.number: m.score for m in engine.search(compile_query("coal coal", WordOperator.ANY), HitOrder.RELEVANCE)}
    assert twice == pytest.approx({number: 16 / 9 * score for number, score in once.items()})


def test_must_clause_adds_to_score(engine: Engine) -> None:
    assert ids(engine, "+coal solar")[0] == SAFETY


def test_count(engine: Engine) -> None:
    assert engine.count(compile_query("coal", WordOperator.ANY)) == 3
    assert engine.count(MATCH_ALL) == engine.article_count() == 6


def test_article_is_complete(engine: Engine) -> None:
    found = {engine.article(m.number).id: engine.article(m.number) for m in engine.search(MATCH_ALL, HitOrder.TITLE)}
    assert found == ARTICLES


def test_date_interval(engine: Engine) -> None:
    found = {
        engine.article(m.number).id: engine.date_interval(m.number) for m in engine.search(MATCH_ALL, HitOrder.TITLE)
    }
    assert found == {name: edtf.parse_edtf(a.date) if a.date else None for name, a in ARTICLES.items()}


def test_articles_with_id_prefix(engine: Engine) -> None:
    assert [article_id for article_id, _ in engine.articles_with_id_prefix("")] == sorted(ARTICLES)
    assert [article_id for article_id, _ in engine.articles_with_id_prefix("mine-safety-rules")] == [SAFETY]
    assert engine.articles_with_id_prefix("Mine") == []
    [(_, number)] = engine.articles_with_id_prefix("old")
    assert engine.article(number).id == WALLS


def test_terms_with_prefix(engine: Engine) -> None:
    assert [tuple(term) for term in engine.terms_with_prefix(prefix="mi")] == [
        ("min", 2, 2),  # Li Min, in a byline and in a credit
        ("mine", 2, 3),
        ("miners", 1, 2),
        ("mines", 1, 1),
        ("mining", 2, 4),
    ]
    assert [tuple(term) for term in engine.terms_with_prefix("place")] == [
        ("datong", 2, 2),
        ("jinzhong", 1, 1),
        ("pingyao", 1, 1),
        ("shanxi", 1, 1),
        ("taiyuan", 2, 2),
        ("原", 1, 1),
        ("太原", 1, 1),
    ]
    assert list(engine.terms_with_prefix(prefix="zz")) == []


def test_similar_terms(engine: Engine) -> None:
    assert engine.similar_terms("mime", 1) == [("mine", 1)]
    assert engine.similar_terms("mimes", 2) == [("mine", 2), ("miners", 2), ("mines", 1), ("names", 2)]
    assert engine.similar_terms("taiyaun", 1, "place") == [("taiyuan", 1)]
    assert engine.similar_terms("miners", 1, "place") == []
    assert engine.similar_terms("mimes", 1, "body") == engine.similar_terms("mimes", 1)
    assert engine.similar_terms("x" * 1_000, 2) == []


@pytest.mark.parametrize(
    ("text", "articles", "words"),
    [
        ("body:sollar", 0, (("solar", 2),)),
        ("title:sollar", 0, (("solar", 1),)),
        ("caption:sollar", 0, ()),
        ("place:taiyaun", 0, (("taiyuan", 2),)),
        ("type:imag", 0, (("image", 1),)),
        ("id:mime", 0, ()),
    ],
)
def test_similar_words_of_field(engine: Engine, text: str, articles: int, words: tuple[tuple[str, int], ...]) -> None:
    [part] = explain_no_results(engine, compile_query(text, WordOperator.ANY)).parts
    assert (part.text, part.articles, part.similar) == (text, articles, words)


# Limits on quantities, over three articles made of them

PARK, WIND, KILNS = MEASURED


@pytest.fixture(scope="module", params=KINDS)
def measured(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(request.param, tmp_path_factory.mktemp("measured"), MEASURED.values())


LIMITS = [
    ("money:1bn..", {PARK}),
    ("money:..50", {KILNS}),
    ("money:100m..2bn", {PARK, WIND}),
    ("money:250", {KILNS}),
    ("money:>250", {PARK, WIND}),
    ("money:>=250", {PARK, WIND, KILNS}),
    ("money:<30", set()),
    ("money:<=30", {KILNS}),
    # a unit and its limit hold for the same quantity
    ("money:50", set()),
    ("usd:50", {KILNS}),
    ("usd:100m..", {PARK}),
    ("money:40..60USD", {KILNS}),
    ("area:1500mu", {PARK}),
    ("area:100", {PARK}),
    ("area:..99.9", set()),
    ("power:200MW..1GW", {PARK}),
    ("power:1..2GW", {WIND}),
    ("percent:10..20", {WIND}),
    # what is counted
    ("count:500..households", {PARK}),
    ("count:500..", {PARK, WIND}),
    ("people:500..", {WIND}),
    ("count:..60people", {KILNS}),
    # more than 1,000 and nearly 1,000 lie beside it
    ("count:1000..household", {PARK}),
    ("count:..1000household", set()),
    ("people:1000..", set()),
    ("people:..999.9", {KILNS}),
    ("people:900..1000", {WIND}),
    # a range matches where it overlaps
    ("people:55..70", {KILNS}),
    ("people:60..70", {KILNS}),
    ("people:61..70", set()),
    # with others
    ("solar power:1GW..", {WIND}),
    ("NOT power:1GW..", {PARK, KILNS}),
    ("power:1GW.. OR usd:50", {WIND, KILNS}),
    ("money:1.. -power:1GW..", {PARK, KILNS}),
    ("place:Datong date:2021 money:1..", {WIND}),
]


@pytest.mark.parametrize(("text", "expected"), LIMITS)
def test_search_by_quantity(measured: Engine, text: str, expected: set[str]) -> None:
    assert set(ids(measured, text)) == expected


def test_word_beside_quantity_ranks_first(measured: Engine) -> None:
    # `solar` is in the sentence of the park's money, and in another one than the wind's
    assert ids(measured, "solar money:1..")[0] == PARK
    assert ids(measured, "turbine solar power:1..")[0] == WIND
    alone = {
        m.number: m.score for m in measured.search(compile_query("capacity", WordOperator.ANY), HitOrder.RELEVANCE)
    }
    beside = {
        m.number: m.score
        for m in measured.search(compile_query("capacity power:1..", WordOperator.ANY), HitOrder.RELEVANCE)
    }
    assert beside == pytest.approx({number: 2 * score for number, score in alone.items()})


def test_quantities(measured: Engine) -> None:
    for match in measured.search(MATCH_ALL, HitOrder.TITLE):
        article = measured.article(match.number)
        assert measured.quantities(match.number) == article_quantities(article)


# Any query at all: Whoosh gives what reading every article gives, in the same order, with the same scores.

WORDS = st.sampled_from(
    (
        "coal mine mines mining turbine capacity solar power cells the rules 太原 市 1200 walls shanxi closed "
        "coal-fired R&D nowhere"
    ).split()
)
FIELDS = st.sampled_from(["", "", "", "title:", "body:", "keyword:", "place:", "author:", "caption:"])
LEAVES = st.one_of(
    WORDS,
    st.builds("{}{}".format, FIELDS, WORDS),
    st.builds('{}"{} {}"'.format, FIELDS, WORDS, WORDS),
    st.builds('"{} {}"~{}'.format, WORDS, WORDS, st.integers(0, 9)),
    st.builds('"{} {} {}"~{}'.format, WORDS, WORDS, WORDS, st.integers(0, 3)),
    st.builds("{}exact:{}".format, FIELDS, WORDS),
    st.sampled_from(["mi*", "so*", "title:co*", "place:ta*", "shanxi~", "solr~", "place:datng~2", "walls~1"]),
    st.sampled_from(
        ["money:1bn..", "money:..250", "usd:>37", "power:1GW..", "percent:5..15", "count:1..", "area:1mu.."]
    ),
    st.sampled_from(["people:60", "people:<1000", "count:1000..household", "count:households", "money:5EUR"]),
    st.sampled_from(["date:2021", "date:2022..", "date:..2021-08-15", "type:image", "page:1"]),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("({}) AND ({})".format, inner, inner),
        st.builds("({}) OR ({})".format, inner, inner),
        st.builds("NOT ({})".format, inner),
        st.builds("+({}) {}".format, inner, inner),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, ScanEngine]:
    articles = [*ARTICLES.values(), *MEASURED.values()]
    return opened("whoosh", tmp_path_factory.mktemp("both"), articles), ScanEngine(articles)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=QUERIES, want=st.sampled_from(WordOperator), order=st.sampled_from(HitOrder))
def test_engines_agree_on_search(
    both: tuple[Engine, ScanEngine], text: str, want: WordOperator, order: HitOrder
) -> None:
    whoosh, scan = both
    try:
        query = compile_query(text, want)
    except QueryError:
        return
    found, expected = whoosh.search(query, order), scan.search(query, order)
    assert [whoosh.article(m.number).id for m in found] == [scan.article(m.number).id for m in expected]
    assert [m.score for m in found] == pytest.approx([m.score for m in expected])


def test_update_equals_new_index(tmp_path: Path) -> None:
    backend = open_backend()
    for name in ("updated", "fresh"):
        (tmp_path / name).mkdir()
    updated, fresh = DirectoryHandle(tmp_path / "updated"), DirectoryHandle(tmp_path / "fresh")
    first, *rest = [*MEASURED.values(), *ARTICLES.values()]
    put(backend, updated, [first, *rest[:3]])
    put(backend, updated, rest[2:], [first.id])
    put(backend, fresh, rest)
    old, new = backend.open(updated), backend.open(fresh)
    assert list(old.terms_with_prefix()) == list(new.terms_with_prefix())
    for text in ("money:250", "turbine power:1..", "coal mine", "solar power -wall", "NOT coal", "place:Taiyuan"):
        query = compile_query(text, WordOperator.ANY)
        left = [(old.article(m.number).id, m.score) for m in old.search(query, HitOrder.RELEVANCE)]
        right = [(new.article(m.number).id, m.score) for m in new.search(query, HitOrder.RELEVANCE)]
        assert left == right
    for match in old.search(MATCH_ALL, HitOrder.TITLE):
        assert old.quantities(match.number) == article_quantities(old.article(match.number))
