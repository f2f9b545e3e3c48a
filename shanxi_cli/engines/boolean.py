"""Evaluate a query to document sets without scoring, which is all that counting needs."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from shanxi_cli.query.ast import And, Group, Leaf, Not, Occur, Or, Query

DocumentSet: TypeAlias = frozenset[int]
"""Documents, by their numbers in the whole index."""


def matching_documents(
    query: Query, of: Callable[[Leaf], DocumentSet], everything: Callable[[], DocumentSet]
) -> DocumentSet:
    """Return the documents that match: `of` gives those of a leaf, `everything` all documents."""
    match query:
        case Group():
            return _group_documents(query, of, everything)
        case And(children):
            return _intersect_all(matching_documents(child, of, everything) for child in children)
        case Or(children):
            return _union_all(matching_documents(child, of, everything) for child in children)
        case Not(child):
            return everything() - matching_documents(child, of, everything)
        case _:
            return of(query)


def _group_documents(
    group: Group, of: Callable[[Leaf], DocumentSet], everything: Callable[[], DocumentSet]
) -> DocumentSet:
    def parts(*occurs: Occur) -> list[DocumentSet]:
        return [matching_documents(clause.node, of, everything) for clause in group.clauses if clause.occur in occurs]

    needed = parts(Occur.MUST, Occur.FILTER)
    if not any(clause.occur is Occur.MUST for clause in group.clauses) and (may := parts(Occur.MAY)):
        needed.append(_union_all(may))
    matching = _intersect_all(needed) if needed else everything()
    return matching.difference(*parts(Occur.NOT))


def _intersect_all(parts: Iterable[DocumentSet]) -> DocumentSet:
    smallest, *others = sorted(parts, key=len)
    return smallest.intersection(*others)


def _union_all(parts: Iterable[DocumentSet]) -> DocumentSet:
    return frozenset().union(*parts)
