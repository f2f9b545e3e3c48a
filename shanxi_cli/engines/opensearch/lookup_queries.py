"""Queries of the cluster for what a lookup matches."""

from collections.abc import Collection, Sequence
from typing import Protocol, assert_never

from shanxi_cli.engines.field_names import NAME_FIELDS
from shanxi_cli.engines.opensearch.dsl import (
    EVERYTHING,
    NOTHING,
    Dsl,
    filter_all,
    has_any_term,
    has_term,
    match_any,
    match_none_of,
)
from shanxi_cli.engines.opensearch.mapping import QUERY_ANALYZER
from shanxi_cli.engines.opensearch.terms import encode_term, join_terms, number_range
from shanxi_cli.query.plan.lookups import AddedLookup, CodeLookup, DateLookup, ExpansionLookup, Lookup, PhraseLookup
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.util.edtf import DateInterval

MAX_PREFIX = 200
"""Characters of a prefix that the cluster compares: it takes no automaton of more than a thousand states."""


class Expansions(Protocol):
    """Answers that the cluster cannot give in the request that needs them."""

    def words(self, lookup: ExpansionLookup) -> Collection[str]:
        """Return the words of an expansion in the vocabulary."""
        ...

    def with_code(self, lookup: CodeLookup) -> Sequence[int]:
        """Return the numbers of the articles with a code."""
        ...

    def added_on(self, days: DateInterval) -> tuple[bool, Sequence[int]]:
        """Return the articles first seen on some days: the numbers of these, or (False) those of all others."""
        ...


class LookupQueries:
    """Queries of lookups."""

    def __init__(self, expansions: Expansions) -> None:
        self._expansions = expansions

    def any_of(self, lookups: Sequence[Lookup]) -> Dsl:
        """Return the query for what matches any of the lookups of a leaf; single terms are put together."""
        terms: dict[str, list[str]] = {}
        rest: list[Dsl] = []
        for lookup in lookups:
            if isinstance(lookup, PhraseLookup) and len(lookup.terms) == 1 and len(lookups) > 1:
                field = term_field(lookup.field, lookup.layer.value)
                terms.setdefault(field, []).append(encode_term(lookup.terms[0]))
            else:
                rest.append(self.query(lookup))
        return match_any([*(has_any_term(field, some) for field, some in terms.items()), *rest])

    def query(self, lookup: Lookup) -> Dsl:
        """Return the query for what matches a lookup."""
        expand = self._expansions
        match lookup:
            case DateLookup(days):
                first, last = {"lte": days.last}, {"gte": days.first}
                return filter_all([{"range": {"first": first}}, {"range": {"last": last}}])
            case AddedLookup(days):
                among, numbers = expand.added_on(days)
                query = has_any_term("n", numbers)
                return query if among else match_none_of([query])
            case CodeLookup(field, value, prefix=False):
                return has_term(f"code_{field}", encode_term(value))
            case CodeLookup(field, value):
                is_short = len(value) <= MAX_PREFIX
                return has_prefix(f"code_{field}", value) if is_short else has_any_term("n", expand.with_code(lookup))
            case ExpansionLookup():
                return self._expansion(lookup)
            case PhraseLookup():
                return phrase_query(lookup)
            case QuantityRange():
                return in_range("quantities", lookup)
            case _:
                assert_never(lookup)

    def _expansion(self, lookup: ExpansionLookup) -> Dsl:
        field = term_field(lookup.field, "words")
        if lookup.edits is None and len(lookup.word) <= MAX_PREFIX:
            return has_prefix(field, lookup.word)
        return has_any_term(field, [encode_term(word) for word in self._expansions.words(lookup)])


def term_field(field: str, layer: str) -> str:
    """Return the field of the index that has the terms of a field of text or names; empty: of all running text."""
    return field if field in NAME_FIELDS else f"{field or 'text'}_{layer}"


def text_fields(field: str, layer: str) -> Sequence[str]:
    """Return the fields that have these terms with their positions."""
    return (term_field(field, layer),) if field else (f"body_{layer}", f"head_{layer}")


def term_frequency(field: str, layer: str, term: str) -> Dsl:
    """Return the query whose score is the frequency of a term in a field of text or names."""
    return has_term(term_field(field, layer), encode_term(term))


def has_prefix(field: str, prefix: str) -> Dsl:
    """Return a query for terms that begin with a prefix, or with the first `MAX_PREFIX` characters of a longer one."""
    return {"prefix": {field: {"value": prefix[:MAX_PREFIX]}}} if prefix else EVERYTHING


def phrase_query(phrase: PhraseLookup) -> Dsl:
    """Return the query for a phrase; of one without `max_gap`, its score is the number of occurrences."""
    layer, terms = phrase.layer.value, phrase.terms
    if len(terms) == 1:
        return term_frequency(phrase.field, layer, terms[0])
    return match_any(
        _side_by_side(field, terms) if phrase.max_gap is None else _near(field, terms, phrase.max_gap)
        for field in text_fields(phrase.field, layer)
    )


def _side_by_side(field: str, terms: Sequence[str]) -> Dsl:
    """Return the query for terms one behind the other; a scripted similarity adds its score for each of them."""
    phrase = {"query": join_terms(terms), "analyzer": QUERY_ANALYZER, "boost": 1 / len(terms)}
    return {"match_phrase": {field: phrase}}


def _near(field: str, terms: Sequence[str], max_gap: int) -> Dsl:
    """Return the query for terms in any order, at places of their own, with at most `max_gap` words among them.

    A term that is repeated needs as many places, and the words between them count, so the width is compared.
    """
    often = {term: terms.count(term) for term in terms}
    parts = [_places(term, count) for term, count in often.items()]
    rule: Dsl = {"intervals": parts, "ordered": False}
    if len(often) == len(terms):
        rule["max_gaps"] = max_gap
    else:
        width = len(terms) + max_gap  # a script for intervals has no parameters
        rule["filter"] = {"script": {"source": f"interval.end - interval.start < {width}"}}
    return {"intervals": {field: {"all_of": rule}}}


def _places(term: str, count: int) -> Dsl:
    one: Dsl = {"match": {"query": join_terms([term]), "analyzer": QUERY_ANALYZER}}
    return one if count == 1 else {"all_of": {"intervals": [one] * count, "ordered": True}}


def in_range(field: str, limit: QuantityRange) -> Dsl:
    """Return the query for a quantity within a range, in a field of intervals."""
    if not limit.dimension:
        return NOTHING  # quantities are found by what they measure
    if limit.low <= limit.high:
        return {"range": {field: number_range(limit.dimension, limit.unit, limit.low, limit.high)}}
    both = number_range(limit.dimension, limit.unit, limit.high, limit.low)
    return {"range": {field: {**both, "relation": "contains"}}}


def in_sentence(stem: str, ranges: Sequence[QuantityRange]) -> Dsl:
    """Return the query for a stem in the sentence of a quantity within one of the ranges."""
    near = match_any(in_range("sentences.quantities", limit) for limit in ranges)
    both = filter_all([near, has_term("sentences.stems", encode_term(stem))])
    return {"nested": {"path": "sentences", "score_mode": "none", "query": both}}
