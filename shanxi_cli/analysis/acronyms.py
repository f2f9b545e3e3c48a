"""Acronyms that are common words: `US`, `IT` and `WHO` in capitals are terms of their own.

The acronyms are `data/acronyms.txt`. In a text of capitals (a headline) no word is one: a word beside it must be small,
and no word beside it a stop word in capitals. With periods (`U.S.`) it always is one.
"""

import re
from collections.abc import Mapping
from functools import cache

from shanxi_cli.analysis.stopwords import STOP_WORDS
from shanxi_cli.util.lexicon import load_list

_NEAR = 40
"""Characters on each side in which a neighbour is looked for."""


@cache
def acronym_surfaces() -> Mapping[str, str]:
    """Return the acronyms (`WHO`) by the forms in which a text has them: `WHO`, `W.H.O.`, `WHO's`."""
    surfaces: dict[str, str] = {}
    for word in load_list("analysis/acronyms"):
        acronym = word.upper()
        for form in (acronym, ".".join(acronym), ".".join(acronym) + "."):
            surfaces |= dict.fromkeys((form, f"{form}'s", f"{form}\u2019s"), acronym)
    return surfaces


@cache
def _plain_words() -> Mapping[str, str]:
    return {acronym: acronym.lower() for acronym in acronym_surfaces().values()}


def plain_word(word: str) -> str:
    """Return the common word of an acronym, and any other word as it is."""
    return _plain_words().get(word, word)


@cache
def acronym_words() -> frozenset[str]:
    """Return the words of the index that are acronyms."""
    return frozenset(_plain_words())


def is_acronym(word: str) -> bool:
    """Return True for a word of the index that is an acronym."""
    return word in _plain_words()


def find_acronyms(words: Mapping[str, object]) -> set[str]:
    """Return the keys of `words` that are acronyms: as `is_acronym`, for many at once."""
    return _plain_words().keys() & words.keys()


@cache
def _neighbour_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the last word before an acronym and of the first behind it, in the same line."""
    return re.compile(r"([A-Za-z]+)[^A-Za-z\n]*\Z"), re.compile(r"[^A-Za-z\n]*([A-Za-z]+)")


def is_acronym_at(text: str, start: int, end: int) -> bool:
    """Return True if `text[start:end]`, one of `acronym_surfaces`, is not simply a word in capitals."""
    if "." in text[start:end]:
        return True
    word_before, word_after = _neighbour_patterns()
    before = word_before.search(text, max(0, start - _NEAR), start)
    after = word_after.match(text, end, end + _NEAR)
    beside = [match[1] for match in (before, after) if match]
    if any(len(word) > 1 and word.isupper() and word.lower() in STOP_WORDS for word in beside):
        return False
    return any(not word.isupper() for word in beside)
