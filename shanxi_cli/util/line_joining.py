"""Joining of wrapped lines: a line end is a space, except between characters of a language written without spaces.

The rule is that of CSS Text (https://www.w3.org/TR/css-text-4/#line-break-transform): no space between two wide
characters, nor beside wide punctuation; Korean, which has spaces, keeps them.
"""

import re
import unicodedata

_WIDE = "[\u1100-\u115f\u2329\u232a\u2e80-\U0010ffff]"  # a string: `re` compiles it at the first text that needs it
"""All wide characters; without one, each line end is a space."""
_AMBIGUOUS_PUNCTUATION = "“”‘’…—·"
"""Punctuation of Chinese that Western languages have too: joined to a Chinese character."""
_HANGUL = (("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\ua960", "\ua97f"), ("\uac00", "\ud7ff"), ("\uffa0", "\uffdc"))
"""First and last characters of the blocks of Korean, which has spaces between its words."""


def join_lines(text: str) -> str:
    """Return `text` on one line: each run of white space one space, or nothing at a line end inside Chinese."""
    if text.isascii() or "\n" not in text or not re.search(_WIDE, text):
        return " ".join(text.split())
    joined = ""
    for line in text.split("\n"):
        if piece := " ".join(line.split()):
            joined += piece if not joined or is_unspaced(joined, piece) else f" {piece}"
    return joined


def is_unspaced(before: str, after: str) -> bool:
    """Return True if no space belongs between the end of one text and the beginning of another; neither is empty."""
    at = len(before) - 1
    while at and unicodedata.category(before[at]) in ("Mn", "Me", "Cf"):
        at -= 1
    last, first = before[at], after[0]
    if is_hangul(last) or is_hangul(first):
        return False
    if _is_wide(last):
        return _is_wide(first) or first in _AMBIGUOUS_PUNCTUATION or _is_punctuation(last)
    return _is_wide(first) and (last in _AMBIGUOUS_PUNCTUATION or _is_punctuation(first))


def is_hangul(char: str) -> bool:
    """Return True for a character of Korean."""
    return any(first <= char <= last for first, last in _HANGUL)


def _is_wide(char: str) -> bool:
    """Return True for a letter, digit or punctuation mark of full or half East Asian width."""
    if unicodedata.east_asian_width(char) not in "WFH":
        return False
    return unicodedata.category(char)[0] in "LNP" or "\u2e80" <= char <= "\u2fd5"  # radicals are symbols


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] == "P"
