"""Facade of an archive: opens an engine over its articles and brings the index up to date first.

Only this module decides whether an index is built, updated, used although outdated, or held in memory. The code that
builds an index (and YAML with it) is imported lazily, when there is something to build; so is what a cluster needs.

An index of a cluster is never replaced by one in memory: several machines share it, and what answers should be known.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from shanxi_cli.engines import open_backend
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.engines.first_seen import connect_first_seen
from shanxi_cli.errors import (
    EngineError,
    IndexBusy,
    IndexNotWritable,
    IndexOutdated,
    IndexUnsafe,
    IndexUnusable,
    LocationError,
    ShanxiError,
)
from shanxi_cli.indexing import store
from shanxi_cli.indexing.index_status import IndexStatus
from shanxi_cli.indexing.manifest import ManifestSummary, load_article_checksums, load_manifest_summary
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.paths import Locations
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.text import pluralize

if TYPE_CHECKING:
    from shanxi_cli.indexing.builder import UpdateReport
    from shanxi_cli.indexing.published_index import OpenedIndex

FIRST_BUILD_WAIT = 10.0  # seconds to wait for another process that builds the first index
MAX_MEMORY_FILES = 5_000
"""Files up to which an outdated index that finds nothing is replaced by one in memory: about twenty seconds."""
_MAX_OPEN_ATTEMPTS = 3

T = TypeVar("T")
NotifyCallback = Callable[[str], None]  # called with one line of information that requires no action from the user
ProgressCallback = Callable[[int, int], None]  # called with the number of files read so far and the total


class ArchiveContext(Record):
    """Arguments for opening an archive; `notify_update` is called with what an update changed (None: `notify` is).

    A cluster has `timeout` seconds for an answer (0: no limit).
    """

    locations: Locations
    notify: NotifyCallback
    progress: ProgressCallback
    notify_update: NotifyCallback | None = None
    timeout: float = 30.0


class OpenedArchive(Record):
    """An opened archive.

    `generation` is None if the index exists in memory only, or is read in a cluster as it was `published`.
    `quickly_checked` is true if only the folders of a large corpus were checked for changes, not its files. `outdated`
    tells why a stale index could not be updated.
    """

    engine: Engine
    summary: ManifestSummary
    index: Path
    generation: Generation | None
    quickly_checked: bool = False
    outdated: str = ""
    published: "OpenedIndex | None" = None

    @property
    def state_folders(self) -> tuple[str, ...]:
        """Names of the state of the archive: its corpus folders, or what stands for those of another machine."""
        return self.published.state if self.published else self.summary.roots

    def load_checksums(self) -> Mapping[str, str]:
        """Return the SHA-256 of the file of each article, as indexed, by id; none for an index in memory."""
        if self.generation:
            return load_article_checksums(self.generation)
        return self.published.load_checksums() if self.published else {}

    def ensure_full_scan(self) -> None:
        """Raise `NeedsFullScan` if files may differ from the index; a query calls this before it reports no results."""
        if self.quickly_checked or self.outdated:
            raise NeedsFullScan


class NeedsFullScan(Exception):
    """Only folders were checked for changes, or the index is outdated; the query must be run again on all files."""


def choose_backend(locations: Locations, timeout: float = 30.0) -> Backend:
    """Return the backend of an archive: the one place where it is decided which engine has its index."""
    return open_backend(locations.remote, timeout)


def open_archive(context: ArchiveContext, *, quick_check: bool = True) -> OpenedArchive:
    """Open the archive at `context.locations`, as up to date as possible without waiting.

    With `quick_check`, only the folders of a large corpus are checked for changes. If another process is building, or
    the folder is not writable, an outdated index is used and `notify` says so. If there is none, or one of other corpus
    folders, and none can be written, the index is built in memory. Raise `IndexBusy` while another process builds the
    first index, and `LocationError` if the user named an index folder that cannot be one.

    An index of a cluster that is only read is opened as it is.
    """
    locations = context.locations
    if locations.remote and not locations.corpus:
        return _open_published(context)
    backend = choose_backend(locations, context.timeout)
    try:
        return _open_index(context, backend, locations.index, quick_check=quick_check)
    except (LocationError, IndexUnsafe) as error:
        reason: Exception = error
    if locations.fallback is not None:
        context.notify(f"{reason}; using {locations.fallback}")
        try:
            return _open_index(context, backend, locations.fallback, quick_check=quick_check)
        except LocationError as error:
            reason = error
    if not isinstance(reason, IndexNotWritable):
        raise reason
    return _open_instead(context, reason)


def _open_index(context: ArchiveContext, backend: Backend, index: Path, *, quick_check: bool) -> OpenedArchive:
    for attempt in range(1, _MAX_OPEN_ATTEMPTS + 1):
        status = IndexStatus(context.locations, backend, index, quick_check=quick_check)
        if isinstance(status.problem, IndexUnsafe) and context.locations.fallback not in (None, index):
            raise status.problem  # whoever can put an index there can do so again
        generation, outdated = status.generation, ""
        if status.stale:
            wait = 0.0 if _has_published(context) or status.generation else FIRST_BUILD_WAIT
        try:
            if status.stale:
                generation, outdated = _refresh_index(context, backend, status, wait)
        except IndexBusy as error:
            if not status.other_folders and not context.locations.remote:
                raise
            return _open_instead(context, error)
        except EngineError as error:
            if backend.local:
                raise
            return _open_instead(context, error)
        assert generation
        try:
            return _make_archive(backend, generation, index, status, outdated)
        except IndexUnusable as error:
            if attempt < _MAX_OPEN_ATTEMPTS and _was_replaced(index, generation):
                continue
            return _rebuild_index(context, backend, index, error)
    raise AssertionError("the last attempt returns or raises")


def _has_published(context: ArchiveContext) -> bool:
    """Return True if a cluster has an index already. `EngineError` if it does not answer: a build would wait longer."""
    if not context.locations.remote:
        return False
    from shanxi_cli.indexing.published_index import is_published  # lazy, as below

    return is_published(context.locations.remote, context.timeout)


def _make_archive(
    backend: Backend, generation: Generation, index: Path, status: IndexStatus | None = None, outdated: str = ""
) -> OpenedArchive:
    summary, quickly = load_manifest_summary(generation), bool(status and status.quickly_checked)
    engine = connect_first_seen(backend.open(generation.directory), summary.roots)
    return OpenedArchive(engine, summary, index, generation, quickly, outdated)


def _rebuild_index(context: ArchiveContext, backend: Backend, index: Path, error: IndexUnusable) -> OpenedArchive:
    # What is gone from a cluster may have been replaced by another builder, whose index is then continued.
    generation, report = _run_update(context, backend, index, wait=FIRST_BUILD_WAIT, rebuild=backend.local)
    context.notify(_format_rebuild_notice(error, report))
    return _make_archive(backend, generation, index)


def _was_replaced(index: Path, generation: Generation) -> bool:
    """Return True if another generation is current by now, so files of this one may have been removed."""
    try:
        current = store.current_generation(index)
    except IndexUnusable:
        return False
    return current is not None and current.folder != generation.folder


def has_changed_since(context: ArchiveContext, archive: OpenedArchive) -> bool:
    """Return True if the files or the index of an archive have changed since it was opened.

    An index that is held in memory is kept as it is.
    """
    locations = context.locations
    if archive.published and locations.remote:
        from shanxi_cli.indexing.published_index import find_generation

        return find_generation(locations.remote, context.timeout) != archive.published.name
    if archive.generation is None:
        return False
    status = IndexStatus(locations, choose_backend(locations, context.timeout), archive.index, quick_check=True)
    return status.stale or status.generation is None or status.generation.folder != archive.generation.folder


def reopen_archive(context: ArchiveContext, archive: OpenedArchive, error: IndexUnusable) -> OpenedArchive:
    """Return the archive opened again after its index has failed with `error`."""
    if archive.generation is None or _was_replaced(archive.index, archive.generation):
        return open_archive(context)
    backend = choose_backend(context.locations, context.timeout)
    try:
        return _rebuild_index(context, backend, archive.index, error)
    except (LocationError, IndexBusy) as refused:
        return _open_instead(context, type(refused)(f"{error}, and {refused}"))


def _open_published(context: ArchiveContext, outdated: str = "") -> OpenedArchive:
    """Open what a cluster has; nothing tells whether its articles are still those of the files."""
    from shanxi_cli.indexing.published_index import open_published_index  # lazy: most indexes are in folders

    locations = context.locations
    assert locations.remote
    opened = open_published_index(locations.remote, context.timeout, locations.corpus)
    return OpenedArchive(opened.engine, opened.summary, locations.index, None, outdated=outdated, published=opened)


def _open_instead(context: ArchiveContext, reason: ShanxiError) -> OpenedArchive:
    """Open what can answer while the index cannot be built or updated, and say so; raise `reason` if nothing can."""
    if not context.locations.remote:
        return _open_in_memory(context, str(reason))
    try:
        opened = _open_published(context, str(reason))
    except (IndexUnusable, EngineError):
        raise reason from None
    context.notify(f"{reason}; results come from the index as it was published")
    return opened


def _open_in_memory(context: ArchiveContext, reason: str) -> OpenedArchive:
    from shanxi_cli.indexing.builder import build_in_memory  # lazy, as in `_run_update`

    context.notify(f"{reason}; building the index in memory for this run only")
    where = context.locations
    engine, summary = build_in_memory(where.corpus, context.progress, where.excluded)
    return OpenedArchive(connect_first_seen(engine, summary.roots), summary, where.index, None)


def replace_outdated(context: ArchiveContext, archive: OpenedArchive) -> OpenedArchive:
    """Return an archive in memory, for a query that found nothing in an outdated index. Raise `IndexOutdated`."""
    if archive.summary.files > MAX_MEMORY_FILES or context.locations.remote:
        raise IndexOutdated(
            f"{archive.outdated}; nothing was found, but the index is outdated: update it and try again"
        )
    archive.engine.close()
    return _open_in_memory(context, "nothing was found in the outdated index")


def _refresh_index(
    context: ArchiveContext, backend: Backend, status: IndexStatus, wait: float
) -> tuple[Generation, str]:
    """Return an updated generation, or the outdated one and the reason if the index cannot be updated now."""
    try:
        generation, report = _run_update(context, backend, status.index, wait=wait)
    except (IndexBusy, LocationError, EngineError) as error:
        has_fallback = isinstance(error, LocationError) and context.locations.fallback not in (None, status.index)
        failed = isinstance(error, EngineError) and backend.local
        if status.generation is None or status.other_folders or has_fallback or failed:
            raise
        context.notify(f"{error}; results come from the outdated index")
        return status.generation, str(error)
    if status.problem:
        context.notify(_format_rebuild_notice(status.problem, report))
    elif summary := report.describe_changes():
        (context.notify_update or context.notify)(summary)
    return generation, ""


def _run_update(
    context: ArchiveContext, backend: Backend, index: Path, *, wait: float, rebuild: bool = False
) -> "tuple[Generation, UpdateReport]":
    from shanxi_cli.indexing.builder import UpdateOptions, update_index  # lazy: imports YAML

    where = context.locations
    if where.remote:
        from shanxi_cli.indexing.published_index import require_own_folders  # lazy, as above

        require_own_folders(where.remote, context.timeout, where.corpus)
    options = UpdateOptions(rebuild=rebuild, wait=wait, progress=context.progress, excluded=where.excluded)
    return update_index(index, where.corpus, backend, options)


def _format_rebuild_notice(problem: IndexUnusable, report: "UpdateReport") -> str:
    return f"{problem}; rebuilt it from the articles ({pluralize(report.total, 'article')})"
