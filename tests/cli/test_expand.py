"""`search --expand`: the same articles in another order, and the words that made it."""

import json
from pathlib import Path

from tests.conftest import Shanxi

TEXTS = {
    "orchards": "An orchard. Pears and quinces grow beside the brook.",
    "fruit": "An orchard with pears, quinces and medlars.",
    "cider": "An orchard of cider apples, far from the mill and from the road to the market town.",
    "market": "Pears and quinces on the market.",
}
"""Two articles of the three that match `orchard` share pears and quinces; the fourth has these alone."""


def write(corpus: Path) -> None:
    for file in corpus.glob("*.md"):
        file.unlink()
    for name, text in TEXTS.items():
        (corpus / f"{name}.md").write_text(f"---\ntitle: {name.title()}\n---\n{text}\n")


def test_expanded_search_names_the_added_words_on_stderr(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus)
    run = shanxi("search", "orchard", "--expand", "-l")
    assert (run.status, run.err.splitlines()[-1]) == (0, "shanxi: ranked by these words too: pears quinces market")
    assert sorted(run.out.split()) == ["cider", "fruit", "orchards"]


def test_expanded_search_finds_no_other_articles(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus)
    assert shanxi("search", "orchard", "--expand", "-c").out == shanxi("search", "orchard", "-c").out == "3\n"


def test_expanded_search_in_json(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus)
    rows = [json.loads(line) for line in shanxi("search", "orchard", "--expand", "--json").out.splitlines()]
    assert {tuple(row["added_words"]) for row in rows} == {("pears", "quinces", "market")}
    plain = [json.loads(line) for line in shanxi("search", "orchard", "--json").out.splitlines()]
    assert not any("added_words" in row for row in plain)
    assert {row["id"]: row["snippets"] for row in rows} == {row["id"]: row["snippets"] for row in plain}


def test_expand_needs_the_order_by_relevance(shanxi: Shanxi) -> None:
    run = shanxi("search", "coal", "--expand", "--sort", "title")
    assert (run.status, run.err) == (2, "shanxi: --expand changes the order by relevance; leave out --sort title\n")


def test_names_are_found_without_a_field(shanxi: Shanxi) -> None:
    row = json.loads(shanxi("search", '"Zhou Hong"', "--json").out)
    assert [(s["field"], s["text"], s["marks"]) for s in row["snippets"]] == [("author", "Zhou Hong", [[0, 9]])]


def test_expanded_search_of_a_corrected_word(corpus: Path, shanxi: Shanxi) -> None:
    write(corpus)
    run = shanxi("search", "orchrad", "--expand", "-l")
    assert run.out == shanxi("search", "orchard", "--expand", "-l").out
    assert run.err.splitlines()[-2:] == [
        "shanxi: ranked by these words too: pears quinces market",
        "shanxi: searched for orchard instead of orchrad; write =orchrad for the word as typed",
    ]
