"""The door to an archive: its articles behind an engine, brought up to date first if need be.

Only here is it decided when an index is built, used as it is, or used although it is old. What is
needed for building (YAML, the reading of articles) is loaded when something has to be built.
"""

from collections.abc import Callable
from pathlib import Path

from shanxi_cli import store
from shanxi_cli.engines import Backend, Engine, open_backend
from shanxi_cli.errors import IndexBusy, IndexUnusable, LocationError
from shanxi_cli.freshness import Remembered, all_sources, is_stale, recall
from shanxi_cli.locations import Locations
from shanxi_cli.record import Record
from shanxi_cli.store import Generation

FIRST_BUILD_WAIT = 10.0
"""Seconds to wait for another process that builds the first index."""

Notify = Callable[[str], None]
"""Called with one line for the reader, who should know but need not act."""

Progress = Callable[[int, int], None]


class Archive(Record):
    """An opened archive. `failed` counts the files that are no articles."""

    engine: Engine
    generation: Generation
    known: Remembered
    index: Path
    failed: int


class State:
    """What can be known of an index without opening an engine."""

    __slots__ = ("generation", "index", "known", "stale", "unusable")

    def __init__(self, locations: Locations, backend: Backend, index: Path) -> None:
        self.index = index
        self.generation: Generation | None = None
        self.known: Remembered | None = None
        self.unusable = ""
        self.stale = True
        try:
            self.generation = store.current(index)
            if self.generation is None:
                return
            if self.generation.identity != backend.identity():
                self.generation, self.unusable = None, "the index was made by another version of shanxi"
                return
            self.known = recall(self.generation)
        except IndexUnusable as error:
            self.generation, self.unusable = None, str(error)
            return
        found = all_sources(locations.corpus, self.known)
        self.stale = is_stale(self.known, found, locations.corpus, self.generation.built)


def open_archive(locations: Locations, notify: Notify, progress: Progress) -> Archive:
    """The archive at `locations`, up to date as far as that can be had without waiting.

    When another process is building, or the folder cannot be written, an old index answers and
    `notify` says so. Raises `IndexBusy` or `LocationError` when there is none to answer.
    """
    backend = open_backend()
    try:
        return _open(locations, backend, locations.index, notify, progress)
    except (LocationError, IndexUnusable) as error:
        if locations.fallback is None:
            raise
        notify(f"{error}; using {locations.fallback}")
        return _open(locations, backend, locations.fallback, notify, progress)


def _open(locations: Locations, backend: Backend, index: Path, notify: Notify, progress: Progress) -> Archive:
    state = State(locations, backend, index)
    generation = state.generation
    if state.stale:
        generation = _bring_up_to_date(locations, backend, state, notify, progress)
    assert generation
    try:
        engine = backend.open(generation.folder)
    except IndexUnusable as error:
        generation, done = _update(locations, backend, index, FIRST_BUILD_WAIT, progress, rebuild=True)
        notify(f"{error}: {done or 'rebuilt it from the articles'}")
        engine = backend.open(generation.folder)
    known = state.known if generation is state.generation and state.known else recall(generation)
    return Archive(engine, generation, known, index, sum(1 for entry in known.entries if entry.error))


def _bring_up_to_date(
    locations: Locations, backend: Backend, state: State, notify: Notify, progress: Progress
) -> Generation:
    wait = 0.0 if state.generation else FIRST_BUILD_WAIT
    try:
        generation, done = _update(locations, backend, state.index, wait, progress)
    except (IndexBusy, LocationError) as error:
        elsewhere = isinstance(error, LocationError) and locations.fallback not in (None, state.index)
        if state.generation is None or elsewhere:
            raise
        notify(f"{error}; this answer is from the index as it was")
        return state.generation
    if state.unusable:
        notify(f"{state.unusable}: {done or 'rebuilt it from the articles'}")
    elif done:
        notify(done)
    return generation


def _update(
    locations: Locations, backend: Backend, index: Path, wait: float, progress: Progress, rebuild: bool = False
) -> tuple[Generation, str]:
    from shanxi_cli.indexing import update  # reads articles, and so loads YAML: only when there is something to build

    generation, report = update(index, locations.corpus, backend, rebuild=rebuild, wait=wait, progress=progress)
    return generation, summary(report.total, len(report.added), len(report.changed), len(report.removed))


def summary(total: int, added: int, changed: int, removed: int) -> str:
    """One line about an update: `brought the index up to date: 1 added (24 articles)`; empty when nothing changed."""
    parts = [f"{n:,} {what}" for n, what in ((added, "added"), (changed, "changed"), (removed, "removed")) if n]
    articles = f"{total:,} article" + ("" if total == 1 else "s")
    if added == total and total:
        return f"built the index of {articles}"
    return f"brought the index up to date: {', '.join(parts)} ({articles})" if parts else ""
