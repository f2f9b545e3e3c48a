"""Facade of an archive: opens an engine over its articles and brings the index up to date first.

Only this module decides whether an index is built, updated, used although outdated, or held in memory. The code that
builds an index (and YAML with it) is imported lazily, when there is something to build.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from shanxi_cli.engines import open_backend
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.engines.first_seen import connect_first_seen
from shanxi_cli.errors import (
    IndexBusy,
    IndexNotWritable,
    IndexOutdated,
    IndexUnsafe,
    IndexUnusable,
    LocationError,
)
from shanxi_cli.indexing import store
from shanxi_cli.indexing.change_detection import has_changed, may_have_changed
from shanxi_cli.indexing.manifest import Manifest, ManifestSummary, load_manifest, load_manifest_summary
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.paths import Locations
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.text import pluralize

if TYPE_CHECKING:
    from shanxi_cli.indexing.builder import UpdateReport

FIRST_BUILD_WAIT = 10.0  # seconds to wait for another process that builds the first index
MAX_MEMORY_FILES = 5_000
"""Files up to which an outdated index that finds nothing is replaced by one in memory: about twenty seconds."""
_MAX_OPEN_ATTEMPTS = 3

T = TypeVar("T")
NotifyCallback = Callable[[str], None]  # called with one line of information that requires no action from the user
ProgressCallback = Callable[[int, int], None]  # called with the number of files read so far and the total


class ArchiveContext(Record):
    """Arguments for opening an archive; `notify_update` is called with what an update changed (None: `notify` is)."""

    locations: Locations
    notify: NotifyCallback
    progress: ProgressCallback
    notify_update: NotifyCallback | None = None


class OpenedArchive(Record):
    """An opened archive.

    `generation` is None if the index exists in memory only. `quickly_checked` is true if only the folders of a large
    corpus were checked for changes, not its files. `outdated` tells why a stale index could not be updated.
    """

    engine: Engine
    summary: ManifestSummary
    index: Path
    generation: Generation | None
    quickly_checked: bool = False
    outdated: str = ""

    def ensure_full_scan(self) -> None:
        """Raise `NeedsFullScan` if files may differ from the index; a query calls this before it reports no results."""
        if self.quickly_checked or self.outdated:
            raise NeedsFullScan


class NeedsFullScan(Exception):
    """Only folders were checked for changes, or the index is outdated; the query must be run again on all files."""


class IndexStatus:
    """State of an index on disk, found without opening an engine.

    `generation` is None if there is no usable index; `problem` tells why one that exists is unusable. `stale` is true
    if the index must be updated, `other_folders` if its folders are others or in another order: it may answer nothing.
    With `quick_check`, only the folders of a large corpus are checked; `quickly_checked`: that was sufficient. With
    `ask_engine`, an engine that is elsewhere is asked whether it still has the index: `EngineError` if it does not say.
    """

    __slots__ = ("generation", "index", "other_folders", "problem", "quickly_checked", "stale")

    def __init__(
        self,
        locations: Locations,
        backend: Backend,
        index: Path,
        *,
        quick_check: bool = False,
        ask_engine: bool = False,
    ) -> None:
        self.index = index
        self.generation: Generation | None = None
        self.problem: IndexUnusable | None = None
        self.stale = True
        self.other_folders = self.quickly_checked = False
        try:
            self.generation = store.current_generation(index)
            if self.generation is None:
                return
            _check_identity(self.generation, backend)
            if ask_engine:
                store.require_alive(self.generation, backend)
            summary = load_manifest_summary(self.generation)
            self.other_folders = summary.roots != locations.corpus
            where = locations.corpus, locations.excluded
            self.quickly_checked = quick_check and not may_have_changed(self.generation, summary, *where)
            self.stale = not self.quickly_checked and has_changed(self.generation, summary, *where)
        except IndexUnusable as error:
            self._mark_unusable(error)

    def _mark_unusable(self, problem: IndexUnusable) -> None:
        self.generation, self.problem, self.stale = None, problem, True

    def load_manifest(self) -> Manifest:
        """Return the manifest of the index; an empty one if there is no usable index of these folders."""
        if self.generation is None or self.other_folders:
            return Manifest((), ())
        try:
            return load_manifest(self.generation)
        except IndexUnusable as error:
            self._mark_unusable(error)
            return Manifest((), ())

    @property
    def unusable_reason(self) -> str:
        """Reason why an existing index cannot be used; empty if it can, or if there is none."""
        return "the index is of other corpus folders" if self.other_folders else str(self.problem or "")


def choose_backend(locations: Locations) -> Backend:
    """Return the backend of an archive: the one place where it is decided which engine has its index."""
    return open_backend()


def _check_identity(generation: Generation, backend: Backend) -> None:
    if generation.identity != backend.identity():
        raise IndexUnusable("the index was made by another version of shanxi")


def open_archive(context: ArchiveContext, *, quick_check: bool = True) -> OpenedArchive:
    """Open the archive at `context.locations`, as up to date as possible without waiting.

    With `quick_check`, only the folders of a large corpus are checked for changes. If another process is building, or
    the folder is not writable, an outdated index is used and `notify` says so. If there is none, or one of other corpus
    folders, and none can be written, the index is built in memory. Raise `IndexBusy` while another process builds the
    first index, and `LocationError` if the user named an index folder that cannot be one.
    """
    backend, locations = choose_backend(context.locations), context.locations
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
    return _open_in_memory(context, str(reason))


def _open_index(context: ArchiveContext, backend: Backend, index: Path, *, quick_check: bool) -> OpenedArchive:
    for attempt in range(1, _MAX_OPEN_ATTEMPTS + 1):
        status = IndexStatus(context.locations, backend, index, quick_check=quick_check)
        if isinstance(status.problem, IndexUnsafe) and context.locations.fallback not in (None, index):
            raise status.problem  # whoever can put an index there can do so again
        generation, outdated = status.generation, ""
        try:
            if status.stale:
                generation, outdated = _refresh_index(context, backend, status)
        except IndexBusy as error:
            if not status.other_folders:
                raise
            return _open_in_memory(context, str(error))
        assert generation
        try:
            return _make_archive(backend, generation, index, status, outdated)
        except IndexUnusable as error:
            if attempt < _MAX_OPEN_ATTEMPTS and _was_replaced(index, generation):
                continue
            return _rebuild_index(context, backend, index, error)
    raise AssertionError("the last attempt returns or raises")


def _make_archive(
    backend: Backend, generation: Generation, index: Path, status: IndexStatus | None = None, outdated: str = ""
) -> OpenedArchive:
    summary, quickly = load_manifest_summary(generation), bool(status and status.quickly_checked)
    engine = connect_first_seen(backend.open(generation.directory), summary.roots)
    return OpenedArchive(engine, summary, index, generation, quickly, outdated)


def _rebuild_index(context: ArchiveContext, backend: Backend, index: Path, error: IndexUnusable) -> OpenedArchive:
    generation, report = _run_update(context, backend, index, wait=FIRST_BUILD_WAIT, rebuild=True)
    context.notify(_format_rebuild_notice(error, report))
    return _make_archive(backend, generation, index)


def _was_replaced(index: Path, generation: Generation) -> bool:
    """Return True if another generation is current by now, so files of this one may have been removed."""
    try:
        current = store.current_generation(index)
    except IndexUnusable:
        return False
    return current is not None and current.folder != generation.folder


def reopen_archive(context: ArchiveContext, archive: OpenedArchive, error: IndexUnusable) -> OpenedArchive:
    """Return the archive opened again after its index has failed with `error`."""
    if archive.generation is None or _was_replaced(archive.index, archive.generation):
        return open_archive(context)
    backend = choose_backend(context.locations)
    try:
        return _rebuild_index(context, backend, archive.index, error)
    except (LocationError, IndexBusy) as refused:
        return _open_in_memory(context, f"{error}, and {refused}")


def _open_in_memory(context: ArchiveContext, reason: str) -> OpenedArchive:
    from shanxi_cli.indexing.builder import build_in_memory  # lazy, as in `_run_update`

    context.notify(f"{reason}; building the index in memory for this run only")
    where = context.locations
    engine, summary = build_in_memory(where.corpus, context.progress, where.excluded)
    return OpenedArchive(connect_first_seen(engine, summary.roots), summary, where.index, None)


def replace_outdated(context: ArchiveContext, archive: OpenedArchive) -> OpenedArchive:
    """Return an archive in memory, for a query that found nothing in an outdated index. Raise `IndexOutdated`."""
    if archive.summary.files > MAX_MEMORY_FILES:
        raise IndexOutdated(
            f"{archive.outdated}; nothing was found, but the index is outdated: update it and try again"
        )
    archive.engine.close()
    return _open_in_memory(context, "nothing was found in the outdated index")


def _refresh_index(context: ArchiveContext, backend: Backend, status: IndexStatus) -> tuple[Generation, str]:
    """Return an updated generation, or the outdated one and the reason if the index cannot be updated now."""
    try:
        wait = 0.0 if status.generation else FIRST_BUILD_WAIT
        generation, report = _run_update(context, backend, status.index, wait=wait)
    except (IndexBusy, LocationError) as error:
        has_fallback = isinstance(error, LocationError) and context.locations.fallback not in (None, status.index)
        if status.generation is None or status.other_folders or has_fallback:
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
    options = UpdateOptions(rebuild=rebuild, wait=wait, progress=context.progress, excluded=where.excluded)
    return update_index(index, where.corpus, backend, options)


def _format_rebuild_notice(problem: IndexUnusable, report: "UpdateReport") -> str:
    return f"{problem}; rebuilt it from the articles ({pluralize(report.total, 'article')})"
