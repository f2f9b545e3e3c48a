"""Whoosh backend: write and open a segmented inverted index on disk.

Whoosh stores the index: postings, positions, columns and articles. Queries are evaluated in `searcher`. What writes
and explains is imported when it is called: a search does neither.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import whoosh

from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.engines.whoosh.schema import index_fingerprint
from shanxi_cli.engines.whoosh.searcher import WhooshEngine
from shanxi_cli.engines.whoosh.storage import FolderStorage
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.model.article import Article
from shanxi_cli.util.dirfd import DirectoryHandle


class WhooshBackend:
    """Writes and opens Whoosh indexes."""

    @property
    def local(self) -> bool:
        """Implement `Backend.local`."""
        return True

    def identity(self) -> EngineIdentity:
        """Return the identity of indexes; the exact version of Whoosh is part of it, for its format may change."""
        return EngineIdentity("whoosh", ".".join(map(str, whoosh.__version__)), index_fingerprint())

    def reserve(self, wait: float) -> AbstractContextManager[None]:
        """Implement `Backend.reserve`: the lock of the folder is enough."""
        return nullcontext()

    def newer(self, folder: DirectoryHandle | None) -> None:
        """Implement `Backend.newer`: nobody else publishes."""

    def adopt(self, folder: DirectoryHandle) -> tuple[Any, Any]:
        """Implement `Backend.adopt`: there is nothing to adopt."""
        raise IndexUnusable("an index on this machine leads to no other")

    def begin(self, folder: DirectoryHandle) -> None:
        """Implement `Backend.begin`: an empty folder is where a segment can be written."""

    def write(self, folder: DirectoryHandle, articles: Iterable[Article], part: int) -> Any:
        """Implement `Backend.write`; a part is a segment."""
        from shanxi_cli.engines.whoosh.segment_writer import translate_write_errors, write_segment

        storage = FolderStorage(folder, part=part)
        try:
            with translate_write_errors():
                return write_segment(storage, articles)
        finally:
            storage.close_all()

    def join(self, folder: DirectoryHandle, parts: Iterable[Any], gone: Iterable[str]) -> None:
        """Implement `Backend.join`; old segments are never rewritten, only left out of the table of contents."""
        from shanxi_cli.engines.whoosh.merge import merge_segments
        from shanxi_cli.engines.whoosh.segment_writer import translate_write_errors

        with translate_write_errors():
            merge_segments(FolderStorage(folder), parts, gone)

    def publish(self, folder: DirectoryHandle) -> None:
        """Implement `Backend.publish`: CURRENT says all."""

    def discard(self, folder: DirectoryHandle) -> None:
        """Implement `Backend.discard`: nothing is elsewhere."""

    def alive(self, folder: DirectoryHandle) -> bool:
        """Implement `Backend.alive`."""
        return True

    def open(self, folder: DirectoryHandle) -> WhooshEngine:
        """Implement `Backend.open`."""
        storage = FolderStorage(folder, readonly=True)
        try:
            return WhooshEngine(storage.open_index().reader(), storage)
        except Exception as error:  # damage shows as any of a dozen classes
            storage.close_all()
            if isinstance(error, IndexUnusable):
                raise
            raise IndexUnusable("the index cannot be opened") from error
