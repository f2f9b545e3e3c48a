"""An opened Whoosh index: the engine interface over its readers.

What verifies the index is imported when it is called: a search does not.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines.base import FirstSeenLoader, TermStats
from shanxi_cli.engines.field_names import CODE_FIELDS, NAME_FIELDS
from shanxi_cli.engines.packed_article import unpack_article
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.evaluator import PlanEvaluator
from shanxi_cli.engines.whoosh.found import WhooshFound, count_values, find_ids, find_numbers
from shanxi_cli.engines.whoosh.postings import translate_read_errors
from shanxi_cli.engines.whoosh.term_stats import (
    iterate_code_term_stats,
    iterate_term_stats,
    iterate_zone_term_stats,
    read_term_stats,
)
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

    def search(self, plan: QueryPlan, order: HitOrder = HitOrder.RELEVANCE) -> WhooshFound:
        """Implement `Searching.search`."""
        return WhooshFound(self._read, self._evaluator, plan, order)

    def count(self, plan: QueryPlan) -> int:
        """Implement `Searching.count`."""
        with translate_read_errors():
            return len(self._evaluator.documents(plan))

    def article(self, number: int) -> Article:
        """Implement `Searching.article`."""
        with translate_read_errors():
            return unpack_article(self._read.reader.stored_fields(number)["article"])

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """Implement `Searching.articles`."""
        return list(map(self.article, numbers))

    def fetch_ahead(self, numbers: Sequence[int]) -> None:
        """Implement `Searching.fetch_ahead`: everything is here."""

    def quantities(self, number: int) -> Quantities:
        """Implement `Searching.quantities`."""
        from shanxi_cli.engines.stored_quantities import load_quantities

        with translate_read_errors():
            article = unpack_article(self._read.reader.stored_fields(number)["article"])
            return load_quantities(self._read.row("figures", number), article)

    def speech(self, number: int) -> "tuple[Speech, ...]":
        """Implement `Searching.speech`."""
        from shanxi_cli.engines.speech_rows import load_speech

        with translate_read_errors():
            return load_speech(self._read.row("quotes", number))

    def date_interval(self, number: int) -> edtf.DateInterval | None:
        """Implement `Searching.date_interval`."""
        with translate_read_errors():
            days = edtf.DateInterval(self._read.numbers("first")[number], self._read.numbers("last")[number])
            return days if days.last else None

    def numbers_of(self, ids: Collection[str]) -> dict[str, int]:
        """Implement `Searching.numbers_of`."""
        with translate_read_errors():
            return find_numbers(self._read, ids)

    def articles_with_id_prefix(self, prefix: str) -> list[tuple[str, int]]:
        """Implement `Searching.articles_with_id_prefix`."""
        with translate_read_errors():
            return find_ids(self._read, prefix)

    def articles_with_id_suffix(self, suffix: str) -> list[tuple[str, int]]:
        """Implement `Searching.articles_with_id_suffix`."""
        with translate_read_errors():
            return find_ids(self._read, "", lambda name: name.endswith(suffix))

    def terms_with_prefix(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Implement `Terms.terms_with_prefix`."""
        zone = None if field in NAME_FIELDS else ZONES.get(field)
        name = f"code_{field}" if field in CODE_FIELDS else "words" if zone or not field else field
        with translate_read_errors():
            if zone:
                yield from sorted(iterate_zone_term_stats(self._read, name, prefix.encode(), zone))
            else:
                yield from sorted(iterate_term_stats(self._read, name, prefix.encode()))

    def code_terms(self, field: str = "", prefix: str = "") -> Iterator[TermStats]:
        """Implement `Terms.code_terms`."""
        with translate_read_errors():
            yield from iterate_code_term_stats(self._read, prefix.encode(), ZONES[field] if field else None)

    def term_stats(self, words: Iterable[str], layer: TermForm) -> dict[str, TermStats]:
        """Implement `Terms.term_stats`."""
        with translate_read_errors():
            stats = (read_term_stats(self._read.reader, layer.value, word.encode()) for word in dict.fromkeys(words))
            return {term.word: term for term in stats if term.articles}

    def value_counts(self, field: str, numbers: Collection[int]) -> dict[str, int]:
        """Implement `Searching.value_counts`."""
        with translate_read_errors():
            return count_values(self._read, field, numbers)

    def near_duplicate_groups(self) -> list[tuple[int, ...]]:
        """Implement `Searching.near_duplicate_groups`."""
        from shanxi_cli.engines.whoosh.near_duplicates import read_near_duplicates

        with translate_read_errors():
            return read_near_duplicates(self._storage)

    def similar_terms(self, word: str, edits: int, field: str = "") -> list[tuple[str, int]]:
        """Implement `Terms.similar_terms`."""
        with translate_read_errors():
            return sorted(self._read.lexicon(field if field in NAME_FIELDS else "words").words_within(word, edits))

    def article_count(self) -> int:
        """Implement `Searching.article_count`."""
        with translate_read_errors():
            return self._read.size

    def set_first_seen(self, load: FirstSeenLoader) -> None:
        """Implement `Searching.set_first_seen`."""
        self._read.load_first_seen = load

    def outdated_documents(self, numbers: Iterable[int] | None = None) -> Iterator[int]:
        """Implement `Verifying.outdated_documents`."""
        from shanxi_cli.engines.whoosh.verify import find_all_outdated_documents, find_outdated_documents

        with translate_read_errors():
            yield from (
                find_all_outdated_documents(self._read.reader)
                if numbers is None
                else find_outdated_documents(self._read.reader, numbers)
            )

    def word_count(self) -> int:
        """Implement `Terms.word_count`."""
        with translate_read_errors():
            return self._read.total("length")

    def close(self) -> None:
        """Implement `Searching.close`."""
        self._read.reader.close()
