"""Ranges on quantities, and the quantities of an article that they are compared with.

A quantity is compared as an interval of numbers in the canonical unit of its dimension: its value, or
from its value to its upper end. `more than 100` lies just above 100, `less than 100` and `nearly 100`
just below it, all others at the printed number: a newspaper that writes `more than 100` means about 100.

The extractor (`extraction.quantities`) takes half as long to load as all the rest of a search, so it
is imported here, when an article has to be read, and the model of quantities when one is compared.
"""

from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence as Items
from functools import cache, lru_cache
from math import inf, nextafter
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

from shanxi_cli.analysis.sentence_splitter import sentence_ranges
from shanxi_cli.analysis.tokenizer import count_words, token_starts, word_forms
from shanxi_cli.model.article import Article
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import NamedTuple, Record, replace_fields

if TYPE_CHECKING:
    from shanxi_cli.model.quantity import Quantity, Relation

Quantities: TypeAlias = "tuple[tuple[Quantity, ...], ...]"
"""The quantities of a body, a tuple a paragraph."""


class QuantityRange(Record):
    """Quantities of `dimension` and `unit` (empty: of any) that share a number with `low` to `high`, both included."""

    dimension: str
    unit: str
    low: float = -inf
    high: float = inf

    @property
    def field(self) -> str:
        """The field whose quantities are compared."""
        return "body"

    def contains(self, quantity: "Quantity") -> bool:
        """Return True for a quantity in the range."""
        if self.dimension and self.dimension != quantity.dimension.value:
            return False
        low, high = numeric_bounds(quantity)
        return self.unit in ("", quantity.unit) and low <= self.high and self.low <= high


class SentenceQuantity(NamedTuple):
    """A quantity with its sentence, a half-open range of positions in the body (`analysis.tokenizer.number_forms`)."""

    quantity: "Quantity"
    first: int
    last: int


def numeric_bounds(quantity: "Quantity") -> tuple[float, float]:
    """Return the lowest and the highest number that a quantity may be, both included."""
    side = _open_ends().get(quantity.relation)
    low, high = quantity.value, quantity.value if quantity.high is None else quantity.high
    if side is None:
        return low, high
    return nextafter(low, side), nextafter(high, side)


@cache
def _open_ends() -> "dict[Relation, float]":
    from shanxi_cli.model.quantity import Relation

    return {Relation.MORE: inf, Relation.LESS: -inf, Relation.NEARLY: -inf}


def read_quantities(text: str) -> "tuple[Quantity, ...]":
    """Extract the quantities of a text of paragraphs, with places in it; periods are not resolved."""
    from shanxi_cli.extraction.quantities import read_paragraphs

    paragraphs = text.split("\n\n")
    return shift_to_body(paragraphs, tuple(read_paragraphs(paragraphs)))


@lru_cache(maxsize=1)  # fields and terms of an article are computed one after the other
def article_quantities(article: Article) -> Quantities:
    """Extract the quantities of an article's body, periods resolved by its date."""
    from shanxi_cli.extraction.quantities import read_paragraphs

    return tuple(read_paragraphs(article.prose, edtf.parse_edtf(article.date) if article.date else None))


def shift_to_body(paragraphs: list[str], quantities: Quantities) -> "tuple[Quantity, ...]":
    """Return all quantities of a body, with places counted from its beginning."""
    shifted: list[Quantity] = []
    start = 0
    for paragraph, inside in zip(paragraphs, quantities, strict=True):
        shifted += (replace_fields(q, start=q.start + start, end=q.end + start) for q in inside)
        start += len(paragraph) + 2
    return tuple(shifted)


def locate_quantities(article: Article) -> Iterator[SentenceQuantity]:
    """Yield the quantities of the body in order, each with its sentence."""
    at = 0
    for paragraph, quantities in zip(article.paragraphs, article_quantities(article), strict=True):
        if quantities:
            for start, end, first, last in _sentence_words(paragraph):
                inside = quantities_between(quantities, start, end)
                yield from (SentenceQuantity(quantity, at + first, at + last) for quantity in inside)
        at += len(word_forms(paragraph)) + 1  # see `PARAGRAPH_END`; the postings need these forms too


def _sentence_words(paragraph: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield the sentences of a paragraph as half-open ranges, of characters and of words."""
    sentences = sentence_ranges(paragraph)
    if all(paragraph[end : end + 1].isspace() for _, end in sentences[:-1]):
        last = 0
        for start, end in sentences:
            first, last = last, last + count_words(paragraph[start:end])
            yield start, end, first, last
        return
    words = token_starts(paragraph)  # Chinese: its sentences have no white space between them
    yield from ((start, end, bisect_left(words, start), bisect_left(words, end)) for start, end in sentences)


def quantities_between(quantities: "Items[Quantity]", start: int, end: int) -> "Items[Quantity]":
    """Return the sorted quantities of a text that begin in the half-open range `start` to `end`."""
    place = attrgetter("start")
    return quantities[bisect_left(quantities, start, key=place) : bisect_left(quantities, end, key=place)]


def measured_fields(article: Article) -> frozenset[str]:
    """Return the query fields that could find a quantity of the article."""
    quantities = [quantity for paragraph in article_quantities(article) for quantity in paragraph]
    units = {"USD": "usd", "person": "people"}
    return frozenset({q.dimension.value for q in quantities} | {units[q.unit] for q in quantities if q.unit in units})
