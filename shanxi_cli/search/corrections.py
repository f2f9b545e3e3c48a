"""Correct misspelt words of a query before it runs, by the vocabulary of the archive.

A plain word that neither the archive nor English has is replaced by the nearest word of the archive, one edit away.
Ungated correction is harmful (forum/form, insect/infect): left alone are words of under five letters, with a digit,
in capitals, of the gazetteer, exact or quoted, and values of fields. A name is never put in the place of a word: it
is only proposed (`search.suggest`).
"""

from collections.abc import Iterator, Sequence

from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import Token, tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.query.ast import Leaf, Query, Word
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.visit import iterate_leaves, transform_leaves
from shanxi_cli.util.frozen_record import Record, replace_fields
from shanxi_cli.util.unicode import is_alphabetic, is_cjk_run

MIN_LETTERS = 5
"""Letters of the shortest word that is corrected."""

MIN_FREQUENCY = 50
"""Count in the English word list from which a form that the archive does not have itself may be meant."""

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
        typeable = [part for part in parts if is_correctable(leaf.text[part.start : part.end], part.word)]
        for token in reversed(list(_unknown_tokens(engine, typeable))):
            if (nearest := find_nearest_word(engine, token.word)) is not None:
                text = text[: token.start] + nearest + text[token.end :]
        if text != leaf.text:
            start, end = parts[0].start, parts[-1].end - len(leaf.text)
            corrections.append(Correction(leaf.text[start : end or None], text[start : end or None]))
            stop_word = len(parts) == 1 and corrections[-1].searched in STOP_WORDS
            corrected[leaf] = None if stop_word else replace_fields(leaf, text=text)
    query, template = (_replace_leaves(each, corrected) for each in (plan.query, plan.template or plan.query))
    if not corrected or query is None or template is None:
        return plan, ()
    return QueryPlan(query, plan_query(template, plan.leaves).leaves, template), tuple(corrections)


def find_correctable_words(plan: QueryPlan) -> Iterator[tuple[Word, Sequence[Token]]]:
    """Yield the words of a query whose spelling may be corrected, each once, with the words joined by hyphens in it."""
    for leaf in dict.fromkeys(iterate_leaves(plan.query, excluded=True)):
        if isinstance(leaf, Word) and not leaf.field:
            parts = list(tokenize(leaf.text))
            between = (leaf.text[one.end : other.start] for one, other in zip(parts, parts[1:], strict=False))
            if parts and all(gap == "-" for gap in between):
                yield leaf, parts


def is_correctable(surface: str, word: str) -> bool:
    """Return True if a word may be corrected as typed (`surface`) and folded: five letters, no digit, no capitals."""
    return (
        len(word) >= MIN_LETTERS and is_alphabetic(word) and not is_cjk_run(word) and surface[1:] == surface[1:].lower()
    )


def _unknown_tokens(engine: Engine, parts: Sequence[Token]) -> Iterator[Token]:
    """Yield the words that neither the archive nor English nor the gazetteer has."""
    known = engine.term_stats([part.stem for part in parts], TermForm.STEMS)
    unknown = [part for part in parts if part.stem not in known and len(part.word) >= MIN_LETTERS]
    if unknown:
        from shanxi_cli.search.known_words import is_english_word, is_gazetteer_name  # lists that few queries need

        yield from (part for part in unknown if not is_english_word(part.word) and not is_gazetteer_name(part.word))


def find_nearest_word(engine: Engine, word: str) -> str | None:
    """Return the word one edit from `word` that is most likely meant; None if there is none, or it is a name.

    It is a word of the archive, or an English form of one. Words with the same first letter come first, then those
    of more articles.
    """
    from shanxi_cli.analysis.word_frequency import word_frequency, words_one_edit_away
    from shanxi_cli.search.known_words import is_name

    candidates = {near for near, _ in engine.similar_terms(word, 1)}
    candidates |= {near for near in words_one_edit_away(word) if word_frequency(near) >= MIN_FREQUENCY}
    stems = {near: next(tokenize(near)).stem for near in candidates if is_alphabetic(near)}
    stats = engine.term_stats(stems.values(), TermForm.STEMS)
    least = 2 if engine.article_count() >= MANY_ARTICLES else 1
    ranked = [
        (near[0] != word[0], -stats[stem].articles, near)
        for near, stem in stems.items()
        if stem in stats and (stats[stem].articles >= least or word_frequency(near))
    ]
    if not ranked:
        return None
    nearest = min(ranked)[2]
    return None if nearest not in STOP_WORDS and is_name(engine, nearest) else nearest


def _replace_leaves(query: Query, new: dict[Leaf, Leaf | None]) -> Query | None:
    return transform_leaves(query, lambda leaf: new.get(leaf, leaf))
