"""How common English words are, for mending words that a line end has cut. Never for correcting spelling.

The list is pyspellchecker's: 160,000 words with their counts, of subtitles, cleaned against dictionaries, so that
fragments (`tion`, `allevi`) are not in it. Nothing else of that package is used. Only `import` loads it.
"""

from functools import cache

from spellchecker import SpellChecker

from shanxi_cli.analysis.tokenizer import fold_text

COMMON_FREQUENCY = 1_000
"""From this count on a word is one that a newspaper uses; below it are names, letters and dictionary words."""
FUNCTION_WORD_FREQUENCY = 900_000
"""From this count on a word is one that holds a sentence together: of, in, with, about."""


@cache
def _load_counts() -> dict[str, int]:
    return dict(SpellChecker(language="en").word_frequency.dictionary)


def word_frequency(word: str) -> int:
    """How often the list has seen `word`, without regard to case; 0 for a word it does not have."""
    counts = _load_counts()
    return counts.get(word.lower(), 0) or counts.get(fold_text(word), 0)


def is_known_word(word: str) -> bool:
    """True for a word that the list has, or whose stem without `s`, `ed`, `ing` and the like it has."""
    word = word.lower()
    if word_frequency(word):
        return True
    return any(
        word.endswith(end) and len(word) - len(end) > 3 and word_frequency(word[: -len(end)] + put) >= 50
        for end, put in (("s", ""), ("'s", ""), ("’s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))
    )
