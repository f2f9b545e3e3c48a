"""The syntax tree of a query: what the parser makes, `validate` checks and the planner reads."""

from enum import Enum
from typing import TypeAlias

from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import Record, uncompared_field

SourceSpan: TypeAlias = tuple[int, int]
"""Half-open range in characters of the parsed text, for error messages. Comparisons ignore it: equal queries ask for
the same, wherever they were written."""


class WordOperator(Enum):
    """The operator between plain words without an operator of their own."""

    ANY = "any"  # any of them may match, the best article first
    ALL = "all"  # all of them must match


class TextLeaf(Record):
    """The fields shared by the leaves that hold just a text: `field` is empty for all running text."""

    text: str
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Word(TextLeaf):
    """One word as typed: any form of it matches. `coal-fired` is a word too, and matches in sequence."""


class Exact(TextLeaf):
    """The words of `text` in that order, without stemming."""


class Phrase(TextLeaf):
    """The words of `text` side by side in that order, in any form; stop words count."""


class Prefix(TextLeaf):
    """Every word that begins with `text`."""


class Near(Record):
    """The words of `text` in any order and form, with at most `distance` other words between them."""

    text: str
    distance: int
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Fuzzy(Record):
    """Every word at most `distance` edits away: a letter added, dropped or changed, or two swapped."""

    text: str
    distance: int
    field: str = ""
    span: SourceSpan = uncompared_field(default=(0, 0))


class Dated(Record):
    """Articles whose date shares a day with `days`; undated articles never match.

    With the field `added`: articles that were first seen on one of these days.
    """

    text: str
    days: edtf.DateInterval
    span: SourceSpan = uncompared_field(default=(0, 0))
    field: str = "date"


class Measured(Record):
    """Articles whose body has a quantity in the range `text` (`1bn..`, `10..20`, `>500mu`) of `field`.

    The planner turns the range into numbers (`query.plan.range_parser`).
    """

    text: str
    field: str
    span: SourceSpan = uncompared_field(default=(0, 0))


class Not(Record):
    """Every article except those of `child`."""

    child: "Query"


class And(Record):
    """The articles that match all children; there are at least two."""

    children: "tuple[Query, ...]"


class Or(Record):
    """The articles that match any child; there are at least two."""

    children: "tuple[Query, ...]"


class Occur(Enum):
    """The role of a clause in its group."""

    MAY = "may"  # one of these must match, unless the group has a MUST
    MUST = "must"  # has to match; MAY clauses beside it then only add to the score
    FILTER = "filter"  # has to match (a field and its value), without making the MAY clauses optional
    NOT = "not"  # must not match


class Clause(Record):
    """A member of a group: a query, its role, and its weight in the score (1 for what is typed)."""

    occur: Occur
    node: "Query"
    weight: float = 1.0


class Group(Record):
    """Clauses side by side. With NOT clauses alone: every article except those; empty: every article.

    `saved` is the name of the saved search that the group is the query of, empty if it has been changed since; None for
    a group that was typed. The words of a saved search keep their own operator.
    """

    clauses: tuple[Clause, ...]
    saved: str | None = uncompared_field(default=None)


Leaf: TypeAlias = Word | Exact | Phrase | Near | Prefix | Fuzzy | Dated | Measured
Query: TypeAlias = Leaf | Not | And | Or | Group


def is_plain_word(node: Query) -> bool:
    """Return True for a single word without a field."""
    return isinstance(node, Word) and not node.field
