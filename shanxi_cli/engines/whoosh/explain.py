"""What a query asks of the Whoosh index, in words: which postings are read and how they are joined."""

from collections.abc import Iterator
from typing import assert_never

from shanxi_cli.analysis.document_fields import ZONES
from shanxi_cli.engines import bm25
from shanxi_cli.engines.whoosh.schema import NAME_FIELDS
from shanxi_cli.query.ast import And, Dated, Exact, Fuzzy, Group, Measured, Near, Not, Or, Phrase, Prefix, Query, Word
from shanxi_cli.query.plan.planner import (
    AlternativeLookups,
    CodeLookup,
    ExpansionLookup,
    Lookup,
    PhraseLookup,
    TermForm,
    plan_lookup,
)
from shanxi_cli.query.plan.range import QuantityRange


def explain_query(query: Query, depth: int = 0) -> Iterator[str]:
    """A line a step, indented by how deep it stands in the query."""
    indent = "  " * depth
    match query:
        case Group(clauses):
            yield f"{indent}group" if clauses else f"{indent}all documents"
            for clause in clauses:
                first, *rest = explain_query(clause.node, depth + 2)
                yield f"{indent}  {clause.occur.value:<7}{first.lstrip()}"
                yield from rest
            for pair in bm25.adjacent_pairs(query):
                yield f"{indent}  bonus  {bm25.PAIR_WEIGHT} x {_describe_lookup(pair)}"
            stems, limits = bm25.sentence_boost_terms(query)
            if stems and limits:
                words = " ".join(stems)
                yield f"{indent}  bonus  {bm25.SENTENCE_WEIGHT:g} x bm25 of {words} in the sentence of such a quantity"
        case And(children) | Or(children):
            yield indent + ("intersection" if isinstance(query, And) else "union")
            for child in children:
                yield from explain_query(child, depth + 1)
        case Not(child):
            yield f"{indent}all documents but"
            yield from explain_query(child, depth + 1)
        case Dated(_, days):
            yield f"{indent}columns first <= {days.last} and last >= {days.first}"
        case Word() | Exact() | Phrase() | Near() | Prefix() | Fuzzy() | Measured():
            found = plan_lookup(query)
            yield indent + (_describe_lookup(found) if found else "nothing")
        case _:
            assert_never(query)


def _describe_lookup(found: Lookup) -> str:
    match found:
        case CodeLookup(field, value, prefix):
            return f"postings code_{field}:{value}{'*' if prefix else ''}, flat {bm25.FLAT_SCORE:g}"
        case QuantityRange(dimension, unit, low, high):
            return f"postings quantities:{dimension}:{unit or '*'} from {low:.15g} to {high:.15g}"
        case AlternativeLookups(_, lookups):
            rest = f" or {len(lookups) - 2} more" if len(lookups) > 2 else ""
            return f"best of {_describe_lookup(lookups[0])} or {_describe_lookup(lookups[1])}{rest}"
        case ExpansionLookup(field, word, edits):
            name = field if field in NAME_FIELDS else "words"
            terms = f"{word}*" if edits is None else f"{word}~{edits}"
            return f"union of postings {name}:{terms}{_describe_zone(field)}, flat {bm25.FLAT_SCORE:g}"
        case PhraseLookup(field, layer, terms, between):
            name = field if field in NAME_FIELDS else "stems" if layer is TermForm.STEMS else "words"
            shown = " ".join(f"{name}:{term}" for term in terms)
            if len(terms) > 1:
                shown += " side by side" if between is None else f" within {len(terms) + between} positions"
            score = f"flat {bm25.FLAT_SCORE:g}" if field in NAME_FIELDS else "bm25"
            if len(terms) == 1 and not field and layer is TermForm.STEMS:
                score += f" + {bm25.TITLE_WEIGHT} x bm25 of title:{terms[0]}"
            return f"postings {shown}{_describe_zone(field)}, {score}"
        case _:
            assert_never(found)


def _describe_zone(field: str) -> str:
    zone = ZONES.get(field)
    return f" at positions {zone.start} to {zone.stop}" if zone else ""
