"""Putting segments into the table of contents of a Whoosh index, taking out old documents, joining what is small."""

from collections.abc import Iterable
from contextlib import closing
from typing import Any

from whoosh.reading import SegmentReader

from shanxi_cli.engines.whoosh.mmap_files import enable_zero_copy_reads
from shanxi_cli.engines.whoosh.near_duplicates import write_near_duplicates
from shanxi_cli.engines.whoosh.postings import read_postings
from shanxi_cli.engines.whoosh.schema import build_schema

_MIN_SEGMENT_DOCS = 100
"""Documents that are worth a segment of their own: to rewrite as many takes no longer than to start."""
_MAX_MERGE_DOCS = 2_000
"""Documents that are written again at most: Whoosh takes some seconds for as many."""
_WRITER_MEMORY_MB = 64
_TOC_SUFFIX = ".toc"


def merge_segments(storage: Any, parts: Iterable[Any], gone: Iterable[str]) -> None:
    """Puts segments into the table of contents, takes old documents out, and joins what has become small."""
    enable_zero_copy_reads()
    if not any(name.endswith(_TOC_SUFFIX) for name in storage.list()):
        storage.create_index(build_schema())
    with closing(storage.open_index()) as opened:
        writer = opened.writer(limitmb=_WRITER_MEMORY_MB)
        try:
            with closing(opened.reader()) as before:
                for article_id in gone:
                    for number in read_postings(before, "id", article_id.encode()):
                        writer.delete_document(number)
            new = [part for part in parts if part is not None]
            writer.segments += new
            writer.commit(mergetype=_merge_tail if len(new) < 2 else _merge_nothing)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise
        with closing(opened.reader()) as after:
            write_near_duplicates(storage, after)


def _merge_tail(writer: Any, segments: list[Any]) -> list[Any]:
    """Whoosh's way to say which segments stay as they are, after the others were given to the writer as one new.

    The last is joined with those before it as long as each has at most twice as many documents as are joined
    already: so there are few segments, and an article is rewritten a few times at most. Few articles are one
    segment, and one that is mostly of deleted documents is rewritten. What is large stays.
    """
    alive = [segment for segment in segments if segment.doc_count()]
    first, joined = len(alive), 0
    while first:
        size = alive[first - 1].doc_count()
        if joined + size > _MAX_MERGE_DOCS or (joined and size > max(2 * joined, _MIN_SEGMENT_DOCS - joined)):
            break
        first -= 1
        joined += size
    last = alive[first:] if len(alive) - first > 1 else []
    old = [segment for segment in alive if segment not in last and _has_many_deletions(segment)]
    for segment in (*old, *last):
        with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
            writer.add_reader(reader)
    return [segment for segment in alive if segment not in old and segment not in last]


def _has_many_deletions(segment: Any) -> bool:
    """True for a segment that has so many deleted documents that it is worth writing without them."""
    left, gone = segment.doc_count(), segment.deleted_count()
    return bool(left <= _MAX_MERGE_DOCS and gone > (left if left > _MIN_SEGMENT_DOCS else 0))


def _merge_nothing(writer: Any, segments: list[Any]) -> list[Any]:
    """The same after a build of many parts, which are large: only what is empty is left out."""
    return [segment for segment in segments if segment.doc_count()]
