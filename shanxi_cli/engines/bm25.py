"""BM25 scoring: the weights that every engine uses, and the boosts of a group of clauses.

All text of an article is one field, scored by BM25 with Lucene's idf. To this come a boost for words of the title, and
one for neighbours in the query that are neighbours in the text, as if the pair were a word. A word that is repeated in
a query counts more, but ever less each time, and the frame words of a question (`analysis.frame_words`) count little.

Over Cranfield and CACM the nDCG@10 is 0.409 and 0.562 (2026-11, `bench/relevance.py`; bm25s with PyStemmer: 0.382
and 0.501). The saturation of repeated words is that of BM25 for queries, with k3 = 7 (Robertson and Walker, TREC-3).
"""

from collections import Counter
from itertools import pairwise
from math import log

from shanxi_cli.analysis.frame_words import find_frame_words
from shanxi_cli.analysis.tokenizer import fold_text
from shanxi_cli.query.ast import Clause, Group, Measured, Occur, Word
from shanxi_cli.query.plan.lookups import PhraseLookup, TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange

BM25_K1 = 1.5
BM25_B = 0.6
TITLE_WEIGHT = 0.2
PAIR_WEIGHT = 0.25
FRAME_WEIGHT = 0.25
REPEAT_K3 = 7
"""Saturation of a word that is `n` times in a query: it counts (k3 + 1) n / (k3 + n) times."""
SENTENCE_WEIGHT = 1.0
"""Extra weight of a word in the sentence of a matching quantity: it counts twice. Chosen, not measured: no judged
collection has queries on quantities."""
FLAT_SCORE = 1.0
"""Score of expansions, names and codes, which have no useful idf."""


def idf(documents: int, containing: int) -> float:
    """Return Lucene's inverse document frequency: `ln(1 + (N - n + 0.5) / (n + 0.5))`, never negative."""
    return log(1 + (documents - containing + 0.5) / (containing + 0.5))


def length_norm(length: int, mean: float) -> float:
    """Return the frequency at which a term of an article of this length reaches half of its highest score."""
    return BM25_K1 * (1 - BM25_B + BM25_B * length / mean)


def pair_idf(documents: int, first: int, second: int) -> float:
    """Return the idf of a pair of neighbours: the sum of those of its words, as if these occurred independently.

    Counting the documents of the pair itself would mean to read all positions of both words, for a difference in
    nDCG@10 of -0.002 over Cranfield and +0.001 over CACM.
    """
    return idf(documents, first) + idf(documents, second)


def clause_weights(group: Group, plan: QueryPlan) -> list[float]:
    """Return the factor of the score of each clause of a group, in order.

    It is 1, but less for frame words, for each of several clauses of one stem, and for clauses of a lower weight.
    """
    stems, framing = _plain_stems(group, plan), _frame_clauses(group, plan)
    often = Counter(stem for stem in stems if stem is not None)
    return [
        clause.weight
        * (FRAME_WEIGHT if frames else 1.0)
        * ((REPEAT_K3 + 1) / (REPEAT_K3 + often[stem]) if stem is not None else 1.0)
        for clause, stem, frames in zip(group.clauses, stems, framing, strict=True)
    ]


def adjacent_pairs(group: Group, plan: QueryPlan) -> list[PhraseLookup]:
    """Return the pairs of different plain words that are neighbours in a group, each once, as phrases of two stems.

    A frame word and a clause of a lower weight are in no pair.
    """
    stems, framing = _plain_stems(group, plan), _frame_clauses(group, plan)
    typed = [
        stem if clause.weight == 1 and not frames else None
        for clause, stem, frames in zip(group.clauses, stems, framing, strict=True)
    ]
    pairs = dict.fromkeys((a, b) for a, b in pairwise(typed) if a and b and a != b)
    return [PhraseLookup("", TermForm.STEMS, pair) for pair in pairs]


def sentence_boost_terms(group: Group, plan: QueryPlan) -> tuple[list[str], list[QuantityRange]]:
    """Return the distinct stems of the plain words of a group, and the ranges on quantities that filter it.

    A word in the sentence of a quantity within one of the ranges adds `SENTENCE_WEIGHT` times its score. Without
    ranges both lists are empty.
    """
    filters = [clause.node for clause in group.clauses if clause.occur is Occur.FILTER]
    ranges = [
        lookup
        for node in filters
        if isinstance(node, Measured)
        for lookup in plan.lookups(node)
        if isinstance(lookup, QuantityRange)
    ]
    stems = _plain_stems(group, plan) if ranges else []
    return list(dict.fromkeys(stem for stem in stems if stem)), ranges


def _plain_stems(group: Group, plan: QueryPlan) -> list[str | None]:
    """Return the stem of each clause that is one plain word, and None for others."""
    return [_single_stem(clause, plan) for clause in group.clauses]


def _frame_clauses(group: Group, plan: QueryPlan) -> list[bool]:
    """Return for each clause whether it is a frame word of the group."""
    words = [
        fold_text(clause.node.text) if stem is not None and isinstance(clause.node, Word) else ""
        for clause, stem in zip(group.clauses, _plain_stems(group, plan), strict=True)
    ]
    framing = find_frame_words([word for word in words if word])
    return [word in framing for word in words]


def _single_stem(clause: Clause, plan: QueryPlan) -> str | None:
    node = clause.node
    if clause.occur not in (Occur.MAY, Occur.MUST) or not isinstance(node, Word) or node.field:
        return None
    lookups = plan.lookups(node)
    written = lookups[0] if lookups else None
    return written.terms[0] if isinstance(written, PhraseLookup) and len(written.terms) == 1 else None
