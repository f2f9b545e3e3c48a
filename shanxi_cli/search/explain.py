"""Explain how a query is understood: its tree, and the lookups of each leaf, as lines of text."""

from collections.abc import Iterator, Sequence
from math import inf
from typing import assert_never

from shanxi_cli.query.ast import And, Clause, Dated, Group, Measured, Not, Occur, Or, Phrase, Query, Word
from shanxi_cli.query.plan.lookups import AddedLookup, CodeLookup, DateLookup, ExpansionLookup, Lookup, PhraseLookup
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.query.unparse import to_text
from shanxi_cli.util import edtf

MAX_ALTERNATIVES = 3
"""Other names of a place to show beside the one in the query."""

OCCUR_LABELS = {
    Occur.MUST: "must match",
    Occur.FILTER: "must match",
    Occur.NOT: "must not match",
}


def format_query_tree(plan: QueryPlan) -> Iterator[str]:
    """Yield the query as an indented tree, a node a line."""
    return _format_node(plan, plan.query, 0)


def _format_node(plan: QueryPlan, node: Query, depth: int) -> Iterator[str]:
    indent = "  " * depth
    match node:
        case Group(clauses):
            if not clauses:
                yield f"{indent}every article"
            if node.saved:
                yield f"{indent}{to_text(node)}"
                depth += 1
            choices = sum(clause.occur is Occur.MAY for clause in clauses)
            optional = any(clause.occur is Occur.MUST for clause in clauses)
            for clause in clauses:
                may = "at least one of the words" if choices > 1 else "must match"
                may = "raises the score" if optional else may
                yield from _format_clause(plan, clause, depth, may if clause.occur is Occur.MAY else "")
        case And(children) | Or(children):
            yield indent + ("all of" if isinstance(node, And) else "any of")
            for child in children:
                yield from _format_node(plan, child, depth + 1)
        case Not(child):
            yield f"{indent}not"
            yield from _format_node(plan, child, depth + 1)
        case Dated(_, days):
            yield f"{indent}{to_text(node)}  ({_format_days(days)})"
        case Measured():
            yield f"{indent}{to_text(node)}  ({_format_lookups(plan.lookups(node))})"
        case Word() | Phrase():
            description = plan.leaves[node].description
            yield indent + to_text(node) + (f"  ({description})" if description else "")
        case _:
            yield f"{indent}{to_text(node)}"


def _format_clause(plan: QueryPlan, clause: Clause, depth: int, label: str = "") -> Iterator[str]:
    """Yield a clause behind its label, by default that of its role."""
    first, *rest = _format_node(plan, clause.node, 0)
    yield f"{'  ' * depth}{label or OCCUR_LABELS[clause.occur]}: {first}"
    yield from ("  " * (depth + 2) + line for line in rest)


def _format_days(days: edtf.DateInterval) -> str:
    first = edtf.format_day(days.first) if days.first > edtf.FIRST_DAY else "..."
    last = edtf.format_day(days.last) if days.last < edtf.LAST_DAY else "..."
    return f"{first} to {last}"


def format_analysis(plan: QueryPlan) -> Iterator[str]:
    """Yield a line for each leaf of words or quantities: the leaf and the terms that it looks for."""
    for planned in plan.iterate_leaves():
        if not isinstance(planned.leaf, Dated):
            yield f"{to_text(planned.leaf)} → {_format_lookups(planned.lookups)}"


def _format_lookups(lookups: Sequence[Lookup]) -> str:
    if not lookups:
        return "no word"
    rest = len(lookups) - 1 - MAX_ALTERNATIVES
    shown = " or ".join(map(_format_lookup, lookups[: MAX_ALTERNATIVES + 1]))
    return shown + (f" or {rest} more" if rest > 0 else "")


def _format_lookup(lookup: Lookup) -> str:
    match lookup:
        case CodeLookup(field, value, prefix):
            return f"{field} {'begins with' if prefix else 'is'} {value}"
        case DateLookup(days) | AddedLookup(days):
            return _format_days(days)
        case QuantityRange():
            return _format_range(lookup)
        case ExpansionLookup(field, word, edits):
            kind = f"words that begin with {word}" if edits is None else f"words at most {edits} edits from {word}"
            return kind + (f" in {field}" if field else "")
        case PhraseLookup(field, layer, terms, max_gap):
            order = "" if len(terms) == 1 else ", side by side" if max_gap is None else f", {max_gap} between"
            return f"{layer.value} {' '.join(terms)}{order}" + (f" in {field}" if field else "")
        case _:
            assert_never(lookup)


def _format_range(bounds: QuantityRange) -> str:
    """Return `1,000 MW or more`, `10 to 20 percent`, `more than 1,000 CNY`, or `any CNY`."""
    low, high = _round_number(bounds.low), _round_number(bounds.high)
    unit = bounds.unit or f"of any {bounds.dimension}"
    if bounds.low == -inf and bounds.high == inf:
        return f"any {bounds.unit or bounds.dimension}"
    if bounds.low == -inf:
        return f"less than {high:,.12g} {unit}" if bounds.high < high else f"{high:,.12g} {unit} or less"
    if bounds.high == inf:
        return f"more than {low:,.12g} {unit}" if bounds.low > low else f"{low:,.12g} {unit} or more"
    return f"{low:,.12g} {unit}" if low == high else f"{low:,.12g} to {high:,.12g} {unit}"


def _round_number(number: float) -> float:
    """Return a bound as it was written: `> 5` is kept as the next number above 5."""
    return float(f"{number:.12g}")
