"""A finished build of an index, and what is checked before any of it is used.

Opening an engine's files may run code (Whoosh keeps pickles), so a generation is opened only when
its folder and every file in it belong to the user or root and nobody else may write them. It is
looked at through the handle by which it is then read: see `folder`.

What is read has to be what was written. Of a small index every byte is compared at every opening;
of a larger one the sizes and times, and the bytes of each file that was written to since. What the
disk itself turned over in a large index is found by the next build, and by `shanxi doctor`.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from shanxi_cli.engines.base import EngineIdentity
from shanxi_cli.errors import IndexUnsafe, IndexUnusable
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import Record, uncompared_field

INDEX_FORMAT = 3
MAX_CHECKSUM_BYTES = 2_000_000
"""Bytes up to which every opening reads all of an index to compare checksums."""
CORPUS_FILE = "CORPUS.json"
SUMMARY_FILE = "OUTLINE.json"
MANIFEST_FILE = "MANIFEST.json"
GENERATION_NAME = re.compile(r"gen-[0-9a-f]{16}\Z")
_OTHERS_WRITE_BITS = stat.S_IWGRP | stat.S_IWOTH


class StoredFile(NamedTuple):
    """A file of a generation: its name, size in bytes, SHA-256, and when it was written, in nanoseconds since 1970."""

    name: str
    size: int
    sha256: str
    written: int


class Generation(Record):
    """A finished build. `built` is in nanoseconds since 1970; `files` are the engine's and what is remembered.

    `held` is its folder, by the handle through which it was checked and has to be read.
    """

    folder: Path
    identity: EngineIdentity
    built: int
    files: tuple[StoredFile, ...]
    held: DirectoryHandle = uncompared_field(default=None)

    def corpus(self) -> Any:
        """What `store.build` was given to remember of the corpus, as JSON gives it back. `IndexUnusable` if damaged."""
        return self._json(CORPUS_FILE)

    def outline(self) -> Any:
        """The same in short: what every command needs of it."""
        return self._json(SUMMARY_FILE)

    def _json(self, name: str) -> Any:
        entry = next((f for f in self.files if f.name == name), None)
        try:
            data = self.held.read(name)
            if entry is None or hashlib.sha256(data).hexdigest() != entry.sha256:
                raise IndexUnusable(f"{name} of the index is damaged")
            return json.loads(data)
        except (OSError, ValueError, RecursionError) as error:
            raise IndexUnusable(f"{name} of the index cannot be read") from error


def load_generation(index: Path) -> Generation:
    """The generation that CURRENT names, as far as it was checked.

    `IndexUnusable` and `IndexUnsafe` say what is wrong with it; what the system and the parsers of
    JSON raise is left to the caller, who may look again.
    """
    named = json.loads(read_regular_file(index / "CURRENT"))
    if named.get("format") != INDEX_FORMAT:
        raise IndexUnusable(f"the index has format {named.get('format')}, this program writes {INDEX_FORMAT}")
    name = named["generation"]
    if not GENERATION_NAME.match(name):
        raise IndexUnusable("the index names no generation")
    folder = index / name
    _check_owner(name, os.lstat(folder), stat.S_ISDIR)
    held = DirectoryHandle(folder)
    _check_permissions(held)
    raw = held.read(MANIFEST_FILE)
    if hashlib.sha256(raw).hexdigest() != named["manifest"]:
        raise IndexUnusable("the manifest of the index is damaged")
    read = json.loads(raw)
    files = tuple(StoredFile(*entry) for entry in read["files"])
    generation = Generation(
        folder, EngineIdentity(*(read[f] for f in EngineIdentity._fields)), read["built"], files, held
    )
    _check_files(generation)
    return generation


def verify_generation(generation: Generation) -> None:
    """Reads every file of a generation. `IndexUnusable` names the first that is not what was written."""
    for problem in find_damaged_files(generation):
        raise IndexUnusable(problem)


def find_damaged_files(generation: Generation) -> Iterator[str]:
    """Reads every file of a generation, and tells of each that is not what was written."""
    for file in generation.files:
        try:
            _verify_checksum(generation.held, file)
        except IndexUnusable as error:
            yield str(error)


def _check_files(generation: Generation) -> None:
    """As much as every opening looks at: see the head of this page."""
    all_of_it = sum(file.size for file in generation.files) <= MAX_CHECKSUM_BYTES
    for file in generation.files:
        found = generation.held.stat(file.name)
        if found.st_size != file.size:
            raise IndexUnusable(f"{file.name} of the index is damaged")
        if all_of_it or found.st_mtime_ns != file.written:
            _verify_checksum(generation.held, file)


def _verify_checksum(held: DirectoryHandle, file: StoredFile) -> None:
    try:
        found = held.checksum(file.name)
    except OSError as error:
        raise IndexUnusable(f"{file.name} of the index cannot be read") from error
    if found != file.sha256:
        raise IndexUnusable(f"{file.name} of the index is damaged")


def read_regular_file(path: Path) -> bytes:
    """The bytes of a regular file, opened without following a link and without waiting for a FIFO."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise IndexUnusable(f"{path.name} of the index is no plain file")
        return file.read()


def _check_permissions(held: DirectoryHandle) -> None:
    """Refuses a generation that somebody else could have written or put there."""
    _check_owner(held.path.name, held.stat(), stat.S_ISDIR)
    for name in held.names():
        _check_owner(name, held.stat(name), stat.S_ISREG)


def _check_owner(name: str, found: os.stat_result, of_kind: Callable[[int], bool]) -> None:
    if not of_kind(found.st_mode):
        raise IndexUnsafe(f"{name} in the index is a link or no plain file")
    if found.st_uid not in (0, os.geteuid()):
        raise IndexUnsafe(f"{name} in the index belongs to another user")
    if found.st_mode & _OTHERS_WRITE_BITS:
        raise IndexUnsafe(f"{name} in the index may be written by others")
