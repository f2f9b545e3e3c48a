"""The Whoosh backend: a segmented inverted index on disk, how it is written and how it is opened.

Whoosh keeps the index: postings, positions, columns, stored articles. What a query means is
decided in `whoosh_engine`. Nothing above these files sees a class or an exception of Whoosh.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import whoosh
from whoosh.filedb.filestore import RamStorage
from whoosh.reading import SegmentReader

from shanxi_cli.engines.whoosh_alike import keep_alike
from shanxi_cli.engines.whoosh_engine import WhooshEngine
from shanxi_cli.engines.whoosh_explain import explain
from shanxi_cli.engines.whoosh_files import read_in_place
from shanxi_cli.engines.whoosh_postings import read_postings
from shanxi_cli.engines.whoosh_schema import fingerprint, schema
from shanxi_cli.engines.whoosh_storage import FolderStorage
from shanxi_cli.engines.whoosh_writing import write_segment
from shanxi_cli.errors import EngineError, IndexUnusable, ShanxiError
from shanxi_cli.folder import Folder
from shanxi_cli.generation import Identity
from shanxi_cli.model import Article
from shanxi_cli.query import Query

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
        with _writing():
            return write_segment(FolderStorage(folder, part=part), articles)

    def join(self, folder: Folder, parts: Iterable[Any], gone: Iterable[str]) -> None:
        """See `Backend.join`. Old segments are never rewritten, only left out of the table of contents."""
        with _writing():
            _join(FolderStorage(folder), parts, gone)

    def hold(self, articles: Iterable[Article]) -> WhooshEngine:
        """See `Backend.hold`."""
        storage = RamStorage()
        with _writing():
            _join(storage, [write_segment(storage, articles)], ())
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


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except (ShanxiError, OSError):
        raise
    except Exception as error:  # a damaged base shows as any of a dozen classes
        raise EngineError("the engine could not write the index") from error


def _join(storage: Any, parts: Iterable[Any], gone: Iterable[str]) -> None:
    """Puts segments into the table of contents, takes old documents out, and joins what has become small."""
    if not any(name.endswith(_CONTENTS) for name in storage.list()):
        storage.create_index(schema())
    with closing(storage.open_index()) as opened:
        writer = opened.writer(limitmb=_MEMORY_MB)
        try:
            with closing(opened.reader()) as before:
                for article_id in gone:
                    for number in read_postings(before, "id", article_id.encode()):
                        writer.delete_document(number)
            new = [part for part in parts if part is not None]
            writer.segments += new
            writer.commit(mergetype=_last_joined if len(new) < 2 else _all_kept)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        with closing(opened.reader()) as after:
            keep_alike(storage, after)


def _last_joined(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's way to say which segments stay as they are, after the others were given to the writer as one new.

    The last is joined with those before it as long as each has at most twice as many documents as are joined
    already: so there are few segments, and an article is rewritten a few times at most. Few articles are one
    segment, and one that is mostly of deleted documents is rewritten.
    """
    alive = [segment for segment in segments if segment.doc_count()]
    first, joined = len(alive), 0
    while first and (not joined or alive[first - 1].doc_count() <= max(2 * joined, _FEW - joined)):
        first -= 1
        joined += alive[first].doc_count()
    last = alive[first:] if len(alive) - first > 1 else []
    old = [s for s in alive if s not in last and s.deleted_count() > (s.doc_count() if s.doc_count() > _FEW else 0)]
    for segment in (*old, *last):
        with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
            writer.add_reader(reader)
    return [segment for segment in alive if segment not in old and segment not in last]


def _all_kept(writer: Any, segments: list[Any]) -> list[Any]:
    """The same after a build of many parts, which are large: only what is empty is left out."""
    return [segment for segment in segments if segment.doc_count()]
