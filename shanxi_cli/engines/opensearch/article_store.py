"""Articles that were brought from the cluster: kept for the calls that follow, as far as memory allows."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shanxi_cli.engines.opensearch.dsl import has_any_term
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.mapping import STORED_FIELDS
from shanxi_cli.engines.packed_article import unpack_article
from shanxi_cli.engines.speech_rows import load_speech
from shanxi_cli.engines.stored_quantities import load_quantities
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.range import Quantities
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import NamedTuple

if TYPE_CHECKING:
    from shanxi_cli.model.quote import Speech

_MAX_KEPT = 1_000
_MAX_CHARACTERS = 64_000_000
BATCH = 200
"""Articles of one request."""


class StoredArticle(NamedTuple):
    """Texts that the cluster keeps of an article, and the days of its date."""

    article: str
    figures: str
    quotes: str
    first: int
    last: int

    @property
    def size(self) -> int:
        """Characters."""
        return len(self.article) + len(self.figures) + len(self.quotes)


class ArticleStore:
    """Articles by their numbers."""

    def __init__(self, index: GenerationIndex) -> None:
        self._index = index
        self._kept: dict[int, StoredArticle] = {}
        self._size = 0

    def fetch(self, numbers: Sequence[int]) -> None:
        """Bring the articles that are not here, a request for each `BATCH` of them."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self._kept]
        self._forget(len(missing), {*numbers})
        for at in range(0, len(missing), BATCH):
            batch = missing[at : at + BATCH]
            body = {
                "query": has_any_term("n", batch),
                "size": len(batch),
                "sort": ["_doc"],
                "_source": list(STORED_FIELDS),
                "docvalue_fields": ["n", "first", "last"],
            }
            for hit in self._index.hits(body):
                self.keep(hit)
        lost = [number for number in missing if number not in self._kept]
        if lost:
            raise IndexUnusable(f"article number {lost[0]} of the index {self._index.name} is missing")

    def keep(self, hit: Any) -> None:
        """Keep the article that a hit brings."""
        fields, source = hit["fields"], hit.get("_source", {})
        article, figures, quotes = (source.get(name, "") for name in STORED_FIELDS)
        stored = StoredArticle(article, figures, quotes, fields["first"][0], fields["last"][0])
        number = fields["n"][0]
        before = self._kept.pop(number, None)
        self._kept[number] = stored
        self._size += stored.size - (before.size if before else 0)

    def article(self, number: int) -> Article:
        """Return an article."""
        try:
            return load_article(self._get(number).article)
        except (TypeError, ValueError) as error:
            raise IndexUnusable(f"article number {number} of the index {self._index.name} is damaged") from error

    def quantities(self, number: int) -> Quantities:
        """Return the quantities of an article, a tuple a paragraph."""
        return load_quantities(self._get(number).figures.encode(), self.article(number))

    def speech(self, number: int) -> "tuple[Speech, ...]":
        """Return the attributed speech of an article."""
        return load_speech(self._get(number).quotes.encode())

    def days(self, number: int) -> edtf.DateInterval | None:
        """Return the days of the date of an article; None without one."""
        stored = self._get(number)
        return edtf.DateInterval(stored.first, stored.last) if stored.last else None

    def _get(self, number: int) -> StoredArticle:
        if number not in self._kept:
            self.fetch([number])
        return self._kept[number]

    def _forget(self, more: int, needed: set[int]) -> None:
        """Make room for `more` articles: the oldest go, but none that is needed."""
        for number in list(self._kept):
            if len(self._kept) + more <= _MAX_KEPT and self._size <= _MAX_CHARACTERS:
                return
            if number not in needed:
                self._size -= self._kept.pop(number).size


def load_article(text: str) -> Article:
    """Return the article that a document has as JSON. Raise `TypeError` or `ValueError` for anything else."""
    return unpack_article(_with_tuples(json.loads(text)))


def _with_tuples(value: Any) -> Any:
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value
