"""An opened Whoosh index: the engine interface over its readers, and the order of matches.

What counts hits and what verifies the index is imported when it is called: a search does neither.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Items
from typing import TYPE_CHECKING, Any, assert_never

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines.base import FirstSeenLoader, Match, TermStats
from shanxi_cli.engines.score_map import ScoreMap
from shanxi_cli.engines.top_k import (
    RankedMatches,
    SortCriterion,
    ascending_criterion,
    descending_criterion,
    score_criterion,
)
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.evaluator import PlanEvaluator
from shanxi_cli.engines.whoosh.first_matches import FirstMatches
from shanxi_cli.engines.whoosh.near_duplicates import read_near_duplicates
from shanxi_cli.engines.whoosh.postings import read_postings, translate_read_errors
from shanxi_cli.engines.whoosh.quantity_postings import load_quantities
from shanxi_cli.engines.whoosh.schema import CODE_FIELDS, NAME_FIELDS, unpack_article
from shanxi_cli.engines.whoosh.speech_rows import load_speech
from shanxi_cli.engines.whoosh.term_stats import (
    iterate_code_term_stats,
    iterate_term_stats,
    iterate_zone_term_stats,
    read_term_stats,
)
from shanxi_cli.matching.highlighter import collect_patterns
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import Quantities
from shanxi_cli.util import edtf

if TYPE_CHECKING:
    from shanxi_cli.model.quote import Speech


class WhooshEngine:
    """An opened index, with caches of the terms and columns that it has read."""

    def __init__(self, reader: Any, storage: Any) -> None:
        self._read = CachedReader(reader)
        self._storage = storage
        self._evaluator = PlanEvaluator(self._read)

    def search(self, plan: QueryPlan, order: HitOrder) -> Items[Match]:
        """Implement `Engine.search`."""
        with translate_read_errors():
            found = FirstMatches(self._read, self._evaluator, plan)
            select = found.settle if order is HitOrder.RELEVANCE else lambda _: found.numbers()
            by = self._criteria(found.scores, order)
            return RankedMatches(found.count, found.scores, by, translate_read_errors, select, found.score)

    def matching_numbers(self, plan: QueryPlan) -> Items[int]:
        """Implement `Engine.matching_numbers`."""
        with translate_read_errors():
            return list(self._evaluator.documents(plan))

    def count(self, plan: QueryPlan) -> int:
        """Implement `Engine.count`."""
        with translate_read_errors():
            return len(self._evaluator.documents(plan))

    def article(self, number: int) -> Article:
        """Implement `Engine.article`."""
        with translate_read_errors():
            return unpack_article(self._read.reader.stored_fields(number)["article"])

    def quantities(self, number: int) -> Quantities:
        """Implement `Engine.quantities`."""
        with translate_read_errors():
            article = unpack_article(self._read.reader.stored_fields(number)["article"])
            return load_quantities(self._read.row("figures", number), article)

    def speech(self, number: int) -> "tuple[Speech, ...]":
        """Implement `Engine.speech`."""
        with translate_read_errors():
            return load_speech(self._read.row("quotes", number))

    def date_interval(self, number: int) -> edtf.DateInterval | None:
        """Implement `Engine.date_interval`."""
        with translate_read_errors():
            days = edtf.DateInterval(self._read.numbers("first")[number], self._read.numbers("last")[number])
            return days if days.last else None

    def articles_with_id_prefix(self, prefix: str) -> list[tuple[str, int]]:
        """Implement `Engine.articles_with_id_prefix`."""
        with translate_read_errors():
            numbers = {}
            for term in self._read.expand("id", prefix.encode()):
                for number in read_postings(self._read.reader, "id", term):
                    numbers[term.decode()] = number
            return sorted(numbers.items())

    def terms_with_prefix(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Implement `Engine.terms_with_prefix`."""
        zone = None if field in NAME_FIELDS else ZONES.get(field)
        name = f"code_{field}" if field in CODE_FIELDS else "words" if zone or not field else field
        with translate_read_errors():
            if zone:
                yield from sorted(iterate_zone_term_stats(self._read, name, prefix.encode(), zone))
            else:
                yield from sorted(iterate_term_stats(self._read, name, prefix.encode()))

    def code_terms(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Implement `Engine.code_terms`."""
        with translate_read_errors():
            yield from iterate_code_term_stats(self._read, prefix.encode(), ZONES[field] if field else None)

    def term_stats(self, words: Iterable[str], layer: TermForm) -> dict[str, TermStats]:
        """Implement `Engine.term_stats`."""
        with translate_read_errors():
            stats = (read_term_stats(self._read.reader, layer.value, word.encode()) for word in dict.fromkeys(words))
            return {term.word: term for term in stats if term.articles}

    def value_counts(self, field: str, numbers: Iterable[int]) -> dict[str, int]:
        """Implement `Engine.value_counts`. Articles with the same values are counted together and split once."""
        with translate_read_errors():
            of, values = self._read.repeated(f"values_{field}")
            counts: dict[str, int] = {}
            for ordinal, articles in Counter(map(of.__getitem__, numbers)).items():
                for value in values[ordinal].decode().split("\n"):
                    counts[value] = counts.get(value, 0) + articles
            return counts

    def hit_counts(self, plan: QueryPlan) -> dict[int, int]:
        """Implement `Engine.hit_counts`."""
        from shanxi_cli.engines.whoosh.hit_counts import count_hits

        with translate_read_errors():
            evaluator = self._evaluator
            return count_hits(self._read, collect_patterns(plan), evaluator.expand_words, evaluator.unit_terms)

    def near_duplicate_groups(self) -> list[tuple[int, ...]]:
        """Implement `Engine.near_duplicate_groups`."""
        with translate_read_errors():
            return read_near_duplicates(self._storage)

    def similar_terms(self, word: str, edits: int, field: str = "") -> list[tuple[str, int]]:
        """Implement `Engine.similar_terms`."""
        with translate_read_errors():
            return sorted(self._read.lexicon(field if field in NAME_FIELDS else "words").words_within(word, edits))

    def article_count(self) -> int:
        """Implement `Engine.article_count`."""
        with translate_read_errors():
            return self._read.size

    def set_first_seen(self, load: FirstSeenLoader) -> None:
        """Implement `Engine.set_first_seen`."""
        self._read.load_first_seen = load

    def outdated_documents(self, numbers: Iterable[int] | None = None) -> Iterator[int]:
        """Implement `Engine.outdated_documents`."""
        from shanxi_cli.engines.whoosh.verify import find_all_outdated_documents, find_outdated_documents

        with translate_read_errors():
            yield from (
                find_all_outdated_documents(self._read.reader)
                if numbers is None
                else find_outdated_documents(self._read.reader, numbers)
            )

    def word_count(self) -> int:
        """Implement `Engine.word_count`."""
        with translate_read_errors():
            return self._read.total("length")

    def close(self) -> None:
        """Implement `Engine.close`."""
        self._read.reader.close()

    def _criteria(self, scores: ScoreMap, order: HitOrder) -> list[SortCriterion]:
        first, last = self._read.numbers("first"), self._read.numbers("last")
        by_id = SortCriterion(lambda numbers: numbers if self._read.ascends else self._read.values("key", numbers))
        match order:
            case HitOrder.RELEVANCE:
                return [score_criterion(scores), descending_criterion(last), by_id]
            case HitOrder.NEWEST:
                return [descending_criterion(last), descending_criterion(first), by_id]
            case HitOrder.OLDEST:
                return [ascending_criterion(first), ascending_criterion(last), by_id]
            case HitOrder.TITLE:
                by_title = SortCriterion(lambda numbers: self._read.values("title_key", numbers))
                return [by_title, descending_criterion(last), by_id]
            case HitOrder.ADDED:
                return [descending_criterion(self._read.added_times), descending_criterion(last), by_id]
            case _:
                assert_never(order)
