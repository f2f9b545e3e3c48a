"""Relations of a printed number to the true one: `about`, `more than`, `nearly`, `or more`.

The longest phrase right before the number counts; only `or more` and the like follow it. `modifier_rules` has the rows.
"""

from typing import NamedTuple

from shanxi_cli.extraction.quantities.modifier_rules import AFTER_TABLE, BEFORE_TABLE, FILLER_TABLE
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.model.quantity import Relation

_DURATION_CUES = frozenset(
    "for of in lasting lasts lasted took takes take spent spend spending with has had have was is after than and"
    " worked lived working living ran run runs history".split()
)


class RelationCue(NamedTuple):
    """A relation, the edge of its phrase, and the name of the rule that read it.

    `cue_edge` is the token where the phrase begins (`find_relation_before`) or the one after it
    (`find_relation_after`).
    """

    relation: Relation
    cue_edge: int
    rule: str


def find_relation_before(line: TokenLine, i: int) -> RelationCue | None:
    """Return the relation printed right before the token `i`, or before `a total of` and the like; None for none."""
    found = BEFORE_TABLE.match_before(line, i)
    if found is None and (filler := FILLER_TABLE.match_before(line, i)):
        found = BEFORE_TABLE.match_before(line, filler.first)
    return RelationCue(found.rule.gives, found.first, found.rule.name) if found else None


def may_end_relation(word: str) -> bool:
    """Return False for a word that ends no phrase of a relation."""
    return BEFORE_TABLE.may_begin(word) or FILLER_TABLE.may_begin(word)


def is_over_duration(line: TokenLine, first: int) -> bool:
    """Return True where `over` before a duration means `in the course of`.

    It does not after `for`, `took` and the like.
    """
    return line.lower_at(first) == "over" and line.lower_at(first - 1) not in _DURATION_CUES


def find_relation_after(line: TokenLine, j: int) -> RelationCue | None:
    """Return the relation printed right after a quantity that ends before token `j`: `or more`; None for none."""
    if line.is_hyphen(j) and line.lower_at(j + 1) in ("plus", "odd") and line.no_space_before(j + 1):
        word = line.lower_at(j + 1)
        return RelationCue(Relation.MORE if word == "plus" else Relation.ABOUT, j + 2, word)
    if line.lower_at(j) == "+" and line.no_space_before(j):
        return RelationCue(Relation.MORE, j + 1, "plus")
    found = AFTER_TABLE.match_at(line, j)
    return RelationCue(found.rule.gives, found.last, found.rule.name) if found else None
