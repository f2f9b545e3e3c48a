"""Statistics that scores are computed with: the counts of a whole generation, of living articles only.

The cluster's own are of a shard, count deleted articles, and have lengths rounded to a byte.
"""

from shanxi_cli.engines import bm25
from shanxi_cli.engines.opensearch.score_tree import TITLE
from shanxi_cli.engines.opensearch.word_reader import WordReader
from shanxi_cli.query.plan.lookups import TermForm


class Statistics:
    """Counts of articles and lengths, and the weights of terms that follow from them."""

    def __init__(self, articles: int, words: int, title_words: int, vocabulary: WordReader) -> None:
        self.articles = articles
        self._means = {TITLE: _mean(title_words, articles), "": _mean(words, articles)}
        self._vocabulary = vocabulary

    def mean(self, layer: str) -> float:
        """Return the mean length of what a layer counts words of."""
        return self._means.get(layer, self._means[""])

    def highest(self, layer: str, term: str) -> float:
        """Return the score of a term that no frequency reaches."""
        weight = bm25.idf(self.articles, self._count(layer, term))
        return weight * (bm25.BM25_K1 + 1)

    def highest_of_pair(self, first: str, second: str) -> float:
        """Return the boost of two stems side by side that no number of such places reaches."""
        counts = (self._count(TermForm.STEMS.value, stem) for stem in (first, second))
        weight = bm25.PAIR_WEIGHT * bm25.pair_idf(self.articles, *counts)
        return weight * (bm25.BM25_K1 + 1)

    def _count(self, layer: str, term: str) -> int:
        return self._vocabulary.article_count(vocabulary_field(layer), term)


def vocabulary_field(layer: str) -> str:
    """Return the field of the vocabulary that has the terms of a layer."""
    return "title_stems" if layer == TITLE else layer


def _mean(total: int, articles: int) -> float:
    return total / articles if articles else 1.0
