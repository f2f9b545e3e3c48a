"""Generation: an immutable, finished build of an index, and the checks made before it is opened.

Opening an engine's files may run code (Whoosh stores pickles), so a generation is opened only if its
folder and every file in it belong to the user or root and no other user may write them. Checks and
reads go through the same directory file descriptor: see `util.dirfd`.

Damage is detected by checksums. Every open of a small index compares all bytes; of a larger one, sizes
and mtimes, and the bytes of files modified since the build. What is not compared then is compared when it is read:
the engine's files page by page (`util.page_checksums`), the corpus manifest and its summary whole.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.errors import IndexUnsafe, IndexUnusable
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import NamedTuple, Record, field_names, uncompared_field

INDEX_FORMAT = 5
MAX_CHECKSUM_BYTES = 2_000_000
"""Size in bytes up to which every open compares the checksums of all files of an index."""
CORPUS_FILE = "CORPUS.json"
SUMMARY_FILE = "OUTLINE.json"
MANIFEST_FILE = "MANIFEST.json"
GENERATION_NAME = re.compile(r"gen-[0-9a-f]{16}\Z")
_OTHERS_WRITE_BITS = stat.S_IWGRP | stat.S_IWOTH


class StoredFile(NamedTuple):
    """File of a generation: name, size in bytes, SHA-256, mtime in nanoseconds since 1970, and page checksums.

    Those are as `util.page_checksums` computes them, and empty for a file that is read and compared whole.
    """

    name: str
    size: int
    sha256: str
    written: int
    pages: str


class Generation(Record):
    """A finished build. `built` is in nanoseconds since 1970; `files` are those of the engine and the corpus manifest.

    `directory` is the open folder through which the files were checked and must be read.
    """

    folder: Path
    identity: EngineIdentity
    built: int
    files: tuple[StoredFile, ...]
    directory: DirectoryHandle = uncompared_field(default=None)

    def read_manifest_json(self) -> Any:
        """Return the corpus manifest as parsed JSON. Raise `IndexUnusable` if it is damaged."""
        return self._read_json(CORPUS_FILE)

    def read_summary_json(self) -> Any:
        """Return the summary of the manifest, which every command reads, as parsed JSON. Raise `IndexUnusable`."""
        return self._read_json(SUMMARY_FILE)

    def _read_json(self, name: str) -> Any:
        entry = next((f for f in self.files if f.name == name), None)
        try:
            data = self.directory.read(name)
            if entry is None or hashlib.sha256(data).hexdigest() != entry.sha256:
                raise IndexUnusable(f"{name} of the index is damaged")
            return json.loads(data)
        except (OSError, ValueError, RecursionError) as error:
            raise IndexUnusable(f"{name} of the index cannot be read") from error


def load_generation(index: Path) -> Generation:
    """Load and check the generation that CURRENT names.

    Raise `IndexUnusable` or `IndexUnsafe` if a check fails. Errors of the system and of the JSON parser are left to
    the caller, who may retry.
    """
    current = json.loads(read_regular_file(index / "CURRENT"))
    if current.get("format") != INDEX_FORMAT:
        raise IndexUnusable(f"the index has format {current.get('format')}, this program writes {INDEX_FORMAT}")
    name, _ = current["generation"], current["previous"]
    if not GENERATION_NAME.match(name):
        raise IndexUnusable("CURRENT does not name a valid generation")
    folder = index / name
    _check_owner(name, os.lstat(folder), stat.S_ISDIR)
    directory = DirectoryHandle(folder)
    check_permissions(directory)
    raw = directory.read(MANIFEST_FILE)
    if hashlib.sha256(raw).hexdigest() != current["manifest"]:
        raise IndexUnusable(f"{MANIFEST_FILE} of the index is damaged")
    manifest = json.loads(raw)
    files = tuple(StoredFile(*entry) for entry in manifest["files"])
    identity = EngineIdentity(*(manifest[field] for field in field_names(EngineIdentity)))
    generation = Generation(folder, identity, manifest["built"], files, directory)
    directory.sealed = _check_files(generation)
    return generation


def verify_generation(generation: Generation) -> None:
    """Compare every file of a generation with its checksum. Raise `IndexUnusable` for the first that differs."""
    for problem in find_damaged_files(generation):
        raise IndexUnusable(problem)


def find_damaged_files(generation: Generation) -> Iterator[str]:
    """Compare every file of a generation with its checksum; yield a message for each that differs."""
    for file in generation.files:
        try:
            _verify_checksum(generation.directory, file)
        except IndexUnusable as error:
            yield str(error)


def _check_files(generation: Generation) -> dict[str, str | None]:
    """Run the checks made at every open; return the page checksums of each file, None if it was compared whole."""
    unread: dict[str, str | None] = {}
    is_small = sum(file.size for file in generation.files) <= MAX_CHECKSUM_BYTES
    for file in generation.files:
        status = generation.directory.stat(file.name)
        if status.st_size != file.size:
            raise IndexUnusable(f"{file.name} of the index is damaged")
        unread[file.name] = file.pages
        if is_small or status.st_mtime_ns != file.written:
            _verify_checksum(generation.directory, file)
            unread[file.name] = None
    return unread


def _verify_checksum(directory: DirectoryHandle, file: StoredFile) -> None:
    try:
        checksum = directory.checksum(file.name)
    except OSError as error:
        raise IndexUnusable(f"{file.name} of the index cannot be read") from error
    if checksum != file.sha256:
        raise IndexUnusable(f"{file.name} of the index is damaged")


def read_regular_file(path: Path) -> bytes:
    """Return the bytes of a regular file, without following a link or blocking on a FIFO."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise IndexUnusable(f"{path.name} of the index is not a regular file")
        return file.read()


def check_permissions(directory: DirectoryHandle) -> None:
    """Raise `IndexUnsafe` for a generation that another user could have written or put there."""
    _check_owner(directory.path.name, directory.stat(), stat.S_ISDIR)
    for name in directory.names():
        _check_owner(name, directory.stat(name), stat.S_ISREG)


def _check_owner(name: str, status: os.stat_result, is_expected_kind: Callable[[int], bool]) -> None:
    if not is_expected_kind(status.st_mode):
        raise IndexUnsafe(f"{name} in the index is a link or not a regular file")
    if status.st_uid not in (0, os.geteuid()):
        raise IndexUnsafe(f"{name} in the index belongs to another user")
    if status.st_mode & _OTHERS_WRITE_BITS:
        raise IndexUnsafe(f"{name} in the index is writable by other users")
