"""The door to an archive: its articles behind an engine, brought up to date first if need be.

Only here is it decided when an index is built, used as it is, used although it is old, or done
without. What is needed for building (YAML, the reading of articles) is loaded when something has
to be built.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from shanxi_cli.engines import open_backend
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.errors import (
    EngineError,
    IndexBusy,
    IndexNotWritable,
    IndexUnsafe,
    IndexUnusable,
    LocationError,
    NoSuchArticle,
)
from shanxi_cli.indexing import store
from shanxi_cli.indexing.change_detection import has_changed, may_have_changed
from shanxi_cli.indexing.manifest import Manifest, ManifestSummary, load_manifest, load_manifest_summary
from shanxi_cli.indexing.snapshot import Generation
from shanxi_cli.paths import Locations
from shanxi_cli.util.frozen_record import Record

if TYPE_CHECKING:
    from shanxi_cli.indexing.builder import UpdateReport

FIRST_BUILD_WAIT = 10.0
"""Seconds to wait for another process that builds the first index."""
_MAX_OPEN_ATTEMPTS = 3

T = TypeVar("T")
NotifyCallback = Callable[[str], None]
"""Called with one line for the reader, who should know but need not act."""

ProgressCallback = Callable[[int, int], None]


class Archive(Record):
    """An opened archive. `generation` is None where the index is in memory alone.

    `glanced` is true where of many files the folders alone were asked whether something has changed.
    """

    engine: Engine
    outline: ManifestSummary
    index: Path
    generation: Generation | None
    glanced: bool = False

    def confirm(self) -> None:
        """To be called by a question that finds nothing, so that it may say so: `NeedsFullScan` where it may not
        yet.
        """
        if self.glanced:
            raise NeedsFullScan


class NeedsFullScan(Exception):
    """Not every file was asked whether it has changed; when that is done, the question is to be asked again."""


class IndexStatus:
    """What can be known of an index without opening an engine.

    With `glance` the folders of a large corpus are asked in place of its files; `glanced` says that this was enough.
    """

    __slots__ = ("generation", "glanced", "index", "problem", "stale")

    def __init__(self, locations: Locations, backend: Backend, index: Path, glance: bool = False) -> None:
        self.index = index
        self.generation: Generation | None = None
        self.problem: IndexUnusable | None = None
        self.stale = True
        self.glanced = False
        try:
            self.generation = store.current_generation(index)
            if self.generation is None:
                return
            _check_identity(self.generation, backend)
            short = load_manifest_summary(self.generation)
            self.glanced = glance and not may_have_changed(self.generation, short, locations.corpus)
            self.stale = not self.glanced and has_changed(self.generation, short, locations.corpus)
        except IndexUnusable as error:
            self._is_unusable(error)

    def _is_unusable(self, problem: IndexUnusable) -> None:
        self.generation, self.problem, self.stale = None, problem, True

    def known(self) -> Manifest:
        """What the index remembers of each file; nothing where there is none that can be used."""
        try:
            return load_manifest(self.generation) if self.generation else Manifest((), ())
        except IndexUnusable as error:
            self._is_unusable(error)
            return Manifest((), ())

    @property
    def unusable(self) -> str:
        """Why there is an index that cannot be used; empty when there is none, or a good one."""
        return str(self.problem or "")


def _check_identity(generation: Generation, backend: Backend) -> None:
    if generation.identity != backend.identity():
        raise IndexUnusable("the index was made by another version of shanxi")


class RetryingReader:
    """Answers questions of the archive at `locations`, which is opened, and brought up to date, by the first.

    A question is asked once more, as a whole, when the index proves to be damaged while it is read: of
    the index that took its place meanwhile, else of one that is built again from the articles. It is asked once
    more, too, when it finds nothing and not every file was asked for changes yet. So a
    question must do nothing but look. Raises what `open_archive` does, and `EngineError` when an
    index that is new fails too.
    """

    def __init__(self, locations: Locations, notify: NotifyCallback, progress: ProgressCallback) -> None:
        self._locations = locations
        self._notify = notify
        self._progress = progress
        self._archive: Archive | None = None

    def ask(self, question: Callable[[Archive], T]) -> T:
        """What `question` answers of the opened archive."""
        archive = self._archive or open_archive(self._locations, self._notify, self._progress)
        again = False
        while True:
            self._archive = archive
            try:
                return question(archive)
            except (NeedsFullScan, NoSuchArticle):
                if not archive.glanced:
                    raise
                archive = open_archive(self._locations, self._notify, self._progress, glance=False)
            except IndexUnusable as error:
                if again:
                    raise EngineError(
                        "the engine failed on an index that is new; this is a mistake of shanxi"
                    ) from error
                archive, again = _reopen_archive(self._locations, archive, error, self._notify, self._progress), True


def open_archive(
    locations: Locations, notify: NotifyCallback, progress: ProgressCallback, glance: bool = True
) -> Archive:
    """The archive at `locations`, up to date as far as that can be had without waiting.

    With `glance` it is enough for a large one that its folders are what they were.

    When another process is building, or the folder cannot be written, an old index answers and
    `notify` says so. Where there is none and none can be written, it is built in memory. Raises
    `IndexBusy` while another process builds the first one, and `LocationError` for an index folder
    that the reader named and that can be none.
    """
    backend = open_backend()
    try:
        return _open_index(locations, backend, locations.index, notify, progress, glance)
    except (LocationError, IndexUnsafe) as error:
        reason: Exception = error
    if locations.fallback is not None:
        notify(f"{reason}; using {locations.fallback}")
        try:
            return _open_index(locations, backend, locations.fallback, notify, progress, glance)
        except LocationError as error:
            reason = error
    if not isinstance(reason, IndexNotWritable):
        raise reason
    notify(f"{reason}; the index is built in memory, for this once")
    return _open_in_memory(locations, backend, progress)


def _open_index(
    locations: Locations,
    backend: Backend,
    index: Path,
    notify: NotifyCallback,
    progress: ProgressCallback,
    glance: bool,
) -> Archive:
    for look in range(_MAX_OPEN_ATTEMPTS):
        state = IndexStatus(locations, backend, index, glance)
        if isinstance(state.problem, IndexUnsafe) and locations.fallback not in (None, index):
            raise state.problem  # who can put an index there can do so again
        generation = state.generation
        if state.stale:
            generation = _refresh_index(locations, backend, state, notify, progress)
        assert generation
        try:
            return _make_archive(backend, generation, index, state.glanced)
        except IndexUnusable as error:
            if look + 1 < _MAX_OPEN_ATTEMPTS and _was_replaced(index, generation):
                continue
            return _rebuild_index(locations, backend, index, error, notify, progress)
    raise AssertionError("the last look returns or raises")


def _make_archive(backend: Backend, generation: Generation, index: Path, glanced: bool = False) -> Archive:
    return Archive(backend.open(generation.held), load_manifest_summary(generation), index, generation, glanced)


def _rebuild_index(
    locations: Locations,
    backend: Backend,
    index: Path,
    error: IndexUnusable,
    notify: NotifyCallback,
    progress: ProgressCallback,
) -> Archive:
    generation, report = _run_update(locations, backend, index, FIRST_BUILD_WAIT, progress, rebuild=True)
    notify(_format_rebuild_notice(error, report))
    return _make_archive(backend, generation, index)


def _was_replaced(index: Path, generation: Generation) -> bool:
    """True when another index is current by now, and files of the old one may have been removed."""
    try:
        now = store.current_generation(index)
    except IndexUnusable:
        return False
    return now is not None and now.folder != generation.folder


def _reopen_archive(
    locations: Locations, archive: Archive, error: IndexUnusable, notify: NotifyCallback, progress: ProgressCallback
) -> Archive:
    """The archive opened anew after its index has failed."""
    if archive.generation is None or _was_replaced(archive.index, archive.generation):
        return open_archive(locations, notify, progress)
    backend = open_backend()
    try:
        return _rebuild_index(locations, backend, archive.index, error, notify, progress)
    except (LocationError, IndexBusy) as refused:
        notify(f"{error}, and {refused}; the index is built in memory, for this once")
        return _open_in_memory(locations, backend, progress)


def _open_in_memory(locations: Locations, backend: Backend, progress: ProgressCallback) -> Archive:
    from shanxi_cli.indexing.builder import build_in_memory  # as below

    engine, outline = build_in_memory(locations.corpus, backend, progress)
    return Archive(engine, outline, locations.index, None)


def _refresh_index(
    locations: Locations, backend: Backend, state: IndexStatus, notify: NotifyCallback, progress: ProgressCallback
) -> Generation:
    wait = 0.0 if state.generation else FIRST_BUILD_WAIT
    try:
        generation, report = _run_update(locations, backend, state.index, wait, progress)
    except (IndexBusy, LocationError) as error:
        elsewhere = isinstance(error, LocationError) and locations.fallback not in (None, state.index)
        if state.generation is None or elsewhere:
            raise
        notify(f"{error}; this answer is from the index as it was")
        return state.generation
    if state.problem:
        notify(_format_rebuild_notice(state.problem, report))
    elif done := format_update_summary(report):
        notify(done)
    return generation


def _run_update(
    locations: Locations, backend: Backend, index: Path, wait: float, progress: ProgressCallback, rebuild: bool = False
) -> "tuple[Generation, UpdateReport]":
    from shanxi_cli.indexing.builder import (
        update_index,  # reads articles, and so loads YAML: only when there is something to build
    )

    return update_index(index, locations.corpus, backend, rebuild=rebuild, wait=wait, progress=progress)


def format_update_summary(report: "UpdateReport") -> str:
    """One line about an update: `brought the index up to date: 1 added (24 articles)`; empty when nothing changed."""
    done = {"added": len(report.added), "changed": len(report.changed), "removed": len(report.removed)}
    if report.total and done["added"] == report.total:
        return f"built the index of {_format_article_count(report.total)}"
    parts = [f"{number:,} {what}" for what, number in done.items() if number]
    return f"brought the index up to date: {', '.join(parts)} ({_format_article_count(report.total)})" if parts else ""


def _format_rebuild_notice(problem: IndexUnusable, report: "UpdateReport") -> str:
    return f"{problem}: built it again from the articles ({_format_article_count(report.total)})"


def _format_article_count(number: int) -> str:
    return f"{number:,} article" + ("" if number == 1 else "s")
