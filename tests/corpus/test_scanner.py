"""Which files of a corpus should be articles, in which order, and what is known of each."""

import os
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.corpus.scanner import SourceFile, iterate_sources


def paths(root: Path) -> list[str]:
    return [source.path for source in iterate_sources(str(root))]


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("text")


def test_scan_lists_markdown_sorted_by_path(tmp_path: Path) -> None:
    make(tmp_path, "b.md", "001/b.md", "001/a.md", "000/deep/er/c.md", "a-a.md", "a/a.md", "Z.md")
    assert paths(tmp_path) == ["000/deep/er/c.md", "001/a.md", "001/b.md", "Z.md", "a-a.md", "a/a.md", "b.md"]


def test_scan_skips_other_files(tmp_path: Path) -> None:
    make(
        tmp_path,
        "a.md",
        "README.md",
        "000/readme.md",
        "000/ReadMe.MD",
        ".hidden.md",
        ".git/a.md",
        "000/.drafts/b.md",
        "b.txt",
        "c.md~",
        "d.MD",
        "e.markdown",
        "md",
        "readme.md.md",
    )
    assert paths(tmp_path) == [
        *("000/ReadMe.MD", "000/readme.md", "README.md", "a.md", "b.txt", "d.MD", "e.markdown", "readme.md.md"),
    ]


def test_scan_skips_folder_named_like_article(tmp_path: Path) -> None:
    make(tmp_path, "a.md/b.md")
    assert paths(tmp_path) == ["a.md/b.md"]


def test_scan_stat_row(tmp_path: Path) -> None:
    make(tmp_path, "000/coal-town.md")
    os.utime(tmp_path / "000/coal-town.md", ns=(1, 1_600_000_000_500_000_000))
    found = os.stat(tmp_path / "000/coal-town.md")
    assert list(iterate_sources(str(tmp_path))) == [
        SourceFile(str(tmp_path), "000/coal-town.md", 4, 1_600_000_000_500_000_000, found.st_ctime_ns, found.st_ino)
    ]


def test_source_path_and_id() -> None:
    source = SourceFile("/corpus", "000/coal.town.md", 0, 0, 0, 0)
    assert (source.full, source.id) == ("/corpus/000/coal.town.md", "coal.town")
    assert SourceFile("/corpus", "cafe\u0301.md", 0, 0, 0, 0).id == "caf\u00e9"


def test_scan_refuses_links_to_folders_outside(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/a.md", "corpus/b.md")
    (tmp_path / "corpus" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "corpus" / "circle").symlink_to(tmp_path / "corpus")
    assert paths(tmp_path / "corpus") == ["b.md", "link/"]


def test_scan_link_has_size_of_target(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere.md")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.md").symlink_to("../elsewhere.md")
    found = os.stat(tmp_path / "elsewhere.md")
    root = str(tmp_path / "corpus")
    assert list(iterate_sources(root)) == [
        SourceFile(root, "a.md", 4, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    ]


def test_scan_lists_broken_link(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("gone")
    found = os.lstat(tmp_path / "a.md")
    assert list(iterate_sources(str(tmp_path))) == [
        SourceFile(str(tmp_path), "a.md", len("gone"), found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
    ]


def test_scan_lists_fifo(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert paths(tmp_path) == ["a.md"]


def test_scan_keeps_non_utf8_name(tmp_path: Path) -> None:
    try:
        make(tmp_path, "a\udcff.md")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    [source] = iterate_sources(str(tmp_path))
    assert (source.path, os.fsencode(source.path), os.path.exists(source.full)) == ("a\udcff.md", b"a\xff.md", True)


@pytest.mark.parametrize(("closed", "expected"), [("closed", ["a.md", "closed/"]), ("", ["./"])])
def test_scan_lists_unreadable_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: str, expected: list[str]
) -> None:
    make(tmp_path, "a.md", "closed/b.md")
    really_open = os.open

    def refuse(path: str, *rest: Any, **options: Any) -> int:
        if os.path.normpath(path) == str(tmp_path / closed):
            raise PermissionError
        return really_open(path, *rest, **options)

    with monkeypatch.context() as patched:  # root may look into any folder
        patched.setattr(os, "open", refuse)
        found = list(iterate_sources(str(tmp_path)))
    assert [source.path for source in found] == expected
    folder = found[-1]
    assert (folder.is_folder, folder.id) == (True, "")
    assert os.path.samefile(folder.full, tmp_path / closed)
    assert folder.inode == os.stat(tmp_path / closed).st_ino


def test_unstatable_file_is_listed_with_empty_stat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.md")

    def refuse(path: str, **_: object) -> object:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", refuse)
        found = list(iterate_sources(str(tmp_path)))
    assert found == [SourceFile(str(tmp_path), "a.md", 0, 0, 0, 0)]
    assert not found[0].is_folder


def test_scan_empty_or_missing_folder(tmp_path: Path) -> None:
    assert paths(tmp_path) == []
    assert paths(tmp_path / "gone") == []
