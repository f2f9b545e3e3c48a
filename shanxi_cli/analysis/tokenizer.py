"""Tokenizer: words of a text, folded and stemmed. Index, query and highlighter share it.

    1,200            one number, 1200            12.5, 5G, R&D, U.S.   one word each
    coal-fired       two words side by side      2016–20               two numbers
    Xi'an, Xi’an     one word, xi'an             Shanxi's              shanxi
    Café             cafe                        太原市                 太原, 原市, and 市 as the last

Folding removes case and accents and applies Unicode's compatibility form. Stemming is Snowball
English (Porter2, http://snowball.tartarus.org/algorithms/english/stemmer.html) by PyStemmer, of the
American spelling (`american_spelling`): `colour` and `color` have one stem.
A run of Chinese characters is split into overlapping bigrams, as usual for a language written
without spaces (Lucene's CJKAnalyzer); its last character becomes a token too, so that a prefix
search for one character finds all its occurrences.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from shanxi_cli.analysis.american_spelling import american_spelling
from shanxi_cli.util.unicode import FIRST_CJK_CHAR, cjk_run_pattern, is_cjk_run

_IGNORED_CHARS = (
    "\u00ad\u200b-\u200d\u2060\ufeff"  # soft hyphen, zero-width characters: allowed inside a word, then dropped
)
_WORD_PATTERN = rf"[^\W_](?:[^\W_]|[{_IGNORED_CHARS}\u0300-\u036f])*"
_TOKEN_PATTERN = re.compile(
    r"[A-Za-z]++(?=[ ,\n])"  # most words: the last alternative matches the same, in twice the time
    r"|(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?:\.|(?![^\W_]))"  # U.S. and U.S
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"  # 1,200 and 1,200.5
    r"|\d+(?:\.\d+)+"  # 12.5
    r"|(?<![^\W_])[^\W\d_]{1,3}&[^\W\d_]{1,3}(?![^\W_])"  # R&D
    rf"|{_WORD_PATTERN}(?:['\u2018\u2019\u02bc\uff07]{_WORD_PATTERN})*"
)
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc\uff07", "''''")
_stem_word = Stemmer.Stemmer("english", 0).stemWord


class Token(NamedTuple):
    """A token of a text.

    `word` is the folded form, `stem` its stem. `start` and `end` are half-open, in characters,
    into the text; the bigrams of a Chinese run overlap.
    """

    word: str
    stem: str
    start: int
    end: int


class _WordForms(dict[str, tuple[str, str]]):
    """A cache of surface form -> (word, stem), filled on demand; texts repeat their words."""

    LIMIT = 500_000

    def __missing__(self, surface: str) -> tuple[str, str]:
        word = _fold_word(surface)
        stem = _stem_word(american_spelling(word)) if word.isascii() and not word.isdigit() else word
        if len(self) >= self.LIMIT:
            self.clear()
        self[surface] = word, stem
        return word, stem


_word_forms = _WordForms()


def tokenize(text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[Token]:
    """Yield the tokens of `text` in order; none for a text without letters and digits.

    With `start` and `end` only that part is tokenized; its tokens are the same as in the whole text if
    white space or an end of the text is at both.
    """
    for match in _TOKEN_PATTERN.finditer(text, start, end):
        surface = match.group()
        if surface.isascii():
            yield Token(*_word_forms[surface], *match.span())
        elif max(surface) < FIRST_CJK_CHAR:
            yield from _tokenize_word(surface, match.start())
        else:
            yield from _tokenize_mixed(surface, match.start())


@lru_cache(maxsize=64)  # an indexed body is needed three times: for postings, signature and quantities
def word_forms(text: str) -> Sequence[tuple[str, str]]:
    """Return (word, stem) of each token of `text`: like `tokenize` without offsets, in a third of the time."""
    forms: list[tuple[str, str]] = []
    surfaces = _TOKEN_PATTERN.findall(text)
    if text.isascii():
        return [*map(_word_forms.__getitem__, surfaces)]
    for surface in surfaces:
        if surface.isascii():
            forms.append(_word_forms[surface])
        elif max(surface) < FIRST_CJK_CHAR:
            forms += (token[:2] for token in _tokenize_word(surface, 0))
        else:
            forms += (token[:2] for token in _tokenize_mixed(surface, 0))
    return forms


def token_starts(text: str) -> list[int]:
    """Return the start of each token of `text`, in characters."""
    if text.isascii():
        return [match.start() for match in _TOKEN_PATTERN.finditer(text)]
    return [token.start for token in tokenize(text)]


def _tokenize_word(surface: str, start: int) -> Iterator[Token]:
    """Yield the token of a word, or none if folding leaves nothing: a lone accent, the 's after a Chinese name."""
    word, stem = _word_forms[surface]
    if word:
        yield Token(word, stem, start, start + len(surface))


def _tokenize_mixed(surface: str, start: int) -> Iterator[Token]:
    """Yield the tokens of a word with Chinese characters: bigrams of each run, words of the rest."""
    for part in cjk_run_pattern().finditer(surface):
        text, at = part.group(), start + part.start()
        if is_cjk_run(text):
            for n in range(len(text)):
                pair = unicodedata.normalize("NFKC", text[n : n + 2])
                yield Token(pair, pair, at + n, at + min(n + 2, len(text)))
        else:
            yield from _tokenize_word(text, at)


@cache
def _dropped_pattern() -> re.Pattern[str]:
    return re.compile(rf"[{_IGNORED_CHARS}\u0300-\u036f\s]")  # as above: for the first word that is not ASCII


def non_ascii_positions(text: str) -> list[int]:
    """Return the offsets of non-ASCII characters, without dashes, quotation marks and signs that no word contains.

    A word without any of them is folded by lower-casing it and dropping signs.
    """
    return [] if text.isascii() else [match.start() for match in _non_ascii_pattern().finditer(text)]


@cache
def _non_ascii_pattern() -> re.Pattern[str]:
    return re.compile(
        "[\u00aa-\u200f\u2060-\U0010ffff]"
    )  # between the two ranges are dashes, quotation marks and spaces


def fold_text(text: str) -> str:
    """Fold a whole value for comparison: no case, no accents, each run of white space one space."""
    if text.isascii():
        return " ".join(text.lower().split())
    text = _decompose_text(text).translate(_APOSTROPHES)
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).split())


def _fold_word(surface: str) -> str:
    if surface.isascii():
        word = surface.lower()
    else:
        word = _decompose_text(surface).translate(_APOSTROPHES)
        word = _dropped_pattern().sub("", "".join(c for c in word if not unicodedata.combining(c)))
    if word.endswith("'s"):
        word = word[:-2]
    word = word.strip("'&")
    if word[:1].isdigit():
        return word.replace(",", "") if "," in word else word
    return word.replace(".", "") if "." in word else word


def _decompose_text(text: str) -> str:
    """Return the compatibility decomposition, case-folded. NFKD runs twice: the first reveals some capitals (`ℂ`)."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
