"""Corrections of misspelt words, and words that the archive joins or parts, over a few articles made of them."""

import pytest

from shanxi_cli.engines import open_in_memory
from shanxi_cli.engines.base import Engine
from shanxi_cli.model.article import Article
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.query.unparse import to_text
from shanxi_cli.search.corrected_query import correct_query, format_corrections
from shanxi_cli.search.corrections import correct_plan
from shanxi_cli.search.joined_words import add_other_forms
from shanxi_cli.search.searcher import compile_query
from shanxi_cli.search.similar_words import rank_similar_names

TEXTS = {
    "orchards": "The growers irrigated orchards by the Wutong river. Orchards and greenhouses need water about noon.",
    "looms": "Weavers of Brindelmoor repaired looms. The harvester, seen in Brindelmoor, was a Norvik machine.",
    "dairy": "A cheesemaking school opened. The cheese making course takes a year; greenhouse heating was cut.",
    "kilns": "A green house near the kiln. Workers in Shanxi and in Shaanxi repaired a kiln with a tunnel.",
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return open_in_memory(Article(name, name.title(), text) for name, text in TEXTS.items())


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("orchrads", "orchards"),
        ("orchars river", "orchards river"),
        ("Irrigatted", "irrigated"),
        ("orchrads?", "orchards?"),
        ("river -orchrads", "river NOT orchards"),
        ("(weavrs OR river) AND loomss", "(weavers OR river) AND looms"),
        ("weavers-orchrads", "weavers-orchards"),
        ("tunnles", "tunnels"),  # of `tunnel`, the only form that the archive has
        ("river abuot", "river"),  # `about` is a stop word
    ],
)
def test_a_misspelt_word_is_corrected(engine: Engine, typed: str, searched: str) -> None:
    plan, corrections = correct_plan(engine, compile_query(typed, WordOperator.ANY))
    assert to_text(plan.query) == searched
    assert corrections
    every = compile_query(searched, WordOperator.ALL)
    assert plan.with_operator(WordOperator.ALL).query == every.query


@pytest.mark.parametrize(
    "typed",
    [
        "orchards",
        "=orchrads",
        '"orchrads river"',
        '"orchrads river"~3',
        "orchrad*",
        "orchrads~",
        "title:orchrads",
        "ORCHRADS",
        "orchRads",
        "orch5rads",
        "kilm",  # four letters
        "orhcrads",  # two edits from `orchards`
        "forum",  # English
        "shannxi",
        "shaanxi",
        "Brindelmor",  # a name: only proposed
        "Norvick",
        "Taiyuan",
        "abuot",  # nothing would be left
        "果园",
    ],
)
def test_a_word_is_left_as_typed(engine: Engine, typed: str) -> None:
    plan = compile_query(typed, WordOperator.ANY)
    assert correct_plan(engine, plan) == (plan, ())


def test_corrections_in_words(engine: Engine) -> None:
    corrections = correct_query(engine, compile_query("orchrads weavrs", WordOperator.ANY), correct=True).corrections
    assert format_corrections(corrections[:1]) == (
        "searched for orchards instead of orchrads; write =orchrads for the word as typed"
    )
    assert format_corrections(corrections) == (
        "searched for orchards instead of orchrads, weavers instead of weavrs; "
        "write =orchrads =weavrs for the words as typed"
    )


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("river Brindelmor", [("Brindelmor", (("brindelmoor", 1),))]),
        ('river "cheese makng"', [('"cheese makng"', (("cheese making", 1),))]),
        ('river "makng orchards"', [('"makng orchards"', (("making", 1),))]),
        ("river orhcrads", [("orhcrads", (("orchards", 1),))]),
        ("river wine", []),  # English, and `nine` is no better
        ("river xyzzy", []),
        ("orhcrads", []),  # the report on a query without results has it
    ],
)
def test_unknown_parts(engine: Engine, typed: str, unknown: list[tuple[str, tuple[tuple[str, int], ...]]]) -> None:
    corrected = correct_query(engine, compile_query(typed, WordOperator.ANY), correct=True)
    assert [(part.text, part.similar) for part in corrected.unknown] == unknown


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("cheese making", ["dairy"]),
        ("cheesemaking", ["dairy"]),
        ("greenhouse", ["dairy", "kilns", "orchards"]),
        ("green house", ["dairy", "kilns", "orchards"]),
        ("green-house", ["dairy", "kilns", "orchards"]),
        ('"green house"', ["kilns"]),
        ("=greenhouse", ["dairy"]),
        ("house green", ["kilns"]),
        ("theriver", []),  # `the` is a stop word
    ],
)
def test_joined_and_parted_words(engine: Engine, typed: str, found: list[str]) -> None:
    plan = add_other_forms(engine, compile_query(typed, WordOperator.ALL))
    assert sorted(engine.article(number).id for number in engine.search(plan).numbers()) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hu Anling", ["Hua Anling"]),
        ("Anling Hua", ["Hua Anling"]),
        ("Huaanling", ["Hua Anling"]),
        ("Corvino", ["Corvina"]),
        ("Shaanxi Mills", []),
        ("Pelham", []),
    ],
)
def test_similar_names(text: str, found: list[str]) -> None:
    assert rank_similar_names(text, ["Hua Anling", "Marta Corvina", "Bo Li"]) == found
