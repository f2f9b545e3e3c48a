"""The index folder on disk: immutable generations, a lock, and which one is current. Not what is in them.

    LOCK              held (flock) by whoever builds; its bytes are the process number, for messages
    CURRENT           JSON, replaced as a whole: {"format", "generation", "manifest"}
    gen-XXXXXXXX/     a finished generation: the engine's files, CORPUS.json, MANIFEST.json
    new-XXXXXXXX/     one being built, or left by a process that died

A build happens in `new-*`; every file is fsynced, the folder renamed to `gen-*`, and only then
named in CURRENT, so that at any moment the index is the old one or the new one. The last two
generations are kept, for readers that have just opened the older. What was fsynced and renamed in
this order survives a power loss on a file system that keeps POSIX's promises.

Opening an engine's files may run code (Whoosh keeps pickles), so a generation is opened only when
its folder and every file in it belong to the user or root and nobody else may write them.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from shanxi_cli.errors import IndexBusy, IndexUnusable, LocationError
from shanxi_cli.record import Record

FORMAT = 1
KEPT = 2
SMALL = 2_000_000
"""Bytes up to which every opening reads all of an index to compare checksums; of a larger one, the sizes."""
CORPUS_FILE = "CORPUS.json"
MANIFEST_FILE = "MANIFEST.json"
_GENERATION = re.compile(r"gen-[0-9a-f]{16}\Z")
_LEFT_FOLDER = re.compile(r"new-[0-9a-f]{16}\Z")
_LEFT_FILE = re.compile(r"CURRENT\.[0-9a-f]{16}\.tmp\Z")
_OURS = re.compile(r"(?:LOCK|CURRENT|README\.md|\..*|(?:gen|new)-[0-9a-f]{16}|CURRENT\.[0-9a-f]{16}\.tmp)\Z")
_POLL = 0.05


class StoredFile(NamedTuple):
    """A file of a generation: its name, size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


class Identity(NamedTuple):
    """What wrote a generation: one with another identity cannot be read and is built again.

    `fingerprint` is of all that decides which terms an article is given and how they are kept.
    """

    engine: str
    engine_version: str
    fingerprint: str


class Generation(Record):
    """A finished build. `built` is in nanoseconds since 1970; `files` are the engine's files and CORPUS.json."""

    folder: Path
    identity: Identity
    built: int
    files: tuple[StoredFile, ...]

    def corpus(self) -> Any:
        """What `build` was given to remember of the corpus, as JSON gives it back. `IndexUnusable` if damaged."""
        entry = next((f for f in self.files if f.name == CORPUS_FILE), None)
        try:
            data = (self.folder / CORPUS_FILE).read_bytes()
            if entry is None or hashlib.sha256(data).hexdigest() != entry.sha256:
                raise IndexUnusable(f"{CORPUS_FILE} of the index is damaged")
            return json.loads(data)
        except (OSError, ValueError) as error:
            raise IndexUnusable(f"{CORPUS_FILE} of the index cannot be read") from error


def current(index: Path) -> Generation | None:
    """The generation that CURRENT names, checked; None when there is no index yet. See `SMALL` for how far.

    `IndexUnusable` when it is of another format, incomplete, or not safe to open.
    """
    for attempt in range(3):
        try:
            return _load(index)
        except NotADirectoryError:
            return None
        except PermissionError as error:
            raise IndexUnusable("the index belongs to somebody else") from error
        except FileNotFoundError:
            if not (index / "CURRENT").exists():
                return None
            # A builder replaced CURRENT and removed that generation between two of our looks.
            if attempt == 2:
                raise IndexUnusable("a file of the index is missing") from None
            time.sleep(0.02)
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            raise IndexUnusable("the index is damaged") from error
    return None


@contextmanager
def locked(index: Path, wait: float) -> Iterator[None]:
    """The right to build, for at most one process; waits up to `wait` seconds for it.

    `IndexBusy` names the process that holds it. `LocationError` when the folder cannot be written.
    """
    handle = _open_lock(index)
    try:
        deadline = time.monotonic() + wait
        while not _try_lock(handle):
            if time.monotonic() >= deadline:
                holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip() or "unknown"
                raise IndexBusy(f"another shanxi (process {holder}) is building the index {index}; try again later")
            time.sleep(_POLL)
        os.ftruncate(handle, 0)
        os.pwrite(handle, b"%d\n" % os.getpid(), 0)
        yield
    finally:
        os.close(handle)


def build(index: Path, base: Generation | None, identity: Identity, fill: Callable[[Path], Any]) -> Generation:
    """A new generation, made current. The caller holds the lock.

    `fill(folder)` writes the engine's files into `folder` and returns what to remember of the
    corpus (JSON). The folder starts with hard links to the files of `base`, which are never
    rewritten; copies where the file system knows no links. When `fill` raises, nothing changes.
    """
    _remove_leftovers(index)
    folder = index / f"new-{os.urandom(8).hex()}"
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise LocationError(f"the index folder {index} cannot be written: {error.strerror}") from error
    built = time.time_ns()
    try:
        for file in base.files if base else ():
            if file.name != CORPUS_FILE and base:
                _link(base.folder / file.name, folder / file.name)
        remembered = fill(folder)
        _write(folder / CORPUS_FILE, remembered)
        generation = _finish(index, folder, base, identity, built)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _remove_old(index, generation.folder.name)
    return generation


def verify(generation: Generation) -> None:
    """Reads every file of a generation. `IndexUnusable` names the first that is not what was written."""
    for file in generation.files:
        try:
            found = _checksum(generation.folder / file.name)
        except OSError as error:
            raise IndexUnusable(f"{file.name} of the index cannot be read") from error
        if found != file.sha256:
            raise IndexUnusable(f"{file.name} of the index is damaged")


def _load(index: Path) -> Generation:
    named = json.loads(_read_plain(index / "CURRENT"))
    if named.get("format") != FORMAT:
        raise IndexUnusable(f"the index has format {named.get('format')}, this program writes {FORMAT}")
    name = named["generation"]
    if not _GENERATION.match(name):
        raise IndexUnusable("the index names no generation")
    folder = index / name
    _check_safe(folder)
    raw = _read_plain(folder / MANIFEST_FILE)
    if hashlib.sha256(raw).hexdigest() != named["manifest"]:
        raise IndexUnusable("the manifest of the index is damaged")
    read = json.loads(raw)
    files = tuple(StoredFile(*entry) for entry in read["files"])
    for file in files:
        if os.stat(folder / file.name).st_size != file.size:
            raise IndexUnusable(f"{file.name} of the index is damaged")
    identity = Identity(read["engine"], read["engine_version"], read["fingerprint"])
    generation = Generation(folder, identity, read["built"], files)
    if sum(file.size for file in files) <= SMALL:
        verify(generation)
    return generation


def _read_plain(path: Path) -> bytes:
    """The bytes of a regular file, opened without following a link and without waiting for a FIFO."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise IndexUnusable(f"{path.name} of the index is no plain file")
        return file.read()


def _check_safe(folder: Path) -> None:
    """Refuses a generation that somebody else could have written or put there."""
    _check_owner(folder, stat.S_ISDIR)
    with os.scandir(folder) as entries:
        for entry in entries:
            _check_owner(Path(entry.path), stat.S_ISREG)


def _check_owner(path: Path, of_kind: Callable[[int], bool]) -> None:
    found = os.lstat(path)
    if not of_kind(found.st_mode):
        raise IndexUnusable(f"{path.name} in the index is a link or no plain file")
    if found.st_uid not in (0, os.geteuid()):
        raise IndexUnusable(f"{path.name} in the index belongs to another user")
    if found.st_mode & 0o022:
        raise IndexUnusable(f"{path.name} in the index may be written by others")


def _open_lock(index: Path) -> int:
    try:
        index.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_foreign(index)
        return os.open(index / "LOCK", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise LocationError(f"the index folder {index} cannot be written: {error.strerror}") from error


def _refuse_foreign(index: Path) -> None:
    """A folder with other things in it is not taken for an index: what is in it may be somebody's work.

    Hidden files may be there (`.gitignore`, what a file manager leaves); nothing ever removes them.
    """
    foreign = next((path.name for path in sorted(index.iterdir()) if not _OURS.match(path.name)), None)
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


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _finish(index: Path, folder: Path, base: Generation | None, identity: Identity, built: int) -> Generation:
    """Fsyncs all of `folder`, gives it its manifest and its name, and makes it current."""
    known = {file.name: file for file in base.files} if base else {}
    files = []
    for path in sorted(folder.iterdir()):
        old = known.get(path.name)
        if old and path.name != CORPUS_FILE and os.path.samefile(path, base.folder / path.name if base else path):
            files.append(old)  # the same inode: fsynced and summed when it was written
            continue
        os.chmod(path, 0o600)
        _fsync(path)
        files.append(StoredFile(path.name, path.stat().st_size, _checksum(path)))
    raw = _write(folder / MANIFEST_FILE, {"format": FORMAT, **identity._asdict(), "built": built, "files": files})
    _fsync(folder)
    final = index / f"gen-{folder.name[4:]}"
    folder.rename(final)
    _fsync(index)
    beside = index / f"CURRENT.{folder.name[4:]}.tmp"
    digest = hashlib.sha256(raw).hexdigest()
    _write(beside, {"format": FORMAT, "generation": final.name, "manifest": digest})
    beside.replace(index / "CURRENT")
    _fsync(index)
    return Generation(final, identity, built, tuple(files))


def _write(path: Path, value: Any) -> bytes:
    raw = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    return raw


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _checksum(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove_leftovers(index: Path) -> None:
    """What a process that died left behind. Under the lock nobody can be using it."""
    for path in index.iterdir():
        if _LEFT_FOLDER.match(path.name):
            shutil.rmtree(path, ignore_errors=True)
        elif _LEFT_FILE.match(path.name):
            path.unlink(missing_ok=True)


def _remove_old(index: Path, newest: str) -> None:
    """Every generation but the newest and the one before it, by time of building."""
    others = [path for path in index.iterdir() if _GENERATION.match(path.name) and path.name != newest]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in others[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
