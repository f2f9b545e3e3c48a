"""Block writer: write a posting list at a time, through internals of Whoosh's codec.

Whoosh's own writer checks, counts and copies each posting, at 3 µs a posting; writing whole lists takes a sixth of
that (2026-11, whoosh3 3.54.0). If the internals of the codec differ from those expected, `write_terms` passes the
postings one by one. Either way the lists have the format of `posting_arrays`.
"""

from collections.abc import Iterator, Mapping
from struct import Struct
from typing import Any

from whoosh.codec import whoosh3

from shanxi_cli.engines.whoosh.posting_arrays import encode_occurrence, encode_postings, split_values
from shanxi_cli.engines.whoosh.term_postings import CollectedPostings

_TERM_INFO_FORMAT = "!BfIBBfII"
_EXTENT_STRUCT = Struct("!qi")
_WRITER_INTERNALS = ("_fieldid", "_postfile", "_tindex")


def write_terms(writer: Any, schema: Any, fields: Mapping[str, CollectedPostings]) -> None:
    """Write all postings with the codec's field writer, and close it."""
    if _is_known_codec(writer):
        for name in sorted(fields):
            writer.start_field(name, schema[name])
            _write_field(writer, fields[name], schema[name].width)
            writer.finish_field()
    else:
        writer.add_postings(schema, None, iterate_postings(schema, fields))
    writer.close()


def iterate_postings(
    schema: Any, fields: Mapping[str, CollectedPostings]
) -> Iterator[tuple[str, bytes, int, float, bytes]]:
    """Yield (field, term, document, weight, value) of each posting, sorted."""
    for name in sorted(fields):
        width = schema[name].width
        for term in sorted(fields[name]):
            numbers, weights, values = fields[name].postings(term)
            split = split_values(bytes(values), weights, width) if width else (b"",) * len(numbers)
            postings = zip(numbers, map(float, weights), split, strict=True)
            yield from ((name, term.encode(), *posting) for posting in postings)


def _is_known_codec(writer: Any) -> bool:
    """Return True if the codec has the internals and the term infos that this module writes."""
    info = getattr(whoosh3, "W3TermInfo", None)
    layout = getattr(getattr(info, "_struct", None), "format", b"")
    return layout == _TERM_INFO_FORMAT and all(hasattr(writer, name) for name in _WRITER_INTERNALS)


def _write_field(writer: Any, terms: CollectedPostings, width: int) -> None:
    file, number = writer._postfile, writer._fieldid.to_bytes(2, "big")
    write, add, pack = file.write, writer._tindex.add, whoosh3.W3TermInfo._struct.pack
    start = file.tell()
    for term in sorted(terms):
        if lone := terms.lone_occurrence(term):  # half of all terms
            postings, info = encode_occurrence(*lone), pack(0, 1, 1, 0, 0, 1, lone[0], lone[0])
        else:
            numbers, weights, values = terms.postings(term)
            postings = encode_postings(numbers, weights, bytes(values), width)
            info = pack(0, sum(weights), len(numbers), 0, 0, max(weights), numbers[0], numbers[-1])
        size = len(postings)
        write(postings)
        add(number + term.encode(), info + _EXTENT_STRUCT.pack(start, size))
        start += size
