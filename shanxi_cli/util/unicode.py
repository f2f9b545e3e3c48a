"""Text as whole characters in Unicode's normal form, at a cost that grows with its length and no faster."""

import re
from functools import cache
from itertools import groupby
from unicodedata import combining, normalize

_MAX_COMBINING_MARKS = 30
_GRAPHEME_JOINER = "\u034f"
# As text, for `re` to compile and keep when there is a text that is not ASCII.
_LONG_MARK_RUN = rf"[^\x00-\u02ff\w]{{{_MAX_COMBINING_MARKS + 1},}}"  # no accent is a letter or a digit to Python
_LONE_SURROGATE = "[\ud800-\udfff]"
FIRST_CJK_CHAR = "\u3040"


def replace_surrogates(text: str) -> str:
    """`text` with U+FFFD for each half of a character (a lone surrogate), which no file and no index can hold."""
    return text if text.isascii() else re.sub(_LONE_SURROGATE, "\ufffd", text)


def normalize_nfc(text: str) -> str:
    """`text` in NFC. Of more than 30 accents in a row each thirty are kept apart by U+034F, which is not seen.

    So says Unicode's stream-safe format (https://unicode.org/reports/tr15/#Stream_Safe_Text_Format): putting
    accents into their order takes time by the square of how many there are, for a file of accents a day.
    """
    return text if text.isascii() else normalize("NFC", re.sub(_LONG_MARK_RUN, _split_mark_run, text))


def _split_mark_run(found: re.Match[str]) -> str:
    kept = []
    for is_accent, run in groupby(found.group(), lambda char: combining(char) > 0):
        chars = "".join(run)
        pieces = (
            [chars[at : at + _MAX_COMBINING_MARKS] for at in range(0, len(chars), _MAX_COMBINING_MARKS)]
            if is_accent
            else [chars]
        )
        kept.append(_GRAPHEME_JOINER.join(pieces))
    return "".join(kept)


@cache
def cjk_run_pattern() -> re.Pattern[str]:
    """Return the pattern that splits text into runs of Chinese characters (group `run`) and the rest."""
    # Compiled for the first word that needs it: a character class of this size is slow to compile.
    cjk = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    return re.compile(rf"(?P<run>[{cjk}]+)|[^{cjk}]+")


def is_cjk_run(word: str) -> bool:
    """Return True if a word begins with a Chinese character; the tokenizer cuts such runs into pairs."""
    if word[:1] < FIRST_CJK_CHAR:
        return False
    match = cjk_run_pattern().match(word)
    return bool(match and match["run"])
