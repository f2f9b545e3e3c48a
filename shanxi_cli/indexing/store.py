"""Index folder on disk: immutable generations, a lock, and a pointer to the current one. Ignores their content.

    LOCK              locked (flock) by the process that builds, see `lock`
    CURRENT           JSON, replaced atomically: {"format", "generation", "manifest", "previous"}
    gen-XXXXXXXX/     a finished generation: the engine's files, CORPUS.json, OUTLINE.json, MANIFEST.json
    new-XXXXXXXX/     a generation being built, or left by a process that died

A build writes into `new-*`; every file is fsynced, the folder renamed to `gen-*`, and only then
named in CURRENT, so that at any moment the index is the old one or the new one. The last two
generations are kept, for readers that have just opened the older. This order of fsync and rename
survives a power loss on a file system that keeps POSIX's promises.

`snapshot` describes the checks of a generation before it is read.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shanxi_cli.errors import IndexNotWritable, IndexUnsafe, IndexUnusable, LocationError, ShanxiError
from shanxi_cli.indexing.snapshot import (
    CORPUS_FILE,
    GENERATION_NAME,
    INDEX_FORMAT,
    MANIFEST_FILE,
    SUMMARY_FILE,
    Generation,
    StoredFile,
    check_permissions,
    load_generation,
    read_regular_file,
)
from shanxi_cli.util.dirfd import DirectoryHandle

if TYPE_CHECKING:  # a shell that completes an id waits for this module, and must not load the tokenizer
    from shanxi_cli.engines.base import Backend

# Patterns as text: `re` compiles and caches them at the first build; a search needs none of them.
_LEFTOVER_NAME = r"(?:new-[0-9a-f]{16}|CURRENT\.[0-9a-f]{16}\.tmp)\Z"
INDEX_NAME = r"(?:LOCK|CURRENT|README\.md|\..*|(?:gen|new)-[0-9a-f]{16}|CURRENT\.[0-9a-f]{16}\.tmp)\Z"
_BUILT_NAME = r"(?:CURRENT|(?:gen|new)-[0-9a-f]{16}|CURRENT\.[0-9a-f]{16}\.tmp)\Z"
_MANIFEST_FILES = {CORPUS_FILE, SUMMARY_FILE}
_NOT_WRITABLE_ERRNOS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO}
"""Errors of a folder that exists or could exist, but that this process may not or cannot write."""


def current_generation(index: Path) -> Generation | None:
    """Return the generation that CURRENT names, checked; None if there is no index yet.

    Raise `IndexUnusable` if it is of another format, incomplete or damaged, and `IndexUnsafe` if another user could
    have put it there.
    """
    for attempt in range(3):
        try:
            return load_generation(index)
        except NotADirectoryError:
            return None
        except PermissionError as error:
            raise IndexUnusable("the index belongs to another user") from error
        except FileNotFoundError:
            if not os.path.lexists(index / "CURRENT"):
                return None
            # Another process replaced CURRENT and removed that generation between our two reads.
            if attempt == 2:
                raise IndexUnusable("a file of the index is missing") from None
            time.sleep(0.02)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
            raise IndexUnusable("the index is damaged") from error
    return None


def build_generation(
    index: Path,
    base: Generation | None,
    backend: "Backend",
    fill: Callable[[DirectoryHandle], tuple[Any, Any]],
    built: int = 0,
) -> Generation:
    """Build a new generation of an engine, make it current and return it. The caller holds the lock.

    `fill(folder)` writes the engine's files into `folder` and returns the corpus manifest and its summary as JSON
    values. The folder starts with hard links to the files of `base`, which are never rewritten, or with copies where
    the file system has no links. `built` is the time of the build (0: now): that of another whose articles the engine
    has already. If anything is raised, the index is unchanged: `IndexNotWritable` for an error of the disk, else what
    `fill` or the backend raised. What a generation that is dropped holds elsewhere is discarded.
    """
    with translate_write_errors(index):
        kept = _kept_generations(index)
        _remove_unused(index, kept, backend)
        path = index / f"new-{os.urandom(8).hex()}"
        path.mkdir(mode=0o700)
        begins, built = not built, built or time.time_ns()
        try:
            folder = DirectoryHandle(path)
            _link_files(base, folder)
            if begins:
                backend.begin(folder)
            manifest, summary = fill(folder)
            _write_json(folder, CORPUS_FILE, manifest)
            _write_json(folder, SUMMARY_FILE, summary)
            files = tuple(_seal_file(folder, name, base) for name in folder.names())
            sealed = Generation(path, backend.identity(), built, files, folder)
            raw = _write_snapshot(sealed)
            if begins:
                backend.publish(folder)
            generation = _commit_generation(index, sealed, raw, kept[:1])
        except BaseException:
            _drop_generation(path, backend)
            raise
        _remove_unused(index, (generation.folder.name, *kept[:1]), backend)
    return generation


def list_leftovers(index: Path) -> list[str]:
    """Return the names of unneeded files and folders in an index folder, left by processes that died."""
    kept = _kept_generations(index)
    return [name for name in sorted(os.listdir(index)) if _is_leftover(name, kept)]


def remove_leftovers(index: Path, backend: "Backend") -> None:
    """Remove the leftovers, and what they hold elsewhere. The caller holds the lock, so no process is writing them."""
    with translate_write_errors(index):
        _remove_unused(index, _kept_generations(index), backend)


def require_alive(generation: Generation, backend: "Backend") -> None:
    """Raise `IndexUnusable` if what a generation holds elsewhere is gone. It costs a request: no search calls it."""
    if not backend.local and not backend.alive(generation.directory):
        raise IndexUnusable("the index is gone from the cluster")


def remove_index(index: Path) -> None:
    """Remove an index, and its folder unless it has hidden files. The caller holds the lock, whose file goes last.

    What an engine holds elsewhere stays: others may read it.
    """
    with translate_write_errors(index):
        names = [path.name for path in sorted(index.iterdir()) if re.match(_BUILT_NAME, path.name)]
        for name in names:
            _remove_path(index / name)
        _remove_path(index / "LOCK")
        with suppress(OSError):
            index.rmdir()


@contextmanager
def translate_write_errors(index: Path) -> Iterator[None]:
    """Raise `OSError`s of the block as `LocationError` or `IndexNotWritable`."""
    try:
        yield
    except OSError as error:
        raise make_write_error(index, error) from error


def make_write_error(index: Path, error: OSError) -> LocationError:
    """Return the error to raise where the index folder cannot be written."""
    kind = IndexNotWritable if error.errno in _NOT_WRITABLE_ERRNOS else LocationError
    return kind(f"the index folder {index} cannot be written: {error.strerror or error}")


def _link_files(base: Generation | None, folder: DirectoryHandle) -> None:
    for file in base.files if base else ():
        if base and file.name not in _MANIFEST_FILES:
            _link_file(base.directory, folder, file.name)


def _link_file(source: DirectoryHandle, target: DirectoryHandle, name: str) -> None:
    try:
        os.link(name, name, src_dir_fd=source.fd, dst_dir_fd=target.fd, follow_symlinks=False)
    except OSError:
        with os.fdopen(source.open(name), "rb") as old, os.fdopen(target.create(name), "wb") as new:
            shutil.copyfileobj(old, new)


def _write_snapshot(built: Generation) -> bytes:
    """Write the file that describes a generation whose files are sealed; return its content."""
    manifest = {"format": INDEX_FORMAT, **vars(built.identity), "built": built.built, "files": built.files}
    raw = _write_json(built.directory, MANIFEST_FILE, manifest)
    built.directory.sync()
    return raw


def _commit_generation(index: Path, built: Generation, raw: bytes, previous: tuple[str, ...]) -> Generation:
    """Rename the folder of a generation that is complete, and make it current.

    `raw` is the content of its `MANIFEST.json`; `previous` is the name of the generation that was current before, or
    empty.
    """
    folder = built.directory
    suffix = folder.path.name.removeprefix("new-")
    final = index / f"gen-{suffix}"
    current = {"format": INDEX_FORMAT, "generation": final.name, "manifest": hashlib.sha256(raw).hexdigest()}
    top = DirectoryHandle(index.resolve())
    folder.path.rename(final)
    top.sync()
    temporary = f"CURRENT.{suffix}.tmp"
    _write_json(top, temporary, {**current, "previous": "".join(previous)})
    top.rename(temporary, "CURRENT")
    with suppress(OSError):  # the generation is current already; a failed fsync does not undo that
        top.sync()
    folder.path = final
    folder.sealed = {file.name: file.pages for file in built.files}
    return Generation(final, built.identity, built.built, built.files, folder)


def _seal_file(folder: DirectoryHandle, name: str, base: Generation | None) -> StoredFile:
    """Fsync a file of a generation and return its entry; a hard link to a file of `base` is sealed already."""
    status = folder.stat(name)
    old = next((file for file in base.files if file.name == name), None) if base else None
    if old and base and name not in _MANIFEST_FILES and os.path.samestat(status, base.directory.stat(name)):
        return old
    folder.seal(name)
    pages = "" if name in _MANIFEST_FILES else folder.compute_page_checksums(name)
    return StoredFile(name, status.st_size, folder.checksum(name), status.st_mtime_ns, pages)


def _write_json(folder: DirectoryHandle, name: str, value: Any) -> bytes:
    raw = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    with os.fdopen(folder.create(name), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    return raw


def _kept_generations(index: Path) -> tuple[str, ...]:
    """Return the names of the current generation and the previous one; empty if CURRENT is missing or invalid.

    Other errors of the system are raised: a CURRENT that is unreadable now still names a generation to keep.
    """
    try:
        current = json.loads(read_regular_file(index / "CURRENT"))
        return current["generation"], current["previous"]
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP):  # missing, or a link, which shanxi never writes
            return ()
        raise
    except (IndexUnusable, ValueError, KeyError, TypeError, RecursionError):
        return ()


def _is_leftover(name: str, kept: tuple[str, ...]) -> bool:
    return bool(re.match(_LEFTOVER_NAME, name) or (GENERATION_NAME.match(name) and name not in kept))


def _remove_unused(index: Path, kept: tuple[str, ...], backend: "Backend") -> None:
    """Remove everything but the generations in `kept`, and what it holds elsewhere.

    Safe under the lock: no writer uses these files, and open readers keep their descriptors.
    """
    for path in sorted(index.iterdir()):
        if not _is_leftover(path.name, kept):
            continue
        _drop_generation(path, backend)


def _drop_generation(path: Path, backend: "Backend") -> None:
    """Remove a generation; one whose data elsewhere cannot be removed now stays, for the next sweep to try again."""
    if not backend.local and path.is_dir() and not path.is_symlink():
        try:
            folder = DirectoryHandle(path)
            check_permissions(folder)
            backend.discard(folder)
        except IndexUnsafe:
            pass  # whoever put it there does not say what is removed elsewhere
        except (ShanxiError, OSError):
            return
    _remove_path(path)


def _remove_path(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
