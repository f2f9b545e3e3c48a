"""Misspelt words on the command line: what is searched, the line about it, the JSON key, and what switches it off."""

import json
from pathlib import Path

import pytest

from tests.conftest import Shanxi

LINE = "shanxi: searched for factory instead of factroy; write =factroy for the word as typed\n"


@pytest.mark.parametrize(
    ("arguments", "out"),
    [
        (["search", "-l"], "solar-cells-for-export\n"),
        (["list", "-l"], "solar-cells-for-export\n"),
        (["list", "-c"], "1\n"),
        (["kwic", "-l"], "solar-cells-for-export\n"),
        (["kwic", "-c"], "1\n"),
        (["facets", "year", "-c"], "1\n"),
        (["timeline", "-c"], "1\n"),
        (["figures", "--in", "article", "-c"], "1\n"),
    ],
    ids=" ".join,
)
def test_every_command_searches_for_the_word_that_is_meant(shanxi: Shanxi, arguments: list[str], out: str) -> None:
    run = shanxi(*arguments, "factroy")
    assert (run.status, run.out, run.err) == (0, out, LINE)


@pytest.mark.parametrize("verb", ["search", "list", "kwic", "timeline", "quotes", "figures"])
def test_no_correct_searches_for_the_word_as_typed(shanxi: Shanxi, verb: str) -> None:
    run = shanxi(verb, "factroy", "--no-correct")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("shanxi: no results for factroy\n")
    assert "similar: factory (1)\n" in run.err


@pytest.mark.parametrize("query", ["=factroy", '"factroy"'])
def test_exact_and_quoted_words_are_as_typed(shanxi: Shanxi, query: str) -> None:
    assert shanxi("search", query, "-c").out == "0\n"


def test_quiet_says_nothing(shanxi: Shanxi) -> None:
    run = shanxi("search", "factroy", "-q")
    assert (run.status, run.out, run.err) == (0, "", "")


def test_correction_in_json(shanxi: Shanxi) -> None:
    pairs = [{"typed": "factroy", "searched": "factory"}]
    for verb in ("search", "list", "kwic", "timeline"):
        run = shanxi(verb, "factroy", "--json")
        assert all(json.loads(line)["corrected"] == pairs for line in run.out.splitlines())
        assert run.err == ""
    run = shanxi("search", "factroy", "--json", "--fields", "id")
    assert json.loads(run.out) == {"schema": 1, "id": "solar-cells-for-export"}
    assert run.err == LINE
    run = shanxi("list", "factroy", "date:1999", "--json")
    assert json.loads(run.err)["nothing"]["corrected"] == pairs
    assert "corrected" not in json.loads(shanxi("search", "factory", "--json").out)


def test_unknown_part_beside_words_that_match(shanxi: Shanxi) -> None:
    run = shanxi("search", "factory", "Pingyoa", "-l")
    assert run.out == "solar-cells-for-export\n"
    assert run.err == "shanxi: no article has Pingyoa; did you mean pingyao (1)?\n"
    [row] = shanxi("search", "factory", "Pingyoa", "--json").out.splitlines()
    assert json.loads(row)["unknown"] == [{"text": "Pingyoa", "similar": [{"word": "pingyao", "articles": 1}]}]


@pytest.mark.parametrize(
    ("query", "similar"),
    [
        ('person:"Zaho Lei"', "Zhao Lei (1)"),
        ('person:"Lei Zhao"', "Zhao Lei (1)"),
        ('author:"Zhou Hogn"', "Zhou Hong (1)"),
        ('org:"Green Hils Cooperative"', "Green Hills Cooperative (1)"),
        ("place:Datogn", "datong (2)"),
        ('"solar cels"', "solar cells (1)"),
    ],
)
def test_names_are_proposed(shanxi: Shanxi, query: str, similar: str) -> None:
    run = shanxi("list", query)
    assert run.status == 1
    assert f"0 articles; similar: {similar}\n" in run.err


def test_batch_names_the_line(shanxi: Shanxi, tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    queries.write_text("coal\nfactroy\n")
    run = shanxi("search", "--batch", str(queries))
    assert run.out.splitlines()[1] == "factroy\t1\t1\t2022-06-01\t2022-06-30"
    assert run.err == LINE.replace("shanxi: ", "shanxi: line 2: ")
    rows = shanxi("search", "--batch", str(queries), "--json").out.splitlines()
    assert ["corrected" in json.loads(row) for row in rows] == [False, True]


def test_explanation_of_a_correction(shanxi: Shanxi) -> None:
    assert shanxi("search", "factroy", "--explain").out.splitlines()[:3] == [
        "typed       factroy",
        "corrected   factroy → factory",
        "understood  factory",
    ]


def test_explanation_without_an_archive(shanxi: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHANXI_CORPUS", "/nowhere/at/all")
    run = shanxi("search", "factroy", "--explain")
    assert run.status == 0
    assert run.out.splitlines()[1] == "understood  factroy"
    assert run.err.startswith("shanxi: spelling not checked: ")
