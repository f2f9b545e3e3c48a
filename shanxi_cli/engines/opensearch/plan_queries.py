"""Queries of a whole plan: one that only matches, and one that also scores, close enough to choose candidates.

The cluster computes in single precision what `exact_scores` computes in double precision from the same numbers.
"""

from shanxi_cli.engines import bm25
from shanxi_cli.engines.field_names import NAME_FIELDS
from shanxi_cli.engines.opensearch.dsl import (
    Dsl,
    constant,
    filter_all,
    match_any,
    match_none_of,
    score_all,
    score_best,
)
from shanxi_cli.engines.opensearch.lookup_queries import (
    LookupQueries,
    in_sentence,
    phrase_query,
    term_frequency,
)
from shanxi_cli.engines.opensearch.score_tree import (
    TITLE,
    GroupNode,
    LeafNode,
    NotNode,
    ScoreNode,
    SumNode,
    Weighted,
    has_title_weight,
    is_single_word,
)
from shanxi_cli.engines.opensearch.statistics import Statistics
from shanxi_cli.query.plan.lookups import CodeLookup, ExpansionLookup, Lookup, PhraseLookup, TermForm

_SATURATION = "params.w * _score / (_score + params.a + params.b * doc['{}'].value)"
STEMS = TermForm.STEMS.value


def is_flat(lookup: Lookup) -> bool:
    """Return True for a lookup whose articles all have the score `bm25.FLAT_SCORE`."""
    return isinstance(lookup, (CodeLookup, ExpansionLookup)) or (
        isinstance(lookup, PhraseLookup) and lookup.field in NAME_FIELDS
    )


def is_ranked(lookup: Lookup) -> bool:
    """Return True for a lookup that is scored by BM25."""
    return isinstance(lookup, PhraseLookup) and lookup.field not in NAME_FIELDS


def matching_query(node: ScoreNode, lookups: LookupQueries) -> Dsl:
    """Return the query for what a tree matches, without scores."""

    def of(child: ScoreNode) -> Dsl:
        return matching_query(child, lookups)

    match node:
        case LeafNode(wanted):
            return lookups.any_of(wanted)
        case NotNode(child):
            return match_none_of([of(child)])
        case SumNode(parts, needs_all):
            queries = [of(part.node) for part in parts]
            return filter_all(queries) if needs_all else match_any(queries)
        case GroupNode():
            required = [of(part.node) for part in node.required]
            excluded = [match_none_of(list(map(of, node.excluded)))] if node.excluded else []
            return filter_all([*required, *excluded])


class ScoredQueries:
    """Makes queries that score as `exact_scores` does."""

    def __init__(self, statistics: Statistics, lookups: LookupQueries) -> None:
        self._statistics = statistics
        self._lookups = lookups

    def query(self, node: ScoreNode, factor: float = 1.0) -> Dsl:
        """Return the query of a tree, with all scores times `factor`."""
        match node:
            case LeafNode(lookups):
                return self._leaf(lookups, factor)
            case NotNode(child):
                return score_all([], excluded=[matching_query(child, self._lookups)])
            case SumNode(parts, needs_all):
                queries = self._weighted(parts, factor)
                return score_all(queries) if needs_all else match_any(queries)
            case GroupNode():
                return self._group(node, factor)

    def _weighted(self, parts: tuple[Weighted, ...], factor: float) -> list[Dsl]:
        return [self.query(part.node, factor * part.weight) for part in parts]

    def _group(self, group: GroupNode, factor: float) -> Dsl:
        optional = self._weighted(group.optional, factor)
        for stem in group.boost.stems:
            near = in_sentence(stem, group.boost.ranges)
            more = self._ranked(STEMS, stem, bm25.SENTENCE_WEIGHT * factor)
            optional.append({"bool": {"filter": [near], "must": [more]}})
        for pair in group.pairs:
            places = phrase_query(PhraseLookup("", TermForm.STEMS, pair))
            highest = self._statistics.highest_of_pair(*pair)
            optional.append(self._saturated(places, STEMS, highest * factor))
        excluded = [matching_query(child, self._lookups) for child in group.excluded]
        return score_all(self._weighted(group.required, factor), optional, excluded)

    def _leaf(self, lookups: tuple[Lookup, ...], factor: float) -> Dsl:
        flat = [lookup for lookup in lookups if is_flat(lookup)]
        unscored = [lookup for lookup in lookups if not is_flat(lookup) and not is_ranked(lookup)]
        queries = [self._phrase(one, factor) for one in lookups if isinstance(one, PhraseLookup) and is_ranked(one)]
        if flat:
            queries.append(constant(self._lookups.any_of(flat), bm25.FLAT_SCORE * factor))
        if unscored:
            queries.append(constant(self._lookups.any_of(unscored), 0.0))
        return score_best(queries) if queries else match_any([])

    def _phrase(self, phrase: PhraseLookup, factor: float) -> Dsl:
        layer = phrase.layer.value
        scored = [self._ranked(layer, term, factor) for term in phrase.terms]
        if not is_single_word(phrase):
            return {"bool": {"filter": [phrase_query(phrase)], "must": [score_all(scored)]}}
        if not has_title_weight(phrase):
            return scored[0]
        return score_all(scored, [self._ranked(TITLE, phrase.terms[0], bm25.TITLE_WEIGHT * factor)])

    def _ranked(self, layer: str, term: str, factor: float) -> Dsl:
        places = term_frequency(TITLE, STEMS, term) if layer == TITLE else term_frequency("", layer, term)
        return self._saturated(places, layer, self._statistics.highest(layer, term) * factor)

    def _saturated(self, places: Dsl, layer: str, highest: float) -> Dsl:
        """Return the query for what has a frequency, with the score that saturates to `highest`."""
        per_word = bm25.BM25_K1 * bm25.BM25_B / self._statistics.mean(layer)
        params = {"w": highest, "a": bm25.BM25_K1 * (1 - bm25.BM25_B), "b": per_word}
        column = "title_length" if layer == TITLE else "length"
        script = {"source": _SATURATION.format(column), "params": params}
        return {"script_score": {"query": places, "script": script}}


def has_whole_scores(node: ScoreNode) -> bool:
    """Return True if all scores are small whole numbers: sums of `bm25.FLAT_SCORE` that no factor changes."""
    match node:
        case LeafNode(lookups):
            return not any(map(is_ranked, lookups))
        case NotNode():
            return True
        case SumNode(parts):
            return all(part.weight == 1 and has_whole_scores(part.node) for part in parts)
        case GroupNode():
            boosted = node.boost.stems or node.pairs
            parts = (*node.required, *node.optional)
            return not boosted and all(part.weight == 1 and has_whole_scores(part.node) for part in parts)
