"""Count the match spans of each document on the positions in the postings, without reading an article."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.postings import read_values
from shanxi_cli.engines.whoosh.quantity_postings import count_quantities_in_ranges
from shanxi_cli.matching.highlighter import TextPattern
from shanxi_cli.matching.spans import merge_spans, phrase_spans
from shanxi_cli.query.plan.lookups import ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.range import QuantityRange

TermResolver = Callable[[Any], list[bytes]]
"""Returns the index terms of a lookup."""


def count_hits(
    read: CachedReader, patterns: list[TextPattern], words_of: TermResolver, units_of: TermResolver
) -> dict[int, int]:
    """Return the number of spans by document; `words_of` resolves expansions, `units_of` ranges on quantities."""
    words: list[PhraseLookup | ExpansionLookup] = [item for item in patterns if not isinstance(item, QuantityRange)]
    counts = _count_single_words(read, words, words_of)
    if counts is None:
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for lookup in words:
            for number, of_lookup in _iterate_spans(read, lookup, words_of):
                spans[number] += of_lookup
        counts = {number: len(merge_spans(of_number)) for number, of_number in spans.items() if of_number}
    ranges: dict[bytes, list[QuantityRange]] = defaultdict(list)
    for item in patterns:
        if isinstance(item, QuantityRange):
            for term in units_of(item):
                ranges[term].append(item)
    for term, term_ranges in ranges.items():
        for number, value in read_values(read.reader, "quantities", term).items():
            if many := count_quantities_in_ranges(value, term_ranges):
                counts[number] = counts.get(number, 0) + many
    return counts


def _count_single_words(
    read: CachedReader, words: list[PhraseLookup | ExpansionLookup], words_of: TermResolver
) -> dict[int, int] | None:
    """Count by frequencies if the only lookup is a single word in any field; else return None."""
    if not words:
        return {}
    item = words[0]
    if len(words) > 1 or item.field or (isinstance(item, PhraseLookup) and len(item.terms) > 1):
        return None
    terms = words_of(item) if isinstance(item, ExpansionLookup) else [item.terms[0].encode()]
    counts: dict[int, int] = {}
    for term in terms:
        for number, often in read.postings(_index_field(item), term).items():
            counts[number] = counts.get(number, 0) + int(often)
    return counts


def _iterate_spans(
    read: CachedReader, item: PhraseLookup | ExpansionLookup, words_of: TermResolver
) -> Iterator[tuple[int, Iterable[tuple[int, int]]]]:
    """Yield (document, spans of first and last position) of all matches in the field of `item`."""
    zone = ZONES.get(item.field)

    def places(term: bytes) -> Mapping[int, list[int]]:
        positions = read.positions(_index_field(item), term)
        return {n: [at for at in of_one if at in zone] for n, of_one in positions.items()} if zone else positions

    if isinstance(item, ExpansionLookup):
        for term in words_of(item):
            for number, positions in places(term).items():
                yield number, [(at, at) for at in positions]
        return
    of = {term: places(term.encode()) for term in dict.fromkeys(item.terms)}
    for number in set.intersection(*map(set, of.values())):
        yield number, phrase_spans(item, [of[term][number] for term in item.terms])


def _index_field(item: PhraseLookup | ExpansionLookup) -> str:
    return item.layer.value if isinstance(item, PhraseLookup) else TermForm.WORDS.value
