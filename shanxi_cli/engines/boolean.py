"""Which documents answer a query, as sets: what a count needs, where scores would be work for nothing."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from shanxi_cli.query.ast import And, Group, Leaf, Not, Occur, Or, Query

Documents: TypeAlias = frozenset[int]
"""Documents by their number in the whole index."""


def documents(query: Query, of: Callable[[Leaf], Documents], everything: Callable[[], Documents]) -> Documents:
    """The documents that match: `of` gives those of a leaf, `everything` all there are."""
    match query:
        case Group():
            return _group(query, of, everything)
        case And(children):
            return _common(documents(child, of, everything) for child in children)
        case Or(children):
            return _any(documents(child, of, everything) for child in children)
        case Not(child):
            return everything() - documents(child, of, everything)
        case _:
            return of(query)


def _group(group: Group, of: Callable[[Leaf], Documents], everything: Callable[[], Documents]) -> Documents:
    def parts(*occurs: Occur) -> list[Documents]:
        return [documents(clause.node, of, everything) for clause in group.clauses if clause.occur in occurs]

    needed = parts(Occur.MUST, Occur.FILTER)
    if not any(clause.occur is Occur.MUST for clause in group.clauses) and (may := parts(Occur.MAY)):
        needed.append(_any(may))
    found = _common(needed) if needed else everything()
    return found.difference(*parts(Occur.NOT))


def _common(parts: Iterable[Documents]) -> Documents:
    smallest, *others = sorted(parts, key=len)
    return smallest.intersection(*others)


def _any(parts: Iterable[Documents]) -> Documents:
    return frozenset().union(*parts)
