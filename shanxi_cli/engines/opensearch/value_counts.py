"""Counts of whole values: by the cluster, all of them, in pages where they are more than one answer has."""

from collections.abc import Callable
from typing import Any

from shanxi_cli.engines.opensearch.dsl import Dsl
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.terms import is_cut

_MAX_AT_ONCE = 10_000
"""Values of one answer: a cluster has 65,535 buckets at most for each."""

WholeValue = Callable[[str, str], str]
"""Returns the value of a field that a term of `terms.encode_term` is the beginning of."""


def count_values(index: GenerationIndex, field: str, query: Dsl, whole_value: WholeValue) -> dict[str, int]:
    """Return the number of articles with each value of a field, and under "" of those that have none."""
    column = f"values_{field}"
    by_number: Dsl = {"terms": {"field": column, "missing": "", "size": _MAX_AT_ONCE}}
    found = _aggregate(index, query, by_number)
    if found.get("sum_other_doc_count") or found.get("doc_count_error_upper_bound"):
        counts = _count_in_pages(index, column, query)
    else:
        counts = {bucket["key"]: bucket["doc_count"] for bucket in found.get("buckets", ())}
    return {whole_value(field, value) if is_cut(value) else value: count for value, count in counts.items()}


def _count_in_pages(index: GenerationIndex, column: str, query: Dsl) -> dict[str, int]:
    counts: dict[str, int] = {}
    source = {"value": {"terms": {"field": column, "missing_bucket": True}}}
    composite: Dsl = {"sources": [source], "size": _MAX_AT_ONCE}
    while True:
        found = _aggregate(index, query, {"composite": composite})
        buckets = found.get("buckets", ())
        for bucket in buckets:
            value = bucket["key"].get("value") or ""
            counts[value] = counts.get(value, 0) + bucket["doc_count"]
        if len(buckets) < _MAX_AT_ONCE:
            return counts
        composite = {**composite, "after": found["after_key"]}


def _aggregate(index: GenerationIndex, query: Dsl, aggregation: Dsl) -> Any:
    body = {"size": 0, "track_total_hits": False, "query": query, "aggs": {"values": aggregation}}
    return index.search(body)["aggregations"]["values"]
