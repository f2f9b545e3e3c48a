"""The Whoosh backend: a segmented inverted index on disk, how it is written and how it is opened.

Whoosh keeps the index: postings, positions, columns, stored articles. What a query means is
decided in `whoosh_engine`. Nothing above these files sees a class or an exception of Whoosh.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import whoosh
from whoosh.filedb.filestore import RamStorage

from shanxi_cli.engines.whoosh.explain import explain
from shanxi_cli.engines.whoosh.mmap_files import read_in_place
from shanxi_cli.engines.whoosh.schema import fingerprint
from shanxi_cli.engines.whoosh.searcher import WhooshEngine
from shanxi_cli.engines.whoosh.segment_writer import write_segment
from shanxi_cli.engines.whoosh.storage import FolderStorage
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.snapshot import Identity
from shanxi_cli.model.nouns import Article
from shanxi_cli.query.ast import Query
from shanxi_cli.util.dirfd import Folder

_FEW = 100
_MEMORY_MB = 64
_CONTENTS = ".toc"


class WhooshBackend:
    """Writes and opens Whoosh indexes."""

    def identity(self) -> Identity:
        """Whoosh's exact version counts: its format is its own business."""
        return Identity("whoosh", ".".join(map(str, whoosh.__version__)), fingerprint())

    def write(self, folder: Folder, articles: Iterable[Article], part: int) -> Any:
        """See `Backend.write`. A part is a segment."""
        from shanxi_cli.engines.whoosh.segment_writer import writing

        storage = FolderStorage(folder, part=part)
        try:
            with writing():
                return write_segment(storage, articles)
        finally:
            storage.abandon()

    def join(self, folder: Folder, parts: Iterable[Any], gone: Iterable[str]) -> None:
        """See `Backend.join`. Old segments are never rewritten, only left out of the table of contents."""
        from shanxi_cli.engines.whoosh.merge import join
        from shanxi_cli.engines.whoosh.segment_writer import writing

        with writing():
            join(FolderStorage(folder), parts, gone)

    def hold(self, articles: Iterable[Article]) -> WhooshEngine:
        """See `Backend.hold`."""
        from shanxi_cli.engines.whoosh.merge import join
        from shanxi_cli.engines.whoosh.segment_writer import writing

        storage = RamStorage()
        with writing():
            join(storage, [write_segment(storage, articles)], ())
        return WhooshEngine(storage.open_index().reader(), storage)

    def explain(self, query: Query) -> Iterator[str]:
        """See `Backend.explain`."""
        return explain(query)

    def open(self, folder: Folder) -> WhooshEngine:
        """See `Backend.open`."""
        read_in_place()
        storage = FolderStorage(folder, readonly=True)
        try:
            return WhooshEngine(storage.open_index().reader(), storage)
        except Exception as error:  # damage shows as any of a dozen classes
            storage.abandon()
            raise IndexUnusable("the index cannot be opened") from error
