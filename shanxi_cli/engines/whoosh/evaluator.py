"""Evaluate query plans on a Whoosh index: the documents that match, and their scores.

Plans are evaluated here, term by term, on dictionaries of documents, because Whoosh's own query classes drop
repeated words, treat a NOT inside an OR specially, and score with statistics that count deleted documents.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from operator import add
from typing import assert_never

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines import bm25
from shanxi_cli.engines.boolean import DocumentSet, matching_documents
from shanxi_cli.engines.field_names import NAME_FIELDS
from shanxi_cli.engines.quantity_spans import quantity_term
from shanxi_cli.engines.score_map import (
    ScoreMap,
    has_position_in_zone,
    intersect_scores,
    max_scores,
    shares_sentence,
    union_scores,
    weigh_scores,
)
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.day_documents import find_day_documents
from shanxi_cli.engines.whoosh.pair_boosts import DeferredBoosts, PairBoost
from shanxi_cli.engines.whoosh.postings import TermPositions
from shanxi_cli.engines.whoosh.quantity_postings import has_quantity_in_range, sentences_in_range
from shanxi_cli.engines.whoosh.restricted_reader import RestrictedReader
from shanxi_cli.matching.proximity import find_proximity_matches
from shanxi_cli.query.ast import And, Group, Leaf, Not, Occur, Or, Query
from shanxi_cli.query.plan.lookups import CodeLookup, DayLookup, ExpansionLookup, Lookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange


class PlanEvaluator:
    """Evaluates plans, and caches what it has computed of terms, lookups and leaves."""

    def __init__(
        self, read: CachedReader | RestrictedReader, known: Mapping[tuple[Lookup, ...], DocumentSet] | None = None
    ) -> None:
        """`known` has the documents of lookups that have been found in the whole index."""
        self._read = read
        self._known = known or {}
        self._term_scores: dict[tuple[str, bytes], ScoreMap] = {}
        self._lookup_scores: dict[tuple[Lookup, ...], ScoreMap] = {}
        self._leaf_documents: dict[tuple[Lookup, ...], DocumentSet] = {}

    def scores(self, plan: QueryPlan) -> ScoreMap:
        """Return the matching documents with their scores. The result may be cached: callers must not change it."""
        return self._evaluate(plan.query, plan)

    def deferred_scores(self, plan: QueryPlan) -> DeferredBoosts:
        """Return the same, with the boosts of the pairs of the outermost group yet to be added."""
        match plan.query:
            case Group():
                return DeferredBoosts(self._unpaired_group(plan.query, plan), self._pairs(plan.query, plan))
            case _:
                return DeferredBoosts(self.scores(plan), [])

    def restricted_to(self, numbers: Iterable[int]) -> "PlanEvaluator":
        """Return an evaluator of some documents, which finds the same scores; this one is of a whole index."""
        assert isinstance(self._read, CachedReader)
        return PlanEvaluator(RestrictedReader(self._read, sorted(numbers)), self._leaf_documents)

    def documents(self, plan: QueryPlan) -> DocumentSet:
        """Return the matching documents, without the work of scoring them."""
        return matching_documents(
            plan.query, lambda leaf: self._documents(leaf, plan), lambda: frozenset(self._read.all)
        )

    def expand_words(self, lookup: ExpansionLookup, field: str = "words") -> list[bytes]:
        """Return the terms of an expansion in the dictionary of an index field."""
        if lookup.edits is None:
            return self._read.expand(field, lookup.word.encode())
        return [word.encode() for word, _ in self._read.lexicon(field).words_within(lookup.word, lookup.edits)]

    def unit_terms(self, limit: QuantityRange) -> list[bytes]:
        """Return the index terms of the quantities that a range compares with, one a unit."""
        term = quantity_term(limit.dimension, limit.unit).encode()
        return [term] if limit.unit else self._read.expand("quantities", term)

    # Tree

    def _evaluate(self, query: Query, plan: QueryPlan) -> ScoreMap:
        match query:
            case Group():
                return self._group(query, plan)
            case And(children):
                return intersect_scores([self._evaluate(child, plan) for child in children])
            case Or(children):
                return union_scores([self._evaluate(child, plan) for child in children])
            case Not(child):
                return self._subtract(None, [self._evaluate(child, plan)])
            case _:
                return self._lookups(plan.lookups(query))

    def _documents(self, leaf: Leaf, plan: QueryPlan) -> DocumentSet:
        """Return the documents of a leaf, cached: suggestions count one query in many variations."""
        lookups = plan.lookups(leaf)
        if lookups not in self._leaf_documents:
            each = map(self.documents_of_lookup, lookups)
            self._leaf_documents[lookups] = next(each) if len(lookups) == 1 else frozenset().union(*each)
        return self._leaf_documents[lookups]

    def documents_of_lookup(self, lookup: Lookup) -> DocumentSet:
        """Return the documents of a lookup, without scoring them."""
        if (lookup,) not in self._leaf_documents:
            if (lookup,) in self._known:
                documents: Iterable[int] = self._known[lookup,].intersection(self._read.all)
            elif isinstance(lookup, PhraseLookup):
                documents = self._phrase_documents(lookup)
            else:
                documents = self._lookups((lookup,))
            self._leaf_documents[lookup,] = frozenset(documents)
        return self._leaf_documents[lookup,]

    def _group(self, group: Group, plan: QueryPlan) -> ScoreMap:
        scores = self._unpaired_group(group, plan)
        DeferredBoosts(scores, self._pairs(group, plan)).settle(len(scores))
        return scores

    def _pairs(self, group: Group, plan: QueryPlan) -> list[PairBoost]:
        return [PairBoost(self._read, *pair.terms) for pair in bm25.adjacent_pairs(group, plan)]

    def _unpaired_group(self, group: Group, plan: QueryPlan) -> ScoreMap:
        """Return the scores of a group without the boosts of its pairs, in a map of its own."""
        weights = bm25.clause_weights(group, plan)

        def of(*occurs: Occur) -> list[ScoreMap]:
            totals: dict[int, tuple[ScoreMap, float]] = {}  # clauses of one stem have the same scores
            for clause, weight in zip(group.clauses, weights, strict=True):
                if clause.occur in occurs:
                    scored = self._evaluate(clause.node, plan)
                    totals[id(scored)] = scored, weight + totals.get(id(scored), (scored, 0.0))[1]
            return [weigh_scores(*total) for total in totals.values()]

        may, required, filters = of(Occur.MAY), of(Occur.MUST), of(Occur.FILTER)
        if may and not required:
            required.append(union_scores(may))
            may = []
        scores: ScoreMap | None = None
        if required or filters:
            scores = intersect_scores(required + filters)
        scores = self._subtract(scores, of(Occur.NOT))
        for bonus in may:
            for number in bonus.keys() & scores.keys():
                scores[number] += bonus[number]
        self._add_sentence_boost(group, plan, scores)
        return scores

    def _add_sentence_boost(self, group: Group, plan: QueryPlan, scores: ScoreMap) -> None:
        """Add to `scores` the boost of words that share a sentence with a quantity in a range of the group."""
        stems, limits = bm25.sentence_boost_terms(group, plan)
        if not stems or not limits or not scores:
            return
        near: dict[int, list[range]] = {}
        for limit in limits:
            for values in self._quantity_postings(limit):
                for number in values.keys() & scores.keys():
                    near.setdefault(number, []).extend(sentences_in_range(values[number], limit))
        for stem in stems:
            places = self._read.positions("stems", stem.encode())
            weights = self._bm25("stems", stem.encode(), "length")
            for number in near.keys() & places.keys():
                if shares_sentence(near[number], places[number]):
                    scores[number] += bm25.SENTENCE_WEIGHT * weights[number]

    def _subtract(self, scores: ScoreMap | None, excluded: list[ScoreMap]) -> ScoreMap:
        """Return `scores` (None: every document, at score 0) without the documents of `excluded`."""
        kept = dict.fromkeys(self._read.all, 0.0) if scores is None else scores
        if not any(excluded):
            return kept
        removed = set().union(*excluded)
        return {number: score for number, score in kept.items() if number not in removed}

    # Lookups

    def _lookups(self, lookups: tuple[Lookup, ...]) -> ScoreMap:
        """Return the documents of any of the lookups, with the best score. Cached and shared: do not change it."""
        if lookups not in self._lookup_scores:
            self._lookup_scores[lookups] = (
                self._evaluate_lookup(lookups[0])
                if len(lookups) == 1
                else max_scores([self._lookups((lookup,)) for lookup in lookups])
            )
        return self._lookup_scores[lookups]

    def _evaluate_lookup(self, lookup: Lookup) -> ScoreMap:
        match lookup:
            case DayLookup():
                return find_day_documents(self._read, lookup)
            case CodeLookup(field, value, prefix):
                return self._flat_scores(f"code_{field}", value.encode(), prefix=prefix)
            case ExpansionLookup():
                return self._expansion(lookup)
            case PhraseLookup():
                return self._phrase(lookup)
            case QuantityRange():
                return self._documents_in_range(lookup)
            case _:
                assert_never(lookup)

    def _expansion(self, lookup: ExpansionLookup) -> ScoreMap:
        field = lookup.field if lookup.field in NAME_FIELDS else "words"
        if field == "words" and lookup.field:
            zone = ZONES[lookup.field]
            places = (TermPositions(self._read.posting_values(field, t)) for t in self.expand_words(lookup, field))
            return {
                n: bm25.FLAT_SCORE for of_term in places for n, at in of_term.items() if has_position_in_zone(at, zone)
            }
        if lookup.edits is None:
            return self._flat_scores(field, lookup.word.encode(), prefix=True)
        documents = self._read.documents_with_terms(field, self.expand_words(lookup, field))
        return dict.fromkeys(documents, bm25.FLAT_SCORE)

    def _flat_scores(self, field: str, term: bytes, *, prefix: bool) -> ScoreMap:
        """Return every document of a term, or of any with that prefix, all at the same score."""
        read = self._read
        documents = read.documents_with_prefix(field, term) if prefix else read.documents_with_terms(field, [term])
        return dict.fromkeys(documents, bm25.FLAT_SCORE)

    def _phrase(self, lookup: PhraseLookup) -> ScoreMap:
        if lookup.field in NAME_FIELDS:
            return dict.fromkeys(self.documents_of_lookup(lookup), bm25.FLAT_SCORE)
        layer, terms = lookup.layer.value, [term.encode() for term in lookup.terms]
        if len(terms) == 1 and not lookup.field:
            scores = dict(self._bm25(layer, terms[0], "length"))
            if lookup.layer is TermForm.STEMS:
                for number, score in self._bm25("title", terms[0], "title_length").items():
                    scores[number] += bm25.TITLE_WEIGHT * score
            return scores
        numbers = sorted(self.documents_of_lookup(lookup))
        norms = self._read.length_norms("length", numbers)
        scored: list[Iterable[float]] = [self._bm25_of(layer, term, numbers, norms) for term in terms]
        return dict(zip(numbers, reduce(partial(map, add), scored), strict=True))

    def _phrase_documents(self, lookup: PhraseLookup) -> Iterable[int]:
        """Return the documents that contain a phrase."""
        terms = [term.encode() for term in lookup.terms]
        if lookup.field in NAME_FIELDS:
            return self._near_documents(lookup.field, terms, lookup.max_gap, None)
        if len(terms) == 1 and not lookup.field:
            return self._read.documents_with_terms(lookup.layer.value, terms)
        zone = ZONES[lookup.field] if lookup.field else None
        return self._near_documents(lookup.layer.value, terms, lookup.max_gap, zone)

    def _near_documents(self, field: str, terms: list[bytes], max_gap: int | None, zone: range | None) -> Iterator[int]:
        """Yield the documents in which the terms occur together, at positions in `zone` if there is one."""
        close = self._read.close_documents(field, terms, max_gap, zone)
        yield from close.sure
        if not close.possible:
            return
        numbers: Sequence[int] = close.possible
        of_term = dict[bytes, TermPositions]()
        for term in sorted(dict.fromkeys(terms), key=lambda term: self._read.frequency(field, term)):
            of_term[term] = self._read.positions_among(field, term, numbers)
            numbers = sorted(of_term[term].keys())
        for number in numbers:
            here = {term: places[number] for term, places in of_term.items()}
            positions = [here[term] for term in terms]
            if zone is not None:
                positions = [[p for p in of_one if p in zone] for of_one in positions]
            if any(True for _ in find_proximity_matches(positions, max_gap)):
                yield number

    def _documents_in_range(self, limit: QuantityRange) -> ScoreMap:
        """Return the documents with a quantity in the range, at score 0."""
        return {
            n: 0.0
            for values in self._quantity_postings(limit)
            for n, value in values.items()
            if has_quantity_in_range(value, limit)
        }

    def _quantity_postings(self, limit: QuantityRange) -> Iterator[dict[int, bytes]]:
        """Yield for each unit of a range the documents with quantities in it, and the values of their postings."""
        for term in self.unit_terms(limit):
            yield self._read.posting_values("quantities", term)

    def _bm25(self, field: str, term: bytes, length: str) -> ScoreMap:
        """Return the BM25 scores of a term, with lengths and counts of live documents only."""
        if (field, term) not in self._term_scores:
            weight = bm25.idf(self._read.size, self._read.document_count(field, term))
            self._term_scores[field, term] = self._saturate(self._read.postings(field, term), weight, length)
        return self._term_scores[field, term]

    def _bm25_of(self, field: str, term: bytes, numbers: Sequence[int], norms: Sequence[float]) -> list[float]:
        """Return the same for each of some documents, ascending, that all contain the term and have these norms."""
        weight = bm25.idf(self._read.size, self._read.document_count(field, term))
        factor, frequencies = weight * (bm25.BM25_K1 + 1), self._read.frequencies(field, term, numbers)
        return [factor * tf / (tf + norm) for tf, norm in zip(frequencies, norms, strict=True)]

    def _saturate(self, frequencies: Mapping[int, float], weight: float, length: str) -> ScoreMap:
        """Return `weight` times the BM25 saturation of the frequency of a term in each document."""
        norms, factor = self._read.length_norms(length, frequencies), weight * (bm25.BM25_K1 + 1)
        return {n: factor * tf / (tf + norm) for (n, tf), norm in zip(frequencies.items(), norms, strict=True)}
