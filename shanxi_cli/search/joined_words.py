"""Join words that the archive writes as one and as two: `paper making` also finds `papermaking`, and the reverse.

Neighbours are joined where the archive has the joined word. A word is split only where the archive has its halves side
by side in these forms. Both words have three letters or more, and neither is a stop word (`therapist` is not `the
rapist`). The other form is one more lookup of the words, so that the query and its pairs of neighbours stay as typed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from types import MappingProxyType

from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.query.ast import Clause, Exact, Leaf, Occur, Query, Word, is_plain_word
from shanxi_cli.query.plan.lookups import PhraseLookup, TermForm
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import PlannedLeaf, QueryPlan
from shanxi_cli.query.visit import iterate_groups, iterate_leaves
from shanxi_cli.search.known_words import is_english_word
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.unicode import is_alphabetic, is_cjk_run

MIN_LETTERS = 3
"""Letters of the shortest word that is joined to another."""


def add_other_forms(engine: Engine, plan: QueryPlan) -> QueryPlan:
    """Return a plan that also finds the plain words of a query as the archive joins or parts them."""
    forms: dict[Leaf, dict[PhraseLookup, str]] = defaultdict(dict)
    for leaves, word in [*_iterate_pairs(plan.query), *_iterate_hyphenated(plan.query)]:
        stem = next(tokenize(word)).stem
        if engine.term_stats([stem], TermForm.STEMS):
            for leaf in leaves:
                forms[leaf][PhraseLookup("", TermForm.STEMS, (stem,))] = word
    for leaf in dict.fromkeys(iterate_leaves(plan.query, excluded=True)):
        for halves in _written_as_two(engine, _single_word(leaf)):
            forms[leaf][PhraseLookup("", TermForm.WORDS, halves)] = " ".join(halves)
    if not forms:
        return plan
    planned = {leaf: _add_lookups(plan.leaves[leaf], new) for leaf, new in forms.items()}
    return replace_fields(plan, leaves=MappingProxyType({**plan.leaves, **planned}))


def _add_lookups(planned: PlannedLeaf, forms: dict[PhraseLookup, str]) -> PlannedLeaf:
    described = ", ".join(filter(None, [planned.description, f"also {', '.join(forms.values())}"]))
    return PlannedLeaf(planned.leaf, tuple(dict.fromkeys((*planned.lookups, *forms))), described)


def _iterate_pairs(query: Query) -> Iterator[tuple[tuple[Leaf, Leaf], str]]:
    """Yield the neighbours of a group that are plain words of one role, with the word that they are if joined."""
    for group in iterate_groups(query):
        for first, second in pairwise(group.clauses):
            words = [_clause_word(first), _clause_word(second)]
            if all(words) and first.occur is second.occur:
                yield (first.node, second.node), "".join(words)  # type: ignore[misc]  # both are words


def _clause_word(clause: Clause) -> str:
    return _single_word(clause.node) if clause.occur in (Occur.MAY, Occur.MUST) else ""


def _iterate_hyphenated(query: Query) -> Iterator[tuple[tuple[Leaf], str]]:
    """Yield the plain words with one hyphen, and the same without it."""
    for leaf in dict.fromkeys(iterate_leaves(query, excluded=True)):
        parts = leaf.text.split("-")
        if is_plain_word(leaf) and len(parts) == 2 and all(map(_fold_joinable_word, parts)):
            yield (leaf,), "".join(map(_fold_joinable_word, parts))


def _written_as_two(engine: Engine, word: str) -> Iterable[tuple[str, str]]:
    """Return the two words, side by side, in which the archive also writes a word; nothing if it does not."""
    halves = [(word[:at], word[at:]) for at in range(MIN_LETTERS, len(word) - MIN_LETTERS + 1)]
    halves = [pair for pair in halves if not STOP_WORDS.intersection(pair)]
    known = engine.term_stats([half for pair in halves for half in pair], TermForm.WORDS)
    both = [pair for pair in halves if known.keys() >= set(pair)]
    counted = ((pair, engine.count(plan_query(Exact(" ".join(pair))))) for pair in both)
    return [pair for pair, articles in counted if articles and _is_no_misprint(articles, pair)][:1]


def _is_no_misprint(articles: int, words: Iterable[str]) -> bool:
    """Return True for words that several articles have, or English has: `trans onic` of one article is an OCR error."""
    return articles > 1 or all(map(is_english_word, words))


def _single_word(node: Query) -> str:
    """Return the folded word of a plain leaf of one word that may be joined; empty for any other."""
    return _fold_joinable_word(node.text) if isinstance(node, Word) and not node.field else ""


def _fold_joinable_word(text: str) -> str:
    tokens = [] if text.isupper() else [token.word for token in tokenize(text)]
    word = tokens[0] if len(tokens) == 1 else ""
    return word if len(word) >= MIN_LETTERS and word not in STOP_WORDS and _is_in_letters(word) else ""


def _is_in_letters(word: str) -> bool:
    return is_alphabetic(word) and not is_cjk_run(word)
