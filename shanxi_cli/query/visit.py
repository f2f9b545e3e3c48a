"""Walks over the query tree: iterate its leaves, rebuild it, evaluate it to true or false.

Walks that need the shape of each node (printing, scoring) match on the nodes themselves.
"""

from collections.abc import Callable, Iterator

from shanxi_cli.query.ast import And, Clause, Group, Leaf, Not, Occur, Or, Query, WordOperator
from shanxi_cli.util.frozen_record import replace_fields


def iterate_leaves(query: Query, *, excluded: bool = False) -> Iterator[Leaf]:
    """Yield the leaves of a query in order; those under a NOT only with `excluded`."""
    match query:
        case Group(clauses):
            for clause in clauses:
                if excluded or clause.occur is not Occur.NOT:
                    yield from iterate_leaves(clause.node, excluded=excluded)
        case And(children) | Or(children):
            for child in children:
                yield from iterate_leaves(child, excluded=excluded)
        case Not(child):
            if excluded:
                yield from iterate_leaves(child, excluded=excluded)
        case _:
            yield query


def iterate_groups(query: Query) -> Iterator[Group]:
    """Yield the groups of a query, each before those within it."""
    match query:
        case Group(clauses):
            yield query
            for clause in clauses:
                yield from iterate_groups(clause.node)
        case And(children) | Or(children):
            for child in children:
                yield from iterate_groups(child)
        case Not(child):
            yield from iterate_groups(child)
        case _:
            pass


def transform_leaves(
    query: Query, change: Callable[[Leaf], Query | None], *, unwrap_groups: bool = False
) -> Query | None:
    """Rebuild a query with `change` applied to each leaf in order; None removes the leaf.

    A node whose last child is removed goes too (None if nothing is left), and an AND or OR of one child becomes that
    child; with `unwrap_groups` so does a group of one clause that is not a NOT.
    """

    def rebuild(node: Query) -> Query | None:
        match node:
            case Group():
                return _rebuild_group(node, rebuild, unwrap=unwrap_groups)
            case And(children) | Or(children):
                kept = tuple(new for child in children if (new := rebuild(child)) is not None)
                return type(node)(kept) if len(kept) > 1 else kept[0] if kept else None
            case Not(child):
                kept_child = rebuild(child)
                return Not(kept_child) if kept_child is not None else None
            case _:
                return change(node)

    return rebuild(query)


def _rebuild_group(group: Group, rebuild: Callable[[Query], Query | None], *, unwrap: bool) -> Query | None:
    clauses = group.clauses
    kept = tuple(replace_fields(clause, node=node) for clause in clauses if (node := rebuild(clause.node)) is not None)
    saved = group.saved if kept == clauses else group.saved and ""
    if unwrap and len(kept) == 1 and kept[0].occur is not Occur.NOT and saved is None:
        return kept[0].node
    return Group(kept, saved) if kept or not clauses else None


def map_leaves(query: Query, change: Callable[[Leaf], Query]) -> Query:
    """Rebuild a query with each leaf replaced; its shape stays."""
    mapped = transform_leaves(query, change)
    assert mapped is not None
    return mapped


def set_word_operator(query: Query, operator: WordOperator) -> Query:
    """Return a query parsed for ANY as the parser would have made it for `operator`.

    This is exact: the operator decides nothing but whether a plain clause MAY or MUST match. A saved search keeps its
    own.
    """
    if operator is WordOperator.ANY:
        return query
    match query:
        case Group(_, str()):
            return query
        case Group(clauses):
            return Group(tuple(_set_clause_operator(clause, operator) for clause in clauses))
        case And(children) | Or(children):
            return type(query)(tuple(set_word_operator(child, operator) for child in children))
        case Not(child):
            return Not(set_word_operator(child, operator))
        case _:
            return query


def _set_clause_operator(clause: Clause, operator: WordOperator) -> Clause:
    occur = Occur.MUST if clause.occur is Occur.MAY else clause.occur
    return Clause(occur, set_word_operator(clause.node, operator), clause.weight)


def evaluate_query(query: Query, leaf_matches: Callable[[Leaf], bool]) -> bool:
    """Return True if the query matches, given whether each leaf does."""
    match query:
        case Group(clauses):
            return _evaluate_group(clauses, leaf_matches)
        case And(children):
            return all(evaluate_query(child, leaf_matches) for child in children)
        case Or(children):
            return any(evaluate_query(child, leaf_matches) for child in children)
        case Not(child):
            return not evaluate_query(child, leaf_matches)
        case _:
            return leaf_matches(query)


def _evaluate_group(clauses: tuple[Clause, ...], leaf_matches: Callable[[Leaf], bool]) -> bool:
    of: dict[Occur, list[bool]] = {occur: [] for occur in Occur}
    for clause in clauses:
        of[clause.occur].append(evaluate_query(clause.node, leaf_matches))
    may_match = any(of[Occur.MAY]) or not of[Occur.MAY] or bool(of[Occur.MUST])
    return all(of[Occur.MUST] + of[Occur.FILTER]) and may_match and not any(of[Occur.NOT])
