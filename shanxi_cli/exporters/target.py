"""The place of an export: checked before anything is written, and replaced only when all is written.

An export is written beside its place under a hidden name, and then renamed. A folder is replaced only if everything in
it was written by an earlier export, which its hidden record lists.
"""

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from shanxi_cli.errors import LocationError
from shanxi_cli.util.files import current_umask

RECORD_NAME = ".shanxi-export"
"""File of an exported folder with the names of its files, by which a later export knows it."""
_PREFIX = ".shanxi-"
_MAX_RECORD_BYTES = 100_000_000


def resolve_target(name: str, keep_out: Sequence[str]) -> Path:
    """Return the absolute path of an export, links resolved. Raise `LocationError` where none can be written.

    `keep_out` are the folders of articles and of the index: an export in one of them would become a part of it.
    """
    target = Path(os.path.realpath(os.path.expanduser(name)))
    if not target.name:
        raise LocationError(f"{name} cannot be replaced; name a folder or a file in it")
    if not target.parent.is_dir():
        reason = "is not a folder" if target.parent.exists() else "does not exist"
        raise LocationError(f"cannot write {name}: {target.parent} {reason}")
    for folder in keep_out:
        kept = Path(os.path.realpath(folder))
        if target == kept or kept in target.parents or target in kept.parents:
            raise LocationError(f"{name} is in the folder of the archive {folder}, or contains it; export elsewhere")
    return target


def check_target(target: Path, *, folder: bool, force: bool) -> None:
    """Raise `LocationError` where something is in the place of an export that may not be replaced."""
    if not target.exists():
        return
    if folder != target.is_dir():
        kind, wanted = ("a folder", "file") if target.is_dir() else ("not a folder", "folder")
        raise LocationError(f"{target} is {kind}; name another {wanted}")
    if not folder:
        if not target.is_file():
            raise LocationError(f"{target} is not a regular file; name another file")
        if not force:
            raise LocationError(f"{target} exists; --force replaces it")
    elif others := _list_other_files(target):
        more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
        raise LocationError(f"{target} has files that no export has written: {others[0]}{more}; name another folder")
    elif not force and any(target.iterdir()):
        raise LocationError(f"{target} has an earlier export; --force replaces it")


def _list_other_files(target: Path) -> list[str]:
    """Return the files of a folder that are not in its record; all, where it has none."""
    found = [path.relative_to(target).as_posix() for path in sorted(target.rglob("*")) if not _is_folder(path)]
    return [name for name in found if name not in _read_record(target)]


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _read_record(target: Path) -> set[str]:
    """Return the names in the record of an exported folder, with the record itself; empty if there is none."""
    try:
        with open(target / RECORD_NAME, "rb") as file:
            content = json.loads(file.read(_MAX_RECORD_BYTES))
        names = content["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {RECORD_NAME, *(name for name in names if isinstance(name, str))} if isinstance(names, list) else set()


@contextmanager
def new_folder(target: Path, *, force: bool) -> Iterator[Path]:
    """Provide an empty folder that takes the place of `target` at the end of the block; it is removed after an error.

    Raise `LocationError` as `check_target`, also if something has come into the place meanwhile.
    """
    with _convert_errors(target):
        fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=_PREFIX, suffix=".new"))
        try:
            fresh.chmod(0o777 & ~current_umask())
            yield fresh
            check_target(target, folder=True, force=force)
            _swap_folders(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def _swap_folders(fresh: Path, target: Path) -> None:
    """Rename a folder to `target`; what was there is removed afterwards, and comes back if the renaming fails."""
    if not target.exists() or not any(target.iterdir()):
        fresh.rename(target)  # over an empty folder too
        return
    old = Path(tempfile.mkdtemp(dir=target.parent, prefix=_PREFIX, suffix=".old"))
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def new_file(target: Path, *, force: bool) -> Iterator[Path]:
    """Provide the path of an empty file that takes the place of `target`; otherwise as `new_folder`."""
    with _convert_errors(target):
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=_PREFIX, suffix=".new")
        os.close(handle)
        fresh = Path(name)
        try:
            fresh.chmod(0o666 & ~current_umask())
            yield fresh
            _flush_file(fresh)
            check_target(target, folder=False, force=force)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)


@contextmanager
def _convert_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LocationError(f"cannot write {target}: {error.strerror or error}") from error
    except sqlite3.Error as error:
        raise LocationError(f"cannot write {target}: {error}") from error


def _flush_file(path: Path) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())
