"""Correct misspelt words of a query before it runs, by the vocabulary of the archive.

A plain word that neither the archive nor English has is replaced by the nearest word of the archive, one edit away.
Ungated correction is harmful (forum/form, insect/infect): left alone are words of under five letters, with a digit,
in capitals, of the gazetteer, exact or quoted, and values of fields. A name never takes the place of a word: it
is only proposed (`search.suggest`).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import Token, tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.query.ast import Leaf, Query, Word
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.visit import iterate_leaves, transform_leaves
from shanxi_cli.search.known_words import english_words_near, is_english_word, is_gazetteer_name, is_name
from shanxi_cli.util.frozen_record import Record, replace_fields
from shanxi_cli.util.unicode import is_alphabetic, is_cjk_run

MIN_LETTERS = 5
"""Letters of the shortest word that is corrected."""

MANY_ARTICLES = 20
"""Articles of an archive from which on a word of a single article may be an OCR error."""


class Correction(Record):
    """A word of a query as typed, and the word that was searched for instead."""

    typed: str
    searched: str


def correct_plan(engine: Engine, plan: QueryPlan) -> tuple[QueryPlan, tuple[Correction, ...]]:
    """Return a compiled query with its misspelt words corrected, and the corrections in the order of the query.

    A word corrected to a stop word is dropped, unless nothing else is left.
    """
    corrected: dict[Leaf, Leaf | None] = {}
    corrections = []
    for leaf, parts in find_correctable_words(plan):
        text = leaf.text
        for token in reversed(_unknown_tokens(engine, parts)):
            if (nearest := find_nearest_word(engine, token.word)) is not None:
                text = text[: token.start] + nearest + text[token.end :]
        if text != leaf.text:
            corrections.append(Correction(*map(_strip_signs, (leaf.text, text))))
            stop_word = corrections[-1].searched in STOP_WORDS
            corrected[leaf] = None if stop_word else replace_fields(leaf, text=text)
    query, template = (_replace_leaves(each, corrected) for each in (plan.query, plan.template or plan.query))
    if not corrected or query is None or template is None:
        return plan, ()
    leaves = plan_query(template, plan.leaves).leaves
    return replace_fields(plan, query=query, leaves=leaves, template=template), tuple(corrections)


def may_be_misspelt(plan: QueryPlan) -> bool:
    """Return True if a query has a word that the archive may correct: one that no word list knows."""
    return any(not _is_listed(part.word) for _, parts in find_correctable_words(plan) for part in parts)


def find_correctable_words(plan: QueryPlan) -> Iterator[tuple[Word, Sequence[Token]]]:
    """Yield the plain words of a query that may be corrected, each once, with their parts (between hyphens).

    Left out are the parts that are never corrected as typed: short ones, in capitals, with digits or Chinese.
    """
    for leaf in dict.fromkeys(iterate_leaves(plan.query, excluded=True)):
        if not isinstance(leaf, Word) or leaf.field:
            continue
        parts = list(tokenize(leaf.text))
        if all(leaf.text[one.end : other.start] == "-" for one, other in pairwise(parts)):
            yield leaf, [part for part in parts if _is_correctable(leaf.text[part.start : part.end], part.word)]


def _is_correctable(surface: str, word: str) -> bool:
    is_word = len(word) >= MIN_LETTERS and is_alphabetic(word) and not is_cjk_run(word)
    return is_word and surface[1:] == surface[1:].lower()


def _is_listed(word: str) -> bool:
    return is_english_word(word) or is_gazetteer_name(word)


def _unknown_tokens(engine: Engine, parts: Sequence[Token]) -> list[Token]:
    """Return the words that neither the archive nor English nor the gazetteer has."""
    known = engine.term_stats([part.stem for part in parts], TermForm.STEMS)
    return [part for part in parts if part.stem not in known and not _is_listed(part.word)]


def find_nearest_word(engine: Engine, word: str) -> str | None:
    """Return the word one edit from `word` that is most likely meant; None if there is none, or it is a name.

    It is a word of the archive, or an English form of one. Words with the same first letter come first, then those
    of more articles, of one word the more usual form.
    """
    own = {near for near, _ in engine.similar_terms(word, 1)}
    forms = engine.term_stats(own, TermForm.WORDS)
    stems = {near: next(tokenize(near)).stem for near in own | english_words_near(word) if is_alphabetic(near)}
    stats = engine.term_stats(stems.values(), TermForm.STEMS)
    least = 2 if engine.article_count() >= MANY_ARTICLES else 1
    ranked = [
        (near[0] != word[0], -stats[stem].articles, -forms[near].articles if near in forms else 0, near)
        for near, stem in stems.items()
        if stem in stats and (stats[stem].articles >= least or is_english_word(near))
    ]
    if not ranked:
        return None
    nearest = min(ranked)[-1]
    return None if nearest not in STOP_WORDS and is_name(engine, nearest) else nearest


def _strip_signs(text: str) -> str:
    """Return a word without the signs before and behind it: `coal?` is `coal`."""
    tokens = list(tokenize(text))
    return text[tokens[0].start : tokens[-1].end]


def _replace_leaves(query: Query, new: dict[Leaf, Leaf | None]) -> Query | None:
    return transform_leaves(query, lambda leaf: new.get(leaf, leaf), unwrap_groups=None in new.values())
