"""Queries of the cluster, as JSON, and how they are combined.

A cluster takes 1,024 parts of a query (`indices.query.bool.max_clause_count`); the limits of a query keep below it, as
any number of terms of one field is one part.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Dsl: TypeAlias = dict[str, Any]
"""A query, as the body of a search has it."""

NOTHING: Dsl = {"match_none": {}}
EVERYTHING: Dsl = {"match_all": {}}
UNSCORED: Dsl = {"match_all": {"boost": 0}}
"""Every article, at score 0."""


def match_any(queries: Iterable[Dsl]) -> Dsl:
    """Return the query for what matches any of the queries; its score is the sum of theirs."""
    some = list(queries)
    if len(some) == 1:
        return some[0]
    return {"bool": {"should": some, "minimum_should_match": 1}} if some else NOTHING


def filter_all(queries: Iterable[Dsl]) -> Dsl:
    """Return the query for what matches all of the queries, at score 0; of none, everything."""
    return {"bool": {"filter": list(queries) or [EVERYTHING]}}


def match_none_of(queries: Sequence[Dsl]) -> Dsl:
    """Return the query for what matches none of the queries."""
    return {"bool": {"must_not": match_any(queries)}}


def score_all(required: Sequence[Dsl], optional: Sequence[Dsl] = (), excluded: Sequence[Dsl] = ()) -> Dsl:
    """Return the query for what matches all that is required and nothing excluded; scores of all parts are added."""
    if len(required) == 1 and not optional and not excluded:
        return required[0]
    parts: Dsl = {"must": list(required) or [UNSCORED]}
    if optional:
        parts |= {"should": [match_any(optional)], "minimum_should_match": 0}
    if excluded:
        parts["must_not"] = [match_any(excluded)]
    return {"bool": parts}


def score_best(queries: Sequence[Dsl]) -> Dsl:
    """Return the query for what matches any of the queries; its score is the best of theirs."""
    return queries[0] if len(queries) == 1 else {"dis_max": {"queries": list(queries)}}


def constant(query: Dsl, score: float) -> Dsl:
    """Return the query with one score for whatever matches."""
    return {"constant_score": {"filter": query, "boost": score}}


def has_term(field: str, term: str) -> Dsl:
    """Return the query for a term; of a text, its score is the frequency."""
    return {"term": {field: {"value": term}}}


def has_any_term(field: str, terms: Sequence[Any]) -> Dsl:
    """Return the query for any of some terms or numbers, at one score."""
    return {"terms": {field: terms}}


def batched(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Yield the items in tuples of `size`; the last one may be shorter."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch
