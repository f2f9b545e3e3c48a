"""The Whoosh backend: a segmented inverted index on disk, how it is written and how it is opened.

Whoosh keeps the index: postings, positions, columns, stored articles. What a query means is
decided in `whoosh_engine`. Nothing above these files sees a class or an exception of Whoosh.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import whoosh
from whoosh.filedb.filestore import RamStorage

from shanxi_cli.engines.base import EngineIdentity
from shanxi_cli.engines.whoosh.explain import explain_plan
from shanxi_cli.engines.whoosh.mmap_files import enable_zero_copy_reads
from shanxi_cli.engines.whoosh.schema import index_fingerprint
from shanxi_cli.engines.whoosh.searcher import WhooshEngine
from shanxi_cli.engines.whoosh.segment_writer import write_segment
from shanxi_cli.engines.whoosh.storage import FolderStorage
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.util.dirfd import DirectoryHandle

_FEW = 100
_MEMORY_MB = 64
_CONTENTS = ".toc"


class WhooshBackend:
    """Writes and opens Whoosh indexes."""

    def identity(self) -> EngineIdentity:
        """Whoosh's exact version counts: its format is its own business."""
        return EngineIdentity("whoosh", ".".join(map(str, whoosh.__version__)), index_fingerprint())

    def write(self, folder: DirectoryHandle, articles: Iterable[Article], part: int) -> Any:
        """See `Backend.write`. A part is a segment."""
        from shanxi_cli.engines.whoosh.segment_writer import translate_write_errors

        storage = FolderStorage(folder, part=part)
        try:
            with translate_write_errors():
                return write_segment(storage, articles)
        finally:
            storage.abandon()

    def join(self, folder: DirectoryHandle, parts: Iterable[Any], gone: Iterable[str]) -> None:
        """See `Backend.join`. Old segments are never rewritten, only left out of the table of contents."""
        from shanxi_cli.engines.whoosh.merge import merge_segments
        from shanxi_cli.engines.whoosh.segment_writer import translate_write_errors

        with translate_write_errors():
            merge_segments(FolderStorage(folder), parts, gone)

    def hold(self, articles: Iterable[Article]) -> WhooshEngine:
        """See `Backend.hold`."""
        from shanxi_cli.engines.whoosh.merge import merge_segments
        from shanxi_cli.engines.whoosh.segment_writer import translate_write_errors

        storage = RamStorage()
        with translate_write_errors():
            merge_segments(storage, [write_segment(storage, articles)], ())
        return WhooshEngine(storage.open_index().reader(), storage)

    def explain(self, plan: QueryPlan) -> Iterator[str]:
        """See `Backend.explain`."""
        return explain_plan(plan)

    def open(self, folder: DirectoryHandle) -> WhooshEngine:
        """See `Backend.open`."""
        enable_zero_copy_reads()
        storage = FolderStorage(folder, readonly=True)
        try:
            return WhooshEngine(storage.open_index().reader(), storage)
        except Exception as error:  # damage shows as any of a dozen classes
            storage.abandon()
            raise IndexUnusable("the index cannot be opened") from error
