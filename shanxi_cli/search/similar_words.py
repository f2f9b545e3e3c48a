"""Did-you-mean: texts of the archive similar to a part of a query that no article has."""

from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import TypeAlias

from shanxi_cli.analysis.edit_distance import edit_distance
from shanxi_cli.analysis.shaanxi_rule import is_neighbour_province
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.query.ast import Exact, Fuzzy, Leaf, Near, Phrase, Word
from shanxi_cli.query.fields import AUTHORED_FIELDS, FIELDS, FieldKind
from shanxi_cli.query.plan.lookups import TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.known_words import is_english_word, is_gazetteer_name
from shanxi_cli.search.searcher import MATCH_ALL, plan_like
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.unicode import is_alphabetic

MAX_SIMILAR_WORDS = 3
"""Similar words to suggest for an unknown one."""

MIN_LETTERS = 5
"""Letters from which on an English word may be a misspelt name in a field of names."""

MAX_COMBINATIONS = 27
"""Phrases to count for a phrase with unknown words."""

VALUE_FIELDS = ("place", "person", "org", "author", "publication", "section", "keyword", "type", "edition")
"""Fields whose whole values are compared with a value that no article has."""

SimilarWords: TypeAlias = list[tuple[str, int]]
"""Words with the number of articles of each."""


def find_similar_words(engine: Engine, leaf: Leaf, plan: QueryPlan = MATCH_ALL) -> SimilarWords:
    """Return the texts of the archive most similar to a leaf of words or names of `plan`, with the articles of each.

    Words are at most two edits away (one, for words of fewer than six letters), the nearest first, then the more
    common; of the forms of one word only the most common. From twenty articles on, a word of a single article is
    never suggested, unless it is a place: it may be an OCR error. An English word is taken as meant. Of a phrase each
    unknown word is replaced. The value of a field is compared with those of the archive, its words in any order.
    """
    if not isinstance(leaf, (Word, Fuzzy, Phrase, Exact, Near)):
        return []
    kind = FIELDS[leaf.field].kind if leaf.field else FieldKind.TEXT
    words = [token.word for token in tokenize(leaf.text)]
    similar: SimilarWords = []
    if kind is FieldKind.TEXT and len(words) != 1:
        similar = _find_similar_phrases(engine, leaf, plan)
    elif kind is not FieldKind.CODE and len(words) == 1:
        similar = _rank_similar_words(engine, words[0], leaf.field, plan)[:MAX_SIMILAR_WORDS]
    if not similar and leaf.field in VALUE_FIELDS and not isinstance(leaf, (Fuzzy, Near)):
        similar = _find_similar_values(engine, leaf, plan)
    return similar


def replace_text(leaf: Leaf, text: str) -> Leaf:
    """Return a leaf of words with a similar text, as a phrase if this has several words."""
    if isinstance(leaf, Word) and " " in text:
        return Phrase(text, leaf.field)
    return replace_fields(leaf, text=text)


def rank_similar_names(text: str, names: Iterable[str]) -> list[str]:
    """Return the parts of names that are most similar to a text, each once, in the order of the names.

    They are at most two edits away (one, below six letters), spaces and the order of the words left aside.
    """
    wanted = [token.word for token in tokenize(text)]
    orders = {"".join(wanted), "".join(reversed(wanted)), "".join(wanted[1:] + wanted[:1])}
    limit = 2 if len("".join(wanted)) >= 6 else 1
    ranked: dict[str, int] = {}
    for name in names:
        for part, words in _iterate_name_parts(name, len(wanted)):
            joined = "".join(words)
            distances = (edit_distance(order, joined, limit) for order in orders)
            nearest = min((edits for edits in distances if edits is not None), default=None)
            if nearest is not None and len(joined) > limit + 1 and not is_neighbour_province("".join(wanted), joined):
                ranked.setdefault(part, nearest)
    return [part for part, edits in ranked.items() if edits == min(ranked.values())]


def _iterate_name_parts(name: str, size: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of a name of about `size` words as (text, folded words)."""
    tokens = list(tokenize(name))
    for count in range(max(1, size - 1), size + 2):
        for at in range(len(tokens) - count + 1):
            part = tokens[at : at + count]
            yield name[part[0].start : part[-1].end], [token.word for token in part]


def _find_similar_values(engine: Engine, leaf: Word | Phrase | Exact, plan: QueryPlan) -> SimilarWords:
    values = engine.search(MATCH_ALL).counts(_index_field(leaf.field, plan))
    found: dict[str, tuple[str, int]] = {}
    for text in rank_similar_names(leaf.text, values):
        articles = engine.count(plan_like(plan, replace_text(leaf, text)))
        if articles:
            found.setdefault(text.casefold(), (text, articles))
        if len(found) == MAX_SIMILAR_WORDS:
            break
    return list(found.values())


def _find_similar_phrases(engine: Engine, leaf: Word | Fuzzy | Phrase | Exact | Near, plan: QueryPlan) -> SimilarWords:
    """Return phrases with the unknown words replaced; if no article has any, the words alone."""
    tokens = list(tokenize(leaf.text))
    layer = TermForm.WORDS if isinstance(leaf, Exact) else TermForm.STEMS
    terms = [token.word if layer is TermForm.WORDS else token.stem for token in tokens]
    known = engine.term_stats(terms, layer)
    unknown = [token for token, term in zip(tokens, terms, strict=True) if term not in known]
    words = [_rank_similar_words(engine, token.word, "", plan)[:MAX_SIMILAR_WORDS] for token in unknown]
    phrases = []
    for chosen in islice(product(*words), MAX_COMBINATIONS) if unknown and all(words) else ():
        text = leaf.text
        for token, (word, _) in reversed(list(zip(unknown, chosen, strict=True))):
            text = text[: token.start] + word + text[token.end :]
        phrases.append((text, engine.count(plan_like(plan, replace_text(leaf, text)))))
    found = sorted((phrase for phrase in phrases if phrase[1]), key=lambda phrase: -phrase[1])
    return found[:MAX_SIMILAR_WORDS] or [word for each in words for word in each[:1]]


def _rank_similar_words(engine: Engine, misspelt: str, field: str, plan: QueryPlan) -> SimilarWords:
    if len(misspelt) < 2 or not is_alphabetic(misspelt):
        return []  # any letter is one edit away from another
    is_text = not field or FIELDS[field].kind is FieldKind.TEXT
    if (is_text or len(misspelt) < MIN_LETTERS) and is_english_word(misspelt):
        return []
    least = 2 if engine.article_count() >= 20 else 1
    ranked = []
    for word, edits in engine.similar_terms(misspelt, 2 if len(misspelt) >= 6 else 1, _index_field(field, plan)):
        articles = engine.count(plan_like(plan, Exact(word, field))) if edits else 0
        if word not in STOP_WORDS and (articles >= least or (articles and is_gazetteer_name(word))):
            ranked.append((edits, -articles, word))
    best: dict[str, tuple[str, int]] = {}
    for _, articles, word in sorted(ranked):
        stem = next(tokenize(word)).stem
        best.setdefault(stem, (word, -articles))
    return list(best.values())


def _index_field(field: str, plan: QueryPlan) -> str:
    return AUTHORED_FIELDS.get(field, field) if plan.authored else field
