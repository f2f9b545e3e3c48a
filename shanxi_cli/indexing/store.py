"""The index folder on disk: immutable generations, a lock, and which one is current. Not what is in them.

    LOCK              held (flock) by whoever builds; its bytes are the process number, for messages
    CURRENT           JSON, replaced as a whole: {"format", "generation", "manifest", "previous"}
    gen-XXXXXXXX/     a finished generation: the engine's files, CORPUS.json, OUTLINE.json, MANIFEST.json
    new-XXXXXXXX/     one being built, or left by a process that died

A build happens in `new-*`; every file is fsynced, the folder renamed to `gen-*`, and only then
named in CURRENT, so that at any moment the index is the old one or the new one. The last two
generations are kept, for readers that have just opened the older. What was fsynced and renamed in
this order survives a power loss on a file system that keeps POSIX's promises.

What is checked of a generation before it is read is said in `generation`.
"""

import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from shanxi_cli.engines.base import EngineIdentity
from shanxi_cli.errors import IndexBusy, IndexNotWritable, IndexUnusable, LocationError
from shanxi_cli.indexing.snapshot import (
    CORPUS_FILE,
    INDEX_FORMAT,
    MANIFEST_FILE,
    SUMMARY_FILE,
    Generation,
    StoredFile,
    load_generation,
    read_regular_file,
)
from shanxi_cli.indexing.snapshot import GENERATION_NAME as _GENERATION
from shanxi_cli.util.dirfd import DirectoryHandle

# As text, for `re` to compile and keep when something is built: a search needs none of them.
_LEFTOVER_NAME = r"(?:new-[0-9a-f]{16}|CURRENT\.[0-9a-f]{16}\.tmp)\Z"
_INDEX_NAME = r"(?:LOCK|CURRENT|README\.md|\..*|(?:gen|new)-[0-9a-f]{16}|CURRENT\.[0-9a-f]{16}\.tmp)\Z"
_MANIFEST_FILES = {CORPUS_FILE, SUMMARY_FILE}
_POLL_SECONDS = 0.05
_NOT_WRITABLE_ERRNOS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO}
"""What the system says where there is a folder, or could be, that it does not let us write."""


def current_generation(index: Path) -> Generation | None:
    """The generation that CURRENT names, checked; None when there is no index yet.

    `IndexUnusable` when it is of another format, incomplete or damaged, `IndexUnsafe` when somebody
    else could have put it there.
    """
    for attempt in range(3):
        try:
            return load_generation(index)
        except NotADirectoryError:
            return None
        except PermissionError as error:
            raise IndexUnusable("the index belongs to somebody else") from error
        except FileNotFoundError:
            if not os.path.lexists(index / "CURRENT"):
                return None
            # A builder replaced CURRENT and removed that generation between two of our looks.
            if attempt == 2:
                raise IndexUnusable("a file of the index is missing") from None
            time.sleep(0.02)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
            raise IndexUnusable("the index is damaged") from error
    return None


@contextmanager
def lock_index(index: Path, wait: float) -> Iterator[None]:
    """The right to build, for at most one process; waits up to `wait` seconds for it.

    `IndexBusy` names the process that holds it. `LocationError` when the folder cannot be taken for
    an index, `IndexNotWritable` when it cannot be written.
    """
    deadline = time.monotonic() + wait
    handle = _open_lock(index)
    try:
        while not _try_lock(handle):
            if not time.monotonic() < deadline:  # so that a deadline that is no number is over
                holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "unknown"
                raise IndexBusy(f"another shanxi (process {holder}) is building the index {index}; try again later")
            time.sleep(_POLL_SECONDS)
            if not _is_lock(handle, index):  # somebody has removed the folder meanwhile: that lock guards nothing
                os.close(handle)
                handle = _open_lock(index)
        with _translate_write_errors(index):
            os.ftruncate(handle, 0)
            os.pwrite(handle, b"%d\n" % os.getpid(), 0)
        yield
    finally:
        os.close(handle)


def build_generation(
    index: Path, base: Generation | None, identity: EngineIdentity, fill: Callable[[DirectoryHandle], tuple[Any, Any]]
) -> Generation:
    """A new generation, made current. The caller holds the lock.

    `fill(folder)` writes the engine's files into `folder` and returns what to remember of the
    corpus, and that in short (JSON). The folder starts with hard links to the files of `base`, which are never
    rewritten; copies where the file system knows no links. When anything is raised, nothing has
    changed: `IndexNotWritable` when the disk refuses, else what `fill` raised.
    """
    with _translate_write_errors(index):
        before = _kept_generations(index)
        _remove_unused(index, before)
        path = index / f"new-{os.urandom(8).hex()}"
        path.mkdir(mode=0o700)
        built = time.time_ns()
        try:
            folder = DirectoryHandle(path)
            for file in base.files if base else ():
                if file.name not in _MANIFEST_FILES and base:
                    _link_file(base.held, folder, file.name)
            corpus, outline = fill(folder)
            _write_json(folder, CORPUS_FILE, corpus)
            _write_json(folder, SUMMARY_FILE, outline)
            generation = _commit_generation(index, folder, base, identity, built, before[:1])
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
        _remove_unused(index, (generation.folder.name, *before[:1]))
    return generation


def list_leftovers(index: Path) -> list[str]:
    """The names in an index folder that nothing needs any more: what processes that died left behind."""
    kept = _kept_generations(index)
    return [name for name in sorted(os.listdir(index)) if _is_leftover(name, kept)]


def remove_leftovers(index: Path) -> None:
    """Removes the leftovers. The caller holds the lock, so that nobody is writing them."""
    with _translate_write_errors(index):
        _remove_unused(index, _kept_generations(index))


@contextmanager
def _translate_write_errors(index: Path) -> Iterator[None]:
    """What the system refuses while an index is written, as an error of ours."""
    try:
        yield
    except OSError as error:
        raise _not_writable_error(index, error) from error


def _not_writable_error(index: Path, error: OSError) -> LocationError:
    kind = IndexNotWritable if error.errno in _NOT_WRITABLE_ERRNOS else LocationError
    return kind(f"the index folder {index} cannot be written: {error.strerror or error}")


def _open_lock(index: Path) -> int:
    try:
        _make_index_folder(index)
        _refuse_foreign(index)
        return os.open(index / "LOCK", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    except OSError as error:
        raise _not_writable_error(index, error) from error


def _make_index_folder(index: Path) -> None:
    """The folder, made for the disk to keep."""
    if not index.is_dir():
        index.mkdir(mode=0o700, parents=True, exist_ok=True)
        above = os.open(index.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(above)
        finally:
            os.close(above)


def _refuse_foreign(index: Path) -> None:
    """A folder with other things in it is not taken for an index: what is in it may be somebody's work.

    Hidden files may be there (`.gitignore`, what a file manager leaves); nothing ever removes them.
    """
    foreign = next((path.name for path in sorted(index.iterdir()) if not re.match(_INDEX_NAME, path.name)), None)
    if (index / "CURRENT").is_dir():
        foreign = "CURRENT"
    if foreign:
        raise LocationError(f"the folder {index} has other things in it ({foreign}); name an empty one for the index")


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_lock(handle: int, index: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(index / "LOCK", follow_symlinks=False))
    except FileNotFoundError:
        return False


def _link_file(source: DirectoryHandle, target: DirectoryHandle, name: str) -> None:
    try:
        os.link(name, name, src_dir_fd=source.fd, dst_dir_fd=target.fd, follow_symlinks=False)
    except OSError:
        with os.fdopen(source.open(name), "rb") as old, os.fdopen(target.create(name), "wb") as new:
            shutil.copyfileobj(old, new)


def _commit_generation(
    index: Path,
    folder: DirectoryHandle,
    base: Generation | None,
    identity: EngineIdentity,
    built: int,
    before: tuple[str, ...],
) -> Generation:
    """Fsyncs all of `folder`, gives it its manifest and its name, and makes it current in place of `before`."""
    files = tuple(_seal_file(folder, name, base) for name in folder.names())
    raw = _write_json(
        folder, MANIFEST_FILE, {"format": INDEX_FORMAT, **identity._asdict(), "built": built, "files": files}
    )
    folder.sync()
    final = index / f"gen-{folder.path.name[4:]}"
    named = {"format": INDEX_FORMAT, "generation": final.name, "manifest": hashlib.sha256(raw).hexdigest()}
    top = DirectoryHandle(index.resolve())
    folder.path.rename(final)
    top.sync()
    beside = f"CURRENT.{folder.path.name[4:]}.tmp"
    _write_json(top, beside, {**named, "previous": "".join(before)})
    top.rename(beside, "CURRENT")
    with suppress(OSError):  # it is current already: that the disk may not know it yet is no reason to say it failed
        top.sync()
    folder.path = final
    return Generation(final, identity, built, files, folder)


def _seal_file(folder: DirectoryHandle, name: str, base: Generation | None) -> StoredFile:
    """A file of a generation, on the disk and summed up; one that is a link to an old one has been before."""
    found = folder.stat(name)
    old = next((file for file in base.files if file.name == name), None) if base else None
    if old and base and name not in _MANIFEST_FILES and os.path.samestat(found, base.held.stat(name)):
        return old
    folder.seal(name)
    return StoredFile(name, found.st_size, folder.checksum(name), found.st_mtime_ns)


def _write_json(folder: DirectoryHandle, name: str, value: Any) -> bytes:
    raw = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    with os.fdopen(folder.create(name), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    return raw


def _kept_generations(index: Path) -> tuple[str, ...]:
    """The generations that are to stay: the current one and the one before it. None where CURRENT cannot be right.

    What the system raises is raised: a CURRENT that cannot be read now is no reason to remove what it names.
    """
    try:
        named = json.loads(read_regular_file(index / "CURRENT"))
        return named["generation"], named["previous"]
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP):  # none, or a link, which we never write
            return ()
        raise
    except (IndexUnusable, ValueError, KeyError, TypeError, RecursionError):
        return ()


def _is_leftover(name: str, kept: tuple[str, ...]) -> bool:
    return bool(re.match(_LEFTOVER_NAME, name) or (_GENERATION.match(name) and name not in kept))


def _remove_unused(index: Path, kept: tuple[str, ...]) -> None:
    """Under the lock nobody is writing what goes; who has opened a generation reads on."""
    for path in sorted(index.iterdir()):
        if not _is_leftover(path.name, kept):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
