"""The place of an export: what may be replaced, and that a failure leaves it as it was."""

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from shanxi_cli.errors import LocationError
from shanxi_cli.exporters.target import RECORD_NAME, check_target, new_file, new_folder, resolve_target


def exported(folder: Path) -> Path:
    """Make a folder that an export has written."""
    with new_folder(folder, force=True) as fresh:
        (fresh / "a").mkdir()
        (fresh / "a" / "b.md").write_text("old")
        (fresh / RECORD_NAME).write_text(json.dumps({"files": ["a/b.md"]}))
    return folder


def entries(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def refusal(target: Path, *, folder: bool, force: bool) -> str:
    with pytest.raises(LocationError) as error:
        check_target(target, folder=folder, force=force)
    return str(error.value)


def test_new_places_are_free(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    check_target(tmp_path / "new", folder=True, force=False)
    check_target(tmp_path / "new.db", folder=False, force=False)
    check_target(tmp_path / "empty", folder=True, force=False)


def test_files_are_replaced_by_force_alone(tmp_path: Path) -> None:
    target = tmp_path / "a.db"
    target.write_text("mine")
    assert refusal(target, folder=False, force=False) == f"{target} exists; --force replaces it"
    check_target(target, folder=False, force=True)


def test_folders_and_files_are_not_mixed_up(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert refusal(tmp_path, folder=False, force=True) == f"{tmp_path} is a folder; name another file"
    assert (
        refusal(tmp_path / "file", folder=True, force=True) == f"{tmp_path}/file is not a folder; name another folder"
    )
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe", folder=False, force=True) == (
        f"{tmp_path}/pipe is not a regular file; name another file"
    )


def test_only_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    target = exported(tmp_path / "dossier")
    assert refusal(target, folder=True, force=False) == f"{target} has an earlier export; --force replaces it"
    check_target(target, folder=True, force=True)
    (target / "a" / "notes.txt").write_text("mine")
    assert refusal(target, folder=True, force=True) == (
        f"{target} has files that no export has written: a/notes.txt; name another folder"
    )
    (target / RECORD_NAME).write_text("[]")
    assert refusal(target, folder=True, force=True) == (
        f"{target} has files that no export has written: .shanxi-export and 2 more; name another folder"
    )


def test_a_link_to_a_folder_is_no_file_of_an_export(tmp_path: Path) -> None:
    target = exported(tmp_path / "dossier")
    (tmp_path / "mine").mkdir()
    (target / "link").symlink_to(tmp_path / "mine")
    assert "has files that no export has written: link;" in refusal(target, folder=True, force=True)


def test_new_folder_replaces_the_earlier_one_whole(tmp_path: Path) -> None:
    target = exported(tmp_path / "dossier")
    with new_folder(target, force=True) as fresh:
        (fresh / "c.md").write_text("new")
        assert entries(target) == [RECORD_NAME, "a", "a/b.md"]
    assert entries(target) == ["c.md"]
    assert entries(tmp_path) == ["dossier", "dossier/c.md"]
    assert target.stat().st_mode & 0o777 == 0o777 & ~umask()


def test_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    with new_file(tmp_path / "a.db", force=False) as fresh:
        fresh.write_text("new")
        assert not (tmp_path / "a.db").exists()
    assert (tmp_path / "a.db").read_text() == "new"
    assert (tmp_path / "a.db").stat().st_mode & 0o777 == 0o666 & ~umask()
    assert entries(tmp_path) == ["a.db"]


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def fail_in(new: Any, target: Path, error: BaseException) -> None:
    """Begin an export, and fail with it half written."""
    with new(target, force=True) as fresh:
        if fresh.is_dir():
            (fresh / "half.md").write_text("half")
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), LocationError(""), OSError(28, "No space left on device")])
def test_a_failure_leaves_what_was_there(tmp_path: Path, error: BaseException) -> None:
    folder, file = exported(tmp_path / "dossier"), tmp_path / "a.db"
    file.write_text("old")
    before = entries(tmp_path)
    for new, target in ((new_folder, folder), (new_file, file)):
        with pytest.raises((KeyboardInterrupt, LocationError)):
            fail_in(new, target, error)
    assert entries(tmp_path) == before
    assert file.read_text() == "old"


def test_a_full_disk_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(LocationError, match=r"cannot write .*a\.db: No space left on device"):
        fail_in(new_file, tmp_path / "a.db", OSError(28, "No space left on device"))


def test_a_full_disk_of_sqlite_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(LocationError, match=r"cannot write .*a\.db: database or disk is full"):
        fail_in(new_file, tmp_path / "a.db", sqlite3.OperationalError("database or disk is full"))
    assert entries(tmp_path) == []


def test_what_came_meanwhile_is_kept(tmp_path: Path) -> None:
    def write_into_a_race() -> None:
        with new_file(tmp_path / "a.db", force=False) as fresh:
            fresh.write_text("ours")
            (tmp_path / "a.db").write_text("theirs")

    with pytest.raises(LocationError, match="exists; --force replaces it"):
        write_into_a_race()
    assert (tmp_path / "a.db").read_text() == "theirs"
    assert entries(tmp_path) == ["a.db"]


def test_a_failed_swap_brings_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = exported(tmp_path / "dossier")
    rename = Path.rename

    def fail(self: Path, to: Path) -> Path:
        if self.name.endswith(".new"):
            raise OSError(13, "Permission denied")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(LocationError, match="Permission denied"), new_folder(target, force=True):
        pass
    assert entries(tmp_path) == ["dossier", f"dossier/{RECORD_NAME}", "dossier/a", "dossier/a/b.md"]


def test_resolve_target_keeps_out_of_the_archive(tmp_path: Path) -> None:
    corpus = tmp_path / "archive" / "corpus"
    corpus.mkdir(parents=True)
    (tmp_path / "link").symlink_to(corpus)
    for name in ("archive/corpus", "archive/corpus/x", "link/x", "archive"):
        with pytest.raises(LocationError, match="is in the folder of the archive"):
            resolve_target(f"{tmp_path}/{name}", [str(corpus)])
    assert resolve_target(f"{tmp_path}/archive/x.db", [str(corpus)]) == tmp_path / "archive" / "x.db"


def test_resolve_target_needs_a_folder_to_write_into(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LocationError, match=r"none does not exist"):
        resolve_target(f"{tmp_path}/none/a.db", [])
    with pytest.raises(LocationError, match=r"file is not a folder"):
        resolve_target(f"{tmp_path}/file/a.db", [])
    with pytest.raises(LocationError, match="/ cannot be replaced; name a folder or a file in it"):
        resolve_target("/", [])
