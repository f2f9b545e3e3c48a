"""Quantities of an article as numeric spans by term, such as `money CNY`, which a query for a range compares with."""

from collections import defaultdict

from shanxi_cli.model.article import Article
from shanxi_cli.query.plan.range import locate_quantities, numeric_bounds
from shanxi_cli.util.frozen_record import NamedTuple


class QuantitySpan(NamedTuple):
    """Quantity for range queries: its numbers, inclusive, and its sentence, half-open, in words of the body."""

    low: float
    high: float
    first: int
    last: int


def quantity_term(dimension: str, unit: str) -> str:
    """Return the term of a dimension and unit; with an empty unit, the prefix of the terms of the dimension."""
    return f"{dimension} {unit}"


def quantity_postings(article: Article) -> dict[str, list[QuantitySpan]]:
    """Return the spans of an article by term, in the order of its text."""
    spans: dict[str, list[QuantitySpan]] = defaultdict(list)
    for quantity, first_word, end_word in locate_quantities(article):
        term = quantity_term(quantity.dimension.value, quantity.unit)
        spans[term].append(QuantitySpan(*numeric_bounds(quantity), first_word, end_word))
    return spans
