"""Bringing an index up to date with its corpus: what changed, which file wins an id, what is kept.

It knows no engine by name and shows nothing. Articles are read one at a time and handed on, so
that memory does not grow with the archive.
"""

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from shanxi_cli import store
from shanxi_cli.corpus import load, shown_path
from shanxi_cli.engines import Backend, Engine
from shanxi_cli.errors import ArticleError, EngineError, IndexUnusable
from shanxi_cli.folder import Folder
from shanxi_cli.freshness import (
    Entry,
    Outline,
    Remembered,
    is_unchanged,
    outline,
    recall,
    remember,
    remember_outline,
    survey,
)
from shanxi_cli.generation import Generation, verify
from shanxi_cli.language.measuring import measured_fields
from shanxi_cli.language.zones import present
from shanxi_cli.model import Article
from shanxi_cli.sources import Source

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
) -> tuple[Generation, Report]:
    """Makes the index in `index` hold the articles of `roots`, and returns it with what was done.

    With `rebuild`, or when the old index cannot be used, everything is read again. Raises
    `IndexBusy` when another process builds and does not finish within `wait` seconds, and
    `LocationError` or `NotWritable` when the folder is no place for it. Whatever is raised, the old
    index stays.
    """
    with store.locked(index, wait):
        base, known = _usable(index, backend)
        run = _Run(None if rebuild else known, base.built if base else 0, progress, known)
        base = None if rebuild else base
        listed_at = time.time_ns()
        found, folders = survey(roots, known)

        def fill(folder: Folder) -> tuple[Any, Any]:
            run.decide(found)
            backend.write(folder, run.articles(), run.gone())
            now = Remembered(roots, tuple(run.entry(source) for source in found))
            return remember(now), remember_outline(outline(now, folders, listed_at))

        try:
            generation = store.build(index, base, backend.identity(), fill)
        except (EngineError, IndexUnusable):
            if base is None:
                raise
            base, run = None, _Run(None, 0, progress)  # the old index cannot be continued: read everything again
            generation = store.build(index, None, backend.identity(), fill)
        return generation, run.report()


def hold(roots: tuple[str, ...], backend: Backend, progress: Progress) -> tuple[Engine, Outline]:
    """An engine over the articles of `roots` that writes nothing, with what there is to know of the corpus."""
    run = _Run(None, 0, progress)
    listed_at = time.time_ns()
    found, folders = survey(roots, None)
    run.decide(found)
    engine = backend.hold(run.articles())
    return engine, outline(Remembered(roots, tuple(run.entry(source) for source in found)), folders, listed_at)


def _usable(index: Path, backend: Backend) -> tuple[Generation | None, Remembered | None]:
    """The current generation if this program can go on from it."""
    try:
        generation = store.current(index)
        if generation is None or generation.identity != backend.identity():
            return None, None
        verify(generation)  # what goes into the next generation has to be what was written
        return generation, recall(generation)
    except IndexUnusable:
        return None, None


def _fields(article: Article) -> frozenset[str]:
    """The fields of a query that the article has something for."""
    return present(article) | measured_fields(article)


class _Run:
    """One update. `decide` groups the files, `articles` reads what is needed, then the rest can be asked."""

    def __init__(
        self, known: Remembered | None, built: int, progress: Progress, compared: Remembered | None = None
    ) -> None:
        self.known = known
        self.compared = compared or known
        self.built = built
        self.progress = progress
        self.entries: dict[Source, Entry] = {}
        self.candidates: dict[str, list[Source]] = {}
        self.before: dict[str, Entry] = {}
        self.old_of_path: dict[tuple[str, str], Entry] = {}
        self.now: dict[str, str] = {}  # id -> sha256 of the version held from now on
        self.total = 0

    def decide(self, found: list[Source]) -> None:
        """Groups the files by the id they claim, in the order in which they may have it."""
        self.total = len(found)
        old_entries = self.known.entries if self.known else ()
        self.before = {entry.id: entry for entry in old_entries if entry.id}
        self.old_of_path = {(e.source.root, e.source.path): e for e in old_entries}
        groups: dict[str, list[Source]] = defaultdict(list)
        for source in found:
            groups[source.id].append(source)
        self.candidates = groups

    def articles(self) -> Iterator[Article]:
        """The articles that the index does not hold yet as they are, in the order of their ids."""
        done = 0
        for article_id in sorted(self.candidates):
            group = self.candidates[article_id]
            for source in group:
                rival = next((s for s in group if s in self.entries and s.root == source.root), None)
                if rival:
                    self._refused(source, rival)
                elif (article := self._examine(source)) is not None:
                    yield article
                done += 1
                self.progress(done, self.total)

    def gone(self) -> Iterator[str]:
        """The ids that the index held and no file gives any more; to be asked after `articles`."""
        return (article_id for article_id in sorted(self.before) if article_id not in self.now)

    def entry(self, source: Source) -> Entry:
        """What to remember of a file; to be asked after `articles`."""
        return self.entries[source]

    def report(self) -> Report:
        """What was done; to be asked after `articles`."""
        held = self.compared.entries if self.compared else ()
        old, new = {entry.id: entry.kept for entry in held if entry.id}, self.now
        entries = tuple(self.entries.values())
        return Report(
            added=tuple(sorted(new.keys() - old.keys())),
            changed=tuple(sorted(i for i in new.keys() & old.keys() if new[i] != old[i])),
            removed=tuple(sorted(old.keys() - new.keys())),
            failed=failures(Remembered((), tuple(sorted(entries, key=lambda e: e.source[:2])))),
            total=len(new),
        )

    def _examine(self, source: Source) -> Article | None:
        """Decides about one file; the article if it has to be written."""
        old = self.old_of_path.get((source.root, source.path))
        taken = source.id in self.now
        if old and is_unchanged(old, source, self.built) and not old.error and (taken or self._holds(old)):
            self._carry(source, old, taken)
            return None
        try:
            article, data = load(source)
        except ArticleError as error:
            self._failed(source, old, error, taken)
            return None
        digest = hashlib.sha256(data).hexdigest()
        if taken:  # good, but a folder before this one has the id
            self.entries[source] = Entry(source, digest, "", "", frozenset(), "", "", 0)
            return None
        self.entries[source] = Entry(source, digest, article.id, article.date, _fields(article), digest, "", 0)
        self.now[article.id] = digest
        before = self.before.get(article.id)
        # The same bytes from the same place are the same article: only its times have changed.
        same = before is not None and before.kept == digest
        return None if same else article

    def _holds(self, old: Entry) -> bool:
        """True when the index holds the article of this very file."""
        return bool(old.id) and self.before.get(old.id) is old

    def _carry(self, source: Source, old: Entry, taken: bool) -> None:
        keeps = self._holds(old) and not taken
        self.entries[source] = (
            old if keeps else old._replace(source=source, id="", date="", fields=frozenset(), kept="")
        )
        if keeps:
            self.now[old.id] = old.kept

    def _failed(self, source: Source, old: Entry | None, error: ArticleError, taken: bool) -> None:
        """A file that is no article; the version of it that the index holds stays searchable."""
        from_before = old if old and self._holds(old) and not taken else None
        self.entries[source] = Entry(
            source,
            "",
            from_before.id if from_before else "",
            from_before.date if from_before else "",
            from_before.fields if from_before else frozenset(),
            from_before.kept if from_before else "",
            error.reason,
            error.line,
            error.unread,
        )
        if from_before:
            self.now[from_before.id] = from_before.kept

    def _refused(self, source: Source, rival: Source) -> None:
        reason = f"the same id as {shown_path(rival.full)}; rename one of them"
        self.entries[source] = Entry(source, "", "", "", frozenset(), "", reason, 0)
