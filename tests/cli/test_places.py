"""Places: what `place:` finds with the gazetteer, how it is told, and that Shaanxi is never taken for Shanxi."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.analysis.shaanxi_rule import is_neighbour_province
from shanxi_cli.engines.base import Engine
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import Word
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.plan.lookups import ExpansionLookup
from shanxi_cli.search.searcher import compile_query
from shanxi_cli.search.similar_words import find_similar_words
from tests.conftest import Shanxi
from tests.contract.engines import KINDS, opened

ARTICLES = [
    Article("city", "The city", "Shanxi is north.", places=("Jinzhong",)),
    Article("county", "The county", "A wall. Shaanxi is west.", places=("Pingyao county",)),
    Article("district", "The district", "A shop in 榆次.", places=("Yuci",)),
    Article("chinese", "The page", "煤炭", places=("祁县",)),
    Article("north", "The north", "Coal.", places=("Pinglu district",)),
    Article("south", "The south", "Apples.", places=("Pinglu county",)),
    Article("west", "The west", "Shaanxi opera in Xi'an.", places=("Xi'an", "Shaanxi")),
    Article("far", "Far away", "Xinjiang cotton.", places=("Xinjiang",)),
    Article("states", "The states", "A ship.", places=("United States",)),
    Article("us", "The Union", "A ship.", places=("US",)),
    Article("kingdom", "The kingdom", "A ship.", places=("United Kingdom",)),
    Article("continent", "The continent", "A ship.", places=("South America",)),
    Article("congo", "The Congo", "A ship.", places=("Democratic Republic of the Congo",)),
    Article("mumbai", "Mumbai", "A ship.", places=("Mumbai",)),
    Article("township", "The township", "Liquor of Xinghuacun.", places=("Xinghuacun",)),
]


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(request.param, tmp_path_factory.mktemp("places"), ARTICLES)


FINDS = [
    ("place:Jinzhong", {"city", "county", "district", "chinese"}),
    ("place:jinzhong", {"city", "county", "district", "chinese"}),
    ('place:"Jinzhong city"', {"city", "county", "district", "chinese"}),
    ("place:晋中", {"city", "county", "district", "chinese"}),
    ("place:晋中市", {"city", "county", "district", "chinese"}),
    ("place:=Jinzhong", {"city"}),
    ("exact:place:Jinzhong", {"city"}),
    ("place:jinzhon~", {"city"}),
    ("place:jinzh*", {"city"}),
    ("place:Pingyao", {"county"}),
    ("place:平遥县", {"county"}),
    ("place:Qixian", {"chinese"}),
    ('place:"Qi county"', {"chinese"}),
    ("place:Yuncheng", {"south"}),
    ("place:Shuozhou", {"north"}),
    ("place:Pinglu", {"north", "south"}),
    ('place:"Pinglu county"', {"south"}),
    ("place:平鲁", {"north"}),
    ("place:Xinjiang", {"far"}),
    ('place:"Xinjiang county"', set()),
    ("place:Xinghualing", set()),
    ("place:US", {"states", "us"}),
    ("place:U.S.", {"states", "us"}),
    ("place:usa", {"states", "us"}),
    ('place:"United States"', {"states", "us"}),
    ("place:America", {"states", "us", "continent"}),
    ("place:美国", {"states", "us"}),
    ("place:=US", {"us"}),
    ("place:UK", {"kingdom"}),
    ("place:Britain", {"kingdom"}),
    ("place:英国", {"kingdom"}),
    ("place:Congo-Brazzaville", set()),
    ("place:DRC", {"congo"}),
    ("place:Bombay", {"mumbai"}),
    ("US", set()),
    ("place:Lyuliang", set()),
    ("place:Taiyuan", set()),
    ("NOT place:Jinzhong place:Shanxi", {"north", "south"}),
    ("place:Shanxi", {"city", "county", "district", "chinese", "north", "south"}),
    ("榆次", {"district"}),
    ("祁县", set()),
    # the guard
    ("shanxi~", {"city"}),
    ("shaanxi~", {"county", "west"}),
    ("shanxi~2", {"city"}),
    ("shanxii~2", {"city"}),
    ("shaanxii~2", {"county", "west"}),
    ("body:shaxnxi~", {"city"}),
    ("place:shanxi~", set()),
    ("place:shaanxi~", {"west"}),
    ("place:Shaanxi", {"west"}),
]


@pytest.mark.parametrize(("text", "expected"), FINDS)
def test_what_is_found(engine: Engine, text: str, expected: set[str]) -> None:
    matches = engine.search(compile_query(text, WordOperator.ALL), HitOrder.NEWEST)
    assert {engine.article(match.number).id for match in matches} == expected


def test_a_city_scores_as_any_name_does(engine: Engine) -> None:
    assert {m.score for m in engine.search(compile_query("place:Jinzhong", WordOperator.ALL), HitOrder.RELEVANCE)} == {
        1.0
    }


def test_the_neighbour_is_not_proposed(engine: Engine) -> None:
    for word in ("shanxii", "shanxxi", "shnxi"):
        assert "shaanxi" not in [name for name, _ in find_similar_words(engine, Word(word))]
    assert find_similar_words(engine, Word("shaanxii"))[0][0] == "shaanxi"


@given(st.text("shanxi", min_size=4, max_size=9), st.integers(1, 2))
def test_no_likeness_leads_to_both_provinces(word: str, edits: int) -> None:
    fuzzy = ExpansionLookup("", word, edits)
    assert not (fuzzy.matches("shanxi") and fuzzy.matches("shaanxi"))
    assert is_neighbour_province(word, "shanxi") != is_neighbour_province(word, "shaanxi")
    assert not is_neighbour_province(word, "shaxi")


# What is told


def test_how_a_place_is_explained(shanxi: Shanxi) -> None:
    assert shanxi("search", "place:Jinzhong", "--explain").out == (
        "typed       place:Jinzhong\n"
        "understood  place:Jinzhong  (Jinzhong city, 晋中市, with its 11 districts and counties: "
        "Yuci, Taigu, Yushe, ...)\n"
        "analysed    place:Jinzhong → words jinzhong in place or words 晋中 in place or words yuci in place or "
        "words 榆次 in place or 21 more\n"
        "engine      best of postings place:jinzhong, flat 1 or postings place:晋中, flat 1 or 23 more\n"
    )


def test_how_chinese_is_explained(shanxi: Shanxi) -> None:
    out = shanxi("search", "太原", "--explain").out.splitlines()
    assert out[1:3] == ["understood  太原  (Taiyuan city, 太原市)", "analysed    太原 → stems 太原 or stems taiyuan"]
    assert shanxi("search", "place:=Jinzhong", "--explain").out.splitlines()[1] == "understood  place:exact:Jinzhong"
    assert "county" not in shanxi("search", "wall", "--explain").out


def test_how_a_country_is_explained(shanxi: Shanxi) -> None:
    assert shanxi("search", "place:Burma", "--explain").out.splitlines()[1] == (
        "understood  place:Burma  (also Myanmar, 缅甸)"
    )


def test_both_names_are_marked(shanxi: Shanxi) -> None:
    lines = [json.loads(line) for line in shanxi("search", "太原", "--json").out.splitlines()]
    marked = {s["text"][a:b] for line in lines for s in line["snippets"] for a, b in s["marks"]}
    assert marked == {"太原", "Taiyuan"}


REMARKS = [
    (["shanxi~"], "shanxi~ leaves out Shaanxi (陕西), the neighbouring province; shaanxi finds it"),
    (["SHAANXI~"], "SHAANXI~ leaves out Shanxi (山西), the neighbouring province; shanxi finds it"),
    (["sha*"], "sha* finds both Shanxi (山西) and Shaanxi (陕西), the neighbouring province"),
    (["Xi’an"], "Xi'an is a city of Shaanxi (陕西), the neighbouring province, not of Shanxi (山西)"),
    (["place:Yan'an"], "Yan'an is a city of Shaanxi (陕西), the neighbouring province, not of Shanxi (山西)"),
    (["Shanxi"], "1 of these articles also names Shaanxi (陕西), the neighbouring province"),
    (["coal"], ""),
    (["shaanxi"], ""),
    (["-Shanxi", "coal"], ""),
    (["place:Shanxi", "coal"], ""),
]


@pytest.mark.parametrize(("words", "remark"), REMARKS)
def test_shaanxi_notice_of_search(shanxi: Shanxi, words: list[str], remark: str) -> None:
    err = shanxi("search", "--any", *words).err
    told = [line for line in err.splitlines() if line.startswith("shanxi: ") and "neighbouring" in line]
    assert told == ([f"shanxi: {remark}"] if remark else [])
    assert shanxi("search", "--any", *words, "-q").err == ""


def test_shaanxi_notice_of_other_commands(shanxi: Shanxi) -> None:
    for verb in ("list", "figures", "quotes"):
        assert "shanxi~ leaves out Shaanxi" in shanxi(verb, "shanxi~").err


def test_gazetteer_is_loaded_on_demand(archive: Path) -> None:
    code = (
        "import sys; from shanxi_cli.cli.main import main; main(sys.argv[1:]);"
        "print([name for name in sys.modules if 'gazetteer' in name])"
    )
    # Building an index reads figures, which look names up in the gazetteer; a search of an index does not.
    subprocess.run([sys.executable, "-m", "shanxi_cli", "index"], capture_output=True, check=True)
    for words, loaded in ((["coal"], "[]"), (["place:Datong"], "['shanxi_cli.places.gazetteer']")):
        run = subprocess.run([sys.executable, "-c", code, "search", *words], capture_output=True, text=True, check=True)
        assert run.stdout.splitlines()[-1] == loaded
