"""Lock of an index folder: one process builds at a time.

`LOCK` is locked with `flock`, which ends with the process; its bytes are the process id, for messages. The folder may
have come from anywhere, so that only a regular file of our own with a single link is locked, and nothing is written
into one that holds anything but a process id: it may be a file that somebody moved or linked there.
"""

import fcntl
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shanxi_cli.errors import IndexBusy, IndexNotWritable, LocationError
from shanxi_cli.indexing.store import INDEX_NAME, make_write_error, translate_write_errors

LOCK_FILE = "LOCK"
_LOCK_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_MAX_ID_BYTES = 20
_POLL_SECONDS = 0.05


@contextmanager
def lock_index(index: Path, wait: float, *, create: bool = True) -> Iterator[None]:
    """Hold the exclusive lock for building; wait up to `wait` seconds for it. Without `create`, the folder must exist.

    Raises `IndexBusy`, which names the process that holds the lock, `LocationError` if the folder cannot be an index,
    and `IndexNotWritable` if it cannot be written.
    """
    deadline = time.monotonic() + wait
    handle = _open_lock(index, create=create)
    try:
        while not (_try_lock(handle) and _is_current_lock(handle, index)):
            if not _is_current_lock(handle, index):  # the folder was removed meanwhile: that lock guards nothing
                os.close(handle)
                handle = -1
                handle = _open_lock(index, create=create)
                continue
            if not time.monotonic() < deadline:  # written so that a deadline of NaN has passed
                holder = _read_process_id(handle) or "unknown"
                raise IndexBusy(f"another shanxi (process {holder}) is building the index {index}; try again later")
            time.sleep(_POLL_SECONDS)
        with translate_write_errors(index):
            _write_process_id(handle)
        yield
    finally:
        if handle >= 0:
            os.close(handle)


def _open_lock(index: Path, *, create: bool) -> int:
    try:
        if create:
            _make_index_folder(index)
        _refuse_foreign(index)
        if os.path.lexists(index / LOCK_FILE):
            _refuse_foreign_lock(index, os.lstat(index / LOCK_FILE))  # opening a device can have side effects
        handle = os.open(index / LOCK_FILE, _LOCK_FLAGS, 0o600)
    except OSError as error:
        raise make_write_error(index, error) from error
    try:
        _refuse_foreign_lock(index, os.fstat(handle))
    except BaseException:
        os.close(handle)
        raise
    return handle


def _refuse_foreign_lock(index: Path, status: os.stat_result) -> None:
    """Raise `LocationError` for a LOCK that shanxi has not made, and `IndexNotWritable` for that of another user."""
    path = index / LOCK_FILE
    if not stat.S_ISREG(status.st_mode):
        kind = "a link" if stat.S_ISLNK(status.st_mode) else "not a regular file"
        raise LocationError(f"{path} is {kind}; remove it, and shanxi makes its own")
    if status.st_nlink > 1:
        raise LocationError(f"{path} is a hard link to another file; remove it, and shanxi makes its own")
    if status.st_uid != os.geteuid():
        raise IndexNotWritable(f"{path} belongs to another user")


def _make_index_folder(index: Path) -> None:
    """Create the index folder if it is missing, and fsync its parent."""
    if not index.is_dir():
        index.mkdir(mode=0o700, parents=True, exist_ok=True)
        parent = os.open(index.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(parent)
        finally:
            os.close(parent)


def _refuse_foreign(index: Path) -> None:
    """Raise `LocationError` for a folder with files that are not part of an index: they may be the user's work.

    Hidden files are allowed (`.gitignore`, files of a file manager) and never removed.
    """
    foreign = next((path.name for path in sorted(index.iterdir()) if not re.match(INDEX_NAME, path.name)), None)
    if (index / "CURRENT").is_dir():
        foreign = "CURRENT"
    if foreign:
        raise LocationError(f"the folder {index} contains other files ({foreign}); use an empty folder for the index")


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_current_lock(handle: int, index: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(index / LOCK_FILE, follow_symlinks=False))
    except (FileNotFoundError, NotADirectoryError):
        return False


def _read_process_id(handle: int) -> str:
    """Return the process id in the lock file; empty if it holds anything else."""
    data = os.pread(handle, _MAX_ID_BYTES + 1, 0).strip(b"\0\n")
    return data.decode() if data.isdigit() and len(data) <= _MAX_ID_BYTES else ""


def _write_process_id(handle: int) -> None:
    """Write the own process id into a lock file that is empty or holds another; leave any other content alone."""
    if _read_process_id(handle) or not os.pread(handle, _MAX_ID_BYTES + 1, 0).strip(b"\0"):
        os.ftruncate(handle, 0)
        os.pwrite(handle, b"%d\n" % os.getpid(), 0)
