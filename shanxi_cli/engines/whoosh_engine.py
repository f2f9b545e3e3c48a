"""An opened Whoosh index: which documents answer a query, how they score, and in which order they come.

What a query means is decided here, term at a time, on dictionaries of documents: Whoosh's own query
classes drop repeated words, treat a NOT inside an OR specially, and score with statistics that count
deleted documents.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, assert_never

from shanxi_cli import dates
from shanxi_cli.engines import Match, Term
from shanxi_cli.engines.whoosh_postings import leaves, read_positions, read_postings, read_values, translated
from shanxi_cli.engines.whoosh_quantities import any_within, key, restored, within
from shanxi_cli.engines.whoosh_schema import NAMES, article_of
from shanxi_cli.language import ranking
from shanxi_cli.language.analysis import AnyOf, Expansion, Layer, Lookup, Sequence, Value, lookup
from shanxi_cli.language.matching import together
from shanxi_cli.language.measuring import Limit, Quantities
from shanxi_cli.language.zones import ZONES
from shanxi_cli.model import Article, Order
from shanxi_cli.query import (
    And,
    Dated,
    Exact,
    Fuzzy,
    Group,
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

Scores = dict[int, float]
"""Matching documents, by their number in the whole index, with what each scores."""


class WhooshEngine:
    """An opened index. It keeps what it has read of terms and columns for the time it is open."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._columns: dict[str, list[Any]] = {}
        self._scored: dict[tuple[str, bytes], Scores] = {}
        self._values: dict[bytes, dict[int, bytes]] = {}
        self._live: frozenset[int] | None = None

    def search(self, query: Query, order: Order) -> list[Match]:
        """See `Engine.search`."""
        with translated():
            scores = self._evaluate(query)
            return [Match(number, scores[number]) for number in self._sorted(scores, order)]

    def count(self, query: Query) -> int:
        """See `Engine.count`."""
        with translated():
            return len(self._evaluate(query))

    def article(self, number: int) -> Article:
        """See `Engine.article`."""
        with translated():
            return article_of(self._reader.stored_fields(number)["article"])

    def quantities(self, number: int) -> Quantities:
        """See `Engine.quantities`."""
        with translated():
            article = article_of(self._reader.stored_fields(number)["article"])
            leaf, base = next((leaf, base) for leaf, base in reversed(leaves(self._reader)) if base <= number)
            return restored(leaf.column_reader("figures", translate=False)[number - base], article)

    def days(self, number: int) -> dates.Interval | None:
        """See `Engine.days`."""
        with translated():
            days = dates.Interval(self._column("first")[number], self._column("last")[number])
            return days if days.last else None

    def find(self, prefix: str) -> list[tuple[str, int]]:
        """See `Engine.find`."""
        with translated():
            found = {}
            for term in self._expand("id", prefix.encode()):
                for number in read_postings(self._reader, "id", term):
                    found[term.decode()] = number
            return sorted(found.items())

    def vocabulary(self, field: str = "", prefix: str = "") -> Iterator[Term]:
        """See `Engine.vocabulary`. Read from the term dictionary where no document is deleted."""
        name = field or "words"
        with translated():
            exact = not self._reader.has_deletions()
            for term in sorted(self._expand(name, prefix.encode())):
                if exact:
                    infos = [leaf.term_info(name, term) for leaf, _ in leaves(self._reader) if (name, term) in leaf]
                    articles = sum(info.doc_frequency() for info in infos)
                    occurrences = sum(info.weight() for info in infos)
                else:
                    postings = read_postings(self._reader, name, term)
                    articles, occurrences = len(postings), sum(postings.values())
                if articles:
                    yield Term(term.decode(), articles, int(occurrences))

    def size(self) -> int:
        """See `Engine.size`."""
        with translated():
            return int(self._reader.doc_count())

    def close(self) -> None:
        """See `Engine.close`."""
        self._reader.close()

    # What matches

    def _evaluate(self, query: Query) -> Scores:
        match query:
            case Group():
                return self._group(query)
            case And(children):
                return _intersection([self._evaluate(child) for child in children])
            case Or(children):
                return _union([self._evaluate(child) for child in children])
            case Not(child):
                return self._without(None, [self._evaluate(child)])
            case Dated(_, days):
                return self._dated(days)
            case Word() | Exact() | Phrase() | Near() | Prefix() | Fuzzy() | Measured():
                found = lookup(query)
                return self._lookup(found) if found else {}
            case _:
                assert_never(query)

    def _group(self, group: Group) -> Scores:
        def of(*occurs: Occur) -> list[Scores]:
            return [self._evaluate(clause.node) for clause in group.clauses if clause.occur in occurs]

        may, required, filters = of(Occur.MAY), of(Occur.MUST), of(Occur.FILTER)
        if may and not required:
            required.append(_union(may))
            may = []
        scores: Scores | None = None
        if required or filters:
            scores = _intersection(required + filters)
        scores = self._without(scores, of(Occur.NOT))
        bonuses = [(scored, 1.0) for scored in may]
        bonuses += [(self._lookup(pair), ranking.PAIR) for pair in ranking.neighbours(group)]
        for bonus, weight in bonuses:
            for number, score in bonus.items():
                if number in scores:
                    scores[number] += weight * score
        self._add_sentences(group, scores)
        return scores

    def _add_sentences(self, group: Group, scores: Scores) -> None:
        """Adds what the words of a group are worth again that share a sentence with a quantity within its limits."""
        stems, limits = ranking.beside(group)
        if not stems or not limits or not scores:
            return
        near: dict[int, list[range]] = {}
        for limit in limits:
            for values in self._spans(limit):
                for number in values.keys() & scores.keys():
                    near.setdefault(number, []).extend(within(values[number], limit))
        for stem in stems:
            places = read_positions(self._reader, "stems", stem.encode())
            weights = self._bm25("stems", stem.encode(), "length")
            for number in near.keys() & places.keys():
                if _share(near[number], places[number]):
                    scores[number] += ranking.SENTENCE * weights[number]

    def _without(self, scores: Scores | None, excluded: list[Scores]) -> Scores:
        """`scores` (None: every article, at no score) but for the documents of `excluded`."""
        kept = scores if scores is not None else dict.fromkeys(self._all(), 0.0)
        gone = {number for each in excluded for number in each}
        return {number: score for number, score in kept.items() if number not in gone}

    def _lookup(self, found: Lookup) -> Scores:
        match found:
            case Value(field, value, prefix):
                terms = self._expand(f"code_{field}", value.encode()) if prefix else [value.encode()]
                return self._flat(f"code_{field}", terms)
            case Expansion():
                return self._expansion(found)
            case Sequence():
                return self._sequence(found)
            case AnyOf(_, lookups):
                return _best([self._lookup(one) for one in lookups])
            case Limit():
                return self._within(found)
            case _:
                assert_never(found)

    def _expansion(self, wanted: Expansion) -> Scores:
        field = wanted.field if wanted.field in NAMES else "words"
        if wanted.edits is None:
            terms = list(self._expand(field, wanted.word.encode()))
        else:
            terms = [term for term in self._lexicon(field) if wanted.matches(term.decode())]
        if field != "words" or not wanted.field:
            return self._flat(field, terms)
        zone = ZONES[wanted.field]
        places = (read_positions(self._reader, field, term) for term in terms)
        return {n: ranking.FLAT for found in places for n, at in found.items() if _in_zone(at, zone)}

    def _flat(self, field: str, terms: Iterable[bytes]) -> Scores:
        """Every document of any of the terms, all at the same score: the full union, never cut."""
        return {number: ranking.FLAT for term in terms for number in read_postings(self._reader, field, term)}

    def _sequence(self, wanted: Sequence) -> Scores:
        terms = [term.encode() for term in wanted.terms]
        if wanted.field in NAMES:
            return dict.fromkeys(self._together(wanted.field, terms, wanted.between, None), ranking.FLAT)
        layer = "stems" if wanted.layer is Layer.STEMS else "words"
        if len(terms) == 1 and not wanted.field:
            scores = dict(self._bm25(layer, terms[0], "length"))
            if layer == "stems":
                for number, score in self._bm25("title", terms[0], "title_length").items():
                    scores[number] += ranking.TITLE * score
            return scores
        zone = ZONES[wanted.field] if wanted.field else None
        found = self._together(layer, terms, wanted.between, zone)
        scored = [self._bm25(layer, term, "length") for term in terms]
        return {number: sum(scores[number] for scores in scored) for number in found}

    def _together(self, field: str, terms: list[bytes], between: int | None, zone: range | None) -> Iterator[int]:
        """The documents in which the terms stand together, within `zone` of their positions if there is one."""
        places = [read_positions(self._reader, field, term) for term in dict.fromkeys(terms)]
        of_term = dict(zip(dict.fromkeys(terms), places, strict=True))
        for number in sorted(set.intersection(*(set(p) for p in places))):
            positions = [of_term[term][number] for term in terms]
            if zone is not None:
                positions = [[p for p in each if p in zone] for each in positions]
            if any(True for _ in together(positions, between)):
                yield number

    def _dated(self, days: dates.Interval) -> Scores:
        first, last = self._column("first"), self._column("last")
        return {n: 0.0 for n in self._all() if first[n] <= days.last and days.first <= last[n]}

    def _within(self, limit: Limit) -> Scores:
        """The documents with a quantity within a limit."""
        return {n: 0.0 for values in self._spans(limit) for n, value in values.items() if any_within(value, limit)}

    def _spans(self, limit: Limit) -> Iterator[dict[int, bytes]]:
        """For each unit of a limit the documents with quantities in it, and what their postings hold."""
        term = key(limit.dimension, limit.unit).encode()
        for each in [term] if limit.unit else self._expand("quantities", term):
            if each not in self._values:
                self._values[each] = read_values(self._reader, "quantities", each)
            yield self._values[each]

    # How much it scores, and in which order it comes

    def _bm25(self, field: str, term: bytes, length: str) -> Scores:
        """BM25 of one term over its live documents, with lengths and counts of live documents only."""
        if (field, term) in self._scored:
            return self._scored[field, term]
        found = read_postings(self._reader, field, term)
        lengths, live = self._column(length), self._all()
        mean = sum(lengths[n] for n in live) / len(live) if live else 1.0
        weight = ranking.idf(len(live), len(found)) * (ranking.K1 + 1)
        scores = {
            n: weight * tf / (tf + ranking.K1 * (1 - ranking.B + ranking.B * lengths[n] / mean))
            for n, tf in found.items()
        }
        self._scored[field, term] = scores
        return scores

    def _sorted(self, scores: Scores, order: Order) -> list[int]:
        key, first, last = self._column("key"), self._column("first"), self._column("last")
        by: Callable[[int], Any]
        match order:
            case Order.RELEVANCE:
                # Rounded, so that the order of summing never decides between equals.
                by = lambda n: (-round(scores[n], 9), -last[n], key[n])  # noqa: E731
            case Order.NEWEST:
                by = lambda n: (-last[n], -first[n], key[n])  # noqa: E731
            case Order.OLDEST:
                by = lambda n: (first[n], last[n], key[n])  # noqa: E731
            case Order.TITLE:
                title = self._column("title_key")
                by = lambda n: (title[n], -last[n], key[n])  # noqa: E731
            case _:
                assert_never(order)
        return sorted(scores, key=by)

    # Reading

    def _all(self) -> frozenset[int]:
        if self._live is None:
            self._live = frozenset(self._reader.all_doc_ids())
        return self._live

    def _column(self, name: str) -> list[Any]:
        """A column as a list over all documents, deleted ones too."""
        if name not in self._columns:
            values: list[Any] = []
            for leaf, _ in leaves(self._reader) if self._reader.doc_count_all() else ():
                reader = leaf.column_reader(name, translate=False)
                values += (reader[n] for n in range(leaf.doc_count_all()))
            self._columns[name] = values
        return self._columns[name]

    def _expand(self, field: str, prefix: bytes) -> Iterable[bytes]:
        found: dict[bytes, None] = {}
        for leaf, _ in leaves(self._reader):
            found |= dict.fromkeys(leaf.expand_prefix(field, prefix))
        return list(found)

    def _lexicon(self, field: str) -> Iterable[bytes]:
        return self._expand(field, b"")


def _in_zone(positions: list[int], zone: range) -> bool:
    return any(place in zone for place in positions)


def _share(sentences: list[range], positions: list[int]) -> bool:
    start = ZONES["body"].start
    return any(place - start in sentence for sentence in sentences for place in positions)


def _intersection(parts: list[Scores]) -> Scores:
    """The documents of all parts, scores added in the order of the parts."""
    smallest = min(parts, key=len)
    return {n: sum(part[n] for part in parts) for n in smallest if all(n in part for part in parts)}


def _best(parts: list[Scores]) -> Scores:
    """The documents of any part, each with the highest of its scores."""
    scores: Scores = {}
    for part in parts:
        for number, score in part.items():
            scores[number] = max(score, scores.get(number, 0.0))
    return scores


def _union(parts: list[Scores]) -> Scores:
    """The documents of any part, scores added in the order of the parts."""
    scores: Scores = {}
    for part in parts:
        for number, score in part.items():
            scores[number] = scores.get(number, 0.0) + score
    return scores
