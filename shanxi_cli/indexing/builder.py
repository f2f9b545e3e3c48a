"""Bringing an index up to date with its corpus: what changed, which file wins an id, what is kept.

It knows no engine by name and shows nothing. The articles are read once, in parts (`deciding`), each by a process
of its own where there are many; in each they are read one at a time and handed on, so that memory does not
grow with the archive.
"""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from shanxi_cli.corpus.reader import display_path
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.errors import EngineError, IndexUnusable
from shanxi_cli.indexing import store
from shanxi_cli.indexing.change_detection import has_changed, requires_full_scan, scan_corpus, summarize_manifest
from shanxi_cli.indexing.manifest import (
    Manifest,
    ManifestSummary,
    dump_manifest,
    dump_manifest_summary,
    load_manifest,
    load_manifest_summary,
)
from shanxi_cli.indexing.partition import Partition, PartitionReader, PartitionResult, plan_partitions
from shanxi_cli.indexing.snapshot import Generation, verify_generation
from shanxi_cli.indexing.worker_pool import available_processes, map_in_processes
from shanxi_cli.util.dirfd import DirectoryHandle

ProgressCallback = Callable[[int, int], None]
"""Called with the number of files seen so far and of all files."""


class FileFailure(NamedTuple):
    """A file that is no article: where, why, and whether an older version of it is still searched."""

    path: str
    line: int
    reason: str
    kept: bool


class UpdateReport(NamedTuple):
    """What an update did, as ids, each sorted; `failed` in the order of the corpus."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[FileFailure, ...]
    total: int


def list_failures(known: Manifest) -> tuple[FileFailure, ...]:
    """The files of a remembered corpus that are no articles."""
    return tuple(
        FileFailure(display_path(e.source.full), e.line, e.error, bool(e.id)) for e in known.entries if e.error
    )


def update_index(
    index: Path,
    roots: tuple[str, ...],
    backend: Backend,
    *,
    rebuild: bool = False,
    wait: float = 0.0,
    progress: ProgressCallback = lambda done, total: None,
    processes: int = 0,
) -> tuple[Generation, UpdateReport]:
    """Makes the index in `index` hold the articles of `roots`, and returns it with what was done.

    With `rebuild`, or when the old index cannot be used, everything is read again. Where there is much to
    read, `processes` do it at the same time; 0: as many as can. Raises `IndexBusy` when another process
    builds and does not finish within `wait` seconds, and `LocationError` or `NotWritable` when the folder
    is no place for it. Whatever is raised, the old index stays.
    """
    with store.lock_index(index, wait):
        base = _usable_generation(index, backend)
        if base and not rebuild and (same := _reuse_unchanged(base, roots)):
            return same
        known = _load_verified_manifest(base) if base else None
        base = base if known else None
        begun = None if rebuild else base
        try:
            try:
                return _build_generation(index, roots, backend, begun, known, progress, processes)
            except (EngineError, IndexUnusable):
                if begun is None:
                    raise
                # The old index cannot be continued: everything is read again.
                return _build_generation(index, roots, backend, None, None, progress, processes)
        except KeyboardInterrupt:
            left = "the index is as it was before" if base else "no index was built"
            raise KeyboardInterrupt(f"interrupted; {left}") from None


def _build_generation(
    index: Path,
    roots: tuple[str, ...],
    backend: Backend,
    base: Generation | None,
    known: Manifest | None,
    progress: ProgressCallback,
    processes: int,
) -> tuple[Generation, UpdateReport]:
    """A generation that continues `base`, if there is one; `known` is what was held before in any case."""
    listed_at = time.time_ns()
    found, folders = scan_corpus(roots, known)
    continued = known if base else None
    at_once = processes or available_processes()
    parts = plan_partitions(found, continued, base.built if base else 0, at_once)
    decided = PartitionResult({}, {})

    def fill(folder: DirectoryHandle) -> tuple[Any, Any]:
        work = partial(_write_partition, backend, folder.path, _folder_inode(folder))
        counting = _ProgressCounter(progress, len(found))
        written = map_in_processes(work, list(enumerate(parts.changed, 1)), at_once, counting)
        written.append(work((0, parts.same), counting))
        for each in written:
            decided.entries.update(each.decided.entries)
            decided.now.update(each.decided.now)
        gone = [held for held, kept in sorted(_indexed_checksums(continued).items()) if decided.now.get(held) != kept]
        backend.join(folder, [each.part for each in written], gone)
        remembered = Manifest(roots, tuple(decided.entries[source] for source in found))
        return dump_manifest(remembered), dump_manifest_summary(summarize_manifest(remembered, folders, listed_at))

    generation = store.build_generation(index, base, backend.identity(), fill)
    return generation, _make_report(decided, known)


def build_in_memory(
    roots: tuple[str, ...], backend: Backend, progress: ProgressCallback
) -> tuple[Engine, ManifestSummary]:
    """An engine over the articles of `roots` that writes nothing, with what there is to know of the corpus."""
    listed_at = time.time_ns()
    found, folders = scan_corpus(roots, None)
    counting = _ProgressCounter(progress, len(found))
    parts = plan_partitions(found, None, 0, 1)
    deciding = [PartitionReader(part, counting) for part in parts.changed]
    engine = backend.hold(article for each in deciding for article in each.articles())
    entries = {source: entry for each in deciding for source, entry in each.decided().entries.items()}
    return engine, summarize_manifest(Manifest(roots, tuple(entries[source] for source in found)), folders, listed_at)


def _usable_generation(index: Path, backend: Backend) -> Generation | None:
    """The current generation if this program can read it."""
    try:
        generation = store.current_generation(index)
    except IndexUnusable:
        return None
    return generation if generation and generation.identity == backend.identity() else None


def _reuse_unchanged(generation: Generation, roots: tuple[str, ...]) -> tuple[Generation, UpdateReport] | None:
    """A generation since which nothing has changed: it is not written again."""
    try:
        short = load_manifest_summary(generation)
        if has_changed(generation, short, roots) or requires_full_scan(generation, short):
            return None
        failed = list_failures(load_manifest(generation)) if short.failed else ()
    except IndexUnusable:
        return None
    return generation, UpdateReport((), (), (), failed, short.coverage.articles)


def _load_verified_manifest(generation: Generation) -> Manifest | None:
    """What a generation remembers, if the next can go on from it."""
    try:
        verify_generation(generation)  # what goes into the next generation has to be what was written
        return load_manifest(generation)
    except IndexUnusable:
        return None


class _ProgressCounter:
    """Adds up what parts tell of their progress."""

    def __init__(self, progress: ProgressCallback, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self, more: int) -> None:
        self._done += more
        self._progress(self._done, self._total)


class _WrittenPartition(NamedTuple):
    """A part that was written: what the engine has to know of it, and what was decided."""

    part: Any
    decided: PartitionResult


def _write_partition(
    backend: Backend, path: Path, inode: tuple[int, int], piece: tuple[int, Partition], tell: Callable[[int], None]
) -> _WrittenPartition:
    """Writes a part of an index into the folder at `path`, in any process. `inode` is of the folder that is meant."""
    number, part = piece
    folder = DirectoryHandle(path)
    if _folder_inode(folder) != inode:
        raise IndexUnusable("somebody has put another folder in the place of the index")
    deciding = PartitionReader(part, tell)
    written = backend.write(folder, deciding.articles(), number)
    return _WrittenPartition(written, deciding.decided())


def _folder_inode(folder: DirectoryHandle) -> tuple[int, int]:
    found = folder.stat()
    return found.st_dev, found.st_ino


def _make_report(decided: PartitionResult, before: Manifest | None) -> UpdateReport:
    """What was done, beside what was held before."""
    old, new = _indexed_checksums(before), decided.now
    entries = tuple(sorted(decided.entries.values(), key=lambda e: e.source[:2]))
    return UpdateReport(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(i for i in new.keys() & old.keys() if new[i] != old[i])),
        removed=tuple(sorted(old.keys() - new.keys())),
        failed=list_failures(Manifest((), entries)),
        total=len(new),
    )


def _indexed_checksums(known: Manifest | None) -> dict[str, str]:
    """The ids that an index holds, each with the SHA-256 of what it holds."""
    return {entry.id: entry.kept for entry in known.entries if entry.id} if known else {}
