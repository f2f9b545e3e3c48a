"""Explain how an engine runs a plan: the postings it reads and how they are combined."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines import bm25
from shanxi_cli.engines.field_names import NAME_FIELDS
from shanxi_cli.query.ast import And, Group, Not, Or, Query
from shanxi_cli.query.plan.lookups import (
    AddedLookup,
    CodeLookup,
    DateLookup,
    ExpansionLookup,
    Lookup,
    PhraseLookup,
    TermForm,
)
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange


def explain_plan(plan: QueryPlan) -> Iterator[str]:
    """Yield the steps of a plan, a line each, indented by their depth in the query."""
    return _explain_node(plan.query, plan, 0)


def _explain_node(query: Query, plan: QueryPlan, depth: int) -> Iterator[str]:
    indent = "  " * depth
    match query:
        case Group():
            yield from _explain_group(query, plan, depth)
        case And(children) | Or(children):
            yield indent + ("intersection" if isinstance(query, And) else "union")
            for child in children:
                yield from _explain_node(child, plan, depth + 1)
        case Not(child):
            yield f"{indent}all documents but"
            yield from _explain_node(child, plan, depth + 1)
        case _:
            yield indent + _describe_lookups(plan.lookups(query))


def _explain_group(group: Group, plan: QueryPlan, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}group" if group.clauses else f"{indent}all documents"
    for clause, weight in zip(group.clauses, bm25.clause_weights(group, plan), strict=True):
        first, *rest = _explain_node(clause.node, plan, depth + 2)
        factor = f"{weight:.3g} x " if weight != 1 else ""
        yield f"{indent}  {clause.occur.value:<7}{factor}{first.lstrip()}"
        yield from rest
    for first, second in (pair.terms for pair in bm25.adjacent_pairs(group, plan)):
        pair = f"stems:{first} stems:{second} side by side"
        yield f"{indent}  bonus  {bm25.PAIR_WEIGHT} x bm25 of {pair}, idf of both added"
    stems, ranges = bm25.sentence_boost_terms(group, plan)
    if stems and ranges:
        words = " ".join(stems)
        yield f"{indent}  bonus  {bm25.SENTENCE_WEIGHT:g} x bm25 of {words} in the sentence of such a quantity"


def _describe_lookups(lookups: Sequence[Lookup]) -> str:
    if len(lookups) < 2:
        return _describe_lookup(lookups[0]) if lookups else "nothing"
    rest = f" or {len(lookups) - 2} more" if len(lookups) > 2 else ""
    return f"best of {_describe_lookup(lookups[0])} or {_describe_lookup(lookups[1])}{rest}"


def _describe_lookup(lookup: Lookup) -> str:
    match lookup:
        case DateLookup(days):
            return f"columns first <= {days.last} and last >= {days.first}"
        case AddedLookup(days):
            return f"articles first seen from day {days.first} to {days.last}"
        case CodeLookup(field, value, prefix):
            return f"postings code_{field}:{value}{'*' if prefix else ''}, flat {bm25.FLAT_SCORE:g}"
        case QuantityRange(dimension, unit, low, high):
            return f"postings quantities:{dimension}:{unit or '*'} from {low:.15g} to {high:.15g}"
        case ExpansionLookup(field, word, edits):
            name = field if field in NAME_FIELDS else "words"
            terms = f"{word}*" if edits is None else f"{word}~{edits}"
            return f"union of postings {name}:{terms}{_describe_zone(field)}, flat {bm25.FLAT_SCORE:g}"
        case PhraseLookup(field, layer, terms, max_gap):
            name = field if field in NAME_FIELDS else "stems" if layer is TermForm.STEMS else "words"
            shown = " ".join(f"{name}:{term}" for term in terms)
            if len(terms) > 1:
                shown += " side by side" if max_gap is None else f" within {len(terms) + max_gap} positions"
            score = f"flat {bm25.FLAT_SCORE:g}" if field in NAME_FIELDS else "bm25"
            if len(terms) == 1 and not field and layer is TermForm.STEMS:
                score += f" + {bm25.TITLE_WEIGHT} x bm25 of title:{terms[0]}"
            return f"postings {shown}{_describe_zone(field)}, {score}"
        case _:
            assert_never(lookup)


def _describe_zone(field: str) -> str:
    zone = None if field in NAME_FIELDS else ZONES.get(field)
    return f" at positions {zone.start} to {zone.stop}" if zone else ""
