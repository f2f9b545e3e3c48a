"""`--in` of `figures`, `quotes` and `timeline`: the text in which words, places, people and organisations occur."""

from pathlib import Path

import pytest

from tests.conftest import Shanxi

TUNNEL = """---
title: "The tunnel opens"
date: 2020-03-02
places: [Hanford, Port Alder]
people: [Mara Lindqvist, Tom Oke]
organisations: [Alder Rail]
---

Mara Lindqvist, director of Alder Rail, said that the tunnel had cost 40 million yuan. Lindqvist added that 300 workers
had dug it since 2014.

About 12 shops in Port Alder will close, said Tom Oke, a grocer. The tunnel has two tubes.

The mayor said that 5,000 people of Hanford were waiting.
"""


@pytest.fixture
def tunnel(tmp_path: Path, shanxi: Shanxi) -> Shanxi:
    """The commands over the six articles and one with two places, two people and an organisation."""
    (tmp_path / "corpus" / "tunnel.md").write_text(TUNNEL, encoding="utf-8")
    assert shanxi("index").status == 0
    return shanxi


LINDQVIST = ["Mara Lindqvist, director of", "Lindqvist added that 300"]
OKE = "About 12 shops in"
MAYOR = "The mayor said that"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (['person:"Mara Lindqvist"'], LINDQVIST),
        (['person:"Mara Lindqvist"', "workers"], LINDQVIST[1:]),
        (['person:"Mara Lindqvist"', "--in", "sentence"], LINDQVIST),
        (["person:Oke", "--in", "paragraph"], [OKE]),
        (["person:Oke", "--in", "article"], [*LINDQVIST, OKE, MAYOR]),
        (['org:"Alder Rail"'], LINDQVIST),
        (["place:Hanford"], [MAYOR]),
        (["place:Hanford OR person:Oke"], [OKE, MAYOR]),
        (["tunnel", "place:Hanford"], []),
        (["tunnel", "date:2020", "title:opens"], LINDQVIST[:1]),
        (["place:=Hanford"], [MAYOR]),
        (['place:"Port Alder"', "prefix:person:Ok"], [OKE]),
    ],
)
def test_quotes_are_of_the_people_and_places_of_the_query(
    tunnel: Shanxi, arguments: list[str], expected: list[str]
) -> None:
    lines = tunnel("quotes", *arguments, "--fields", "sentence").out.splitlines()
    assert [" ".join(line.split()[:4]) for line in lines] == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["place:Hanford"], ["5,000 people"]),
        (["person:Lindqvist"], ["40 million yuan", "300 workers"]),
        (["org:rail"], ["40 million yuan"]),
        (["org:rail", "--in", "paragraph"], ["40 million yuan", "300 workers"]),
        (['place:"Port Alder"'], ["About 12 shops"]),
        (['place:"Port Alder"', "--in", "paragraph"], ["About 12 shops", "two tubes"]),
    ],
)
def test_figures_are_of_the_sentences_that_name_them(tunnel: Shanxi, arguments: list[str], expected: list[str]) -> None:
    assert tunnel("figures", *arguments, "--fields", "text").out.splitlines() == expected


def test_other_scopes_are_named_where_nothing_is_found(tunnel: Shanxi) -> None:
    run = tunnel("figures", "place:Hanford", "tubes")
    message = "1 article found, but no figures in a sentence that matches; --in article has 5"
    assert (run.status, run.out, run.err) == (1, "", f"shanxi: {message}\n")


def test_years_are_of_the_sentences_that_name_them(tunnel: Shanxi) -> None:
    line = ["timeline", "--years-mentioned", "org:rail"]
    assert (tunnel(*line).status, tunnel(*line).out) == (1, "")
    assert tunnel(*line, "--in", "paragraph", "-c").out == "7\n"


def test_scope_of_a_timeline_is_for_years_mentioned(tunnel: Shanxi) -> None:
    run = tunnel("timeline", "tunnel", "--in", "article")
    assert (run.status, run.err) == (2, "shanxi: --in needs --years-mentioned\n")
