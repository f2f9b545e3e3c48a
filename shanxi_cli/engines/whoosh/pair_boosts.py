"""Boosts of neighbouring words, computed only for documents that they can bring among the first k.

A boost needs positions, which take longer to read than all else of a query. No document has more pairs than the rarer
of its two words, which bounds the boost without positions. A document whose score with the bounds of all its pairs is
below the k-th score without them is not among the first k, as scores only rise (Turtle and Flood, 1995: MaxScore). The
first k documents and their scores are those of the full evaluation (a test compares them).
"""

from collections.abc import Iterable, Mapping
from heapq import nlargest

from shanxi_cli.engines import bm25
from shanxi_cli.engines.score_map import ScoreMap
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.restricted_reader import RestrictedReader

_TOLERANCE = 1e-8
"""Margin of the bounds: more than the digits to which scores are compared (`engines.top_k`)."""


class PairBoost:
    """The boost of one pair of stems: bounds without positions, and exact values with them."""

    def __init__(self, read: CachedReader | RestrictedReader, first: str, second: str) -> None:
        self._read = read
        self._terms = [first.encode(), second.encode()]
        self._postings: list[Mapping[int, int]] = [read.postings("stems", term) for term in self._terms]
        weight = bm25.PAIR_WEIGHT * bm25.pair_idf(
            read.size, *(read.document_count("stems", term) for term in self._terms)
        )
        self.highest = weight * (bm25.BM25_K1 + 1)

    def bound(self, number: int) -> float:
        """Return the highest boost that a document can have."""
        one, other = self._postings
        return self._saturate(number, min(one[number], other[number])) if number in one and number in other else 0.0

    def values(self, numbers: Iterable[int]) -> ScoreMap:
        """Return the boost of each of some documents that has the pair."""
        one, other = self._postings
        both = sorted(one.keys() & other.keys() & set(numbers))
        if not both:
            return {}
        before, after = (self._read.positions_among("stems", term, both) for term in self._terms)
        boosts: ScoreMap = {}
        for number in both:
            ends = {place + 1 for place in before[number]}
            if count := len(ends.intersection(after[number])):
                boosts[number] = self._saturate(number, count)
        return boosts

    def _saturate(self, number: int, frequency: float) -> float:
        norm = bm25.length_norm(self._read.numbers("length")[number], self._read.mean("length"))
        return self.highest * frequency / (frequency + norm)


class DeferredBoosts:
    """Scores to which the boosts of pairs are added as far as they are needed."""

    def __init__(self, scores: ScoreMap, pairs: list[PairBoost]) -> None:
        """`scores` are those without pairs; they are changed in place."""
        self.scores = scores
        self._pairs = pairs
        self._exact: set[int] = set()

    def settle(self, many: int) -> list[int]:
        """Make the scores of the first `many` documents exact; return these and whatever others may be among them."""
        scores, highest = self.scores, sum(pair.highest for pair in self._pairs)
        if many >= len(scores) or not self._pairs:
            return self._add(list(scores))
        least = nlargest(many, scores.values())[-1] - _TOLERANCE if many else 0.0
        near = [number for number, score in scores.items() if score + highest >= least]
        return self._add([number for number in near if scores[number] + self._bound(number) >= least])

    def _bound(self, number: int) -> float:
        return 0.0 if number in self._exact else sum(pair.bound(number) for pair in self._pairs)

    def _add(self, numbers: list[int]) -> list[int]:
        missing = [number for number in numbers if number not in self._exact]
        for pair in self._pairs:
            for number, boost in pair.values(missing).items():
                self.scores[number] += boost
        self._exact.update(missing)
        return numbers
