"""Openings of articles: a dateline, a drop cap, words in capitals, and the rest of a word that lost its drop cap."""

import re
from string import ascii_lowercase

from shanxi_cli.analysis.word_frequency import is_known_word, word_frequency
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.lexicon import SENTENCE_STARTERS

_DATELINE_PATTERN = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,40}(?:,\s[A-Z][\w ,.]{2,30})?\s*(?:\([\w ./]+\)\s*)?(?:[:—–]|\s-)\s*[A-Z\"“‘]"
)
"""A dateline: `LUSAKA:`, `BEIJING (Reuters) —`."""


def lacks_drop_cap(text: str, vocabulary: PageVocabulary) -> bool:
    """Return True if the first word of a text lacks its first letter: `ne of China's`, but not `of the`."""
    match = re.match(r"[\"'“‘]?([a-z]+)", text)
    if not match or (is_known_word(match[1]) and len(match[1]) > 1) or match[1] in ("a", "i"):
        return False
    rest = match[1]
    if vocabulary.completes_cut(rest):
        return False
    return any(word_frequency(letter + rest) >= 50 or vocabulary.counts[letter + rest] for letter in ascii_lowercase)


def may_lack_drop_cap(text: str, vocabulary: PageVocabulary) -> bool:
    """Return True if `lacks_drop_cap` does, or the rest of the word is a word: `he` of The, `hen` of When."""
    match = re.match(r"[\"'“‘]?([a-z]+)", text)
    return lacks_drop_cap(text, vocabulary) or (
        match is not None and any(letter + match[1] in SENTENCE_STARTERS for letter in ascii_lowercase)
    )


def starts_like_article(text: str, vocabulary: PageVocabulary) -> bool:
    """Return True for a text that begins with a dateline, a drop cap, or a word or two in capitals."""
    if _DATELINE_PATTERN.match(text) or lacks_drop_cap(text, vocabulary):
        return True
    return bool(re.match(r"[A-Z]\Z|[B-HJ-Z]\s[a-z]|[A-Z]\s[a-z]+\s|[A-Z]{3,}\s[a-zA-Z]|A\s[A-Z]{3,}\s", text))
