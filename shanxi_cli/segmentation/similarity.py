"""Similarity of texts of one page by shared terms: finds the article that a caption is about."""

import math
from collections import Counter
from collections.abc import Sequence

from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.analysis.word_frequency import word_frequency

_MAX_RARE_FREQUENCY = 2_000
"""Count of the word list below which a word is a name or a technical term."""


def count_terms(text: str) -> Counter[str]:
    """Return the counts of the stems of a text, without stop words and words of one or two letters."""
    return Counter(token.stem for token in tokenize(text) if token.word not in STOP_WORDS and len(token.word) > 2)


def count_shared_names(text: str, other: str) -> int:
    """Return the number of rare words, mostly names, that two texts share."""
    return sum(
        word_frequency(stem) < _MAX_RARE_FREQUENCY and not stem.isdigit()
        for stem in count_terms(text).keys() & count_terms(other).keys()
    )


def score_similarities(text: str, others: Sequence[Counter[str]]) -> list[float]:
    """Return the similarity of `text` to each of `others`, 0 for none; rare words weigh more, common ones less."""
    own = count_terms(text)
    scores = [0.0] * len(others)
    for stem in own:
        holders = [n for n, other in enumerate(others) if stem in other]
        if not holders:
            continue
        rarity = math.log(1 + len(others) / len(holders)) * (2.0 if word_frequency(stem) < _MAX_RARE_FREQUENCY else 1.0)
        for n in holders:
            scores[n] += rarity * (1 + math.log(others[n][stem])) / (1 + 0.15 * math.log(1 + sum(others[n].values())))
    return scores
