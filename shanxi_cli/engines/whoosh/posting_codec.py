"""Codec of a segment: Whoosh's own, with posting lists as arrays (`posting_arrays`).

Whoosh writes and reads these lists one posting after the other through the interfaces of its codec, as when it merges
segments. Searches read them through `segment_reader`.
"""

import sys
from array import array
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter
from whoosh.matching import ListMatcher

from shanxi_cli.engines.whoosh.posting_arrays import PostingArrays, encode_postings

_MAX_WHOLE_BYTES = 2048
"""Size of a list up to which it is read whole, in one call."""


class ArrayCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with other posting lists. A segment holds its codec, so a reader finds it."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:  # noqa: FBT001, FBT002 -- Whoosh's interface
        """Return a writer of posting lists."""
        return _ArrayWriter(dbfile, blocklimit=sys.maxsize, byteids=byteids)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """Return a matcher over the posting list that a term info points to."""
        postings = read_posting_arrays(dbfile, terminfo)
        weights = list(map(float, postings.weights))
        return ListMatcher(
            list(postings.numbers), weights, postings.values() or (None,) * len(weights), format_,
            scorer=scorer, term=term, terminfo=terminfo,
        )  # fmt: skip


def read_posting_arrays(dbfile: Any, terminfo: Any) -> PostingArrays:
    """Return the posting list that a term info points to, of which only the arrays are read unless it is short."""
    start, (size,) = terminfo.extent()  # whoosh3 3.54.0 returns the size as a tuple of one
    if size > _MAX_WHOLE_BYTES:
        return PostingArrays(lambda offset, length: dbfile.get(start + offset, length), terminfo.doc_frequency())
    data = dbfile.get(start, size)
    return PostingArrays(lambda offset, length: data[offset : offset + length], terminfo.doc_frequency())


class _ArrayWriter(W3PostingsWriter):  # type: ignore[misc]
    """Collects the postings of a term, and writes them as one list."""

    def _write_block(self, last: bool = False) -> None:  # noqa: FBT001, FBT002 -- Whoosh's interface
        self._terminfo.add_block(self)
        weights, values = array("I", map(int, self._weights)), b"".join(self._values)
        width = len(values) // sum(weights)
        self._postfile.write(encode_postings(self._ids, weights, values, width))
        self._blockcount += 1
        self._new_block()
