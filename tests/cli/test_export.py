"""`export`: what is printed and written, and what is refused."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Shanxi


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_export_folder_is_an_archive(shanxi: Shanxi, here: Path) -> None:
    run = shanxi("export", "coal", "-o", "dossier")
    assert (run.status, run.out, run.err) == (0, "dossier: 3 articles\n", "")
    again = shanxi("list", "-l", "--corpus", "dossier", "--index", str(here / "index"))
    assert again.out == shanxi("list", "-l", "coal").out
    ids = again.out.split()
    for name in ids:
        shown = shanxi("show", name, "--json", "--no-derived", "--corpus", "dossier", "--index", str(here / "index"))
        assert shown.out == shanxi("show", name, "--json", "--no-derived").out


def test_export_database(shanxi: Shanxi, here: Path) -> None:
    run = shanxi("export", "place:Datong", "date:2021", "-o", "datong.db", "--json")
    made = json.loads(run.out)
    assert (run.status, run.err) == (0, "")
    assert {name: made[name] for name in ("schema", "format", "path", "articles")} == {
        "schema": 1,
        "format": "sqlite",
        "path": str(here / "datong.db"),
        "articles": 2,
    }
    with sqlite3.connect("datong.db") as database:
        assert dict(database.execute("SELECT * FROM about"))["query"] == "place:Datong date:2021"
        counts = [database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("figures", "quotes")]
    assert counts == [made["figures"], made["quotes"]]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ("coal trees --any", ["coal-town-plants-trees.md", "mine-safety-rules.md", "taiyuan-paper-in-chinese.md"]),
        ("--sort title -n 1", ["taiyuan-paper-in-chinese.md"]),
        ("coal --sort oldest -n 1 --offset 1", ["coal-town-plants-trees.md"]),
        ("--since 2023", ["old-walls-of-pingyao.md"]),
        ("minners", ["coal-town-plants-trees.md"]),
    ],
)
def test_export_selects_as_list_does(shanxi: Shanxi, here: Path, options: str, names: list[str]) -> None:
    assert shanxi("export", *options.split(), "-o", "x").status == 0
    assert sorted(path.name for path in (here / "x").glob("*.md")) == names
    assert len(shanxi("list", "-l", *options.split()).out.split()) == len(names)


def test_export_says_what_it_corrected(shanxi: Shanxi) -> None:
    run = shanxi("export", "minners", "-o", "x")
    assert run.err == "shanxi: searched for miners instead of minners; write =minners for the word as typed\n"
    assert json.loads(shanxi("export", "minners", "-o", "y", "--json").out)["corrected"] == [
        {"typed": "minners", "searched": "miners"}
    ]


def test_export_of_nothing_writes_nothing(shanxi: Shanxi, here: Path) -> None:
    run = shanxi("export", "zeppelin", "-o", "x.db")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("shanxi: no results for zeppelin\n")
    assert shanxi("export", "--offset", "9", "-o", "x").err == (
        "shanxi: no article is left to export: see --within, --offset and --limit\n"
    )
    run = shanxi("export", "zeppelin", "-o", "x", "-q")
    assert (run.status, run.out, run.err) == (1, "", "")
    assert list(here.iterdir()) == []


def test_export_replaces_by_force_alone(shanxi: Shanxi, here: Path) -> None:
    for name in ("x", "x.db"):
        assert shanxi("export", "coal", "-o", name).status == 0
        before = sorted(path.name for path in here.rglob("*"))
        run = shanxi("export", "-o", name)
        assert (run.status, run.out) == (2, "")
        assert run.err.endswith("; --force replaces it\n")
        assert sorted(path.name for path in here.rglob("*")) == before
        assert shanxi("export", "-o", name, "--force", "-q").status == 0
    assert len(list((here / "x").glob("*.md"))) == 6


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("-o -", "--output takes the name of a folder or a file: -o dossier, -o dossier.db"),
        ("-o x -l", "export has no option -l: list -l prints ids; to exclude a word, put it after --"),
        ("-o x --count", "export has no option --count: list -c counts articles"),
        ("-o none/x", "cannot write none/x: {here}/none does not exist"),
    ],
)
def test_export_refuses(shanxi: Shanxi, here: Path, line: str, error: str) -> None:
    run = shanxi("export", *line.split())
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {error.format(here=here)}\n")


def test_export_refuses_json_and_quiet(shanxi: Shanxi) -> None:
    run = shanxi("export", "-o", "x", "-q", "--json")
    assert (run.status, json.loads(run.err)["error"]["message"]) == (2, "--json and --quiet cannot be combined")


def test_export_needs_a_place(shanxi: Shanxi) -> None:
    run = shanxi("export", "coal")
    assert (run.status, run.err) == (2, "shanxi: missing option '-o' / '--output'\n")


def test_export_stays_out_of_the_archive(shanxi: Shanxi, archive: Path) -> None:
    run = shanxi("export", "-o", str(archive / "x"))
    assert (
        run.err == f"shanxi: {archive}/x is in the folder of the archive {archive}, or contains it; export elsewhere\n"
    )
    assert not (archive / "x").exists()


def test_export_format_wins_over_the_suffix(shanxi: Shanxi, here: Path) -> None:
    assert shanxi("export", "-o", "a.db", "-f", "markdown").out == "a.db: 6 articles\n"
    assert (here / "a.db").is_dir()
    assert shanxi("export", "-o", "b", "-f", "sqlite").out.startswith("b: 6 articles, ")
    assert (here / "b").is_file()


def test_export_within_ids(shanxi: Shanxi, here: Path) -> None:
    Path("ids").write_text("mine-safety-rules\nno-such-article\n")
    assert shanxi("export", "--within", "ids", "-o", "x").out == "x: 1 article\n"
