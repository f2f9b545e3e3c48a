"""An opened Whoosh index: which documents answer a query, how they score, and in which order they come.

What a query means is decided here, term at a time, on dictionaries of documents: Whoosh's own query
classes drop repeated words, treat a NOT inside an OR specially, and score with statistics that count
deleted documents.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Items
from typing import Any, assert_never

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines import bm25
from shanxi_cli.engines.base import Match, TermStats
from shanxi_cli.engines.boolean import DocumentSet, matching_documents
from shanxi_cli.engines.score_map import (
    ScoreMap,
    has_position_in_zone,
    intersect_scores,
    max_scores,
    shares_sentence,
    union_scores,
)
from shanxi_cli.engines.top_k import RankedMatches, SortCriterion, ascending_criterion, descending_criterion
from shanxi_cli.engines.top_k import score_criterion as best_score
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.hit_counts import count_hits
from shanxi_cli.engines.whoosh.near_duplicates import read_near_duplicates
from shanxi_cli.engines.whoosh.postings import (
    documents_with_prefix,
    documents_with_terms,
    read_positions,
    read_postings,
    read_values,
    translate_read_errors,
)
from shanxi_cli.engines.whoosh.quantity_postings import (
    has_quantity_in_range,
    load_quantities,
    quantity_term,
    sentences_in_range,
)
from shanxi_cli.engines.whoosh.schema import CODE_FIELDS, NAME_FIELDS, unpack_article
from shanxi_cli.engines.whoosh.term_stats import iterate_term_stats, iterate_zone_term_stats, read_term_stats
from shanxi_cli.engines.whoosh.verify import find_all_outdated_documents, find_outdated_documents
from shanxi_cli.matching.highlighter import collect_patterns, find_proximity_matches
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import HitOrder
from shanxi_cli.query.ast import (
    And,
    Dated,
    Exact,
    Fuzzy,
    Group,
    Leaf,
    Measured,
    Near,
    Not,
    Occur,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
)
from shanxi_cli.query.plan.planner import (
    AlternativeLookups,
    CodeLookup,
    ExpansionLookup,
    Lookup,
    PhraseLookup,
    TermForm,
    plan_lookup,
)
from shanxi_cli.query.plan.range import Quantities, QuantityRange
from shanxi_cli.util import edtf


class WhooshEngine:
    """An opened index. It keeps what it has read of terms and columns for the time it is open."""

    def __init__(self, reader: Any, storage: Any) -> None:
        self._read = CachedReader(reader)
        self._storage = storage
        self._scored: dict[tuple[str, bytes], ScoreMap] = {}
        self._values: dict[bytes, dict[int, bytes]] = {}
        self._looked: dict[Lookup | Dated, ScoreMap] = {}
        self._found: dict[Leaf, DocumentSet] = {}

    def search(self, query: Query, order: HitOrder) -> Items[Match]:
        """See `Engine.search`."""
        with translate_read_errors():
            scores = self._evaluate(query)
            return RankedMatches(scores, self._criteria(scores, order), translate_read_errors)

    def numbers(self, query: Query) -> Items[int]:
        """See `Engine.numbers`."""
        with translate_read_errors():
            return list(self._matching(query))

    def count(self, query: Query) -> int:
        """See `Engine.count`."""
        with translate_read_errors():
            return len(self._matching(query))

    def article(self, number: int) -> Article:
        """See `Engine.article`."""
        with translate_read_errors():
            return unpack_article(self._read.reader.stored_fields(number)["article"])

    def quantities(self, number: int) -> Quantities:
        """See `Engine.quantities`."""
        with translate_read_errors():
            article = unpack_article(self._read.reader.stored_fields(number)["article"])
            return load_quantities(self._read.row("figures", number), article)

    def days(self, number: int) -> edtf.DateInterval | None:
        """See `Engine.days`."""
        with translate_read_errors():
            days = edtf.DateInterval(self._read.numbers("first")[number], self._read.numbers("last")[number])
            return days if days.last else None

    def find(self, prefix: str) -> list[tuple[str, int]]:
        """See `Engine.find`."""
        with translate_read_errors():
            found = {}
            for term in self._read.expand("id", prefix.encode()):
                for number in read_postings(self._read.reader, "id", term):
                    found[term.decode()] = number
            return sorted(found.items())

    def vocabulary(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """See `Engine.vocabulary`."""
        zone = ZONES.get(field)
        name = f"code_{field}" if field in CODE_FIELDS else "words" if zone or not field else field
        with translate_read_errors():
            if zone:
                yield from sorted(iterate_zone_term_stats(self._read, name, prefix.encode(), zone))
            else:
                yield from sorted(iterate_term_stats(self._read, name, prefix.encode()))

    def frequencies(self, words: Iterable[str], layer: TermForm) -> dict[str, TermStats]:
        """See `Engine.frequencies`."""
        with translate_read_errors():
            found = (read_term_stats(self._read.reader, layer.value, word.encode()) for word in dict.fromkeys(words))
            return {term.word: term for term in found if term.articles}

    def counts(self, field: str, numbers: Iterable[int]) -> dict[str, int]:
        """See `Engine.counts`. Articles with the same values are counted together, and the values taken apart once."""
        with translate_read_errors():
            of, values = self._read.repeated(f"values_{field}")
            found: dict[str, int] = {}
            for ordinal, articles in Counter(map(of.__getitem__, numbers)).items():
                for value in values[ordinal].decode().split("\n"):
                    found[value] = found.get(value, 0) + articles
            return found

    def hits(self, query: Query) -> dict[int, int]:
        """See `Engine.hits`."""
        with translate_read_errors():
            return count_hits(self._read, collect_patterns(query), self._expanded, self._units)

    def alike(self) -> list[tuple[int, ...]]:
        """See `Engine.alike`."""
        with translate_read_errors():
            return read_near_duplicates(self._storage)

    def like(self, word: str, edits: int, field: str = "") -> list[tuple[str, int]]:
        """See `Engine.like`."""
        with translate_read_errors():
            return sorted(self._read.lexicon(field if field in NAME_FIELDS else "words").words_within(word, edits))

    def size(self) -> int:
        """See `Engine.size`."""
        with translate_read_errors():
            return self._read.size

    def differing(self, numbers: Iterable[int] | None = None) -> Iterator[int]:
        """See `Engine.differing`."""
        with translate_read_errors():
            yield from (
                find_all_outdated_documents(self._read.reader)
                if numbers is None
                else find_outdated_documents(self._read.reader, numbers)
            )

    def length(self) -> int:
        """See `Engine.length`."""
        with translate_read_errors():
            return self._read.total("length")

    def close(self) -> None:
        """See `Engine.close`."""
        self._read.reader.close()

    # What matches

    def _evaluate(self, query: Query) -> ScoreMap:
        match query:
            case Group():
                return self._group(query)
            case And(children):
                return intersect_scores([self._evaluate(child) for child in children])
            case Or(children):
                return union_scores([self._evaluate(child) for child in children])
            case Not(child):
                return self._without(None, [self._evaluate(child)])
            case Dated() | Word() | Exact() | Phrase() | Near() | Prefix() | Fuzzy() | Measured():
                return self._leaf(query)
            case _:
                assert_never(query)

    def _leaf(self, leaf: Leaf) -> ScoreMap:
        found = leaf if isinstance(leaf, Dated) else plan_lookup(leaf)
        return self._lookup(found) if found else {}

    def _matching(self, query: Query) -> DocumentSet:
        """The documents that match, without the work of scoring them."""
        return matching_documents(query, self._documents, lambda: frozenset(self._read.all))

    def _documents(self, leaf: Leaf) -> DocumentSet:
        """The documents of a leaf, for counting: one query is counted in many variations."""
        if leaf not in self._found:
            found = None if isinstance(leaf, Dated) else plan_lookup(leaf)
            self._found[leaf] = frozenset(
                self._standing(found) if isinstance(found, PhraseLookup) else self._leaf(leaf)
            )
        return self._found[leaf]

    def _group(self, group: Group) -> ScoreMap:
        def of(*occurs: Occur) -> list[ScoreMap]:
            return [self._evaluate(clause.node) for clause in group.clauses if clause.occur in occurs]

        may, required, filters = of(Occur.MAY), of(Occur.MUST), of(Occur.FILTER)
        if may and not required:
            required.append(union_scores(may))
            may = []
        scores: ScoreMap | None = None
        if required or filters:
            scores = intersect_scores(required + filters)
        scores = self._without(scores, of(Occur.NOT))
        bonuses = [(scored, 1.0) for scored in may]
        bonuses += [(self._lookup(pair), bm25.PAIR_WEIGHT) for pair in bm25.adjacent_pairs(group)]
        for bonus, weight in bonuses:
            for number, score in bonus.items():
                if number in scores:
                    scores[number] += weight * score
        self._add_sentences(group, scores)
        return scores

    def _add_sentences(self, group: Group, scores: ScoreMap) -> None:
        """Adds what the words of a group are worth again that share a sentence with a quantity within its limits."""
        stems, limits = bm25.sentence_boost_terms(group)
        if not stems or not limits or not scores:
            return
        near: dict[int, list[range]] = {}
        for limit in limits:
            for values in self._spans(limit):
                for number in values.keys() & scores.keys():
                    near.setdefault(number, []).extend(sentences_in_range(values[number], limit))
        for stem in stems:
            places = self._read.positions("stems", stem.encode())
            weights = self._bm25("stems", stem.encode(), "length")
            for number in near.keys() & places.keys():
                if shares_sentence(near[number], places[number]):
                    scores[number] += bm25.SENTENCE_WEIGHT * weights[number]

    def _without(self, scores: ScoreMap | None, excluded: list[ScoreMap]) -> ScoreMap:
        """`scores` (None: every article, at no score) but for the documents of `excluded`."""
        kept = dict.fromkeys(self._read.all, 0.0) if scores is None else scores
        if not any(excluded):
            return kept
        gone = set().union(*excluded)
        return {number: score for number, score in kept.items() if number not in gone}

    def _lookup(self, found: Lookup | Dated) -> ScoreMap:
        """What a lookup finds. It is kept and given to all who ask again, so nobody may change it."""
        if found not in self._looked:
            self._looked[found] = self._look_up(found)
        return self._looked[found]

    def _look_up(self, found: Lookup | Dated) -> ScoreMap:
        match found:
            case Dated(_, days):
                return self._dated(days)
            case CodeLookup(field, value, prefix):
                return self._flat(f"code_{field}", value.encode(), prefix)
            case ExpansionLookup():
                return self._expansion(found)
            case PhraseLookup():
                return self._sequence(found)
            case AlternativeLookups(_, lookups):
                return max_scores([self._lookup(one) for one in lookups])
            case QuantityRange():
                return self._within(found)
            case _:
                assert_never(found)

    def _expansion(self, wanted: ExpansionLookup) -> ScoreMap:
        field = wanted.field if wanted.field in NAME_FIELDS else "words"
        if field == "words" and wanted.field:
            zone = ZONES[wanted.field]
            places = (read_positions(self._read.reader, field, term) for term in self._expanded(wanted, field))
            return {n: bm25.FLAT_SCORE for found in places for n, at in found.items() if has_position_in_zone(at, zone)}
        if wanted.edits is None:
            return self._flat(field, wanted.word.encode(), True)
        return dict.fromkeys(
            documents_with_terms(self._read.reader, field, self._expanded(wanted, field)), bm25.FLAT_SCORE
        )

    def _expanded(self, wanted: ExpansionLookup, field: str = "words") -> list[bytes]:
        if wanted.edits is None:
            return self._read.expand(field, wanted.word.encode())
        return [word.encode() for word, _ in self._read.lexicon(field).words_within(wanted.word, wanted.edits)]

    def _flat(self, field: str, term: bytes, prefix: bool) -> ScoreMap:
        """Every document of a term, or of any that begins so, all at the same score: the full union, never cut."""
        reader = self._read.reader
        found = documents_with_prefix(reader, field, term) if prefix else documents_with_terms(reader, field, [term])
        return dict.fromkeys(found, bm25.FLAT_SCORE)

    def _sequence(self, wanted: PhraseLookup) -> ScoreMap:
        if wanted.field in NAME_FIELDS:
            return dict.fromkeys(self._standing(wanted), bm25.FLAT_SCORE)
        layer, terms = wanted.layer.value, [term.encode() for term in wanted.terms]
        if len(terms) == 1 and not wanted.field:
            scores = dict(self._bm25(layer, terms[0], "length"))
            if wanted.layer is TermForm.STEMS:
                for number, score in self._bm25("title", terms[0], "title_length").items():
                    scores[number] += bm25.TITLE_WEIGHT * score
            return scores
        scored = [self._bm25(layer, term, "length") for term in terms]
        return {number: sum(scores[number] for scores in scored) for number in self._standing(wanted)}

    def _standing(self, wanted: PhraseLookup) -> Iterable[int]:
        """The documents in which the terms of a sequence stand as it says."""
        terms = [term.encode() for term in wanted.terms]
        if wanted.field in NAME_FIELDS:
            return self._together(wanted.field, terms, wanted.between, None)
        if len(terms) == 1 and not wanted.field:
            return self._read.postings(wanted.layer.value, terms[0])
        return self._together(wanted.layer.value, terms, wanted.between, ZONES[wanted.field] if wanted.field else None)

    def _together(self, field: str, terms: list[bytes], between: int | None, zone: range | None) -> Iterator[int]:
        """The documents in which the terms stand together, within `zone` of their positions if there is one."""
        of_term = {term: self._read.positions(field, term) for term in dict.fromkeys(terms)}
        for number in sorted(set.intersection(*(set(places) for places in of_term.values()))):
            here = {term: places[number] for term, places in of_term.items()}
            positions = [here[term] for term in terms]
            if zone is not None:
                positions = [[p for p in each if p in zone] for each in positions]
            if any(True for _ in find_proximity_matches(positions, between)):
                yield number

    def _dated(self, days: edtf.DateInterval) -> ScoreMap:
        first, last = self._read.numbers("first"), self._read.numbers("last")
        return {n: 0.0 for n in self._read.all if first[n] <= days.last and days.first <= last[n]}

    def _within(self, limit: QuantityRange) -> ScoreMap:
        """The documents with a quantity within a limit."""
        return {
            n: 0.0
            for values in self._spans(limit)
            for n, value in values.items()
            if has_quantity_in_range(value, limit)
        }

    def _spans(self, limit: QuantityRange) -> Iterator[dict[int, bytes]]:
        """For each unit of a limit the documents with quantities in it, and what their postings hold."""
        for each in self._units(limit):
            if each not in self._values:
                self._values[each] = read_values(self._read.reader, "quantities", each)
            yield self._values[each]

    def _units(self, limit: QuantityRange) -> list[bytes]:
        """The terms of the quantities that a limit asks for, one a unit."""
        term = quantity_term(limit.dimension, limit.unit).encode()
        return [term] if limit.unit else self._read.expand("quantities", term)

    # How much it scores, and in which order it comes

    def _bm25(self, field: str, term: bytes, length: str) -> ScoreMap:
        """BM25 of one term over its live documents, with lengths and counts of live documents only."""
        if (field, term) in self._scored:
            return self._scored[field, term]
        found, lengths = self._read.postings(field, term), self._read.numbers(length)
        live = self._read.size
        mean = self._read.total(length) / live if live else 1.0
        weight = bm25.idf(live, len(found)) * (bm25.BM25_K1 + 1)
        of_length = set(map(lengths.__getitem__, found))
        norm = {size: bm25.BM25_K1 * (1 - bm25.BM25_B + bm25.BM25_B * size / mean) for size in of_length}
        scores = {n: weight * tf / (tf + norm[lengths[n]]) for n, tf in found.items()}
        self._scored[field, term] = scores
        return scores

    def _criteria(self, scores: ScoreMap, order: HitOrder) -> list[SortCriterion]:
        first, last = self._read.numbers("first"), self._read.numbers("last")
        by_id = SortCriterion(lambda numbers: numbers if self._read.ascends else self._read.values("key", numbers))
        match order:
            case HitOrder.RELEVANCE:
                return [best_score(scores), descending_criterion(last), by_id]
            case HitOrder.NEWEST:
                return [descending_criterion(last), descending_criterion(first), by_id]
            case HitOrder.OLDEST:
                return [ascending_criterion(first), ascending_criterion(last), by_id]
            case HitOrder.TITLE:
                by_title = SortCriterion(lambda numbers: self._read.values("title_key", numbers))
                return [by_title, descending_criterion(last), by_id]
            case _:
                assert_never(order)
