"""Segment merging: commit new segments, delete old documents and merge small segments."""

from collections.abc import Iterable
from contextlib import closing
from typing import Any

from whoosh.reading import SegmentReader

from shanxi_cli.engines.whoosh.near_duplicates import write_near_duplicates
from shanxi_cli.engines.whoosh.posting_codec import ArrayCodec
from shanxi_cli.engines.whoosh.postings import read_postings
from shanxi_cli.engines.whoosh.schema import build_schema

_MIN_SEGMENT_DOCS = 100
"""Size of a segment below which rewriting it takes no longer than starting the merge."""
_MAX_MERGE_DOCS = 2_000
"""Maximum number of documents rewritten in a merge: Whoosh takes some seconds for as many."""
_WRITER_MEMORY_MB = 64
_TOC_SUFFIX = ".toc"


def merge_segments(storage: Any, parts: Iterable[Any], gone: Iterable[str]) -> None:
    """Commit new segments, delete the documents with the ids in `gone`, and merge small segments."""
    if not any(name.endswith(_TOC_SUFFIX) for name in storage.list()):
        storage.create_index(build_schema())
    with closing(storage.open_index()) as opened:
        writer = opened.writer(limitmb=_WRITER_MEMORY_MB, codec=ArrayCodec())
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
    """Merge the last segments into one; return the segments that stay unchanged (Whoosh's `mergetype` interface).

    The last segment is merged with those before it as long as each has at most twice as many documents as are
    merged already: so there are few segments, and an article is rewritten only a few times. Small segments are always
    merged, and a segment of mostly deleted documents is rewritten. Large segments stay unchanged.
    """
    alive = [segment for segment in segments if segment.doc_count()]
    first, merged = len(alive), 0
    while first:
        size = alive[first - 1].doc_count()
        if merged + size > _MAX_MERGE_DOCS or (merged and size > max(2 * merged, _MIN_SEGMENT_DOCS - merged)):
            break
        first -= 1
        merged += size
    last = alive[first:] if len(alive) - first > 1 else []
    old = [segment for segment in alive if segment not in last and _has_many_deletions(segment)]
    for segment in (*old, *last):
        with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
            writer.add_reader(reader)
    return [segment for segment in alive if segment not in old and segment not in last]


def _has_many_deletions(segment: Any) -> bool:
    """Return True if a segment has so many deleted documents that it is worth rewriting."""
    live, deleted = segment.doc_count(), segment.deleted_count()
    return bool(live <= _MAX_MERGE_DOCS and deleted > (live if live > _MIN_SEGMENT_DOCS else 0))


def _merge_nothing(writer: Any, segments: list[Any]) -> list[Any]:
    """Keep all segments that are not empty: the parts of a large build are large already."""
    return [segment for segment in segments if segment.doc_count()]
