"""The nodes of a query, as the parser makes them and engines read them."""

from collections.abc import Iterator
from enum import Enum
from typing import TypeAlias

from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import Record, uncompared_field

SourceSpan: TypeAlias = tuple[int, int]
"""Half-open, in characters, into the text that was parsed. It is for messages, and two queries are
equal when they ask the same, wherever it stood."""


class Word(Record):
    """One word as typed: any form of it matches. `coal-fired` is a word too, and matches in sequence."""

    text: str
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Exact(Record):
    """The words of `text` as they are, in that order, without stemming."""

    text: str
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Phrase(Record):
    """The words of `text` side by side in that order, in any form; no word is left out."""

    text: str
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Near(Record):
    """The words of `text` in any order and form, with at most `distance` other words between them."""

    text: str
    distance: int
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Prefix(Record):
    """Every word that begins with `text`."""

    text: str
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Fuzzy(Record):
    """Every word at most `distance` edits away: a letter more, less, other, or two swapped."""

    text: str
    distance: int
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Dated(Record):
    """Articles whose date shares a day with `days`; an undated article never does."""

    text: str
    days: edtf.DateInterval
    span: SourceSpan = uncompared_field(default=(0, 0))


class Measured(Record):
    """Articles whose body has a quantity that fits `text`, a limit (`1bn..`, `10..20`, `>500mu`) in words of `field`.

    What the limit is in numbers, `language.analysis.lookup` says.
    """

    text: str
    field: str
    span: SourceSpan = uncompared_field(default=(0, 0))


class Not(Record):
    """Every article but those of `child`."""

    child: "Query"


class And(Record):
    """The articles of all children; there are two or more."""

    children: "tuple[Query, ...]"


class Or(Record):
    """The articles of any child; there are two or more."""

    children: "tuple[Query, ...]"


class Occur(Enum):
    """What a clause of a group asks for."""

    MAY = "may"  # one of these must match, unless the group has a MUST
    MUST = "must"  # has to match; the clauses that MAY then only add to the score
    FILTER = "filter"  # has to match too (a field and its value), and leaves the MAYs as they are
    NOT = "not"  # must not match


class Clause(Record):
    """One thing that a group asks for."""

    occur: Occur
    node: "Query"


class Group(Record):
    """Clauses side by side. Without a wanted clause: every article but those of the NOT clauses."""

    clauses: tuple[Clause, ...]


Leaf: TypeAlias = Word | Exact | Phrase | Near | Prefix | Fuzzy | Dated | Measured
Query: TypeAlias = Leaf | Not | And | Or | Group


def is_word(node: Query) -> bool:
    """True for what a reader types as a word, a plain one without a field."""
    return isinstance(node, Word) and not node.field


def iterate_leaves(query: Query, excluded: bool = False) -> Iterator[Leaf]:
    """The parts of a query that are looked for, in their order; with `excluded` those that must not be too."""
    match query:
        case Group(clauses):
            for clause in clauses:
                if excluded or clause.occur is not Occur.NOT:
                    yield from iterate_leaves(clause.node, excluded)
        case And(children) | Or(children):
            for child in children:
                yield from iterate_leaves(child, excluded)
        case Not(child):
            if excluded:
                yield from iterate_leaves(child, excluded)
        case _:
            yield query
