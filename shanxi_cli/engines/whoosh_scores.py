"""Matching documents as dictionaries with what each scores: how they are joined. No Whoosh here."""

from bisect import bisect_left

from shanxi_cli.language.zones import ZONES

Scores = dict[int, float]
"""Matching documents, by their number in the whole index, with what each scores."""


def in_zone(positions: list[int], zone: range) -> bool:
    """True when one of the positions is of a zone."""
    at = bisect_left(positions, zone.start)
    return at < len(positions) and positions[at] in zone


def share(sentences: list[range], positions: list[int]) -> bool:
    """True when one of the positions is in one of the sentences, which are ranges of words of the body."""
    start = ZONES["body"].start
    return any(place - start in sentence for sentence in sentences for place in positions)


def intersection(parts: list[Scores]) -> Scores:
    """The documents of all parts, scores added in the order of the parts."""
    smallest = min(parts, key=len)
    return {n: sum(part[n] for part in parts) for n in smallest if all(n in part for part in parts)}


def union(parts: list[Scores]) -> Scores:
    """The documents of any part, scores added in the order of the parts."""
    scores: Scores = {}
    for part in parts:
        for number, score in part.items():
            scores[number] = scores.get(number, 0.0) + score
    return scores


def best(parts: list[Scores]) -> Scores:
    """The documents of any part, each with the highest of its scores."""
    scores: Scores = {}
    for part in parts:
        for number, score in part.items():
            scores[number] = max(score, scores.get(number, 0.0))
    return scores
