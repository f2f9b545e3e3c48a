"""Exact scores of hits, in double precision, with the same sums in the same order as every engine.

A hit tells which of some named queries match it, and with which score: the frequency of a term, or of a pair. The
named queries are asked for beside the query proper, in a place where the cluster looks at them for its hits alone.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from shanxi_cli.engines import bm25
from shanxi_cli.engines.opensearch.dsl import EVERYTHING, Dsl
from shanxi_cli.engines.opensearch.lookup_queries import LookupQueries, in_sentence, phrase_query, term_frequency
from shanxi_cli.engines.opensearch.plan_queries import STEMS, is_flat, is_ranked
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
from shanxi_cli.query.plan.lookups import Lookup, PhraseLookup, TermForm


class HitFacts(NamedTuple):
    """Facts that a hit tells: the scores of the named queries that match, and the lengths of the article in words."""

    named: Mapping[str, float]
    length: int
    title_length: int


Score: TypeAlias = Callable[[HitFacts], float | None]
"""Returns the score of a hit; None if it does not match."""


class ExactScores:
    """Scores hits of a tree."""

    def __init__(self, node: ScoreNode, statistics: Statistics, lookups: LookupQueries) -> None:
        self._statistics = statistics
        self._lookups = lookups
        self._names: dict[object, str] = {}
        self._named: list[Dsl] = []
        self._score = self._of(node)

    def score(self, hit: HitFacts) -> float:
        """Return the score of a hit."""
        return self._score(hit) or 0.0

    def named_queries(self) -> list[Dsl]:
        """Return a filter that matches everything and makes hits tell what their scores need; none for no scores."""
        return [{"bool": {"must": [EVERYTHING], "should": self._named}}] if self._named else []

    def _name(self, key: object, query: Dsl) -> str:
        """Return the name of a query, which is asked for once."""
        if key not in self._names:
            self._names[key] = name = str(len(self._named))
            self._named.append({"bool": {"_name": name, "should": [query]}})
        return self._names[key]

    def _of(self, node: ScoreNode) -> Score:
        match node:
            case LeafNode(lookups):
                return self._leaf(lookups)
            case NotNode(child):
                return _negated(self._of(child))
            case SumNode(parts, needs_all):
                return _sum_of([self._weighted(part) for part in parts], needs_all=needs_all)
            case GroupNode():
                return self._group(node)

    def _weighted(self, part: Weighted) -> Score:
        score, weight = self._of(part.node), part.weight
        if weight == 1:
            return score

        def weighed(hit: HitFacts) -> float | None:
            found = score(hit)
            return None if found is None else weight * found

        return weighed

    def _group(self, group: GroupNode) -> Score:
        required = _sum_of([self._weighted(part) for part in group.required], needs_all=True)
        optional = [self._weighted(part) for part in group.optional]
        excluded = [self._of(child) for child in group.excluded]
        optional += [self._boost(stem, group) for stem in group.boost.stems]
        optional += [self._pair(*pair) for pair in group.pairs]

        def score(hit: HitFacts) -> float | None:
            total = required(hit)
            if total is None or any(one(hit) is not None for one in excluded):
                return None
            for one in optional:
                if (more := one(hit)) is not None:
                    total += more
            return total

        return score

    def _boost(self, stem: str, group: GroupNode) -> Score:
        name = self._name(("near", stem, group.boost.ranges), in_sentence(stem, group.boost.ranges))
        ranked = self._term(STEMS, stem)

        def score(hit: HitFacts) -> float | None:
            return bm25.SENTENCE_WEIGHT * ranked(hit) if name in hit.named else None

        return score

    def _pair(self, first: str, second: str) -> Score:
        pair = PhraseLookup("", TermForm.STEMS, (first, second))
        name, highest = self._name(("often", pair), phrase_query(pair)), self._statistics.highest_of_pair(first, second)
        mean = self._statistics.mean(STEMS)

        def score(hit: HitFacts) -> float | None:
            often = hit.named.get(name)
            return highest * often / (often + bm25.length_norm(hit.length, mean)) if often else None

        return score

    # Leaves

    def _leaf(self, lookups: Sequence[Lookup]) -> Score:
        flat = tuple(lookup for lookup in lookups if is_flat(lookup))
        unscored = tuple(lookup for lookup in lookups if not is_flat(lookup) and not is_ranked(lookup))
        scores = [self._phrase(one) for one in lookups if isinstance(one, PhraseLookup) and is_ranked(one)]
        scores += [self._constant(some, score) for some, score in ((flat, bm25.FLAT_SCORE), (unscored, 0.0)) if some]
        if len(scores) == 1:
            return scores[0]

        def best(hit: HitFacts) -> float | None:
            return max((found for score in scores if (found := score(hit)) is not None), default=None)

        return best

    def _constant(self, lookups: tuple[Lookup, ...], value: float) -> Score:
        name = self._name(lookups, self._lookups.any_of(lookups))
        return lambda hit: value if name in hit.named else None

    def _phrase(self, phrase: PhraseLookup) -> Score:
        terms = [self._term(phrase.layer.value, term) for term in phrase.terms]
        if not is_single_word(phrase):
            return self._together(phrase, terms)
        term, name = terms[0], self._term_name(phrase.layer.value, phrase.terms[0])
        title = self._term(TITLE, phrase.terms[0]) if has_title_weight(phrase) else None

        def score(hit: HitFacts) -> float | None:
            if name not in hit.named:
                return None
            total = term(hit)
            if title is not None:
                total += bm25.TITLE_WEIGHT * title(hit)
            return total

        return score

    def _together(self, phrase: PhraseLookup, terms: Sequence[Callable[[HitFacts], float]]) -> Score:
        name = self._name(phrase, phrase_query(phrase))

        def score(hit: HitFacts) -> float | None:
            if name not in hit.named:
                return None
            total = terms[0](hit)
            for term in terms[1:]:
                total += term(hit)
            return total

        return score

    def _term_name(self, layer: str, term: str) -> str:
        query = term_frequency(TITLE, STEMS, term) if layer == TITLE else term_frequency("", layer, term)
        return self._name((layer, term), query)

    def _term(self, layer: str, term: str) -> Callable[[HitFacts], float]:
        name, highest, mean = self._term_name(layer, term), self._statistics.highest(layer, term), 0.0
        mean = self._statistics.mean(layer)

        def score(hit: HitFacts) -> float:
            often = hit.named.get(name, 0.0)
            length = hit.title_length if layer == TITLE else hit.length
            return highest * often / (often + bm25.length_norm(length, mean)) if often else 0.0

        return score


def _negated(score: Score) -> Score:
    return lambda hit: 0.0 if score(hit) is None else None


def _sum_of(scores: Sequence[Score], *, needs_all: bool) -> Score:
    """Return the sum of what matches, added in order; None if one that is needed does not, or none does."""
    if len(scores) == 1:
        return scores[0]

    def total(hit: HitFacts) -> float | None:
        found = [score(hit) for score in scores]
        if not needs_all:
            found = [one for one in found if one is not None]
            if not found:
                return None
        result = 0.0
        for place, one in enumerate(found):
            if one is None:
                return None
            result = result + one if place else one
        return result

    return total
