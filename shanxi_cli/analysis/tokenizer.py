"""Tokenizer: words of a text, folded and stemmed. Index, query and highlighter share it.

    1,200            one number, 1200            12.5, 5G, R&D, U.S.   one word each
    coal-fired       two words side by side      2016–20               two numbers
    Xi'an, Xi’an     one word, xi'an             Shanxi's              shanxi
    Café             cafe                        太原市                 太原, 原市, and 市 as the last

Letters are folded by `analysis.folding`. Marks and invisible characters belong to the letter before them and never
cut a word. Stemming is Snowball English (Porter2, http://snowball.tartarus.org/algorithms/english/stemmer.html) by
PyStemmer, of the American spelling (`american_spelling`): `colour` and `color` have one stem. A run of Chinese
characters is split into overlapping bigrams, as usual for a language written without spaces (Lucene's CJKAnalyzer);
its last character becomes a token too, so that a prefix search for one character finds all its occurrences.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise

import Stemmer

from shanxi_cli.analysis.acronyms import acronym_surfaces, is_acronym_at
from shanxi_cli.analysis.american_spelling import american_spelling
from shanxi_cli.analysis.folding import (
    INVISIBLE_CHARACTERS,
    PRIME_APOSTROPHES,
    QUOTE_APOSTROPHES,
    fold_letters,
    outline_words,
    scripts_pattern,
)
from shanxi_cli.util.frozen_record import NamedTuple
from shanxi_cli.util.lazy_pattern import lazy_pattern
from shanxi_cli.util.unicode import FIRST_CJK_CHAR, cjk_run_pattern

_WORD_PATTERN = rf"[^\W_](?:[^\W_]|[{INVISIBLE_CHARACTERS}\u0300-\u036f])*"
_JOINING_PRIMES = "".join(char for char in PRIME_APOSTROPHES if not char.isalpha())
_TOKEN_PATTERN = lazy_pattern(
    r"[A-Za-z]++(?=[ ,\n])"  # most words: the last alternative matches the same, in twice the time
    r"|(?<![^\W_])(?:[^\W\d_]\.)+[^\W\d_](?:\.|(?![^\W_]))"  # U.S. and U.S
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"  # 1,200 and 1,200.5
    r"|\d+(?:\.\d+)+"  # 12.5
    r"|(?<![^\W_])[^\W\d_]{1,3}&[^\W\d_]{1,3}(?![^\W_])"  # R&D
    rf"|{_WORD_PATTERN}(?:[{QUOTE_APOSTROPHES}{_JOINING_PRIMES}](?:(?<=[{QUOTE_APOSTROPHES}])|(?!\d)){_WORD_PATTERN})*"
)
_MARKS_BEHIND = frozenset('.,;:!?)]"')
"""Marks of which one behind letters is no part of the word."""
_stem_word = Stemmer.Stemmer("english", 0).stemWord


PARAGRAPH_END = "\n\n"
"""What separates paragraphs, headings, items of lists and rows of tables in a body. It takes a position of its own, so
that no phrase reaches from one to the next, and that it counts as a word between the words of a `~N`."""


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
    acronyms = acronym_surfaces()
    if text.isascii():
        if text.isalpha() and text not in acronyms and (start, end) == (0, sys.maxsize):
            yield Token(*_word_forms[text], 0, len(text))  # a word of a query, which needs no pattern
            return
        for match in _TOKEN_PATTERN.finditer(text, start, end):
            surface = match.group()
            if surface in acronyms:
                yield _tokenize_acronym(text, surface, match.start())
            else:
                yield Token(*_word_forms[surface], *match.span())
        return
    outline, shift = text, 0
    if scripts_pattern().search(text, start, end):
        outline, shift, start, end = outline_words(text[start:end]), start, 0, sys.maxsize
    for match in _TOKEN_PATTERN.finditer(outline, start, end):
        surface = match.group()
        if surface in acronyms:
            yield _tokenize_acronym(text, surface, match.start() + shift)
        elif surface.isascii():
            yield Token(*_word_forms[surface], match.start() + shift, match.end() + shift)
        else:
            yield from _tokenize_surface(text, surface, match.start() + shift)


class _ChunkForms(dict[str, tuple[tuple[str, str], ...]]):
    """A cache of chunk of a text -> (word, stem) of its tokens, filled on demand; a chunk has no white space.

    White space ends every token, and a token depends on its own chunk only. The exception are the acronyms, which
    depend on their neighbours: `with_acronyms` has the chunks that may contain one, as if each were a common word.
    """

    LIMIT = 200_000
    MAX_LENGTH = 40
    """Longest chunk that is kept, in characters; longer are sentences of Chinese, and addresses."""

    def __init__(self) -> None:
        self.with_acronyms: set[str] = set()

    def __missing__(self, chunk: str) -> tuple[tuple[str, str], ...]:
        is_ascii = chunk.isascii()
        word = chunk[:-1] if chunk[-1] in _MARKS_BEHIND else chunk
        if is_ascii and word.isalpha():  # most chunks; the pattern finds the same, in six times the time
            surfaces = [word]
        else:
            surfaces = _TOKEN_PATTERN.findall(chunk if is_ascii else outline_words(chunk))
        if not _acronym_set().isdisjoint(surfaces):
            self.with_acronyms.add(chunk)
        if is_ascii:
            forms = tuple(map(_word_forms.__getitem__, surfaces))
        else:
            forms = tuple(token[:2] for token in tokenize(chunk))
        if len(chunk) <= self.MAX_LENGTH:
            self[chunk] = forms
        return forms


_chunk_forms = _ChunkForms()


@lru_cache(maxsize=256)  # each paragraph of an indexed body is needed twice: for postings and signature
def word_forms(text: str) -> Sequence[tuple[str, str]]:
    """Return (word, stem) of each token of `text`: like `tokenize` without offsets, in a tenth of the time."""
    if len(_chunk_forms) >= _ChunkForms.LIMIT:
        _chunk_forms.clear()
        _chunk_forms.with_acronyms.clear()
    chunks = text.split()
    forms = [*map(_chunk_forms.__getitem__, chunks)]
    if not _chunk_forms.with_acronyms.isdisjoint(chunks):
        _mark_acronyms(text, chunks, forms)
    return [*chain.from_iterable(forms)]


def number_tokens(text: str) -> dict[int, Token]:
    """Return the tokens of `text` by their positions: as `number_forms`."""
    numbered: dict[int, Token] = {}
    at = done = 0
    for token in tokenize(text):
        at += text.count(PARAGRAPH_END, done, token.start)
        done = token.start
        numbered[at] = token
        at += 1
    return numbered


def number_forms(text: str) -> dict[int, tuple[str, str]]:
    """Return the forms of `word_forms` by their positions: one is left out for each `PARAGRAPH_END`."""
    numbered: dict[int, tuple[str, str]] = {}
    at = 0
    for paragraph in text.split(PARAGRAPH_END):
        forms = word_forms(paragraph)
        numbered.update(enumerate(forms, at))
        at += len(forms) + 1
    return numbered


def count_words(text: str) -> int:
    """Return the number of tokens of `text`."""
    return sum(map(len, map(_chunk_forms.__getitem__, text.split())))


def token_starts(text: str) -> list[int]:
    """Return the start of each token of `text`, in characters."""
    if text.isascii():
        return [match.start() for match in _TOKEN_PATTERN.finditer(text)]
    return [token.start for token in tokenize(text)]


@cache
def _acronym_set() -> frozenset[str]:
    return frozenset(acronym_surfaces())


def _mark_acronyms(text: str, chunks: list[str], forms: list[tuple[tuple[str, str], ...]]) -> None:
    """Replace the forms of chunks that may contain acronyms, which depend on the words beside them."""
    rest, done = text, 0
    for n, chunk in enumerate(chunks):
        if chunk in _chunk_forms.with_acronyms:
            rest, done = rest.split(None, n - done)[n - done] if n > done else rest.lstrip(), n
            start = len(text) - len(rest)
            forms[n] = tuple(token[:2] for token in tokenize(text, start, start + len(chunk)))


def _tokenize_acronym(text: str, surface: str, start: int) -> Token:
    """Return the token of one of `acronym_surfaces`; its stem is that of the common word."""
    word, stem = _word_forms[surface]
    end = start + len(surface)
    return Token(acronym_surfaces()[surface] if is_acronym_at(text, start, end) else word, stem, start, end)


def _tokenize_surface(text: str, outline: str, start: int) -> Iterator[Token]:
    """Yield the tokens of the word of `text` at `start`, which is `outline` in its outline."""
    if max(outline) < FIRST_CJK_CHAR:
        yield from _tokenize_word(text[start : start + len(outline)], start)
        return
    for part in cjk_run_pattern().finditer(outline):
        at, end = start + part.start(), start + part.end()
        if part["run"]:
            yield from _tokenize_run(text[at:end], part.group(), at)
        else:
            yield from _tokenize_word(text[at:end], at)


def _tokenize_word(surface: str, start: int) -> Iterator[Token]:
    """Yield the token of a word, or none if folding leaves nothing: a lone accent, the 's after a Chinese name."""
    word, stem = _word_forms[surface]
    if word:
        yield Token(word, stem, start, start + len(surface))


def _tokenize_run(surface: str, outline: str, start: int) -> Iterator[Token]:
    """Yield the bigrams of a run of Chinese characters, and its last character; marks belong to the one before them."""
    run = fold_letters(surface)
    if len(run) == len(outline) and not _run_marks().search(outline):
        for n in range(len(run) - 1):
            pair = run[n : n + 2]
            yield Token(pair, pair, start + n, start + n + 2)
        yield Token(run[-1], run[-1], start + len(run) - 1, start + len(run))
        return
    starts = [n for n, char in enumerate(outline) if not _run_marks().match(char)]
    places = [(a, b, fold_letters(surface[a:b])) for a, b in pairwise([*starts, len(outline)])]
    for (a, _, char), (_, b, following) in pairwise([*places, (len(outline), len(outline), "")]):
        yield Token(char + following, char + following, start + a, start + b)


@cache
def _run_marks() -> re.Pattern[str]:
    return re.compile(f"[{INVISIBLE_CHARACTERS}\u0300-\u036f]")


def non_ascii_positions(text: str) -> list[int]:
    """Return the offsets of non-ASCII characters, without dashes, quotation marks and signs that no word contains.

    A word without any of them is folded by lower-casing it and dropping signs.
    """
    return [] if text.isascii() else [match.start() for match in _non_ascii_pattern().finditer(text)]


@cache
def _non_ascii_pattern() -> re.Pattern[str]:
    return re.compile(
        "[\u00aa-\u200f\u202a-\u202e\u2060-\U0010ffff]"
    )  # between these ranges are dashes, quotation marks, primes and spaces


def fold_text(text: str) -> str:
    """Fold a whole value for comparison: no case, no accents, each run of white space one space."""
    return " ".join(fold_letters(text).split())


def _fold_word(surface: str) -> str:
    word = fold_letters(surface)
    if not surface.isascii():
        word = "".join(word.split())  # spaces of compatibility forms
    if word.endswith("'s"):
        word = word[:-2]
    word = word.strip("'&")
    if word[:1].isdigit():
        return word.replace(",", "") if "," in word else word
    return word.replace(".", "") if "." in word else word
