"""Putting segments into the table of contents of a Whoosh index, taking out old documents, joining what is small."""

from collections.abc import Iterable
from contextlib import closing
from typing import Any

from whoosh.reading import SegmentReader

from shanxi_cli.engines.whoosh.mmap_files import read_in_place
from shanxi_cli.engines.whoosh.near_duplicates import keep_alike
from shanxi_cli.engines.whoosh.postings import read_postings
from shanxi_cli.engines.whoosh.schema import schema

_FEW = 100
"""Documents that are worth a segment of their own: to rewrite as many takes no longer than to start."""
_MOST = 2_000
"""Documents that are written again at most: Whoosh takes some seconds for as many."""
_MEMORY_MB = 64
_CONTENTS = ".toc"


def join(storage: Any, parts: Iterable[Any], gone: Iterable[str]) -> None:
    """Puts segments into the table of contents, takes old documents out, and joins what has become small."""
    read_in_place()
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
    segment, and one that is mostly of deleted documents is rewritten. What is large stays.
    """
    alive = [segment for segment in segments if segment.doc_count()]
    first, joined = len(alive), 0
    while first:
        size = alive[first - 1].doc_count()
        if joined + size > _MOST or (joined and size > max(2 * joined, _FEW - joined)):
            break
        first -= 1
        joined += size
    last = alive[first:] if len(alive) - first > 1 else []
    old = [segment for segment in alive if segment not in last and _is_worn(segment)]
    for segment in (*old, *last):
        with closing(SegmentReader(writer.storage, writer.schema, segment)) as reader:
            writer.add_reader(reader)
    return [segment for segment in alive if segment not in old and segment not in last]


def _is_worn(segment: Any) -> bool:
    """True for a segment that has so many deleted documents that it is worth writing without them."""
    left, gone = segment.doc_count(), segment.deleted_count()
    return bool(left <= _MOST and gone > (left if left > _FEW else 0))


def _all_kept(writer: Any, segments: list[Any]) -> list[Any]:
    """The same after a build of many parts, which are large: only what is empty is left out."""
    return [segment for segment in segments if segment.doc_count()]
