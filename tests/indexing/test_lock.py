"""The lock of an index folder: whose file it may be, and that nothing else is ever written over."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.errors import IndexBusy, LocationError
from shanxi_cli.indexing import lock
from shanxi_cli.indexing.lock import lock_index

WORK = "minutes of the river board\n"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A file of the user, outside the index."""
    path = tmp_path / "minutes.txt"
    path.write_text(WORK)
    return path


@pytest.fixture
def index(tmp_path: Path) -> Path:
    (tmp_path / "index").mkdir()
    return tmp_path / "index"


PLANTED: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "hard link": (lambda place, work: os.link(work, place), "a hard link to another file"),
    "link": (lambda place, work: place.symlink_to(work), "a link"),
    "dangling link": (lambda place, work: place.symlink_to(work.parent / "nothing"), "a link"),
    "pipe": (lambda place, work: os.mkfifo(place), "not a regular file"),
    "folder": (lambda place, work: place.mkdir(), "not a regular file"),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_lock_refuses_what_shanxi_has_not_made(index: Path, work: Path, planted: str) -> None:
    plant, kind = PLANTED[planted]
    plant(index / "LOCK", work)
    with pytest.raises(LocationError) as error, lock_index(index, 0):
        pass
    assert str(error.value) == f"{index}/LOCK is {kind}; remove it, and shanxi makes its own"
    assert work.read_text() == WORK
    assert sorted(path.name for path in work.parent.iterdir()) == ["index", "minutes.txt"]


@pytest.mark.parametrize("content", [WORK, "12 yuan", "1234567890123456789012345", "\0notes"])
def test_lock_keeps_content_that_is_no_process_id(index: Path, content: str) -> None:
    (index / "LOCK").write_text(content)
    with lock_index(index, 0), pytest.raises(IndexBusy, match="process unknown"), lock_index(index, 0):
        pass
    assert (index / "LOCK").read_text() == content


@pytest.mark.parametrize("content", ["", "123\n", "99999999", "\0\0\0"])
def test_lock_names_its_process(index: Path, content: str) -> None:
    (index / "LOCK").write_text(content)
    with lock_index(index, 0):
        assert (index / "LOCK").read_text() == f"{os.getpid()}\n"


def test_lock_of_replaced_folder_is_taken_again(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is removed after its lock file was opened: a lock on that file would guard nothing."""
    really_try = lock._try_lock
    removed: list[int] = []

    def remove_first(handle: int) -> bool:
        if not removed:
            removed.append(handle)
            (index / "LOCK").unlink()
            index.rmdir()
        return really_try(handle)

    monkeypatch.setattr(lock, "_try_lock", remove_first)
    with lock_index(index, 0), pytest.raises(IndexBusy), lock_index(index, 0):
        pass
    assert (index / "LOCK").exists()


def test_lock_without_creating_needs_the_folder(tmp_path: Path) -> None:
    with pytest.raises(LocationError, match="No such file or directory"), lock_index(tmp_path / "no", 0, create=False):
        pass
    assert not (tmp_path / "no").exists()
