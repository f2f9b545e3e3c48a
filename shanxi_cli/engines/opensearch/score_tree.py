"""A plan prepared for scoring: what is added, in which order, as `engines.bm25` says and as every engine adds it.

From the tree both are made: the query by which the cluster ranks (`scored_query`), and the exact score of an article
from what its hit tells (`exact_scores`).
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TypeAlias, Union

from shanxi_cli.engines import bm25
from shanxi_cli.engines.field_names import NAME_FIELDS
from shanxi_cli.query.ast import And, Group, Not, Occur, Or, Query
from shanxi_cli.query.plan.lookups import Lookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.util.frozen_record import NamedTuple

TITLE = "title"
"""The layer of the stems of the title."""


class LeafNode(NamedTuple):
    """An article matches any of the lookups, and has the best of their scores."""

    lookups: tuple[Lookup, ...]


class NotNode(NamedTuple):
    """Every article but those of `child`, at score 0."""

    child: "ScoreNode"


class Weighted(NamedTuple):
    """A part of a sum, with the factor of its score."""

    weight: float
    node: "ScoreNode"


class SumNode(NamedTuple):
    """The scores of the parts that match are added; with `needs_all` all have to match, otherwise any."""

    parts: tuple[Weighted, ...]
    needs_all: bool


class SentenceBoost(NamedTuple):
    """Words that count again in the sentence of a quantity in one of the ranges."""

    stems: tuple[str, ...]
    ranges: tuple[QuantityRange, ...]


class GroupNode(NamedTuple):
    """The clauses of a group: those that are required, FILTER last; those that only add; those that must not match.

    `pairs` are neighbours that are a boost where they are neighbours in the text.
    """

    required: tuple[Weighted, ...]
    optional: tuple[Weighted, ...]
    excluded: "tuple[ScoreNode, ...]"
    boost: SentenceBoost
    pairs: tuple[tuple[str, str], ...]


ScoreNode: TypeAlias = Union[LeafNode, NotNode, SumNode, GroupNode]  # names of classes below


def build_score_tree(plan: QueryPlan) -> ScoreNode:
    """Return the tree of a plan."""
    return _node(plan.query, plan)


def _node(query: Query, plan: QueryPlan) -> ScoreNode:
    match query:
        case Group():
            return _group(query, plan)
        case And(children) | Or(children):
            return SumNode(tuple(Weighted(1.0, _node(child, plan)) for child in children), isinstance(query, And))
        case Not(child):
            return NotNode(_node(child, plan))
        case _:
            return LeafNode(plan.lookups(query))


def _group(group: Group, plan: QueryPlan) -> GroupNode:
    weights = bm25.clause_weights(group, plan)
    nodes = [_node(clause.node, plan) for clause in group.clauses]

    def of(occur: Occur) -> tuple[Weighted, ...]:
        weighted = zip(group.clauses, weights, nodes, strict=True)
        return _join_equal_leaves([Weighted(w, node) for clause, w, node in weighted if clause.occur is occur])

    required, optional = of(Occur.MUST), of(Occur.MAY)
    if optional and not required:
        required, optional = (Weighted(1.0, SumNode(optional, needs_all=False)),), ()
    stems, ranges = bm25.sentence_boost_terms(group, plan)
    pairs = tuple((pair.terms[0], pair.terms[1]) for pair in bm25.adjacent_pairs(group, plan))
    excluded = tuple(one.node for one in of(Occur.NOT))
    boost = SentenceBoost(tuple(stems), tuple(ranges)) if stems and ranges else SentenceBoost((), ())
    return GroupNode(required + of(Occur.FILTER), optional, excluded, boost, pairs)


def _join_equal_leaves(clauses: Sequence[Weighted]) -> tuple[Weighted, ...]:
    """Return the clauses with the weights of equal leaves added: those of one stem are scored once."""
    joined: dict[object, Weighted] = {}
    for place, clause in enumerate(clauses):
        key = clause.node.lookups if isinstance(clause.node, LeafNode) else place
        before = joined.get(key, Weighted(0.0, clause.node))
        joined[key] = Weighted(clause.weight + before.weight, clause.node)
    return tuple(joined.values())


def scored_terms(node: ScoreNode) -> Iterator[tuple[str, str]]:
    """Yield what BM25 counts in a tree: layer (`stems`, `words`, `title`) and term, some more than once."""
    match node:
        case LeafNode(lookups):
            for lookup in lookups:
                yield from _lookup_terms(lookup)
        case NotNode(child):
            yield from scored_terms(child)
        case SumNode(parts):
            for part in parts:
                yield from scored_terms(part.node)
        case GroupNode():
            for part in (*node.required, *node.optional):
                yield from scored_terms(part.node)
            for child in node.excluded:
                yield from scored_terms(child)
            yield from ((TermForm.STEMS.value, stem) for stem in (*node.boost.stems, *chain(*node.pairs)))


def _lookup_terms(lookup: Lookup) -> Iterator[tuple[str, str]]:
    if isinstance(lookup, PhraseLookup) and lookup.field not in NAME_FIELDS:
        yield from ((lookup.layer.value, term) for term in lookup.terms)
        if has_title_weight(lookup):
            yield TITLE, lookup.terms[0]


def has_title_weight(phrase: PhraseLookup) -> bool:
    """Return True for a single word in any form, which counts more in the title."""
    return len(phrase.terms) == 1 and not phrase.field and phrase.layer is TermForm.STEMS


def is_single_word(phrase: PhraseLookup) -> bool:
    """Return True for a single word in any running text: an article has it if its frequency is not 0."""
    return len(phrase.terms) == 1 and not phrase.field
