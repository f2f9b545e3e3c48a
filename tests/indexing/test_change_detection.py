"""An archive of many files: a search asks its folders alone, and every file before it says that there is nothing.

`MANY` is three here, and no file counts as changed just before a build unless a test says so.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.corpus.scanner import CorpusListing, scan_root
from shanxi_cli.indexing import change_detection
from shanxi_cli.indexing.change_detection import scan_corpus, summarize_manifest
from shanxi_cli.indexing.manifest import load_manifest
from shanxi_cli.indexing.store import current_generation
from tests.conftest import Shanxi
from tests.support.paths import PROJECT

ZIRCONIUM = """\
---
title: Zirconium
date: 2024
places: [Zirconium Town]
---

A zirconium mine earned 7 million yuan in 2023. "Zirconium is ours," said Zhao Lei, and zirconium it was.
"""


@pytest.fixture
def many(archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shanxi:
    """A command line over the six articles, which are many; their index is built."""
    monkeypatch.setattr(change_detection, "MAX_FULL_SCAN_FILES", 3)
    monkeypatch.setattr(change_detection, "RACY_NANOSECONDS", 0)
    (archive / "000").mkdir()
    (archive / "mine-safety-rules.md").rename(archive / "000" / "mine-safety-rules.md")
    run = Shanxi(capsys)
    assert run("index").status == 0
    return run


def write(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(ZIRCONIUM)
    return path


def write_over(path: Path, text: str = ZIRCONIUM) -> None:
    """Writes a file where it lies; its folder does not notice."""
    with open(path, "r+", encoding="utf-8") as file:
        file.truncate(0)
        file.write(text)
    os.utime(path, ns=(1, 1))  # another time, however coarse the clock


def no_file_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("a file was asked")

    monkeypatch.setattr(change_detection, "scan_root", asked)
    monkeypatch.setattr(change_detection, "list_folder_files", asked)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The roots whose files are asked from now on."""
    asked: list[str] = []

    def counting(root: str, excluded: tuple[str, ...]) -> CorpusListing:
        asked.append(root)
        return scan_root(root, excluded)

    monkeypatch.setattr(change_detection, "scan_root", counting)
    return asked


def test_search_with_results_stats_no_files(many: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    no_file_is_asked(monkeypatch)
    assert many("search", "-l", "forest").out == "coal-town-plants-trees\n"


def test_search_of_few_files_stats_each(many: Shanxi, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_detection, "MAX_FULL_SCAN_FILES", 6)
    write_over(archive / "undated-note.md")
    assert many("search", "-l", "forest").err == "shanxi: brought the index up to date: 1 changed (6 articles)\n"


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "added": (lambda at: write(at / "000" / "z.md"), "1 added (7 articles)"),
    "added in a new folder": (lambda at: write(at / "001" / "z.md"), "1 added (7 articles)"),
    "removed": (lambda at: (at / "undated-note.md").unlink(), "1 removed (5 articles)"),
    "renamed": (
        lambda at: (at / "undated-note.md").rename(at / "dated-note.md"),
        "1 added, 1 removed (6 articles)",
    ),
    "replaced": (
        lambda at: ((at / "z").write_text(ZIRCONIUM), (at / "z").replace(at / "000" / "mine-safety-rules.md")),
        "1 changed (6 articles)",
    ),
    "a folder moved away": (lambda at: (at / "000").rename(at.parent / "gone"), "1 removed (5 articles)"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_folder_mtime_reveals_file_changes(many: Shanxi, archive: Path, change: str) -> None:
    do, report = CHANGES[change]
    do(archive)
    assert many("search", "-q", "forest").status == 0
    assert many("search", "-l", "forest").err == ""
    assert f"articles {report.split('(')[1].split()[0]:>9}\n" in many("index").out


@pytest.mark.parametrize("change", CHANGES)
def test_search_reports_detected_change(many: Shanxi, archive: Path, change: str) -> None:
    do, report = CHANGES[change]
    do(archive)
    assert many("search", "-l", "forest").err == f"shanxi: brought the index up to date: {report}\n"


def test_full_scan_detects_in_place_edit(many: Shanxi, archive: Path) -> None:
    write_over(archive / "undated-note.md")
    assert many("search", "-l", "forest").err == ""
    assert "stale: 1 changed" in many("status").out
    assert "changed          1\n" in many("index").out


def test_index_records_touched_folder(many: Shanxi, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "000" / ".swap").touch()
    (archive / "000" / ".swap").unlink()
    asked = counted(monkeypatch)
    assert many("search", "-l", "forest").err == ""
    assert asked == [str(archive)]
    many("index")
    asked.clear()
    assert many("search", "-l", "forest").err == ""
    assert asked == []


NOTHING = [
    "search zirconium",
    "search -q zirconium",
    "search -c zirconium",
    "list zirconium",
    "facets place zirconium",
    "timeline zirconium",
    "timeline --years-mentioned zirconium",
    "kwic zirconium",
    "kwic --collocates --min 1 zirconium",
    "terms --prefix zirco",
    "figures zirconium",
    "figures money:>6m",
    "quotes zirconium",
    "show z",
    "cite z",
]


@pytest.mark.parametrize("line", NOTHING)
def test_no_results_requires_full_scan(many: Shanxi, archive: Path, line: str) -> None:
    (archive / "z.md").write_text("---\ntitle: not closed yet\n")
    assert many("index").status == 2
    write_over(archive / "z.md")
    assert "brought the index up to date" not in many("search", "-l", "forest").err
    found = many(*line.split())
    assert (found.status, "brought the index up to date" in found.err) == (0, "-q" not in line)


def test_no_results_after_full_scan(many: Shanxi, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch)
    found = many("search", "zirconium")
    assert (found.status, found.out, len(asked)) == (1, "", 1)
    assert found.err.startswith("shanxi: no results for zirconium\n")


def test_batch_scans_fully_once(many: Shanxi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch)
    (tmp_path / "queries").write_text("forest\nzirconium\nhafnium\ncoal\n")
    found = many("search", "--batch", str(tmp_path / "queries"), "--format", "lines")
    assert [row.split("\t")[:2] for row in found.out.splitlines()] == [
        ["forest", "1"],
        ["zirconium", "0"],
        ["hafnium", "0"],
        ["coal", "3"],
    ]
    assert len(asked) == 1


def test_racy_files_are_checked_again(many: Shanxi, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_detection, "RACY_NANOSECONDS", 2_000_000_000)
    (archive / "new.md").write_text("---\ntitle: New\n---\n")
    many("index")  # the folder has changed this moment: its times will not tell of what is still to come
    write_over(archive / "undated-note.md")
    assert many("search", "-l", "forest").err == "shanxi: brought the index up to date: 1 changed (7 articles)\n"


def test_racy_folder_settles_when_listed_again(
    many: Shanxi, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_detection, "RACY_NANOSECONDS", 2_000_000_000)
    generation = current_generation(tmp_path / "index")
    assert generation is not None
    known, listed_at = load_manifest(generation), time.time_ns()
    folders = scan_corpus((str(archive),), known).folders
    assert {path for _, path, _ in summarize_manifest(known, folders, listed_at).racy_folders} == {"", "000/"}
    monkeypatch.setattr(time, "time_ns", lambda: listed_at + 3_000_000_000)  # the build has taken three seconds
    assert summarize_manifest(known, folders, listed_at).racy_folders == ()
    write_over(archive / "undated-note.md")
    assert [path for _, path, _ in summarize_manifest(known, folders, listed_at).racy_folders] == [""]


def test_racy_file_settles_when_read_again(
    many: Shanxi, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(change_detection, "RACY_NANOSECONDS", 2_000_000_000)
    generation = current_generation(tmp_path / "index")
    assert generation is not None
    known, listed_at = load_manifest(generation), max(entry.source.ctime for entry in load_manifest(generation).entries)
    assert len(summarize_manifest(known, [], listed_at).racy_files) == 6
    monkeypatch.setattr(time, "time_ns", lambda: listed_at + 3_000_000_000)  # the build has taken three seconds
    assert summarize_manifest(known, [], listed_at).racy_files == ()
    note = archive / "undated-note.md"
    times = note.stat()
    note.write_text(note.read_text().replace("a", "e"))
    os.utime(note, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert [entry.id for entry in summarize_manifest(known, [], listed_at).racy_files] == ["undated-note"]


@pytest.mark.parametrize("year", [1960, 2300])
def test_files_of_any_time_are_compared(
    many: Shanxi, archive: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    monkeypatch.setattr(change_detection, "MAX_FULL_SCAN_FILES", 6)
    seconds = (year - 1970) * 31_556_952
    write_over(archive / "undated-note.md")
    os.utime(archive / "undated-note.md", (seconds, seconds))
    assert many("search", "-l", "forest").err == "shanxi: brought the index up to date: 1 changed (6 articles)\n"
    assert many("search", "-l", "forest").err == ""


def replace_by_link(at: Path) -> None:
    (at / "undated-note.md").unlink()
    (at / "undated-note.md").symlink_to(at / "000" / "mine-safety-rules.md")


def replace_by_folder(at: Path) -> None:
    (at / "undated-note.md").unlink()
    (at / "undated-note.md").mkdir()


WAYS: dict[str, tuple[Callable[[Path], object], str]] = {
    **CHANGES,
    "overwritten in place": (lambda at: write_over(at / "undated-note.md"), "1 changed (6 articles)"),
    "overwritten with the time of before": (
        lambda at: overwrite_with_old_time(at / "000" / "mine-safety-rules.md"),
        "1 changed (6 articles)",
    ),
    "replaced by a link": (replace_by_link, "1 changed (6 articles)"),
    "replaced by a folder": (replace_by_folder, "1 removed (5 articles)"),
    "added with another suffix": (lambda at: write(at / "z.MD"), "1 added (7 articles)"),
    "hidden": (lambda at: (at / "undated-note.md").rename(at / ".undated-note.md"), "1 removed (5 articles)"),
    "left out by a pattern": (lambda at: (at / ".shanxiignore").write_text("undated*\n"), "1 removed (5 articles)"),
}


def overwrite_with_old_time(path: Path) -> None:
    times = path.stat()
    path.write_text(path.read_text().replace("a", "e"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("way", WAYS)
def test_search_of_few_files_sees_every_change(
    many: Shanxi, archive: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(change_detection, "MAX_FULL_SCAN_FILES", 10)
    change, report = WAYS[way]
    change(archive)
    assert many("search", "-l", "forest").err == f"shanxi: brought the index up to date: {report}\n"
    assert many("search", "-l", "forest").err == ""


def test_change_detection_in_separate_process(many: Shanxi, archive: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        program = (
            "import sys; from shanxi_cli.indexing import change_detection as c; c.MAX_FULL_SCAN_FILES = 3;"
            " c.RACY_NANOSECONDS = 0;"
            "from shanxi_cli.cli.main import main; sys.exit(main(sys.argv[1:]))"
        )
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "error"}
        return subprocess.run(
            [sys.executable, "-c", program, *words], env=environment, capture_output=True, text=True, check=False
        )

    write_over(archive / "undated-note.md")
    assert (run("search", "-l", "forest").stdout, run("search", "-l", "forest").stderr) == (
        "coal-town-plants-trees\n",
        "",
    )
    found = run("search", "-l", "zirconium")
    assert (found.returncode, found.stdout) == (0, "undated-note\n")
    assert found.stderr == "shanxi: brought the index up to date: 1 changed (6 articles)\n"
