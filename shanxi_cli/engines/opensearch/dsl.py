"""Queries of the cluster, as JSON: how parts are combined, within the limits of a cluster.

A boolean query has at most `MAX_CLAUSES` clauses (1,024 by default there): more are nested, which changes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Dsl: TypeAlias = dict[str, Any]
"""A query, as the body of a search has it."""

MAX_CLAUSES = 1_000
NOTHING: Dsl = {"match_none": {}}
EVERYTHING: Dsl = {"match_all": {}}
UNSCORED: Dsl = {"match_all": {"boost": 0}}
"""Every article, at score 0."""


def match_any(queries: Iterable[Dsl]) -> Dsl:
    """Return the query for what matches any of the queries; its score is the sum of theirs."""
    some = list(queries)
    while len(some) > MAX_CLAUSES:
        some = [match_any(part) for part in batched(some, MAX_CLAUSES)]
    if len(some) == 1:
        return some[0]
    return {"bool": {"should": some, "minimum_should_match": 1}} if some else NOTHING


def filter_all(queries: Iterable[Dsl]) -> Dsl:
    """Return the query for what matches all of the queries, at score 0; of none, everything."""
    return {"bool": {"filter": _nested(list(queries), filter_all) or [EVERYTHING]}}


def match_none_of(queries: Sequence[Dsl]) -> Dsl:
    """Return the query for what matches none of the queries."""
    return {"bool": {"must_not": match_any(queries)}}


def score_all(required: Sequence[Dsl], optional: Sequence[Dsl] = (), excluded: Sequence[Dsl] = ()) -> Dsl:
    """Return the query for what matches all that is required and nothing excluded; scores of all parts are added."""
    if len(required) == 1 and not optional and not excluded:
        return required[0]
    parts: Dsl = {"must": _nested(list(required), score_all) or [UNSCORED]}
    if optional:
        parts |= {"should": [match_any(optional)], "minimum_should_match": 0}
    if excluded:
        parts["must_not"] = [match_any(excluded)]
    return {"bool": parts}


def _nested(queries: list[Dsl], join: Any) -> list[Dsl]:
    while len(queries) > MAX_CLAUSES:
        queries = [join(part) for part in batched(queries, MAX_CLAUSES)]
    return queries


def score_best(queries: Sequence[Dsl]) -> Dsl:
    """Return the query for what matches any of the queries; its score is the best of theirs."""
    some = list(queries)
    while len(some) > MAX_CLAUSES:
        some = [score_best(part) for part in batched(some, MAX_CLAUSES)]
    return some[0] if len(some) == 1 else {"dis_max": {"queries": some}}


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
