"""Unicode normalization in time linear in the length of the text: NFC, and replacement of lone surrogates."""

import re
from functools import cache
from itertools import groupby
from unicodedata import category, combining, normalize

_MAX_COMBINING_MARKS = 30
_GRAPHEME_JOINER = "\u034f"
# Kept as strings: `re` compiles and caches them at the first text that is not ASCII.
_LONG_MARK_RUN = rf"[^\x00-\u02ff\w]{{{_MAX_COMBINING_MARKS + 1},}}"  # Python counts no combining mark as \w
_LONE_SURROGATE = "[\ud800-\udfff]"
FIRST_CJK_CHAR = "\u2e80"
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
"""The usual Chinese characters, as part of a character class."""


def replace_surrogates(text: str) -> str:
    """Replace each lone surrogate by U+FFFD; neither a UTF-8 file nor the index can hold one."""
    return text if text.isascii() else re.sub(_LONE_SURROGATE, "\ufffd", text)


def normalize_nfc(text: str) -> str:
    """Return `text` in NFC, with an invisible U+034F after every 30 combining marks of a longer run.

    This is Unicode's stream-safe format (https://unicode.org/reports/tr15/#Stream_Safe_Text_Format). Sorting
    combining marks takes quadratic time: a file of nothing else would take a day.
    """
    return text if text.isascii() else normalize("NFC", re.sub(_LONG_MARK_RUN, _split_mark_run, text))


def _split_mark_run(match: re.Match[str]) -> str:
    parts = []
    for is_mark, run in groupby(match.group(), lambda char: combining(char) > 0):
        chars = "".join(run)
        size = _MAX_COMBINING_MARKS if is_mark else len(chars)
        parts.append(_GRAPHEME_JOINER.join(chars[at : at + size] for at in range(0, len(chars), size)))
    return "".join(parts)


@cache
def cjk_run_pattern() -> re.Pattern[str]:
    """Return the pattern that splits text into runs of Chinese characters (group `run`) and the rest.

    Combining marks and invisible characters belong to the run before them.
    """
    # Compiled for the first word that needs it: a character class of this size is slow to compile.
    cjk = "\u2e80-\u2fd5\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
    marks = "\u00ad\u0300-\u036f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    return re.compile(rf"(?P<run>[{cjk}][{cjk}{marks}]*)|[^{cjk}]+")


def is_cjk_run(word: str) -> bool:
    """Return True if a word begins with a Chinese character; the tokenizer cuts such runs into pairs."""
    if word[:1] < FIRST_CJK_CHAR:
        return False
    match = cjk_run_pattern().match(word)
    return bool(match and match["run"])


def count_letters(word: str) -> int:
    """Return the number of letters and digits of a word, without marks."""
    return sum(map(str.isalnum, word))


def is_alphabetic(word: str) -> bool:
    """Return True if a word consists of letters and their marks."""
    return word.isalpha() or all(char.isalpha() or category(char)[0] == "M" for char in word)
