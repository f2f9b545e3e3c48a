"""Unicode normalization in time linear in the length of the text: NFC, and replacement of lone surrogates."""

import re
from itertools import groupby
from unicodedata import combining, normalize

_MAX_COMBINING_MARKS = 30
_GRAPHEME_JOINER = "\u034f"
# Kept as strings: `re` compiles and caches them at the first text that is not ASCII.
_LONG_MARK_RUN = rf"[^\x00-\u02ff\w]{{{_MAX_COMBINING_MARKS + 1},}}"  # Python counts no combining mark as \w
_LONE_SURROGATE = "[\ud800-\udfff]"


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
