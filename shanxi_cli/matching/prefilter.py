"""Prefilter: find candidate words by their beginnings, so that only these are tokenized and stemmed.

Tokenizing and stemming took nine tenths of the time of an article's passages (2026-11); `str.find` finds the few
words that begin like a pattern. They are a superset of the matches: `highlighter` decides on the tokens that
`tokenize` makes of them.

The text between two spaces is tokenized as a whole, because no word reaches beyond it and its characters decide how
it is cut.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from shanxi_cli.analysis.american_spelling import british_prefixes
from shanxi_cli.analysis.tokenizer import PARAGRAPH_END, Token, non_ascii_positions, tokenize

STEM_ENDING_LETTERS = 2
"""A word begins like its stem, except for the stem's last two letters: `dying` has the stem `die`, and stemming
changes no English word further from its end (a test tries 160,000), apart from British spellings."""


def stem_prefixes(stem: str) -> Iterator[str]:
    """Yield the beginnings of the folded words, British ones too, that can have a stem."""
    start = stem[:-STEM_ENDING_LETTERS] or stem[:1]
    yield start
    yield from british_prefixes(start)


def unfolded_prefixes(word: str) -> Iterator[str]:
    """Yield the beginnings, in lower case, that text folding to a word beginning with `word` can have.

    Nothing for a word that is not ASCII: it comes from characters that `non_ascii_positions` finds.
    """
    if not word.isascii():
        return
    word = word.lower().partition("'")[0]  # a text has other apostrophes too
    yield word
    if word[0].isdigit():
        yield from (f"{word[:n]}," for n in range(1, min(len(word), 4)))  # 1,200
    elif len(word) > 1:
        yield f"{word[0]}."  # U.S.


class WordPrefilter:
    """The beginnings of the words that patterns look for, and the number of words that a match spans at most."""

    def __init__(self, prefixes: Iterable[str], width: int) -> None:
        """Prepare the prefixes; `width` is 0 if every match is a single word."""
        starts = sorted(set(prefixes))
        self._starts = [s for n, s in enumerate(starts) if not any(s.startswith(other) for other in starts[:n])]
        self._width = width

    def candidate_words(self, text: str) -> dict[int, Token]:
        """Return the words that could match, with some of their neighbours, by their numbers.

        Two numbers are as far apart as the positions of the words (`analysis.tokenizer.number_forms`), or further apart
        than `width` if these are. With a width of
        0 numbers give only the order.
        """
        candidates: dict[int, Token] = {}
        number = done = 0
        for place in self._places(text):
            if place < done:
                continue
            start = max(text.rfind(" ", done, place), text.rfind("\n", done, place), done - 1) + 1
            end = text.find(" ", place)
            end = len(text) if end < 0 else end
            if self._width and candidates:
                number += sum(1 for _ in islice(tokenize(text, done, start), self._width))
            for token in tokenize(text, start, end):
                number += text.count(PARAGRAPH_END, done, token.start)
                done = token.start
                candidates[number] = token
                number += 1
            done = end
        return candidates

    def _places(self, text: str) -> list[int]:
        """Return the ascending offsets at which a candidate word may begin."""
        plain = text.lower()
        if len(plain) != len(text):
            return list(range(len(text)))  # some letter is two in lower case: every offset may be one
        places = non_ascii_positions(text)
        for start in self._starts:
            at = plain.find(start)
            while at >= 0:
                # A word may begin after a digit (`5km`, of `1,200km`) or a sign, but never after a letter.
                if not plain[at - 1 : at].isalpha():
                    places.append(at)
                at = plain.find(start, at + 1)
        places.sort()
        return places
