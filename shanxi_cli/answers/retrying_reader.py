"""Queries to an archive that is kept open: retried when its index fails, and brought up to date on demand."""

from collections.abc import Callable
from threading import RLock
from typing import TypeVar

from shanxi_cli.archive import (
    ArchiveContext,
    NeedsFullScan,
    OpenedArchive,
    has_changed_since,
    open_archive,
    reopen_archive,
    replace_outdated,
)
from shanxi_cli.errors import EngineError, IndexUnusable, NoSuchArticle

T = TypeVar("T")


class RetryingReader:
    """Runs queries against an archive, which the first query opens and brings up to date.

    A query is retried once, as a whole, if the index turns out to be damaged while it is read: with the index that has
    replaced it meanwhile, or with one rebuilt from the articles. It is also retried if it finds nothing and only
    folders were checked for changes, or the index is outdated. A query must therefore have no side effects.

    Several threads may use one reader: their queries run one after the other.
    """

    def __init__(self, context: ArchiveContext) -> None:
        self._context = context
        self._archive: OpenedArchive | None = None
        self._lock = RLock()

    def run(self, query: Callable[[OpenedArchive], T]) -> T:
        """Return the result of `query` for the opened archive.

        Raises what `open_archive` raises, `EngineError` if a freshly built index fails too, and `IndexOutdated` if a
        query finds nothing in the outdated index of a large corpus.
        """
        with self._lock:
            return self._run(query)

    def refresh(self) -> bool:
        """Open the archive again if its files or its index have changed since; return True if it was opened again.

        An index that is held in memory is kept as it is.
        """
        with self._lock:
            before = self._archive
            if before is None or not has_changed_since(self._context, before):
                return False
            self._archive = open_archive(self._context)
            before.engine.close()
            return True

    def close(self) -> None:
        """Release the files and the memory of the archive; another query opens it again."""
        with self._lock:
            if self._archive is not None:
                self._archive.engine.close()
            self._archive = None

    def _run(self, query: Callable[[OpenedArchive], T]) -> T:
        archive = self._archive or open_archive(self._context)
        retried = False
        while True:
            self._archive = archive
            try:
                return query(archive)
            except (NeedsFullScan, NoSuchArticle):
                if archive.quickly_checked:
                    archive = open_archive(self._context, quick_check=False)
                elif archive.outdated:
                    archive = replace_outdated(self._context, archive)
                else:
                    raise
            except IndexUnusable as error:
                if retried and self._context.locations.remote:
                    raise EngineError(str(error)) from error
                if retried:
                    raise EngineError(
                        "internal error: the engine failed on a freshly built index; please report this bug"
                    ) from error
                archive, retried = reopen_archive(self._context, archive, error), True
