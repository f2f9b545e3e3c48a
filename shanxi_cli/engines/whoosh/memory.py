"""A Whoosh index in memory, for a run that must not write files or cannot."""

from collections.abc import Iterable

from whoosh.filedb.filestore import RamStorage

from shanxi_cli.engines.whoosh.merge import merge_segments
from shanxi_cli.engines.whoosh.searcher import WhooshEngine
from shanxi_cli.engines.whoosh.segment_writer import translate_write_errors, write_segment
from shanxi_cli.model.article import Article


def open_in_memory(articles: Iterable[Article]) -> WhooshEngine:
    """Implement `engines.open_in_memory`."""
    storage = RamStorage()
    with translate_write_errors():
        merge_segments(storage, [write_segment(storage, articles)], ())
    return WhooshEngine(storage.open_index().reader(), storage)
