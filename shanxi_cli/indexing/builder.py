"""Index builder: brings an index up to date with its corpus and reports what changed.

Prints nothing. Articles are read once, in partitions (`partition`), each in a worker process if there are many; a
worker reads one article at a time and hands it on, so memory does not grow with the archive.
"""

import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from shanxi_cli.corpus.scanner import SourceFile
from shanxi_cli.engines import open_in_memory
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.errors import EngineError, IndexUnusable
from shanxi_cli.indexing import store
from shanxi_cli.indexing.base_generation import (
    adopt_newer_index,
    find_usable_generation,
    load_verified_manifest,
    refuse_emptying,
)
from shanxi_cli.indexing.change_detection import (
    find_edited_files,
    forget_times,
    has_changed,
    requires_full_scan,
    scan_corpus,
    summarize_manifest,
)
from shanxi_cli.indexing.file_failures import FileFailure, list_failures, list_warnings
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.indexing.manifest import (
    Manifest,
    ManifestSummary,
    dump_manifest,
    dump_manifest_summary,
    load_manifest,
    load_manifest_summary,
)
from shanxi_cli.indexing.partition import Partition, PartitionReader, PartitionResult, plan_partitions
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.indexing.vector_files import forget_vectors
from shanxi_cli.indexing.worker_pool import available_processes, map_in_processes
from shanxi_cli.state.first_seen import record_first_seen
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.text import pluralize

ProgressCallback = Callable[[int, int], None]
"""Called with the number of files read so far and the total."""


class UpdateReport(NamedTuple):
    """Result of an update: article ids, each tuple sorted; `failed` in corpus order; `total` articles in the index.

    `warned` are files whose article is indexed all the same, in corpus order.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[FileFailure, ...]
    total: int
    warned: tuple[FileFailure, ...] = ()

    def describe_changes(self) -> str:
        """Return one line such as `brought the index up to date: 1 added (24 articles)`; empty if nothing changed."""
        counts = {"added": len(self.added), "changed": len(self.changed), "removed": len(self.removed)}
        if self.total and counts["added"] == self.total:
            return f"built the index of {pluralize(self.total, 'article')}"
        parts = [f"{number:,} {change}" for change, number in counts.items() if number]
        articles = pluralize(self.total, "article")
        return f"brought the index up to date: {', '.join(parts)} ({articles})" if parts else ""


class UpdateOptions(NamedTuple):
    """Options of an update.

    With `rebuild`, or if the old index is unusable, every article is read again. `wait` is the time in seconds to wait
    for another process that is building. Large updates run in up to `processes` workers; 0 means as many as the machine
    allows. With `compare_contents`, the bytes of files that look unchanged are compared with their checksums.
    `excluded` are patterns of files to leave out.
    """

    rebuild: bool = False
    wait: float = 0.0
    progress: ProgressCallback = lambda done, total: None
    processes: int = 0
    compare_contents: bool = False
    excluded: tuple[str, ...] = ()


_DEFAULT_OPTIONS = UpdateOptions()


class _BuildJob(Record):
    """Arguments of a build: index and corpus folders, backend, progress callback, workers, patterns to leave out."""

    index: Path
    roots: tuple[str, ...]
    backend: Backend
    progress: ProgressCallback
    processes: int
    excluded: tuple[str, ...]


def update_index(
    index: Path, roots: tuple[str, ...], backend: Backend, options: UpdateOptions = _DEFAULT_OPTIONS
) -> tuple[Generation, UpdateReport]:
    """Update the index in the folder `index` to the articles of `roots`; return its generation and a report.

    Raise `IndexBusy` if another process is building and does not finish in time, and `LocationError` or
    `IndexNotWritable` if the folder is unsuitable. If anything is raised, the old index is unchanged.
    """
    processes, excluded = options.processes or available_processes(), options.excluded
    job = _BuildJob(index, roots, backend, options.progress, processes, excluded)
    with lock_index(index, options.wait), backend.reserve(options.wait):
        adopt_newer_index(index, backend)
        base = find_usable_generation(index, backend)
        edited = _find_edited_files(base, roots) if base and options.compare_contents else frozenset()
        if base and not options.rebuild and not edited and (reused := _reuse_unchanged(base, roots, excluded)):
            return reused
        manifest = load_verified_manifest(base) if base else None
        manifest = forget_times(manifest, edited) if manifest and edited else manifest
        base = base if manifest else None
        try:
            generation, report = _build_with_retry(job, None if options.rebuild else base, manifest)
        except KeyboardInterrupt:
            state = "the index is unchanged" if base else "no index was built"
            raise KeyboardInterrupt(f"interrupted; {state}") from None
    if report.added:
        record_first_seen(roots, report.added)
    return generation, report


def _build_with_retry(
    job: _BuildJob, base: Generation | None, manifest: Manifest | None
) -> tuple[Generation, UpdateReport]:
    """Build on `base`, or from scratch if the engine cannot continue it.

    An engine elsewhere says so by `IndexUnusable`; its other errors are those of the way there, and come again.
    """
    try:
        return _build_generation(job, base, manifest)
    except (EngineError, IndexUnusable) as error:
        if base is None or (isinstance(error, EngineError) and not job.backend.local):
            raise
        return _build_generation(job, None, None)


def _build_generation(
    job: _BuildJob, base: Generation | None, previous: Manifest | None
) -> tuple[Generation, UpdateReport]:
    """Build a generation that continues `base`, if given; the report compares it with the manifest `previous`."""
    listed_at = time.time_ns()
    sources, folders = scan_corpus(job.roots, previous, job.excluded)
    continued = previous if base else None
    if continued and not sources and not job.backend.local:
        refuse_emptying(job.roots, continued)
    plan = plan_partitions(sources, continued, base.built if base else 0, job.processes)
    result = PartitionResult({}, {})

    def fill(folder: DirectoryHandle) -> tuple[Any, Any]:
        work = partial(_write_partition, job.backend, folder.path, _folder_inode(folder))
        counter = _ProgressCounter(job.progress, len(sources))
        written = map_in_processes(work, list(enumerate(plan.changed, 1)), job.processes, counter)
        written.append(work((0, plan.unchanged), counter))
        _merge_results(result, (partition.result for partition in written))
        deleted = _replaced_ids(continued, result)
        job.backend.join(folder, [partition.part for partition in written], deleted)
        forget_vectors(folder, deleted)
        manifest = Manifest(job.roots, tuple(result.entries[source] for source in sources))
        summary = summarize_manifest(manifest, folders, listed_at, job.excluded)
        return dump_manifest(manifest), dump_manifest_summary(summary)

    generation = store.build_generation(job.index, base, job.backend, fill)
    return generation, _make_report(result, previous)


def _merge_results(merged: PartitionResult, results: Iterable[PartitionResult]) -> None:
    for result in results:
        merged.entries.update(result.entries)
        merged.checksums.update(result.checksums)


def _replaced_ids(previous: Manifest | None, result: PartitionResult) -> list[str]:
    """Return the ids whose previous version must be deleted from the engine's index."""
    checksums = sorted(_indexed_checksums(previous).items())
    return [article_id for article_id, checksum in checksums if result.checksums.get(article_id) != checksum]


def build_in_memory(
    roots: tuple[str, ...], progress: ProgressCallback, excluded: tuple[str, ...]
) -> tuple[Engine, ManifestSummary]:
    """Return an engine over the articles of `roots` that writes no files, and the summary of its manifest."""
    listed_at = time.time_ns()
    sources, folders = scan_corpus(roots, None, excluded)
    counter = _ProgressCounter(progress, len(sources))
    plan = plan_partitions(sources, None, 0, 1)
    readers = [PartitionReader(partition, counter) for partition in plan.changed]
    engine = open_in_memory(article for reader in readers for article in reader.read_articles())
    entries = {source: entry for reader in readers for source, entry in reader.result().entries.items()}
    manifest = Manifest(roots, tuple(entries[source] for source in sources))
    return engine, summarize_manifest(manifest, folders, listed_at, excluded)


def _reuse_unchanged(
    generation: Generation, roots: tuple[str, ...], excluded: tuple[str, ...]
) -> tuple[Generation, UpdateReport] | None:
    """Return `generation` with an empty report if the corpus has not changed since; None if a build is needed."""
    try:
        summary = load_manifest_summary(generation)
        changed = has_changed(generation, summary, roots, excluded)
        if changed or requires_full_scan(generation, summary, excluded):
            return None
        manifest = load_manifest(generation) if summary.failed or summary.warned else Manifest((), ())
    except IndexUnusable:
        return None
    return generation, UpdateReport(
        (), (), (), list_failures(manifest), summary.coverage.articles, list_warnings(manifest)
    )


def _find_edited_files(generation: Generation, roots: tuple[str, ...]) -> frozenset[SourceFile]:
    """Return the files of an index of `roots` whose bytes have changed; none if its manifest is damaged."""
    try:
        manifest = load_manifest(generation)
    except IndexUnusable:
        return frozenset()
    return frozenset(e.source for e in find_edited_files(manifest.entries)) if manifest.roots == roots else frozenset()


class _ProgressCounter:
    """Adds up the progress of all partitions."""

    def __init__(self, progress: ProgressCallback, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self, amount: int) -> None:
        self._done += amount
        self._progress(self._done, self._total)


class _WrittenPartition(NamedTuple):
    """A written partition: the engine's handle of its part, and the manifest entries."""

    part: Any
    result: PartitionResult


def _write_partition(
    backend: Backend,
    path: Path,
    inode: tuple[int, int],
    numbered: tuple[int, Partition],
    on_progress: Callable[[int], None],
) -> _WrittenPartition:
    """Write a numbered partition into the folder at `path`, in any process; `inode` identifies the folder."""
    number, partition = numbered
    folder = DirectoryHandle(path)
    if _folder_inode(folder) != inode:
        raise IndexUnusable("the index directory was replaced by another process")
    reader = PartitionReader(partition, on_progress)
    part = backend.write(folder, reader.read_articles(), number)
    return _WrittenPartition(part, reader.result())


def _folder_inode(folder: DirectoryHandle) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _make_report(result: PartitionResult, previous: Manifest | None) -> UpdateReport:
    """Return the differences between a build and the previous manifest."""
    old, new = _indexed_checksums(previous), result.checksums
    entries = tuple(sorted(result.entries.values(), key=lambda e: e.source[:2]))
    return UpdateReport(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(i for i in new.keys() & old.keys() if new[i] != old[i])),
        removed=tuple(sorted(old.keys() - new.keys())),
        failed=list_failures(Manifest((), entries)),
        total=len(new),
        warned=list_warnings(Manifest((), entries)),
    )


def _indexed_checksums(manifest: Manifest | None) -> dict[str, str]:
    """Return the SHA-256 of the indexed version of each article, by id."""
    return {entry.id: entry.indexed_sha256 for entry in manifest.entries if entry.id} if manifest else {}
