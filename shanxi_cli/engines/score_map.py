"""Score maps: matching documents with their scores, and how to combine them."""

from bisect import bisect_left
from collections.abc import Callable
from operator import add

from shanxi_cli.analysis.document_fields import ZONES

ScoreMap = dict[int, float]
"""Scores of the matching documents, by their numbers in the whole index."""


def has_position_in_zone(positions: list[int], zone: range) -> bool:
    """Return True if one of the sorted positions lies in a zone."""
    at = bisect_left(positions, zone.start)
    return at < len(positions) and positions[at] in zone


def shares_sentence(sentences: list[range], positions: list[int]) -> bool:
    """Return True if one of the positions lies in one of the sentences, which are ranges of words of the body."""
    start = ZONES["body"].start
    return any(place - start in sentence for sentence in sentences for place in positions)


def weigh_scores(scores: ScoreMap, weight: float) -> ScoreMap:
    """Return the scores multiplied by a weight; the same map for a weight of 1."""
    return scores if weight == 1 else {number: weight * score for number, score in scores.items()}


def intersect_scores(parts: list[ScoreMap]) -> ScoreMap:
    """Return the documents in all parts, with scores added in the order of the parts."""
    if len(parts) == 1:
        return dict(parts[0])
    smallest, *others = sorted(parts, key=len)
    numbers = set(smallest).intersection(*others)
    scores = map(parts[0].__getitem__, numbers)
    for part in parts[1:]:
        scores = map(add, scores, map(part.__getitem__, numbers))
    return dict(zip(numbers, scores, strict=True))


def union_scores(parts: list[ScoreMap]) -> ScoreMap:
    """Return the documents in any part, with scores added in the order of the parts."""
    return _combine_scores(parts, add)


def max_scores(parts: list[ScoreMap]) -> ScoreMap:
    """Return the documents in any part, each with its highest score."""
    return _combine_scores(parts, max)


def _combine_scores(parts: list[ScoreMap], join: Callable[[float, float], float]) -> ScoreMap:
    joined: ScoreMap = {}
    for part in parts:
        both = joined.keys() & part.keys()
        again = map(join, map(joined.__getitem__, both), map(part.__getitem__, both))
        joined = {**joined, **part, **dict(zip(both, again, strict=True))}
    return joined
