"""Limits on quantities, and the quantities of an article: what is compared, and how. The door to their reader.

A quantity is compared as a span of numbers in the one unit of its dimension: its value, or from its
value to its upper end. `more than 100` lies just above 100, `less than 100` and `nearly 100` just
below it, all others at what is printed: a newspaper that writes `more than 100` has about 100 in mind.

The reader of quantities (`language.quantities`) takes half as long to load as all the rest of a
search. It is loaded here, when an article is read or a query has a limit.
"""

from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence as Items
from functools import lru_cache
from math import inf, nextafter
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.analysis.tokenizer import token_starts, word_forms
from shanxi_cli.model.article import Article
from shanxi_cli.model.quantity import Quantity, Relation
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import Record, replace_fields

Quantities: TypeAlias = tuple[tuple[Quantity, ...], ...]
"""The quantities of a body, a tuple a paragraph."""

_OPEN_ENDS = {Relation.MORE: inf, Relation.LESS: -inf, Relation.NEARLY: -inf}


class QuantityRange(Record):
    """Quantities of `dimension` and `unit` (empty: of any) that share a number with `low` to `high`, both included."""

    dimension: str
    unit: str
    low: float = -inf
    high: float = inf

    @property
    def field(self) -> str:
        """Quantities are read in the body."""
        return "body"

    def holds(self, quantity: Quantity) -> bool:
        """True for a quantity within the limit."""
        if self.dimension and self.dimension != quantity.dimension.value:
            return False
        low, high = numeric_bounds(quantity)
        return self.unit in ("", quantity.unit) and low <= self.high and self.low <= high


class SentenceQuantity(NamedTuple):
    """A quantity with the words of its sentence: half-open, counted over the body."""

    quantity: Quantity
    first: int
    last: int


def numeric_bounds(quantity: Quantity) -> tuple[float, float]:
    """The lowest and the highest number that a quantity stands for, both included."""
    side = _OPEN_ENDS.get(quantity.relation)
    low, high = quantity.value, quantity.value if quantity.high is None else quantity.high
    if side is None:
        return low, high
    return nextafter(low, side), nextafter(high, side)


@lru_cache
def parse_quantity_range(field: str, text: str) -> QuantityRange:
    """The limit that a reader writes as `field:text`. `ValueError` says what is wrong with it."""
    from shanxi_cli.query.plan.range_parser import parse_range

    return parse_range(field, text)


def read_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text of paragraphs, at their places in it; periods are left open."""
    from shanxi_cli.extraction.quantities import read_paragraphs

    paragraphs = text.split("\n\n")
    return shift_to_body(paragraphs, tuple(read_paragraphs(paragraphs)))


@lru_cache(maxsize=1)  # an article is asked for its fields and for its terms, one after the other
def article_quantities(article: Article) -> Quantities:
    """The quantities of an article's body, read with its date."""
    from shanxi_cli.extraction.quantities import read_paragraphs

    return tuple(read_paragraphs(article.paragraphs, edtf.parse_edtf(article.date) if article.date else None))


def shift_to_body(paragraphs: list[str], quantities: Quantities) -> tuple[Quantity, ...]:
    """All quantities of a body, their places counted from its beginning."""
    found: list[Quantity] = []
    start = 0
    for paragraph, some in zip(paragraphs, quantities, strict=True):
        found += (replace_fields(q, start=q.start + start, end=q.end + start) for q in some)
        start += len(paragraph) + 2
    return tuple(found)


def locate_quantities(article: Article) -> Iterator[SentenceQuantity]:
    """The quantities of the body in their order, each with its sentence."""
    at = 0
    for paragraph, some in zip(article.paragraphs, article_quantities(article), strict=True):
        if not some:
            at += len(word_forms(paragraph))
            continue
        words = token_starts(paragraph)
        for start, end in split_sentences(paragraph):
            first, last = at + bisect_left(words, start), at + bisect_left(words, end)
            yield from (SentenceQuantity(quantity, first, last) for quantity in quantities_between(some, start, end))
        at += len(words)


def quantities_between(quantities: Items[Quantity], start: int, end: int) -> Items[Quantity]:
    """Those of some quantities of a text, in their order, that begin from `start` on and before `end`."""
    place = attrgetter("start")
    return quantities[bisect_left(quantities, start, key=place) : bisect_left(quantities, end, key=place)]


def measured_fields(article: Article) -> frozenset[str]:
    """The fields of a query that could find a quantity of the article."""
    found = [quantity for some in article_quantities(article) for quantity in some]
    units = {"USD": "usd", "person": "people"}
    return frozenset({q.dimension.value for q in found} | {units[q.unit] for q in found if q.unit in units})
