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

from shanxi_cli.corpus.reader import shown_path
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.errors import EngineError, IndexUnusable
from shanxi_cli.indexing import store
from shanxi_cli.indexing.change_detection import has_changed, looks_otherwise, outline, survey
from shanxi_cli.indexing.manifest import Outline, Remembered, recall, recall_outline, remember, remember_outline
from shanxi_cli.indexing.partition import Decided, Deciding, Part, parts_of
from shanxi_cli.indexing.snapshot import Generation, verify
from shanxi_cli.indexing.worker_pool import available, do
from shanxi_cli.util.dirfd import Folder

Progress = Callable[[int, int], None]
"""Called with the number of files seen so far and of all files."""


class Failure(NamedTuple):
    """A file that is no article: where, why, and whether an older version of it is still searched."""

    path: str
    line: int
    reason: str
    kept: bool


class Report(NamedTuple):
    """What an update did, as ids, each sorted; `failed` in the order of the corpus."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[Failure, ...]
    total: int


def failures(known: Remembered) -> tuple[Failure, ...]:
    """The files of a remembered corpus that are no articles."""
    return tuple(Failure(shown_path(e.source.full), e.line, e.error, bool(e.id)) for e in known.entries if e.error)


def update(
    index: Path,
    roots: tuple[str, ...],
    backend: Backend,
    *,
    rebuild: bool = False,
    wait: float = 0.0,
    progress: Progress = lambda done, total: None,
    processes: int = 0,
) -> tuple[Generation, Report]:
    """Makes the index in `index` hold the articles of `roots`, and returns it with what was done.

    With `rebuild`, or when the old index cannot be used, everything is read again. Where there is much to
    read, `processes` do it at the same time; 0: as many as can. Raises `IndexBusy` when another process
    builds and does not finish within `wait` seconds, and `LocationError` or `NotWritable` when the folder
    is no place for it. Whatever is raised, the old index stays.
    """
    with store.locked(index, wait):
        base = _current(index, backend)
        if base and not rebuild and (same := _as_it_is(base, roots)):
            return same
        known = _known(base) if base else None
        base = base if known else None
        begun = None if rebuild else base
        try:
            try:
                return _built(index, roots, backend, begun, known, progress, processes)
            except (EngineError, IndexUnusable):
                if begun is None:
                    raise
                # The old index cannot be continued: everything is read again.
                return _built(index, roots, backend, None, None, progress, processes)
        except KeyboardInterrupt:
            left = "the index is as it was before" if base else "no index was built"
            raise KeyboardInterrupt(f"interrupted; {left}") from None


def _built(
    index: Path,
    roots: tuple[str, ...],
    backend: Backend,
    base: Generation | None,
    known: Remembered | None,
    progress: Progress,
    processes: int,
) -> tuple[Generation, Report]:
    """A generation that continues `base`, if there is one; `known` is what was held before in any case."""
    listed_at = time.time_ns()
    found, folders = survey(roots, known)
    continued = known if base else None
    at_once = processes or available()
    parts = parts_of(found, continued, base.built if base else 0, at_once)
    decided = Decided({}, {})

    def fill(folder: Folder) -> tuple[Any, Any]:
        work = partial(_write, backend, folder.path, _inode(folder))
        counting = _Counting(progress, len(found))
        written = do(work, list(enumerate(parts.changed, 1)), at_once, counting)
        written.append(work((0, parts.same), counting))
        for each in written:
            decided.entries.update(each.decided.entries)
            decided.now.update(each.decided.now)
        gone = [held for held, kept in sorted(_held(continued).items()) if decided.now.get(held) != kept]
        backend.join(folder, [each.part for each in written], gone)
        remembered = Remembered(roots, tuple(decided.entries[source] for source in found))
        return remember(remembered), remember_outline(outline(remembered, folders, listed_at))

    generation = store.build(index, base, backend.identity(), fill)
    return generation, _report(decided, known)


def hold(roots: tuple[str, ...], backend: Backend, progress: Progress) -> tuple[Engine, Outline]:
    """An engine over the articles of `roots` that writes nothing, with what there is to know of the corpus."""
    listed_at = time.time_ns()
    found, folders = survey(roots, None)
    counting = _Counting(progress, len(found))
    parts = parts_of(found, None, 0, 1)
    deciding = [Deciding(part, counting) for part in parts.changed]
    engine = backend.hold(article for each in deciding for article in each.articles())
    entries = {source: entry for each in deciding for source, entry in each.decided().entries.items()}
    return engine, outline(Remembered(roots, tuple(entries[source] for source in found)), folders, listed_at)


def _current(index: Path, backend: Backend) -> Generation | None:
    """The current generation if this program can read it."""
    try:
        generation = store.current(index)
    except IndexUnusable:
        return None
    return generation if generation and generation.identity == backend.identity() else None


def _as_it_is(generation: Generation, roots: tuple[str, ...]) -> tuple[Generation, Report] | None:
    """A generation since which nothing has changed: it is not written again."""
    try:
        short = recall_outline(generation)
        if has_changed(generation, short, roots) or looks_otherwise(generation, short):
            return None
        failed = failures(recall(generation)) if short.failed else ()
    except IndexUnusable:
        return None
    return generation, Report((), (), (), failed, short.coverage.articles)


def _known(generation: Generation) -> Remembered | None:
    """What a generation remembers, if the next can go on from it."""
    try:
        verify(generation)  # what goes into the next generation has to be what was written
        return recall(generation)
    except IndexUnusable:
        return None


class _Counting:
    """Adds up what parts tell of their progress."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self, more: int) -> None:
        self._done += more
        self._progress(self._done, self._total)


class _Written(NamedTuple):
    """A part that was written: what the engine has to know of it, and what was decided."""

    part: Any
    decided: Decided


def _write(
    backend: Backend, path: Path, inode: tuple[int, int], piece: tuple[int, Part], tell: Callable[[int], None]
) -> _Written:
    """Writes a part of an index into the folder at `path`, in any process. `inode` is of the folder that is meant."""
    number, part = piece
    folder = Folder(path)
    if _inode(folder) != inode:
        raise IndexUnusable("somebody has put another folder in the place of the index")
    deciding = Deciding(part, tell)
    written = backend.write(folder, deciding.articles(), number)
    return _Written(written, deciding.decided())


def _inode(folder: Folder) -> tuple[int, int]:
    found = folder.stat()
    return found.st_dev, found.st_ino


def _report(decided: Decided, before: Remembered | None) -> Report:
    """What was done, beside what was held before."""
    old, new = _held(before), decided.now
    entries = tuple(sorted(decided.entries.values(), key=lambda e: e.source[:2]))
    return Report(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(i for i in new.keys() & old.keys() if new[i] != old[i])),
        removed=tuple(sorted(old.keys() - new.keys())),
        failed=failures(Remembered((), entries)),
        total=len(new),
    )


def _held(known: Remembered | None) -> dict[str, str]:
    """The ids that an index holds, each with the SHA-256 of what it holds."""
    return {entry.id: entry.kept for entry in known.entries if entry.id} if known else {}
