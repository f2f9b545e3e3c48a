"""The weights of the clauses of a query, and the pairs of its words."""

import pytest

from shanxi_cli.engines.bm25 import adjacent_pairs, clause_weights
from shanxi_cli.query.ast import Clause, Group, Occur, Word, WordOperator
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.search.searcher import compile_query

QUERIES = [
    # (query, weight of each clause, pairs)
    ("coal mine", [1, 1], [("coal", "mine")]),
    ("coal coal mine", [8 / 9, 8 / 9, 1], [("coal", "mine")]),
    ("colour color", [8 / 9, 8 / 9], []),
    ("find articles river towns", [0.25, 0.25, 1, 1], [("river", "town")]),
    ("river articles describe towns", [1, 0.25, 0.25, 1], []),
    ("coal mine place:Datong", [1, 1, 1], [("coal", "mine")]),
]


@pytest.mark.parametrize(("query", "weights", "pairs"), QUERIES, ids=[query for query, *_ in QUERIES])
def test_weights_and_pairs(query: str, weights: list[float], pairs: list[tuple[str, str]]) -> None:
    plan = compile_query(query, WordOperator.ANY)
    assert isinstance(plan.query, Group)
    assert clause_weights(plan.query, plan) == pytest.approx(weights)
    assert [pair.terms for pair in adjacent_pairs(plan.query, plan)] == pairs


def test_clause_of_lower_weight_is_in_no_pair() -> None:
    group = Group((Clause(Occur.MAY, Word("coal")), Clause(Occur.MAY, Word("mine"), 0.1)))
    plan = plan_query(group)
    assert clause_weights(group, plan) == pytest.approx([1, 0.1])
    assert adjacent_pairs(group, plan) == []
