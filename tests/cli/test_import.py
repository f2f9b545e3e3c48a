"""`shanxi import`: pages into a reader's own articles, again and again, and over nobody's edits."""

import json
import os
import stat
from pathlib import Path

import pytest

from shanxi_cli.importers.writer import slugify_title
from shanxi_cli.paths import user_folder
from tests.conftest import Run, Shanxi

PAGE = """\
THE WESTERN GAZETTE

Friday, July 23, 2021 | Page 7

# Bread is dearer

By LI XIAOYU

A loaf costs 4 yuan. Bakers blame the price of flo-

ur and of coal.

Sun Yu contributed to this story.

# Milk is cheaper

By MA LI

A litre costs 2 yuan. Cows are blamed by nobody.
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shanxi:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(PAGE)
    return Shanxi(capsys)


def imported(run: Shanxi, *arguments: str) -> Run:
    return run("import", "page.txt", "--into", "own", *arguments)


def files(folder: str = "own") -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text() for path in sorted(Path(folder).rglob("*")) if path.is_file()
    }


def test_a_page_becomes_files(run: Shanxi) -> None:
    done = imported(run, "--publication", "Western Gazette", "--section", "Food")
    assert (done.status, done.err) == (0, "shanxi: 2 added in own\n")
    assert done.out == (
        "page.txt: 2 articles\n"
        "  added     bread-is-dearer\n"
        "            repaired: 1 joined word\n"
        "  added     milk-is-cheaper\n"
        "  left out  2 mastheads\n"
    )
    found = files()
    assert found["bread-is-dearer.md"] == (
        "---\n"
        "title: Bread is dearer\n"
        "author:\n- LI XIAOYU\n"
        "contributors:\n- Sun Yu\n"
        "date: '2021-07-23'\n"
        "publication: Western Gazette\n"
        "section: Food\n"
        "page: '7'\n"
        "type: article\n"
        "source: page.txt\n"
        "repairs:\n- 'joined word: flo- ur: flour'\n"
        "---\n\n"
        "A loaf costs 4 yuan. Bakers blame the price of flour and of coal.\n"
    )
    assert found[".pages/raw/page.txt"] == PAGE


def test_a_dry_run_writes_nothing(run: Shanxi) -> None:
    done = imported(run, "--dry-run")
    assert (done.status, done.out.count("added")) == (0, 2)
    assert done.err == "shanxi: 2 added would go into own; nothing was written\n"
    assert not Path("own").exists()


def test_the_same_page_again_changes_nothing(run: Shanxi) -> None:
    imported(run)
    before = {path: path.stat().st_mtime_ns for path in Path("own").rglob("*.md")}
    done = imported(run)
    assert (done.status, done.out.count("unchanged")) == (0, 2)
    assert {path: path.stat().st_mtime_ns for path in Path("own").rglob("*.md")} == before


def test_reimport_keeps_earlier_metadata(run: Shanxi) -> None:
    imported(run, "page.txt", "--date", "2021-07-22", "--publication", "The Gazette")
    before = files()
    imported(run, "page.txt")
    assert files() == before
    imported(run, "page.txt", "--date", "2021-07-23")
    assert all("2021-07-23" in text for name, text in files().items() if name.endswith(".md"))


def test_the_rows_of_a_table_are_no_pages(run: Shanxi, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("title,body\n" + "".join(f'"Mine {n}","Text {n} of a mine."\n' for n in (1, 2)))
    imported(run, str(tmp_path / "rows.csv"))
    found = {name: text for name, text in files().items() if name.startswith("mine-")}
    assert len(found) == 2
    assert not any("page:" in text for text in found.values())


def test_reimport_replaces_the_page(run: Shanxi) -> None:
    imported(run)
    Path("page.txt").write_text(PAGE.replace("4 yuan", "5 yuan"))
    done = imported(run)
    assert "  changed   bread-is-dearer" in done.out
    assert "  unchanged milk-is-cheaper" in done.out
    assert "5 yuan" in files()["bread-is-dearer.md"]
    assert "5 yuan" in files()[".pages/raw/page.txt"]


def test_import_keeps_edited_articles(run: Shanxi) -> None:
    imported(run)
    edited = Path("own/bread-is-dearer.md")
    edited.write_text(edited.read_text().replace("flour", "FLOUR"))
    done = imported(run)
    assert "  kept      bread-is-dearer" in done.out
    assert "--replace overwrites them" in done.err
    assert "FLOUR" in edited.read_text()
    assert "  kept      bread-is-dearer" in imported(run).out
    assert "  replaced  bread-is-dearer" in imported(run, "--replace").out
    assert "FLOUR" not in edited.read_text()


def test_two_stories_of_one_headline(run: Shanxi) -> None:
    Path("page.txt").write_text(PAGE.replace("Milk is cheaper", "Bread is dearer"))
    assert "bread-is-dearer-2" in imported(run).out
    assert imported(run).out.count("unchanged") == 2
    Path("other").mkdir()
    Path("other/next.txt").write_text(PAGE)
    done = run("import", "other/next.txt", "--into", "own")
    assert "added     bread-is-dearer-3" in done.out


def test_import_keeps_other_page_of_same_name(run: Shanxi) -> None:
    imported(run)
    Path("page.txt").write_text(PAGE.replace("Bread", "Rice").replace("Milk", "Tea"))
    imported(run)
    kept = [name for name in files() if name.startswith(".pages/raw/page") and name.endswith(".txt")]
    assert len(kept) == 2
    assert {"bread-is-dearer.md", "rice-is-dearer.md"} <= set(files())


def test_import_never_overwrites_foreign_articles(run: Shanxi) -> None:
    Path("own").mkdir()
    Path("own/bread-is-dearer.md").write_text("---\ntitle: Bread is dearer\n---\nMy own.\n")
    assert "added     bread-is-dearer-2" in imported(run).out
    assert files()["bread-is-dearer.md"].endswith("My own.\n")


def test_as_objects(run: Shanxi) -> None:
    done = imported(run, "--json", "--dry-run")
    bread, milk = map(json.loads, done.out.splitlines())
    assert (bread["schema"], bread["id"], bread["outcome"], bread["file"]) == (
        1,
        "bread-is-dearer",
        "added",
        "page.txt",
    )
    assert bread["paragraphs"] == ["A loaf costs 4 yuan. Bakers blame the price of flour and of coal."]
    assert bread["repairs"] == ["joined word: flo- ur: flour"]
    assert (bread["unsure"], bread["captions"], milk["author"]) == ([], [], ["MA LI"])
    assert done.err == ""


def test_own_article_precedes_the_shipped_one(run: Shanxi, tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "bread-is-dearer.md").write_text("---\ntitle: Bread is dearer\n---\nThe retelling.\n")
    imported(run)
    found = run("show", "bread-is-dearer", "--corpus", "own", "--corpus", str(shipped), "--index", "index")
    assert "Bakers blame" in found.out
    assert "retelling" not in found.out


def test_import_writes_to_own_articles_by_default(run: Shanxi) -> None:
    assert run("import", "page.txt").status == 0
    assert (user_folder() / "bread-is-dearer.md").is_file()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(run: Shanxi) -> None:
    Path("closed.txt").write_text(PAGE)
    Path("closed.txt").chmod(0)
    assert "Permission denied" in run("import", "closed.txt", "--into", "own").err


def test_bad_files_among_good_ones(run: Shanxi) -> None:
    Path("empty.txt").touch()
    Path("folder").mkdir()
    done = run("import", "empty.txt", "folder", "nothing.txt", "page.txt", "--into", "own")
    assert done.status == 2
    assert done.err.splitlines() == [
        "shanxi: empty.txt: an empty file",
        "shanxi: folder: a folder without files that can be imported",
        "shanxi: nothing.txt: cannot be read: No such file or directory",
        "shanxi: 2 added in own",
    ]
    assert "bread-is-dearer.md" in files()


def test_errors_are_objects_too(run: Shanxi) -> None:
    done = run("import", "nothing.txt", "--into", "own", "--json")
    assert json.loads(done.err)["error"]["message"] == "nothing.txt: cannot be read: No such file or directory"
    assert not Path("own").exists()


def test_a_page_without_an_article(run: Shanxi) -> None:
    Path("page.txt").write_text("A yacht leaves Genoa at dusk. [Photo/Xinhua]\n")
    done = imported(run)
    assert (done.status, done.err) == (1, "shanxi: no articles found\n")
    assert "caption   in no article: A yacht leaves Genoa at dusk." in done.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--date", "yesterday"), "--date: "),
        (("--publication", " "), "--publication is empty"),
        (("--json", "--format", "jsonl"), "--format and --json cannot be combined"),
        (("--text-field", "x"), "--text-field is for tables: CSV, JSON lines, spreadsheets"),
    ],
)
def test_options_that_make_no_sense(run: Shanxi, arguments: tuple[str, ...], message: str) -> None:
    done = imported(run, *arguments)
    assert done.status == 2
    assert message in done.err
    assert not list(Path().glob("own/*.md"))


def test_import_rejects_a_file_as_directory(run: Shanxi) -> None:
    Path("own").write_text("a file")
    done = imported(run)
    assert (done.status, done.err) == (2, f"shanxi: {Path('own').absolute()} is not a folder\n")


def test_files_are_as_the_umask_says(run: Shanxi) -> None:
    imported(run)
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(Path("own/bread-is-dearer.md").stat().st_mode) == 0o666 & ~umask


def test_report_has_no_control_characters_of_pages(run: Shanxi) -> None:
    Path("page.txt").write_text(PAGE.replace("Bread", "Br\x1b[31mead"))
    assert "\x1b" not in imported(run).out


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Shanxi's foreign trade roars back", "shanxis-foreign-trade-roars-back"),
        ("Café d’Élan: 30%!", "cafe-delan-30"),
        ("太原市煤炭", "太原市煤炭"),
        ("—", "untitled"),
        ("word " * 60, "-".join(["word"] * 20)),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    assert slugify_title(title) == expected


def test_position_in_a_file_is_no_page_of_the_newspaper(run: Shanxi) -> None:
    story = "# {0} holds\n\nBy LI MIN\n\nThe {0} above the town held all night, and nobody in the valley was hurt.\n"
    Path("issue.txt").write_text("\f".join([story.format("Dam"), story.format("Dike")]))
    assert run("import", "issue.txt", "--into", "own").status == 0
    assert [text.split("page: '")[1][:3] for name, text in files().items() if name.endswith(".md")] == ["001", "002"]
    cited = run("--corpus", "own", "--index", "index", "cite", "dam-holds", "dike-holds", "-f", "bibtex")
    assert "pages" not in cited.out
    assert run("--corpus", "own", "--index", "index", "list", "page:2", "-l").out == "dike-holds\n"
