"""Frequencies of English words: evidence of dehyphenation, and that a word of a query is spelt correctly.

The list is pyspellchecker's (MIT licence): 160,000 words of subtitles (OpenSubtitles 2018) with their counts, cleaned
against dictionaries, so that fragments (`tion`, `allevi`) are missing. Of that package only the list and the words one
edit away are used. `shanxi import` loads it, and a query with a word that is not in the archive.
"""

from functools import cache

from spellchecker import SpellChecker

from shanxi_cli.analysis.tokenizer import fold_text

COMMON_FREQUENCY = 1_000
"""Minimum count of a word that newspapers use; below it are names, letters and rare dictionary words."""
FUNCTION_WORD_FREQUENCY = 900_000
"""Minimum count of a function word: of, in, with, about."""


@cache
def _load_checker() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


@cache
def _load_counts() -> dict[str, int]:
    return dict(_load_checker().word_frequency.dictionary)


def words_one_edit_away(word: str) -> frozenset[str]:
    """Return the words of the list one edit away from `word`: a letter added, dropped or changed, or two swapped."""
    checker = _load_checker()
    return frozenset(checker.known(checker.edit_distance_1(word.lower()))) - {word.lower()}


def word_frequency(word: str) -> int:
    """Return the count of `word` in the list, ignoring case; 0 if it is missing."""
    counts = _load_counts()
    return counts.get(word.lower(), 0) or counts.get(fold_text(word), 0)


def is_known_word(word: str) -> bool:
    """Return True if the list has `word`, or has it without an ending such as `s`, `ed` or `ing`."""
    word = word.lower()
    if word_frequency(word):
        return True
    return any(
        word.endswith(ending)
        and len(word) - len(ending) > 3
        and word_frequency(word[: -len(ending)] + replacement) >= 50
        for ending, replacement in (
            ("s", ""),
            ("'s", ""),
            ("’s", ""),
            ("ed", ""),
            ("ed", "e"),
            ("ing", ""),
            ("ing", "e"),
        )
    )
