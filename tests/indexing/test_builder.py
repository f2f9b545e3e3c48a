"""Bringing an index up to date: what is read, which file wins an id, what is kept when a file is bad."""

import os
import random
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.engines import open_backend
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.builder import UpdateOptions, UpdateReport, update_index
from shanxi_cli.indexing.change_detection import has_changed, is_stale, scan_corpus, summarize_manifest
from shanxi_cli.indexing.file_failures import FileFailure, list_failures, list_warnings
from shanxi_cli.indexing.manifest import compute_coverage, load_manifest, load_manifest_summary
from shanxi_cli.indexing.snapshot import Generation, verify_generation
from shanxi_cli.indexing.worker_pool import map_in_processes
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from shanxi_cli.util.frozen_record import replace_fields
from tests.support import articles
from tests.support.users import as_nobody

SIX = tuple(sorted(articles.FILES))


class Archive:
    """One or two corpus folders and their index."""

    def __init__(self, tmp_path: Path) -> None:
        self.own, self.shipped = tmp_path / "own", articles.write(tmp_path / "shipped")
        self.own.mkdir()
        self.index = tmp_path / "index"

    @property
    def roots(self) -> tuple[str, ...]:
        return str(self.own), str(self.shipped)

    def update(self, rebuild: bool = False) -> UpdateReport:
        self.generation, report = update_index(self.index, self.roots, open_backend(), UpdateOptions(rebuild=rebuild))
        return report

    def titles(self) -> dict[str, str]:
        engine = open_backend().open(self.generation.directory)
        found = [engine.article(match.number) for match in engine.search(MATCH_ALL, HitOrder.TITLE)]
        return {article.id: article.title for article in found}

    def stale(self) -> bool:
        """Return True if a file changed, by comparing all files; the summary must give the same answer."""
        known = load_manifest(self.generation)
        stale = is_stale(known, scan_corpus(self.roots, known).files, self.roots, self.generation.built)
        assert has_changed(self.generation, load_manifest_summary(self.generation), self.roots) == stale
        return stale


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def article(title: str) -> str:
    return f"---\ntitle: {title}\ndate: 2020\n---\n\nText.\n"


def age(path: Path, seconds: int = 3600) -> None:
    """As if the file had been written before, so that its times alone speak for it."""
    found = path.stat()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns - seconds * 1_000_000_000))


def test_update_first_build_adds_all(archive: Archive) -> None:
    assert archive.update() == UpdateReport(added=SIX, changed=(), removed=(), failed=(), total=6)
    assert archive.titles() == {name: a.title for name, a in articles.ARTICLES.items()}


def test_update_without_changes(archive: Archive) -> None:
    archive.update()
    assert not archive.stale()
    assert archive.update() == UpdateReport((), (), (), (), 6)
    assert len(archive.titles()) == 6


def test_update_reports_added_changed_removed(archive: Archive) -> None:
    archive.update()
    (archive.shipped / "new.md").write_text(article("New"))
    (archive.shipped / "undated-note.md").write_text(article("Dated note"))
    (archive.shipped / "mine-safety-rules.md").unlink()
    assert archive.stale()
    report = archive.update()
    assert report == UpdateReport(("new",), ("undated-note",), ("mine-safety-rules",), (), 6)
    assert archive.titles()["undated-note"] == "Dated note"
    assert not archive.stale()


def test_update_detects_racy_change_of_same_size(archive: Archive) -> None:
    path = archive.own / "a.md"
    path.write_text(article("One"))
    archive.update()
    times = path.stat()
    with open(path, "r+") as file:  # the same inode, size and mtime; ctime may be as coarse as the clock
        file.write(article("Two"))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert archive.stale()
    assert archive.update().changed == ("a",)


def test_update_touched_file_is_unchanged(archive: Archive) -> None:
    archive.update()
    os.utime(archive.shipped / "undated-note.md")
    assert archive.stale()
    assert archive.update() == UpdateReport((), (), (), (), 6)
    assert not archive.stale()


def test_update_renamed_file_gets_new_id(archive: Archive) -> None:
    archive.update()
    (archive.shipped / "undated-note.md").rename(archive.shipped / "note.md")
    assert archive.update() == UpdateReport(("note",), (), ("undated-note",), (), 6)


def test_update_first_folder_wins_id(archive: Archive) -> None:
    (archive.own / "undated-note.md").write_text(article("My own note"))
    assert archive.update().total == 6
    assert archive.titles()["undated-note"] == "My own note"
    (archive.own / "undated-note.md").unlink()
    assert archive.update() == UpdateReport((), ("undated-note",), (), (), 6)
    assert archive.titles()["undated-note"] == "Undated note"
    (archive.own / "undated-note.md").write_text(article("My own note"))
    assert archive.update() == UpdateReport((), ("undated-note",), (), (), 6)
    assert archive.titles()["undated-note"] == "My own note"
    assert not archive.stale()


def test_update_duplicate_id_in_one_folder(archive: Archive) -> None:
    (archive.own / "001").mkdir()
    (archive.own / "a.md").write_text(article("One"))
    (archive.own / "001" / "a.md").write_text(article("Two"))
    report = archive.update()
    assert archive.titles()["a"] == "Two"
    reason = f"the same id as {archive.own}/001/a.md; rename one of them"
    assert report.failed == (FileFailure(f"{archive.own}/a.md", 0, reason, False),)


def test_update_continues_after_bad_file(archive: Archive) -> None:
    (archive.own / "bad.md").write_text("---\ntitle: A\ntitle: B\n---\n")
    report = archive.update()
    assert report.total == 6
    assert report.failed == (FileFailure(f"{archive.own}/bad.md", 3, "title is given twice", False),)
    assert archive.update().failed == report.failed


def test_update_warns_of_unreadable_date_until_it_is_mended(archive: Archive) -> None:
    path = archive.own / "2021-07-22-a.md"
    path.write_text("---\ntitle: Good\ndate: 2020-13\n---\n")
    (archive.own / "b.md").write_text("---\ntitle: Better\ndate: soon\n---\n")
    report = archive.update()
    no_date = "soon is not a date: write 2021, 2021-07, 2021-07-14 or two of them with / between"
    warned = (
        FileFailure(str(path), 3, "bad date: 2020-13 has no month 13; it is searched as of 2021-07-22", False),
        FileFailure(f"{archive.own}/b.md", 3, f"bad date: {no_date}; it is searched without a date", False),
    )
    assert (report.total, report.failed, report.warned) == (8, (), warned)
    assert archive.update().warned == warned
    assert list_warnings(load_manifest(archive.generation)) == warned
    path.write_text("---\ntitle: Good\ndate: 2020-12\n---\n")
    assert archive.update().warned == warned[1:]
    (archive.own / "b.md").unlink()
    assert archive.update().warned == ()


def test_update_keeps_last_good_version_until_rebuild(archive: Archive) -> None:
    path = archive.own / "a.md"
    path.write_text(article("Good"))
    archive.update()
    path.write_text("---\ntitle: Bad\ntitle: Worse\n---\n")
    report = archive.update()
    assert (report.changed, report.removed, report.total) == ((), (), 7)
    assert report.failed == (
        FileFailure(
            str(path),
            3,
            "title is given twice",
            True,
        ),
    )
    assert archive.titles()["a"] == "Good"
    assert list_failures(load_manifest(archive.generation)) == report.failed
    assert not archive.stale()
    # still kept after another change, and gone with a rebuild
    (archive.own / "b.md").write_text(article("Other"))
    assert archive.update().added == ("b",)
    assert archive.titles()["a"] == "Good"
    assert archive.update(rebuild=True).failed[0].kept is False
    assert "a" not in archive.titles()
    # mended
    path.write_text(article("Mended"))
    assert archive.update() == UpdateReport(("a",), (), (), (), 8)


def test_update_bad_file_yields_id_to_next_folder(archive: Archive) -> None:
    (archive.own / "undated-note.md").write_text("---\n\nname: not closed\n")
    report = archive.update()
    assert report.total == 6
    assert [failure.reason for failure in report.failed] == ["the front matter is not closed by a line of ---"]
    assert archive.titles()["undated-note"] == "Undated note"


def test_update_rebuilds_if_base_is_unusable(archive: Archive) -> None:
    archive.update()
    [segment] = archive.generation.folder.glob("*.seg")
    segment.write_bytes(bytes(segment.stat().st_size))
    (archive.own / "a.md").write_text(article("One"))
    assert archive.update().total == 7
    assert archive.titles()["a"] == "One"
    verify_generation(archive.generation)


def test_update_reads_file_readable_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that failed once, or a right that was given back, changes no time of a file."""
    age(archive.shipped / "undated-note.md")
    open_file = os.open

    def failing(path: str, *more: Any, **options: Any) -> int:
        if str(path).endswith("undated-note.md"):
            raise OSError(5, "Input/output error")
        return open_file(path, *more, **options)

    monkeypatch.setattr("shanxi_cli.corpus.reader.os.open", failing)
    report = archive.update()
    assert (report.total, [failure.reason for failure in report.failed]) == (5, ["cannot be read: Input/output error"])
    assert not archive.stale()
    monkeypatch.undo()
    assert archive.stale()
    assert archive.update() == UpdateReport(("undated-note",), (), (), (), 6)


def test_summary_matches_manifest(archive: Archive) -> None:
    (archive.own / "bad.md").write_text("---\ntitle: A\ntitle: B\n---\n")
    (archive.own / "misdated.md").write_text("---\ntitle: C\ndate: 2020-13\n---\n")
    archive.update()
    known, short = load_manifest(archive.generation), load_manifest_summary(archive.generation)
    assert (short.roots, short.failed, short.warned) == (archive.roots, 1, 1)
    assert short.coverage == compute_coverage(known)
    assert (short.coverage.articles, short.fields["title"], short.fields["date"]) == (7, 7, 5)
    assert short.racy_files == known.entries  # all were written just now
    hour = 3600 * 1_000_000_000
    now = scan_corpus(archive.roots, known).folders
    assert summarize_manifest(known, now, archive.generation.built + hour) == replace_fields(
        short, racy_files=(), racy_folders=()
    )


def test_summary_checksum_covers_root(archive: Archive) -> None:
    archive.update()
    known, now = load_manifest(archive.generation), archive.generation.built
    first = known.entries[0]
    moved = first._replace(source=first.source._replace(root=archive.roots[0]))
    others = replace_fields(known, entries=(moved, *known.entries[1:]))
    assert summarize_manifest(others, [], now).file_checksum != summarize_manifest(known, [], now).file_checksum


def test_update_progress_counts_every_file(archive: Archive) -> None:
    seen: list[tuple[int, int]] = []
    update_index(
        archive.index,
        archive.roots,
        open_backend(),
        UpdateOptions(progress=lambda done, total: seen.append((done, total))),
    )
    assert seen == [(n, 6) for n in range(1, 7)]


def test_update_empty_archive(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    generation, report = update_index(tmp_path / "index", (str(tmp_path / "none"),), open_backend())
    assert report == UpdateReport((), (), (), (), 0)
    assert list(open_backend().open(generation.directory).search(MATCH_ALL, HitOrder.NEWEST)) == []


def test_update_keeps_articles_of_unreadable_folder(archive: Archive, tmp_path: Path) -> None:
    archive.update()  # loads all that another user may not be allowed to read
    (archive.shipped / "mine-safety-rules.md").touch()
    archive.update()
    as_nobody(tmp_path, lambda: closed_folder(archive))


def closed_folder(archive: Archive) -> None:
    """A folder that cannot be read is a failure, and its articles stay until it can be."""
    folder = articles.write(archive.own / "001", ["undated-note"])
    (archive.shipped / "undated-note.md").unlink()
    archive.update()
    folder.chmod(0)
    try:
        assert archive.stale()
        report = archive.update()
        assert (report.removed, report.total) == ((), 6)
        assert [(failure.path, failure.kept) for failure in report.failed] == [
            (f"{folder}/", False),
            (f"{folder}/undated-note.md", True),
        ]
        assert not archive.stale()
        assert archive.titles()["undated-note"] == "Undated note"
    finally:
        folder.chmod(0o700)
    assert archive.update() == UpdateReport((), (), (), (), 6)


def test_update_keeps_articles_of_unreadable_corpus(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.update()
    scandir = os.scandir

    def fail(folder: int) -> object:
        if os.path.samestat(os.fstat(folder), os.stat(archive.shipped)):
            raise OSError(5, "Input/output error")
        return scandir(folder)

    monkeypatch.setattr("shanxi_cli.corpus.scanner.os.scandir", fail)
    report = archive.update()
    assert (report.removed, report.total) == ((), 6)
    assert [failure.reason for failure in report.failed] == ["the folder cannot be read"]


def test_update_without_changes_writes_nothing(archive: Archive) -> None:
    (archive.own / "bad.md").write_text("---\nname: not closed\n")
    archive.update()
    before, failed = archive.generation, archive.update().failed
    for path in (*archive.own.glob("*.md"), *archive.shipped.glob("*.md")):
        age(path)
    archive.update()
    aged = archive.generation
    assert aged.folder != before.folder
    assert archive.update() == UpdateReport((), (), (), failed, 6)
    assert archive.generation.folder == aged.folder
    assert archive.update(rebuild=True).total == 6
    assert archive.generation.folder != aged.folder


# In several processes


def many(folder: Path) -> str:
    """A folder with forty articles, some files that are none, and an id that two files claim."""
    folder.mkdir()
    chance = random.Random(3)
    words = "coal mine city grows solar walls of the power station province 1,200 percent".split()
    for number in range(40):
        title, body = (" ".join(chance.choices(words, k=size)) for size in (5, 60))
        text = f"---\ntitle: {title}\ndate: {2000 + number % 25}\n---\n\n{body}, {number} million yuan.\n"
        (folder / f"a{number * 7919 % 100:02}.md").write_text(text if number % 9 else "---\nname: not closed\n")
    (folder / "below").mkdir()
    twin = sorted(folder.glob("*.md"))[5]
    (folder / "below" / twin.name).write_bytes(twin.read_bytes())
    return str(folder)


def steady(generation: Generation) -> dict[str, Any]:
    """The summary without the entries that depend on the time of the build."""
    return {
        name: value for name, value in generation.read_summary_json().items() if name not in ("doubted", "unsettled")
    }


@pytest.mark.parametrize("processes", [2, 3])
def test_update_equal_index_with_any_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int) -> None:
    root = many(tmp_path / "corpus")
    one, report = update_index(tmp_path / "one", (root,), open_backend(), UpdateOptions(processes=1))
    monkeypatch.setattr("shanxi_cli.indexing.partition.MIN_PARALLEL_IDS", 10)
    several, same_report = update_index(
        tmp_path / "several", (root,), open_backend(), UpdateOptions(processes=processes)
    )
    assert same_report == report
    assert (several.read_manifest_json(), steady(several)) == (one.read_manifest_json(), steady(one))
    assert sum(file.name.endswith(".seg") for file in several.files) == processes
    assert answers(several) == answers(one)

    # An update of much, and then of little, goes on from there.
    for path in sorted(Path(root).glob("*.md"))[10:30]:
        path.write_text(article("Changed by all"))
    _, report = update_index(tmp_path / "several", (root,), open_backend(), UpdateOptions(processes=processes))
    assert len(report.changed) + len(report.added) == 20
    Path(root, "new.md").write_text(article("New"))
    several, report = update_index(tmp_path / "several", (root,), open_backend(), UpdateOptions(processes=processes))
    assert report.added == ("new",)
    fresh, _ = update_index(tmp_path / "fresh", (root,), open_backend(), UpdateOptions(processes=1))
    assert answers(several) == answers(fresh)


def answers(generation: Generation) -> list[tuple[str, list[tuple[str, float]]]]:
    """What some queries find, with its scores."""
    engine = open_backend().open(generation.directory)
    asked = ["coal", "changed", "new", '"coal mine"', "co*", "date:2010..", "money:5m..", "NOT city", "solr~"]
    found = []
    for text in asked:
        matches = engine.search(compile_query(text, WordOperator.ANY), HitOrder.RELEVANCE)
        found.append((text, [(engine.article(match.number).id, match.score) for match in matches]))
    return found


def test_update_splits_large_partition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = many(tmp_path / "corpus")
    whole, _ = update_index(tmp_path / "whole", (root,), open_backend(), UpdateOptions(processes=1))
    monkeypatch.setattr("shanxi_cli.indexing.partition.MAX_PARTITION_IDS", 7)
    cut, _ = update_index(tmp_path / "cut", (root,), open_backend(), UpdateOptions(processes=1))
    assert sum(file.name.endswith(".seg") for file in cut.files) == 6
    assert answers(cut) == answers(whole)


def test_update_refuses_replaced_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def swapping(work: Any, *rest: Any) -> Any:
        new = next((tmp_path / "index").glob("new-*"))
        new.rename(tmp_path / "taken")
        new.mkdir()
        return map_in_processes(work, *rest)

    monkeypatch.setattr("shanxi_cli.indexing.builder.map_in_processes", swapping)
    with pytest.raises(IndexUnusable, match="the index directory was replaced by another process"):
        update_index(tmp_path / "index", (many(tmp_path / "corpus"),), open_backend(), UpdateOptions(processes=1))
    assert list((tmp_path / "index").glob("gen-*")) == []


def test_update_interrupt_keeps_old_index(archive: Archive) -> None:
    archive.update()
    before = archive.titles()
    (archive.own / "new.md").write_text(article("New"))

    def interrupted(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt, match="^interrupted; the index is unchanged$"):
        update_index(archive.index, archive.roots, open_backend(), UpdateOptions(progress=interrupted))
    assert archive.titles() == before
    assert [path.name for path in archive.index.glob("new-*")] == []
    other = archive.index.parent / "other"
    with pytest.raises(KeyboardInterrupt, match="^interrupted; no index was built$"):
        update_index(other, archive.roots, open_backend(), UpdateOptions(progress=interrupted))
    assert archive.update().added == ("new",)
