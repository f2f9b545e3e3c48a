"""Walks over the query tree: rebuilding, setting the operator of plain words, evaluating."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.errors import QueryError
from shanxi_cli.query.ast import Leaf, Phrase, Query, Word, WordOperator
from shanxi_cli.query.parser import parse_query
from shanxi_cli.query.unparse import to_text
from shanxi_cli.query.visit import evaluate_query, iterate_leaves, set_word_operator, transform_leaves
from tests.support.strategies import QUERY_TEXTS, examples, queries

ANY, ALL = WordOperator.ANY, WordOperator.ALL


def leaf_texts(text: str, *, excluded: bool) -> list[str]:
    return [leaf.text for leaf in iterate_leaves(parse_query(text, ANY), excluded=excluded)]


def test_iterate_leaves_skips_excluded() -> None:
    text = 'coal (a OR b) -c NOT (d e) f AND NOT g "h i"'
    assert leaf_texts(text, excluded=False) == ["coal", "a", "b", "f", "h i"]
    assert leaf_texts(text, excluded=True) == ["coal", "a", "b", "c", "d", "e", "f", "g", "h i"]


REMOVALS = [
    ("x", None),
    ("x coal", "coal"),
    ("x AND coal", "coal"),
    ("x OR coal OR mine", "coal OR mine"),
    ("coal -x", "coal"),
    ("x -coal", "NOT coal"),
    ("coal (x OR x)", "coal"),
]


@pytest.mark.parametrize(("text", "expected"), REMOVALS, ids=lambda value: value)
def test_transform_leaves_removes(text: str, expected: str | None) -> None:
    left = transform_leaves(parse_query(text, ANY), lambda leaf: None if leaf == Word("x") else leaf)
    assert (left and to_text(left)) == expected


def test_transform_leaves_unwraps_groups() -> None:
    def without_x(leaf: Leaf) -> Query | None:
        return None if leaf == Word("x") else leaf

    query = parse_query("(x coal) mine", ANY)
    assert transform_leaves(query, without_x, unwrap_groups=True) == parse_query("coal mine", ANY)


OPERATORS = [
    ("coal mine", "+coal +mine"),
    ("+coal mine -steel", "+coal +mine NOT steel"),
    ("title:coal mine", "title:coal +mine"),
    ("coal OR (solar wind)", "coal OR (+solar +wind)"),
    ("NOT (coal mine) x", "NOT (+coal +mine) +x"),
]


@pytest.mark.parametrize(("text", "expected"), OPERATORS, ids=lambda value: value)
def test_set_word_operator(text: str, expected: str) -> None:
    query = parse_query(text, ANY)
    assert set_word_operator(query, ANY) == query
    assert to_text(set_word_operator(query, ALL)) == expected


@examples(300)
@given(query=queries(ALL))
def test_set_word_operator_keeps_queries_for_all(query: Query) -> None:
    assert set_word_operator(query, ALL) == query


@examples(300)
@given(text=QUERY_TEXTS, present=st.sets(st.sampled_from(["coal", "city", "the"])))
def test_all_words_match_only_if_any_do(text: str, present: set[str]) -> None:
    try:
        query = parse_query(text, ANY)
    except QueryError:
        return
    if any("NOT" in part or "-" in part for part in text.split()):
        return
    holds = {ANY: False, ALL: False}
    for want in WordOperator:
        holds[want] = evaluate_query(set_word_operator(query, want), lambda leaf: leaf.text in present)
    assert holds[ANY] or not holds[ALL]


TRUTHS = [
    ("coal x", True),
    ("+x coal", False),
    ("+coal x", True),
    ("coal -mine", False),
    ("-x", True),
    ("coal AND mine", True),
    ("x OR y", False),
    ("title:x coal", False),
    ("NOT (x y)", True),
]


@pytest.mark.parametrize(("text", "expected"), TRUTHS, ids=lambda value: str(value))
def test_evaluate_query(text: str, *, expected: bool) -> None:
    assert evaluate_query(parse_query(text, ANY), lambda leaf: leaf.text in ("coal", "mine")) is expected


def test_map_of_equal_leaves_is_by_value() -> None:
    query = parse_query('"a b" a "a b"', ANY)
    assert len(dict.fromkeys(iterate_leaves(query))) == 2
    assert Phrase("a b") in dict.fromkeys(iterate_leaves(query))
