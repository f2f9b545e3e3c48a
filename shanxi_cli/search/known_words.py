"""Words that a query may contain although no article has them: evidence that an unknown word is no misspelling.

The English word list and the gazetteer are imported by the functions that need them: few queries do.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from shanxi_cli.analysis.shaanxi_rule import SHAANXI, SHANXI
from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.analysis.tokenizer import Token, fold_text, tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.model.results import HitOrder
from shanxi_cli.query.ast import Exact
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.util.lexicon import load_terms

NAMED_FIELDS = ("place", "person", "org", "author", "publication")
"""Fields whose words are names."""

MIN_FREQUENCY = 50
"""Count in the English word list from which a form that the archive does not have itself may be meant."""

MAX_ARTICLES_READ = 20
"""Articles to read for the way in which a word is written."""

_SENTENCE_OPENERS = '.!?:;"“”‘(['


def is_english_word(word: str) -> bool:
    """Return True if a folded word is in the English word list, with or without an ending, or is a stop word."""
    if word in STOP_WORDS:
        return True
    from shanxi_cli.analysis.word_frequency import is_known_word, word_frequency

    return word_frequency(word) > 0 if word.endswith("ss") else is_known_word(word)  # `looms`, but not `loomss`


def english_words_near(word: str) -> set[str]:
    """Return the usual words of the English word list that are one edit away from a folded word."""
    from shanxi_cli.analysis.word_frequency import word_frequency, words_one_edit_away

    return {near for near in words_one_edit_away(word) if word_frequency(near) >= MIN_FREQUENCY}


def is_gazetteer_name(word: str) -> bool:
    """Return True if a folded word names a place of Shanxi, a province, a country or a city of Shaanxi."""
    from shanxi_cli.places.gazetteer import find_divisions

    return word in (SHANXI, SHAANXI) or word in _listed_places() or bool(find_divisions(word))


@cache
def _listed_places() -> frozenset[str]:
    lists = ("places/shaanxi_cities", "places/provinces", "places/countries")
    lines = (line for name in lists for line in load_terms(name))
    return frozenset(fold_text(name) for line in lines for name in line.split(";"))


def is_name(engine: Engine, word: str) -> bool:
    """Return True if a folded word of the archive is the name of a place, a person or an organisation.

    Running text decides: a name never begins with a small letter, and begins with a capital inside a sentence. A word
    that running text has only in capitals or at the beginning of sentences is a name if a field of names has it.
    """
    if is_gazetteer_name(word):
        return True
    capital = False
    found = engine.search(plan_query(Exact(word)), HitOrder.NEWEST)[:MAX_ARTICLES_READ]
    for article in engine.articles([match.number for match in found]):
        for text in article.paragraphs:
            for surface in _surfaces_inside(text, tokenize(text), word):
                if surface[:1].islower():
                    return False
                capital = capital or not surface.isupper()
    return capital or any(engine.count(plan_query(Exact(word, field))) for field in NAMED_FIELDS)


def _surfaces_inside(text: str, tokens: Iterable[Token], word: str) -> Iterator[str]:
    """Yield `word` as written in a text, where it does not begin a sentence with a capital."""
    for token in tokens:
        if token.word == word:
            surface = text[token.start : token.end]
            before = text[: token.start].rstrip()
            if surface[:1].islower() or (before and before[-1] not in _SENTENCE_OPENERS):
                yield surface
