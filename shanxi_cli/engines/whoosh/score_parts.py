"""Parts of the scores of a query: the terms whose postings bound a score, and what else can add to it."""

from collections.abc import Callable

from shanxi_cli.engines import bm25
from shanxi_cli.engines.boolean import DocumentSet
from shanxi_cli.engines.field_names import NAME_FIELDS
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.query.ast import And, Group, Not, Occur, Or, Query
from shanxi_cli.query.plan.lookups import CodeLookup, ExpansionLookup, Lookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.util.frozen_record import NamedTuple

DocumentsOf = Callable[[Lookup], DocumentSet]
"""Returns the documents of a lookup."""


class ScoredTerm(NamedTuple):
    """A term that adds to the scores of its documents; `length` is the column of the lengths of its field."""

    field: str
    term: bytes
    length: str


class FlatScore(NamedTuple):
    """Documents to whose score at most `score` is added."""

    documents: DocumentSet
    score: float


class ScoreParts:
    """The parts of the scores of a query: terms with their weights, and flat scores.

    The score of a document is at most the sum of its parts. What neighbours add is a share of what both words add, as
    a document has no more pairs than occurrences of its rarer word; so it counts as more weight of these words. So does
    what a word adds in the sentence of a quantity.
    """

    def __init__(self, plan: QueryPlan, read: CachedReader, documents_of: DocumentsOf) -> None:
        self.terms: dict[ScoredTerm, float] = {}
        self.flats: list[FlatScore] = []
        self._plan = plan
        self._read = read
        self._documents_of = documents_of
        self._add(plan.query, 1.0)

    def __len__(self) -> int:
        return len(self.terms) + len(self.flats)

    def _add(self, query: Query, weight: float) -> None:
        match query:
            case Group():
                self._add_group(query, weight)
            case And(children) | Or(children):
                for child in children:
                    self._add(child, weight)
            case Not():
                pass
            case _:
                for lookup in self._plan.lookups(query):  # the best counts, which is at most their sum
                    self._add_lookup(lookup, weight)

    def _add_group(self, group: Group, weight: float) -> None:
        for clause, factor in zip(group.clauses, bm25.clause_weights(group, self._plan), strict=True):
            if clause.occur is not Occur.NOT:
                self._add(clause.node, weight * factor)
        for pair in bm25.adjacent_pairs(group, self._plan):
            for stem in pair.terms:
                self._add_term(ScoredTerm("stems", stem.encode(), "length"), weight * bm25.PAIR_WEIGHT)
        stems, ranges = bm25.sentence_boost_terms(group, self._plan)
        for stem in stems if ranges else ():
            self._add_term(ScoredTerm("stems", stem.encode(), "length"), weight * bm25.SENTENCE_WEIGHT)

    def _add_lookup(self, lookup: Lookup, weight: float) -> None:
        match lookup:
            case PhraseLookup("", layer, (term,)):
                self._add_term(ScoredTerm(layer.value, term.encode(), "length"), weight)
                if layer is TermForm.STEMS:
                    title = ScoredTerm("title", term.encode(), "title_length")
                    self._add_term(title, weight * bm25.TITLE_WEIGHT)
            case PhraseLookup() if lookup.field not in NAME_FIELDS:
                self._add_flat(lookup, weight * self._highest_phrase(lookup))
            case PhraseLookup() | ExpansionLookup() | CodeLookup():
                self._add_flat(lookup, weight * bm25.FLAT_SCORE)
            case _:
                self._add_flat(lookup, 0.0)

    def _add_term(self, term: ScoredTerm, weight: float) -> None:
        self.terms[term] = self.terms.get(term, 0.0) + weight

    def _add_flat(self, lookup: Lookup, score: float) -> None:
        self.flats.append(FlatScore(self._documents_of(lookup), score))

    def _highest_phrase(self, phrase: PhraseLookup) -> float:
        return sum(self._highest(phrase.layer.value, term) for term in phrase.terms)

    def _highest(self, field: str, term: str) -> float:
        """Return the score that no document exceeds for a term, whatever its frequency."""
        documents = self._read.document_count(field, term.encode())
        return bm25.idf(self._read.size, documents) * (bm25.BM25_K1 + 1)
