"""An opened generation in a cluster: the engine interface over its indexes.

What counts hits and what verifies is imported when it is called: a search does neither.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from shanxi_cli.analysis.document_fields import facet_values
from shanxi_cli.engines.base import FirstSeenLoader, TermStats, never_seen
from shanxi_cli.engines.field_names import NAME_FIELDS
from shanxi_cli.engines.opensearch.article_store import ArticleStore
from shanxi_cli.engines.opensearch.descriptor import NEAR_DUPLICATE_CHUNKS, IndexTotals, read_chunks
from shanxi_cli.engines.opensearch.dsl import EVERYTHING, Dsl, batched, has_any_term
from shanxi_cli.engines.opensearch.exact_scores import ExactScores
from shanxi_cli.engines.opensearch.found import ClusterFound, ClusterSearch, walk_numbers
from shanxi_cli.engines.opensearch.generation import GenerationIndex, hits_of
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.lookup_queries import LookupQueries, has_prefix
from shanxi_cli.engines.opensearch.plan_queries import ScoredQueries, has_whole_scores, matching_query
from shanxi_cli.engines.opensearch.ranking import Scoring
from shanxi_cli.engines.opensearch.score_tree import build_score_tree, scored_terms
from shanxi_cli.engines.opensearch.statistics import Statistics, vocabulary_field
from shanxi_cli.engines.opensearch.terms import encode_term
from shanxi_cli.engines.opensearch.value_counts import count_values
from shanxi_cli.engines.opensearch.word_reader import WordReader
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.matching.highlighter import collect_patterns
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.plan.lookups import CodeLookup, ExpansionLookup, TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import Quantities
from shanxi_cli.util import edtf

if TYPE_CHECKING:
    from shanxi_cli.model.quote import Speech

_BATCH = 10_000
"""Numbers or ids of one query."""
_MAX_SUFFIX = 100
"""Characters of the end of an id that the cluster looks for: a longer pattern takes it too long."""


class OpenSearchEngine:
    """Implements `Engine`: reads one generation, which does not change."""

    def __init__(self, client: ClusterClient, generation: str, totals: IndexTotals) -> None:
        self._client = client
        self._totals = totals
        self._index = GenerationIndex(client, generation)
        self._words = WordReader(self._index)
        self._articles = ArticleStore(self._index)
        self._lookups = LookupQueries(_EngineExpansions(self))
        self._statistics = Statistics(*totals, self._words)
        self._scored = ScoredQueries(self._statistics, self._lookups)
        self._load_first_seen: FirstSeenLoader = never_seen

    # Searching

    def search(self, plan: QueryPlan, order: HitOrder = HitOrder.RELEVANCE) -> ClusterFound:
        """Implement `Searching.search`."""
        tree = build_score_tree(plan)
        self._words.learn((vocabulary_field(layer), term) for layer, term in scored_terms(tree))
        exact = ExactScores(tree, self._statistics, self._lookups)

        def count_hits(condition: Dsl) -> dict[int, int]:
            from shanxi_cli.engines.opensearch.hit_counts import HitCounter

            counter = HitCounter(self._index, self._lookups, self._words, self._articles)
            return counter.count(collect_patterns(plan), condition)

        search = ClusterSearch(
            generation=self._index,
            scored=self._scored.query(tree),
            matching=matching_query(tree, self._lookups),
            scoring=Scoring(exact, has_whole_scores(tree)),
            conditions=(),
            keep=self._articles.keep,
            count_hits=count_hits,
            added_times=lambda: self.added_times,
            whole_value=self._whole_value,
        )
        return ClusterFound(search, order)

    def count(self, plan: QueryPlan) -> int:
        """Implement `Searching.count`."""
        return self._count(matching_query(build_score_tree(plan), self._lookups))

    def article(self, number: int) -> Article:
        """Implement `Searching.article`."""
        return self._articles.article(number)

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """Implement `Searching.articles`."""
        self._articles.fetch(numbers)
        return [self._articles.article(number) for number in numbers]

    def fetch_ahead(self, numbers: Sequence[int]) -> None:
        """Implement `Searching.fetch_ahead`."""
        self._articles.fetch(numbers)

    def quantities(self, number: int) -> Quantities:
        """Implement `Searching.quantities`."""
        return self._articles.quantities(number)

    def speech(self, number: int) -> "tuple[Speech, ...]":
        """Implement `Searching.speech`."""
        return self._articles.speech(number)

    def date_interval(self, number: int) -> edtf.DateInterval | None:
        """Implement `Searching.date_interval`."""
        return self._articles.days(number)

    def numbers_of(self, ids: Collection[str]) -> dict[str, int]:
        """Implement `Searching.numbers_of`."""
        terms = {encode_term(article_id): article_id for article_id in ids}
        found: dict[str, int] = {}
        for batch in batched(terms, _BATCH):
            some = self._walk_ids(has_any_term("id", batch))
            found |= {terms[term]: number for term, number in some}
        return found

    def articles_with_id_prefix(self, prefix: str) -> list[tuple[str, int]]:
        """Implement `Searching.articles_with_id_prefix`."""
        found = self._walk_ids(has_prefix("id", prefix))
        return [(article_id, number) for article_id, number in found if article_id.startswith(prefix)]

    def articles_with_id_suffix(self, suffix: str) -> list[tuple[str, int]]:
        """Implement `Searching.articles_with_id_suffix`."""
        end = suffix[-_MAX_SUFFIX:]
        pattern = "*" + "".join(f"\\{char}" if char in "*?\\" else char for char in end)
        found = self._walk_ids({"wildcard": {"id": {"value": pattern}}})
        return [(article_id, number) for article_id, number in found if article_id.endswith(suffix)]

    def value_counts(self, field: str, numbers: Collection[int]) -> dict[str, int]:
        """Implement `Searching.value_counts`."""
        counts: dict[str, int] = {}
        for batch in batched(sorted(set(numbers)), _BATCH):
            for value, count in count_values(self._index, field, has_any_term("n", batch), self._whole_value).items():
                counts[value] = counts.get(value, 0) + count
        return counts

    def near_duplicate_groups(self) -> list[tuple[int, ...]]:
        """Implement `Searching.near_duplicate_groups`."""
        return self._near_duplicates

    def article_count(self) -> int:
        """Implement `Searching.article_count`."""
        return self._totals.articles

    def set_first_seen(self, load: FirstSeenLoader) -> None:
        """Implement `Searching.set_first_seen`."""
        self._load_first_seen = load
        self.__dict__.pop("added_times", None)

    def close(self) -> None:
        """Implement `Searching.close`."""
        self._client.close()

    # Terms

    def terms_with_prefix(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Implement `Terms.terms_with_prefix`."""
        return self._id_terms(prefix) if field == "id" else self._words.iterate(field or "words", prefix)

    def code_terms(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Implement `Terms.code_terms`."""
        return self._words.iterate_code(field or "words", prefix)

    def term_stats(self, words: Iterable[str], layer: TermForm) -> dict[str, TermStats]:
        """Implement `Terms.term_stats`."""
        wanted = list(dict.fromkeys(words))
        self._words.learn((layer.value, word) for word in wanted)
        stats = (self._words.stats(layer.value, word) for word in wanted)
        return {term.word: term for term in stats if term.articles}

    def similar_terms(self, word: str, edits: int, field: str = "") -> list[tuple[str, int]]:
        """Implement `Terms.similar_terms`."""
        return list(self._words.similar(word, edits, field if field in NAME_FIELDS else "words"))

    def word_count(self) -> int:
        """Implement `Terms.word_count`."""
        return self._totals.words

    # Verifying

    def outdated_documents(self, numbers: Iterable[int] | None = None) -> Iterator[int]:
        """Implement `Verifying.outdated_documents`."""
        from shanxi_cli.engines.opensearch.verify import find_outdated_documents

        return find_outdated_documents(self._index, numbers)

    # Parts

    def _count(self, query: Dsl) -> int:
        answer = self._index.search({"size": 0, "track_total_hits": True, "query": query})
        count: int = answer["hits"]["total"]["value"]
        return count

    def expand(self, lookup: ExpansionLookup) -> Collection[str]:
        """Return the words of an expansion."""
        return self._words.expand(lookup)

    def all_numbers(self) -> Iterator[int]:
        """Yield the numbers of all articles."""
        return walk_numbers(self._index, EVERYTHING)

    def _walk_ids(self, query: Dsl) -> Iterator[tuple[str, int]]:
        body: Dsl = {"query": query, "sort": ["id", "n"], "_source": False, "stored_fields": "_none_"}
        for hits in self._index.walk(body):
            for hit in hits:
                article_id, number = hit["sort"]
                yield article_id, number

    def _id_terms(self, prefix: str) -> Iterator[TermStats]:
        """Yield the folded ids: those that differ only in case or accents are one term."""
        codes = (code for code, _ in self.walk_codes("id", prefix))
        for term, same in groupby(codes):
            many = sum(1 for _ in same)
            yield TermStats(term, many, many)

    def walk_codes(self, field: str, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield the codes of a field that begin with a prefix, sorted, each with the number of its article."""
        body: Dsl = {"sort": [f"code_{field}", "n"], "_source": False, "stored_fields": "_none_"}
        body["query"] = has_prefix(f"code_{field}", prefix)
        for hits in self._index.walk(body):
            for hit in hits:
                code, number = hit["sort"]
                if code.startswith(prefix):
                    yield code, number

    @cached_property
    def _near_duplicates(self) -> list[tuple[int, ...]]:
        groups = read_chunks(self._client, self._index.name, NEAR_DUPLICATE_CHUNKS)
        return [tuple(group) for group in groups]

    @cached_property
    def added_times(self) -> dict[int, int]:
        """Seconds since 1970 at which articles were first seen, by number, of those of which it is known."""
        numbers = dict(self._walk_ids(EVERYTHING))
        seen = self._load_first_seen(numbers.keys())
        return {number: seen[article_id] for article_id, number in numbers.items() if seen.get(article_id)}

    def _whole_value(self, field: str, term: str) -> str:
        """Return the value of a field that is too long for a term, from an article that has it."""
        column = f"values_{field}"
        hits = hits_of(self._index.search({"query": has_any_term(column, [term]), "size": 1, "docvalue_fields": ["n"]}))
        for hit in hits:
            values = dict(facet_values(self.article(hit["fields"]["n"][0])))[field]
            for line in (line for value in values for line in value.split("\n")):
                if encode_term(line) == term:
                    return line
        raise IndexUnusable(f"a value of {field} in the index {self._index.name} is damaged")


class _EngineExpansions:
    """Implements `lookup_queries.Expansions` by requests of their own."""

    def __init__(self, engine: OpenSearchEngine) -> None:
        self._engine = engine

    def words(self, lookup: ExpansionLookup) -> Collection[str]:
        return self._engine.expand(lookup)

    def with_code(self, lookup: CodeLookup) -> Sequence[int]:
        return [number for _, number in self._engine.walk_codes(lookup.field, lookup.value)]

    def added_on(self, days: edtf.DateInterval) -> tuple[bool, Sequence[int]]:
        times = self._engine.added_times
        day_of = {time: date.fromtimestamp(time).toordinal() for time in set(times.values())}
        added = [number for number, time in times.items() if days.first <= day_of[time] <= days.last]
        if len(added) * 2 <= self._engine.article_count():
            return True, added
        chosen = set(added)
        return False, [number for number in self._engine.all_numbers() if number not in chosen]
