"""Hypothesis strategies: newspaper text, query texts, and syntax trees of queries."""

from collections.abc import Callable
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from shanxi_cli.query.ast import And, Clause, Exact, Fuzzy, Group, Near, Not, Occur, Or, Phrase, Prefix, Query, Word
from shanxi_cli.query.parser import MAX_SHORT_PREFIXES, SHORT_PREFIX_LETTERS, WordOperator
from shanxi_cli.query.visit import iterate_leaves

F = TypeVar("F", bound=Callable[..., None])


def examples(count: int) -> Callable[[F], F]:
    """Test a property with `count` examples and no deadline."""
    return settings(max_examples=count, deadline=None)


# Newspaper text with everything that the tokenizer has a rule for, and any other character.
_PIECES = (
    "Coal coal mining mines the of solar power Xi'an Xi’an Shanxi's Shanxi’s 5G's R&D U.S. Mr. Co. 1,200 1,20 12.5 "
    "16-gigawatt 2016–20 café cafe\u0301 CAFÉ 太原 太原市 太 原's 煤炭。 人々 \u3000 ﷺ ﹰ ℂoal \u200b co\u00adal "
    "Xi`an Xi\u2032an Łódź Søren ⼭西 ﾊﾞｲｸ 太\u200b原 مُحَمَّد हिन्दी ไม้ می\u200cخواهم "
    '_ . , ! ? … " ” ( ) [b] \n\n \n \t'
).split(" ")
TEXTS = st.lists(st.sampled_from([*_PIECES, " ", " ", ". ", "\n\n"]) | st.text(max_size=3), max_size=40).map("".join)

# Texts made of parts of the query language: many are valid queries, many are not.
_PARTS = (
    'coal city the AND OR NOT ( ) " + - ~ ~2 ~9 * = : title: body: titel: id: date: exact: prefix: fuzzy: 2021 '
    'money: 1bn.. percent:>5 area:"10_mu.." '
    '2021~ .. "solar_power" "a_b"~3 “ 太原 太 1,200 R&D Xi’an 12:30 \u200b _ . é ² ٣'
).split(" ")
QUERY_TEXTS = st.lists(
    st.sampled_from([part.replace("_", " ") for part in _PARTS] + [" "] * 12) | st.text(max_size=2), max_size=14
).map("".join)

# Queries as `query.parser` builds them; each node in `query.ast` documents its invariants.
_WORDS = ["coal", "太原", "12:30", "coal-fired", "R&D", "Xi’an", "a=", "12:", "~5", "and", "é:x"]
_TYPED = ["mining", "=coal", "prefix", "AND", "coal-fired", "R&D"]
_QUOTED = ["solar power", "AND", "title:coal", "co* (or) ~2", "NOT a OR b", "-", "the"]
_FIELDS = st.sampled_from(["", "", "title", "author", "titel", "x_y"])
_PLAIN = st.one_of(
    st.builds(Word, st.sampled_from(_WORDS)),
    st.builds(Word, st.sampled_from(["coal", "AND", "body:coal", "-x", "12:30"]), st.just("title")),
    st.builds(Exact, st.sampled_from(_TYPED + _QUOTED), _FIELDS),
    st.builds(Phrase, st.sampled_from(_QUOTED), _FIELDS),
    st.builds(Near, st.sampled_from(_QUOTED), st.integers(0, 50), _FIELDS),
    st.builds(Prefix, st.sampled_from(["co", "太原", "=min", "prefix:x", "coal~2"]), _FIELDS),
    st.builds(Fuzzy, st.sampled_from(["coal", "=mining", "coal~x", "太原煤炭"]), st.integers(0, 2), _FIELDS),
)


def _clause(operator: WordOperator, node: Query, sign: int) -> Clause:
    if isinstance(node, Not):
        return Clause(Occur.NOT, node.child)
    if sign == 0:
        return Clause(Occur.NOT, node)
    if getattr(node, "field", ""):
        return Clause(Occur.FILTER, node)
    return Clause(Occur.MUST if sign == 1 or operator is WordOperator.ALL else Occur.MAY, node)


def queries(operator: WordOperator) -> st.SearchStrategy[Query]:
    """Draw any query that some text parses to with `operator`."""

    def larger(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
        positive = inner.filter(lambda node: not isinstance(node, Not))
        operands = st.lists(inner, min_size=2, max_size=3).map(tuple)
        clauses = st.lists(st.builds(_clause, st.just(operator), inner, st.integers(0, 3)), min_size=2, max_size=4)
        alone = positive.map(lambda node: Group((Clause(Occur.NOT, node),)))
        return st.one_of(
            st.builds(Not, positive),
            st.builds(And, operands),
            st.builds(Or, operands),
            clauses.map(lambda drawn: Group(tuple(drawn))),
            alone,
        )

    def writable(node: Query) -> bool:
        prefixes = (leaf for leaf in iterate_leaves(node, excluded=True) if isinstance(leaf, Prefix))
        short = sum(sum(map(str.isalpha, leaf.text)) <= SHORT_PREFIX_LETTERS for leaf in prefixes)
        return not isinstance(node, Not) and short <= MAX_SHORT_PREFIXES

    return st.recursive(_PLAIN, larger, max_leaves=8).filter(writable)
