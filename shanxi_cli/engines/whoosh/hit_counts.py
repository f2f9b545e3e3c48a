"""How many places of each document match: counted on the positions in the postings, without reading an article."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.postings import read_values
from shanxi_cli.engines.whoosh.quantity_postings import count_quantities_in_ranges
from shanxi_cli.matching.highlighter import TextPattern
from shanxi_cli.matching.spans import merge_spans, phrase_spans
from shanxi_cli.query.plan.planner import ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.range import QuantityRange

TermResolver = Callable[[Any], list[bytes]]
"""Gives the terms of a kind that a lookup asks for."""


def count_hits(
    read: CachedReader, wanted: list[TextPattern], words_of: TermResolver, units_of: TermResolver
) -> dict[int, int]:
    """Document -> how many places. `words_of` gives the words of an expansion, `units_of` the terms of a limit."""
    words: list[PhraseLookup | ExpansionLookup] = [item for item in wanted if not isinstance(item, QuantityRange)]
    counts = _count_single_words(read, words, words_of)
    if counts is None:
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for each in words:
            for number, some in _iterate_spans(read, each, words_of):
                found[number] += some
        counts = {number: len(merge_spans(some)) for number, some in found.items() if some}
    limits: dict[bytes, list[QuantityRange]] = defaultdict(list)
    for item in wanted:
        if isinstance(item, QuantityRange):
            for term in units_of(item):
                limits[term].append(item)
    for term, some_limits in limits.items():
        for number, value in read_values(read.reader, "quantities", term).items():
            if many := count_quantities_in_ranges(value, some_limits):
                counts[number] = counts.get(number, 0) + many
    return counts


def _count_single_words(
    read: CachedReader, words: list[PhraseLookup | ExpansionLookup], words_of: TermResolver
) -> dict[int, int] | None:
    """Where all places are of one word, of any field: then the postings have counted them. None where they are not."""
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
    """(document, first and last positions) of all that matches in the item's field."""
    zone = ZONES.get(item.field)

    def places(term: bytes) -> Mapping[int, list[int]]:
        found = read.positions(_index_field(item), term)
        return {n: [at for at in some if at in zone] for n, some in found.items()} if zone else found

    if isinstance(item, ExpansionLookup):
        for term in words_of(item):
            for number, some in places(term).items():
                yield number, [(at, at) for at in some]
        return
    of = {term: places(term.encode()) for term in dict.fromkeys(item.terms)}
    for number in set.intersection(*map(set, of.values())):
        yield number, phrase_spans(item, [of[term][number] for term in item.terms])


def _index_field(item: PhraseLookup | ExpansionLookup) -> str:
    return item.layer.value if isinstance(item, PhraseLookup) else TermForm.WORDS.value
