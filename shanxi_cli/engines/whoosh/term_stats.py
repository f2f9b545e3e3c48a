"""Term dictionary of a Whoosh index over its segments: terms with their document counts and occurrences."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
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


def iterate_code_term_stats(read: CachedReader, prefix: bytes, zone: range | None) -> Iterator[TermStats]:
    """Yield all terms with a prefix that occur in code, counted there; articles have them nowhere else (in `zone`)."""
    for term in read.expand("in_code", prefix):
        in_code = read_postings(read.reader, "in_code", term)
        if zone:
            positions = read_positions(read.reader, "words", term)
            everywhere = {n: _count_between(positions[n], zone) for n in in_code}
        else:
            everywhere = {number: int(often) for number, often in read_postings(read.reader, "words", term).items()}
        only_there = sum(everywhere[number] == int(often) for number, often in in_code.items())
        yield TermStats(term.decode(), only_there, int(sum(in_code.values())))


def iterate_zone_term_stats(read: CachedReader, field: str, prefix: bytes, zone: range) -> Iterator[TermStats]:
    """Yield all terms with a prefix that occur at positions in `zone`, counted there."""
    for term in read.expand(field, prefix):
        positions = read_positions(read.reader, field, term).values()
        inside = [_count_between(places, zone) for places in positions]
        if any(inside):
            yield TermStats(term.decode(), sum(map(bool, inside)), sum(inside))


def _count_between(places: Sequence[int], zone: range) -> int:
    return bisect_left(places, zone.stop) - bisect_left(places, zone.start)
