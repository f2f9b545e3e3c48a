"""Query plans: each leaf with its lookups, made once, whatever is done with the tree."""

import pytest

from shanxi_cli.query.ast import Word, WordOperator
from shanxi_cli.query.plan.lookups import PhraseLookup, TermForm
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.searcher import MATCH_ALL, compile_query

ANY, ALL = WordOperator.ANY, WordOperator.ALL
TEXTS = [
    "coal mine",
    "+coal mine -steel",
    "title:coal (solar wind) OR gas",
    '"the mine" of',
    "money:1bn.. coal",
    "太原 coal",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("want", WordOperator)
def test_with_operator_equals_parsing_again(text: str, want: WordOperator) -> None:
    for first in WordOperator:
        plan = compile_query(text, first).with_operator(want)
        assert plan == compile_query(text, want)
        assert plan.leaves == compile_query(text, want).leaves


def test_plan_has_every_leaf_once() -> None:
    plan = compile_query("coal coal -mine", ANY)
    assert [planned.leaf.text for planned in plan.iterate_leaves()] == ["coal", "coal"]
    assert [planned.leaf.text for planned in plan.iterate_leaves(excluded=True)] == ["coal", "coal", "mine"]
    assert len(plan.leaves) == 2
    assert plan.lookups(Word("coal")) == (PhraseLookup("", TermForm.STEMS, ("coal",)),)


def test_part_and_variant_share_planned_leaves() -> None:
    plan = compile_query("coal mine", ANY)
    assert plan.part(Word("coal")).leaves is plan.leaves
    variant = plan_query(Word("coal"), plan.leaves)
    assert variant.leaves[Word("coal")] is plan.leaves[Word("coal")]


def test_plan_is_frozen_and_compared_by_query() -> None:
    plan = compile_query("coal", ANY)
    assert plan == QueryPlan(plan.query)
    assert hash(plan) == hash(compile_query(" coal ", ANY))
    with pytest.raises(TypeError):
        plan.leaves[Word("x")] = None  # type: ignore[index]
    assert MATCH_ALL.with_operator(ALL) == MATCH_ALL
