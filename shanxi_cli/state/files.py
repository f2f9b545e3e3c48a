"""State files: tables of names and values with a checksum, replaced atomically, in a folder for each archive.

    archives/KEY/first-seen.json    article id -> seconds since 1970
    archives/KEY/reported/NAME.json article id -> checksum of the file that was reported
    archives/KEY/LOCK               held by the process that changes them

A file is a line of JSON with its kind, format and the SHA-256 of the second line, the table. The index can be rebuilt
and these cannot, so a file that is damaged is an error, never an empty table.
"""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from shanxi_cli.errors import StateError
from shanxi_cli.paths import cached_index_name, default_folders, state_folder

FORMAT = 1
_POLL_SECONDS = 0.05
_LOCK_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def archive_state_folder(roots: Sequence[str]) -> Path:
    """Return the folder of the state of an archive, the same for every index of these corpus folders.

    The default archive has one folder, whether or not the user has articles of their own yet.
    """
    named = ("default",) if set(roots) <= default_folders() else tuple(roots)
    return state_folder() / "archives" / cached_index_name(named)


def load_table(path: Path, kind: str) -> dict[str, Any]:
    """Return the table of a state file; an empty one if there is no file. Raise `StateError` if it is damaged."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StateError(f"{path} cannot be read: {error.strerror}") from error
    head, _, body = content.partition(b"\n")
    try:
        header, table = json.loads(head), json.loads(body)
        sound = header["kind"] == kind and header["sha256"] == hashlib.sha256(body).hexdigest()
        newer = header["format"] > FORMAT
    except (ValueError, KeyError, TypeError, RecursionError):
        sound = newer = False
    if newer:
        raise StateError(f"{path} was written by a newer version of shanxi; update shanxi, or move the file away")
    if not sound or not isinstance(table, dict):
        raise StateError(f"{path} is damaged; restore it from a backup, or remove it: {_LOSSES[kind]}")
    return table


def save_table(path: Path, kind: str, table: Mapping[str, Any]) -> None:
    """Replace a state file atomically; after a crash it is the old one or the new one. Raise `StateError`."""
    body = json.dumps(table, separators=(",", ":")).encode() + b"\n"
    header = {"kind": kind, "format": FORMAT, "sha256": hashlib.sha256(body).hexdigest()}
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(json.dumps(header).encode() + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise StateError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def lock_state(folder: Path, wait: float) -> Iterator[None]:
    """Hold the lock of the state of an archive; wait for it up to `wait` seconds, else raise `StateError`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(folder / "LOCK", _LOCK_FLAGS, 0o600)
    except OSError as error:
        raise StateError(f"{folder} cannot be written: {error.strerror}") from error
    deadline = time.monotonic() + wait
    try:
        while not _try_lock(handle):
            if time.monotonic() >= deadline:
                raise StateError(f"another shanxi holds {folder / 'LOCK'}; try again when it has ended")
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


FIRST_SEEN, REPORTED = "first seen", "reported"
"""Kinds of state files."""

_LOSSES = {
    FIRST_SEEN: "every article then counts as added when it is seen next",
    REPORTED: "every match then counts as new once more",
}
