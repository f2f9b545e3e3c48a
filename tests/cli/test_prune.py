"""`shanxi index --prune` and what `shanxi status` says of cached indexes whose archives are gone."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.caches import find_gone_archives
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.paths import cache_folder, locate_archive
from tests.conftest import Shanxi
from tests.support import articles


@pytest.fixture
def shanxi(capsys: pytest.CaptureFixture[str]) -> Shanxi:
    """Without a folder for the index, so that it is in the cache."""
    return Shanxi(capsys)


def cached(shanxi: Shanxi, *folders: Path) -> Path:
    """Build an index in the cache."""
    names = [str(articles.write(folder, ["undated-note"])) for folder in folders]
    assert shanxi("index", *[part for name in names for part in ("--corpus", name)]).status == 0
    return locate_archive(names, None, {}).index


def test_prune_removes_indexes_of_gone_archives(shanxi: Shanxi, tmp_path: Path) -> None:
    kept = cached(shanxi, tmp_path / "kept")
    gone = [cached(shanxi, tmp_path / "gone"), cached(shanxi, tmp_path / "kept", tmp_path / "gone")]
    assert find_gone_archives(cache_folder()) == []
    shutil.rmtree(tmp_path / "gone")
    here = ["--corpus", str(tmp_path / "kept")]
    assert (
        "2 cached indexes of archives that are gone; shanxi index --prune removes them\n" in shanxi("status", *here).out
    )
    assert json.loads(shanxi("status", "--json", *here).out)["gone_indexes"] == 2
    run = shanxi("index", "--prune")
    assert (run.status, run.out, run.err) == (0, "removed 2 indexes of archives that are gone\n", "")
    assert [kept.exists(), *[index.exists() for index in gone]] == [True, False, False]
    assert json.loads(shanxi("status", "--json", *here).out)["gone_indexes"] == 0
    assert shanxi("index", "--prune").out == "removed 0 indexes of archives that are gone\n"


def link(index: Path) -> None:
    index.rename(index.parent.parent / "elsewhere")
    index.symlink_to(index.parent.parent / "elsewhere")


KEPT: dict[str, Callable[[Path], object]] = {
    "under another name": lambda index: index.rename(index.parent / "0123456789abcdef"),
    "under a name of letters": lambda index: index.rename(index.parent / "my-index"),
    "a link to an index": link,
    "without a finished build": lambda index: shutil.rmtree(next(index.glob("gen-*"))),
    "with a summary of another shape": lambda index: [f.write_text("[]") for f in index.glob("gen-*/OUTLINE.json")],
}


@pytest.mark.parametrize("kind", KEPT)
def test_prune_keeps_what_is_not_surely_such_an_index(shanxi: Shanxi, tmp_path: Path, kind: str) -> None:
    index = cached(shanxi, tmp_path / "gone")
    shutil.rmtree(tmp_path / "gone")
    KEPT[kind](index)
    before = sorted(cache_folder().parent.rglob("*"))
    assert shanxi("index", "--prune").out == "removed 0 indexes of archives that are gone\n"
    assert sorted(cache_folder().parent.rglob("*")) == before


def test_prune_keeps_index_with_files_of_the_user(shanxi: Shanxi, tmp_path: Path) -> None:
    index = cached(shanxi, tmp_path / "gone")
    shutil.rmtree(tmp_path / "gone")
    (index / "notes.txt").write_text("mine")
    run = shanxi("index", "--prune")
    assert (run.status, run.out) == (2, "removed 0 indexes of archives that are gone\n")
    assert run.err == (
        f"shanxi: the folder {index} contains other files (notes.txt); use an empty folder for the index\n"
    )
    assert (index / "CURRENT").exists()


def test_prune_keeps_index_that_is_being_built(shanxi: Shanxi, tmp_path: Path) -> None:
    index = cached(shanxi, tmp_path / "gone")
    shutil.rmtree(tmp_path / "gone")
    with lock_index(index, 0):
        run = shanxi("index", "--prune")
    assert (run.status, (index / "CURRENT").exists()) == (2, True)
    assert "is building the index" in run.err


def test_prune_without_a_cache(shanxi: Shanxi) -> None:
    assert shanxi("index", "--prune").out == "removed 0 indexes of archives that are gone\n"


def test_prune_updates_nothing_and_refuses_rebuild(shanxi: Shanxi) -> None:
    run = shanxi("index", "--prune", "--rebuild")
    assert (run.status, run.err) == (2, "shanxi: --prune and --rebuild cannot be combined\n")


def test_prune_removes_indexes_with_excluded_files(shanxi: Shanxi, tmp_path: Path) -> None:
    folder = articles.write(tmp_path / "gone", ["undated-note"])
    assert shanxi("index", "--corpus", str(folder), "--exclude", "drafts").status == 0
    index = locate_archive([str(folder)], None, {}, ["drafts"]).index
    assert (find_gone_archives(cache_folder()), index.is_dir()) == ([], True)
    shutil.rmtree(folder)
    assert find_gone_archives(cache_folder()) == [index]
