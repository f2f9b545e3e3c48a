"""How many places of each document match: counted on the positions in the postings, without reading an article."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines.whoosh.cached_reader import Reading
from shanxi_cli.engines.whoosh.postings import read_values
from shanxi_cli.engines.whoosh.quantity_postings import how_many_within
from shanxi_cli.matching.highlighter import Pattern
from shanxi_cli.matching.spans import joined, spans
from shanxi_cli.query.plan.planner import Expansion, Layer, Sequence
from shanxi_cli.query.plan.range import Limit

Terms = Callable[[Any], list[bytes]]
"""Gives the terms of a kind that a lookup asks for."""


def count_hits(read: Reading, wanted: list[Pattern], words_of: Terms, units_of: Terms) -> dict[int, int]:
    """Document -> how many places. `words_of` gives the words of an expansion, `units_of` the terms of a limit."""
    words: list[Sequence | Expansion] = [item for item in wanted if not isinstance(item, Limit)]
    counts = _of_single_words(read, words, words_of)
    if counts is None:
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for each in words:
            for number, some in _spans(read, each, words_of):
                found[number] += some
        counts = {number: len(joined(some)) for number, some in found.items() if some}
    limits: dict[bytes, list[Limit]] = defaultdict(list)
    for item in wanted:
        if isinstance(item, Limit):
            for term in units_of(item):
                limits[term].append(item)
    for term, some_limits in limits.items():
        for number, value in read_values(read.reader, "quantities", term).items():
            if many := how_many_within(value, some_limits):
                counts[number] = counts.get(number, 0) + many
    return counts


def _of_single_words(read: Reading, words: list[Sequence | Expansion], words_of: Terms) -> dict[int, int] | None:
    """Where all places are of one word, of any field: then the postings have counted them. None where they are not."""
    if not words:
        return {}
    item = words[0]
    if len(words) > 1 or item.field or (isinstance(item, Sequence) and len(item.terms) > 1):
        return None
    terms = words_of(item) if isinstance(item, Expansion) else [item.terms[0].encode()]
    counts: dict[int, int] = {}
    for term in terms:
        for number, often in read.postings(_layer(item), term).items():
            counts[number] = counts.get(number, 0) + int(often)
    return counts


def _spans(
    read: Reading, item: Sequence | Expansion, words_of: Terms
) -> Iterator[tuple[int, Iterable[tuple[int, int]]]]:
    """(document, first and last positions) of all that matches in the item's field."""
    zone = ZONES.get(item.field)

    def places(term: bytes) -> Mapping[int, list[int]]:
        found = read.positions(_layer(item), term)
        return {n: [at for at in some if at in zone] for n, some in found.items()} if zone else found

    if isinstance(item, Expansion):
        for term in words_of(item):
            for number, some in places(term).items():
                yield number, [(at, at) for at in some]
        return
    of = {term: places(term.encode()) for term in dict.fromkeys(item.terms)}
    for number in set.intersection(*map(set, of.values())):
        yield number, spans(item, [of[term][number] for term in item.terms])


def _layer(item: Sequence | Expansion) -> str:
    return item.layer.value if isinstance(item, Sequence) else Layer.WORDS.value
