"""The rule that joins the score of the words and that of the meaning.

Half and half, each as a share of the best of the candidates: `(1 - w) * words / most + w * cosine / nearest`. Measured
on two judged collections (`bench/semantic.py`, docs/semantic.md): weights of .4 to .6 differ by less than a hundredth,
and half is the one that nobody chose by looking.
"""

from collections.abc import Mapping
from typing import NamedTuple

from shanxi_cli.engines.base import Matches

MEANING_WEIGHT = 0.5
CANDIDATES = 1_000
"""The first matches by words, which are ordered again; those behind them keep their places."""


class JoinedMatch(NamedTuple):
    """A match with its joined score and the two parts of it, each between 0 and 1; no meaning without vectors."""

    number: int
    score: float
    words: float
    meaning: float | None


def describe_rule() -> str:
    """Return the rule in a line."""
    words, meaning = 1 - MEANING_WEIGHT, MEANING_WEIGHT
    return f"score: {words:g} x words / most + {meaning:g} x cosine / nearest, of the first {CANDIDATES:,} by words"


def join_scores(matches: Matches, cosines: Mapping[int, float], weight: float = MEANING_WEIGHT) -> list[JoinedMatch]:
    """Return the first matches in the order of their joined scores; ties keep the order of the words.

    `weight` is that of the meaning, between 0 and 1.

    An article without vectors counts by its words alone, as if its meaning were as near as its words are good.
    """
    first = list(matches[:CANDIDATES])
    most = max((match.score for match in first), default=0.0) or 1.0
    nearest = max((cosines.get(match.number, 0.0) for match in first), default=0.0)
    nearest = nearest if nearest > 0 else 1.0
    joined = []
    for match in first:
        words = match.score / most
        cosine = cosines.get(match.number)
        meaning = None if cosine is None else max(cosine, 0.0) / nearest
        score = (1 - weight) * words + weight * (words if meaning is None else meaning)
        joined.append(JoinedMatch(match.number, score, words, meaning))
    return sorted(joined, key=lambda match: -match.score)
