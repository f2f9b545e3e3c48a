"""Term dictionary of a Whoosh index over its segments: terms with their document counts and occurrences."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from shanxi_cli.engines.base import TermStats
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.postings import list_segments, read_positions, read_postings


def read_term_stats(reader: Any, field: str, term: bytes) -> TermStats:
    """Return a term with its articles and occurrences; without deletions the dictionary has both counts."""
    if reader.has_deletions():
        postings = read_postings(reader, field, term)
        return TermStats(term.decode(), len(postings), int(sum(postings.values())))
    infos = [leaf.term_info(field, term) for leaf, _ in list_segments(reader) if (field, term) in leaf]
    articles = sum(info.doc_frequency() for info in infos)
    return TermStats(term.decode(), articles, int(sum(info.weight() for info in infos)))


def iterate_term_stats(read: CachedReader, field: str, prefix: bytes) -> Iterator[TermStats]:
    """Yield all terms with a prefix that are in some article; without deletions in one pass over the dictionary."""
    if read.reader.has_deletions():
        stats = (read_term_stats(read.reader, field, term) for term in read.expand(field, prefix))
        yield from (term for term in stats if term.articles)
        return
    totals: dict[bytes, tuple[int, int]] = {}
    for leaf, _ in list_segments(read.reader):
        for term, info in leaf.iter_prefix(field, prefix):
            articles, occurrences = totals.get(term, (0, 0))
            totals[term] = articles + info.doc_frequency(), occurrences + int(info.weight())
    yield from (TermStats(term.decode(), *both) for term, both in totals.items())


def iterate_zone_term_stats(read: CachedReader, field: str, prefix: bytes, zone: range) -> Iterator[TermStats]:
    """Yield all terms with a prefix that occur at positions in `zone`, counted there."""
    for term in read.expand(field, prefix):
        positions = read_positions(read.reader, field, term).values()
        inside = [bisect_left(places, zone.stop) - bisect_left(places, zone.start) for places in positions]
        if any(inside):
            yield TermStats(term.decode(), sum(map(bool, inside)), sum(inside))
