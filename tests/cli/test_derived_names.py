"""Names that are derived from the text, as the commands print them: marked, and left out on request."""

import json
from pathlib import Path

import pytest

from tests.conftest import Shanxi

OWN = "---\ntitle: Own\nplaces: [Bergen]\npeople: [Ida Moss]\n---\n\nThe boat of the port lay in Oslo for a week.\n"
READ = (
    "---\ntitle: Read\ndate: 2020-01-02\n---\n\n"
    "The harbour pilot Ida Moss told the Tarn Fisheries Agency in Bergen that it was over, and the boat sank with 12 "
    "tonnes of coal.\n"
)


@pytest.fixture
def names(corpus: Path, shanxi: Shanxi) -> Shanxi:
    """The commands over two articles, one with names of its author and one without."""
    for old in corpus.glob("*.md"):
        old.unlink()
    (corpus / "own.md").write_text(OWN)
    (corpus / "read.md").write_text(READ)
    assert shanxi("index").status == 0
    return shanxi


def test_facets_have_a_last_column_of_derived_articles(names: Shanxi) -> None:
    assert names("facets", "place").out == "Bergen\t2\tplace:Bergen\t1\n"
    assert names("facets", "org").out == 'Tarn Fisheries Agency\t1\torg:"Tarn Fisheries Agency"\t1\n'
    assert names("facets", "place", "--no-derived").out == "Bergen\t1\tplace:Bergen\n"
    assert names("facets", "org", "--no-derived").status == 1


def test_facets_on_a_terminal_mark_derived_values(names: Shanxi) -> None:
    run = names("facets", "place", "-f", "terminal")
    assert run.out.endswith("place:Bergen  (1 derived)\n")
    assert "in 1 derived from the text (--no-derived leaves them out)" in run.err


@pytest.mark.parametrize("command", ["list", "search", "figures", "kwic", "timeline"])
def test_no_derived_compares_front_matters_alone(names: Shanxi, command: str) -> None:
    counts = [
        names(command, "place:Bergen", "date:2020", "boat", "--all", "-c", *more) for more in ((), ("--no-derived",))
    ]
    assert [run.out for run in counts] == ["1\n", "0\n"]


def test_show_keeps_derived_names_apart(names: Shanxi) -> None:
    shown = json.loads(names("show", "read", "--json").out)
    assert (shown["places"], shown["people"], shown["organisations"]) == ([], [], [])
    derived = {"places": ["Bergen"], "people": ["Ida Moss"], "organisations": ["Tarn Fisheries Agency"]}
    assert shown["derived"] == derived
    none: dict[str, list[str]] = {"places": [], "people": [], "organisations": []}
    assert json.loads(names("show", "read", "--json", "--no-derived").out)["derived"] == none
    assert "People (derived): Ida Moss" in names("show", "read", "-f", "terminal").out
    assert "Ida Moss\n" not in names("show", "read", "-f", "markdown").out


def test_hits_on_a_terminal_say_how_many_derived_names_find(names: Shanxi) -> None:
    assert (
        "; 1 by names derived from the text (--no-derived leaves them out)"
        in names("list", "place:Bergen", "-f", "terminal").err
    )


def test_fields_option_prints_derived_names(names: Shanxi) -> None:
    line = ("list", "date:2020", "--fields", "id,places,derived_places")
    assert names(*line).out == "read\t\tBergen\n"
    assert names(*line, "--no-derived").out == "read\t\t\n"


def test_terms_and_fields_count_derived_names(names: Shanxi) -> None:
    assert names("terms", "--field", "person").out.splitlines()[0].split("\t")[:3] == ["ida", "2", "2"]
    assert names("terms", "--field", "person", "--no-derived").out.splitlines()[0].split("\t")[:3] == ["ida", "1", "1"]
    assert "people the article mentions (derived from the text in 1)" in names("fields").out


@pytest.mark.parametrize(("options", "words"), [(["--since=2020"], ["bergen"]), (["--since=2020", "--no-derived"], [])])
def test_terms_of_some_articles_leave_derived_names_out(names: Shanxi, options: list[str], words: list[str]) -> None:
    lines = names("terms", "--field", "place", *options).out.splitlines()
    assert [line.partition("\t")[0] for line in lines] == words


@pytest.mark.parametrize("command", ["similar", "cite"])
def test_commands_without_names_say_why_they_have_no_such_option(names: Shanxi, command: str) -> None:
    run = names(command, "read", "--no-derived")
    assert run.status == 2
    assert f"{command} has no option --no-derived: " in run.err


def test_doctor_finds_an_index_with_derived_names_sound(names: Shanxi) -> None:
    assert names("doctor").status == 0


def test_names_are_proposed_among_those_that_are_searched(names: Shanxi) -> None:
    query = 'org:"Tarn Fisheries Agnecy"'
    assert "similar: Tarn Fisheries Agency (1)\n" in names("list", query).err
    assert "similar" not in names("list", query, "--no-derived").err
    assert "similar: bergen (2)\n" in names("list", "place:Begren").err
    assert "similar: bergen (1)\n" in names("list", "place:Begren", "--no-derived").err


def test_a_corrected_query_still_leaves_derived_names_out(names: Shanxi) -> None:
    assert names("list", "tonnnes", "place:Bergen", "-l").out == "read\n"
    assert names("list", "tonnnes", "place:Bergen", "-l", "--no-derived").status == 1
