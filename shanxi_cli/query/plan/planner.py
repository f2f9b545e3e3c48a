"""Plan a query: turn each leaf of a validated tree into the lookups that every engine and highlighter shares."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import assert_never

from shanxi_cli.analysis.acronyms import acronym_surfaces, plain_word
from shanxi_cli.analysis.tokenizer import Token, fold_text, tokenize
from shanxi_cli.query.ast import Dated, Exact, Fuzzy, Leaf, Measured, Near, Phrase, Prefix, Query, Word
from shanxi_cli.query.fields import FIELDS, FieldKind
from shanxi_cli.query.plan.lookups import AddedLookup, CodeLookup, DateLookup, ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.query_plan import PlannedLeaf, QueryPlan
from shanxi_cli.query.plan.range import QuantityRange
from shanxi_cli.query.visit import iterate_leaves
from shanxi_cli.util.unicode import is_cjk_run

_NONE_PLANNED: Mapping[Leaf, PlannedLeaf] = MappingProxyType({})


def plan_query(query: Query, planned: Mapping[Leaf, PlannedLeaf] = _NONE_PLANNED) -> QueryPlan:
    """Plan a validated query; leaves that are `planned` already, in another plan, are taken from there.

    `ValueError` for a malformed range on quantities; `drop_noise_words` lets none through.
    """
    leaves = {
        leaf: planned.get(leaf) or plan_leaf(leaf) for leaf in dict.fromkeys(iterate_leaves(query, excluded=True))
    }
    return QueryPlan(query, MappingProxyType(leaves), query)


def plan_leaf(leaf: Leaf) -> PlannedLeaf:
    """Plan a leaf of a validated query; raises as `plan_query`."""
    if isinstance(leaf, Dated):
        return PlannedLeaf(leaf, (AddedLookup(leaf.days) if leaf.field == "added" else DateLookup(leaf.days),))
    if isinstance(leaf, Measured):
        return PlannedLeaf(leaf, (parse_quantity_range(leaf.field, leaf.text),))
    kind = FIELDS[leaf.field].kind if leaf.field else FieldKind.TEXT
    if kind is FieldKind.CODE:
        code = normalize_code(leaf.field, leaf.text)
        return PlannedLeaf(leaf, (CodeLookup(leaf.field, code, prefix=isinstance(leaf, Prefix)),))
    tokens = list(tokenize(leaf.text))
    if not tokens:
        return PlannedLeaf(leaf, ())
    written = _plan_literal_lookup(leaf, kind, tokens)
    if isinstance(leaf, (Word, Phrase)) and (leaf.field == "place" or is_cjk_run(tokens[0].word)):
        from shanxi_cli.query.plan.place_expansion import expand_place  # the gazetteer, for these alone

        return expand_place(leaf, written)
    return PlannedLeaf(leaf, (written,))


@lru_cache
def parse_quantity_range(field: str, text: str) -> QuantityRange:
    """Parse a range on quantities, `field:text`. `ValueError` says what is wrong with it."""
    from shanxi_cli.query.plan.range_parser import parse_range  # units and numbers are slow to load

    return parse_range(field, text)


def _plan_literal_lookup(
    leaf: Word | Exact | Phrase | Near | Prefix | Fuzzy, kind: FieldKind, tokens: list[Token]
) -> PhraseLookup | ExpansionLookup:
    """Plan a leaf as written, without the other names of a place."""
    if isinstance(leaf, Word) and kind is FieldKind.TEXT and (acronym := acronym_surfaces().get(leaf.text)):
        return PhraseLookup(leaf.field, TermForm.WORDS, (acronym,), None)
    tokens = [token._replace(word=plain_word(token.word)) for token in tokens]
    if len(tokens) == 1 and is_cjk_run(tokens[0].word):
        return ExpansionLookup(leaf.field, tokens[0].word, None)
    tokens = _drop_run_tails(tokens, everywhere=isinstance(leaf, Near))
    match leaf:
        case Prefix() if len(tokens) == 1:
            return ExpansionLookup(leaf.field, tokens[0].word, None)
        case Fuzzy() if len(tokens) == 1:
            return ExpansionLookup(leaf.field, tokens[0].word, leaf.distance)
        case Word() | Phrase() | Near() | Exact() | Prefix() | Fuzzy():
            layer = TermForm.WORDS if isinstance(leaf, Exact) or kind is FieldKind.NAME else TermForm.STEMS
            terms = tuple(t.stem if layer is TermForm.STEMS else t.word for t in tokens)
            max_gap = leaf.distance if isinstance(leaf, Near) and len(terms) > 1 else None
            return PhraseLookup(leaf.field, layer, terms, max_gap)
        case _:
            assert_never(leaf)


def _drop_run_tails(tokens: list[Token], *, everywhere: bool) -> list[Token]:
    """Return the tokens without the last characters of Chinese runs, which belong to the pair before them.

    In a phrase only the last token of all can be such a tail: before another word the run has to end there.
    """
    last = len(tokens) - 1
    return [t for n, t in enumerate(tokens) if not (n and tokens[n - 1].end == t.end and (everywhere or n == last))]


def normalize_code(field: str, value: str) -> str:
    """Return a value of a field of codes as index and queries compare it: folded, and page 4 is page 004."""
    folded = fold_text(value)
    return folded.lstrip("0") or "0" if field == "page" and folded.isdigit() else folded
