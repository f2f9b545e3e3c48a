"""The Whoosh backend: a segmented inverted index on disk, how it is written and how it is opened.

Whoosh keeps the index: postings, positions, columns, stored articles. What a query means is
decided in `whoosh_engine`. Nothing above these files sees a class or an exception of Whoosh.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import whoosh
from whoosh.filedb.filestore import RamStorage

from shanxi_cli.engines.whoosh_engine import WhooshEngine
from shanxi_cli.engines.whoosh_explain import explain
from shanxi_cli.engines.whoosh_postings import read_postings
from shanxi_cli.engines.whoosh_schema import document, fingerprint, schema
from shanxi_cli.engines.whoosh_storage import FolderStorage
from shanxi_cli.errors import EngineError, IndexUnusable, ShanxiError
from shanxi_cli.folder import Folder
from shanxi_cli.generation import Identity
from shanxi_cli.model import Article
from shanxi_cli.query import Query

_MERGE_BELOW = 2_000
_MEMORY_MB = 64
_CONTENTS = ".toc"


class WhooshBackend:
    """Writes and opens Whoosh indexes."""

    def identity(self) -> Identity:
        """Whoosh's exact version counts: its format is its own business."""
        return Identity("whoosh", ".".join(map(str, whoosh.__version__)), fingerprint())

    def write(self, folder: Folder, articles: Iterable[Article], gone: Iterator[str]) -> None:
        """See `Backend.write`. Old segments are never rewritten, only left out of the table of contents."""
        _write(FolderStorage(folder), articles, gone)

    def hold(self, articles: Iterable[Article]) -> WhooshEngine:
        """See `Backend.hold`."""
        storage = RamStorage()
        _write(storage, articles, iter(()))
        return WhooshEngine(storage.open_index().reader())

    def explain(self, query: Query) -> Iterator[str]:
        """See `Backend.explain`."""
        return explain(query)

    def open(self, folder: Folder) -> WhooshEngine:
        """See `Backend.open`."""
        storage = FolderStorage(folder, readonly=True)
        try:
            return WhooshEngine(storage.open_index().reader())
        except Exception as error:  # damage shows as any of a dozen classes
            storage.abandon()
            raise IndexUnusable("the index cannot be opened") from error


def _write(storage: Any, articles: Iterable[Article], gone: Iterator[str]) -> None:
    opened = before = None
    try:
        if any(name.endswith(_CONTENTS) for name in storage.list()):
            opened = storage.open_index()
            before = opened.reader()
        else:
            opened = storage.create_index(schema())
        _fill(opened, before, articles, gone)
    except (ShanxiError, OSError):
        raise
    except Exception as error:  # a damaged base shows as any of a dozen classes
        raise EngineError("the engine could not write the index") from error
    finally:
        for each in (before, opened):
            if each is not None:
                each.close()


def _fill(opened: Any, before: Any, articles: Iterable[Article], gone: Iterator[str]) -> None:
    writer = opened.writer(limitmb=_MEMORY_MB)
    try:
        for article in articles:
            _delete(writer, before, article.id)
            writer.add_document(**document(article))
        for article_id in gone:
            _delete(writer, before, article_id)
        # One segment while that is cheap; later Whoosh's own rule, which merges small ones.
        writer.commit(optimize=before is not None and before.doc_count_all() < _MERGE_BELOW)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise


def _delete(writer: Any, before: Any, article_id: str) -> None:
    """Marks the old document of that id as deleted, if there was one."""
    if before is not None:
        for number in read_postings(before, "id", article_id.encode()):
            writer.delete_document(number)
