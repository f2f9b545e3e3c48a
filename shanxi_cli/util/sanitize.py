"""Sanitize text from files before it is written to a terminal. All output goes through here; no printer is known.

Removed are escape sequences (CSI, OSC 8 and 52, DCS) and what has no width and reorders nothing: zero-width spaces,
marks of direction, byte order marks. The two joiners U+200C and U+200D stay between characters that need them
(Persian, emoji) and are removed next to Latin letters. Replaced are control characters (C0, DEL, C1), bidirectional
controls, lone surrogates and the tag characters of plane 14.
"""

import re
from functools import cache

_ESCAPE_SEQUENCE = (
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b[\]PX^_][^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]"  # any other escape
)
_UNSAFE_CHARACTERS = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u180e\u2028\u2029\u202a-\u202e"
    "\u2065-\u206f\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff]"
)
_INVISIBLE_CHARACTERS = "[\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff]"
_NEEDLESS_JOINERS = r"(?<![^\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\u024f])"
_LINE_BREAKS = re.compile(r"[\n\t]+")
REPLACEMENT_CHARACTER = "\ufffd"


@cache
def unsafe_pattern() -> re.Pattern[str]:
    """Return the pattern of characters that are not printed, escape sequences aside."""
    return re.compile(f"{_UNSAFE_CHARACTERS}|{_INVISIBLE_CHARACTERS}|{_NEEDLESS_JOINERS}")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what is removed first, removed next and replaced."""
    # compiled at the first text that is not printable: 1 ms
    return re.compile(_INVISIBLE_CHARACTERS), re.compile(_NEEDLESS_JOINERS), re.compile(_UNSAFE_CHARACTERS)


@cache
def _escape_sequence_pattern() -> re.Pattern[str]:
    return re.compile(_ESCAPE_SEQUENCE)  # as above


def sanitize_text(text: str) -> str:
    """Return `text` without escape sequences and invisible characters, and with U+FFFD for each unsafe character.

    Line feeds and tabs stay; CR and CRLF become LF. C1 characters that could introduce a sequence are replaced
    one by one too: they come from text decoded twice (a closing quote leaves U+009D), and the characters after
    them belong to the article. Idempotent: safe text is returned unchanged.
    """
    if text.isprintable():  # all that is removed or replaced is not
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    invisible, joiners, unsafe = _patterns()
    text = joiners.sub("", invisible.sub("", _escape_sequence_pattern().sub("", text)))
    return unsafe.sub(REPLACEMENT_CHARACTER, text)


def sanitize_line(text: str) -> str:
    """Return `sanitize_text(text)` on one line: each run of line feeds and tabs becomes one space."""
    return _LINE_BREAKS.sub(" ", sanitize_text(text))


def is_sanitized(text: str) -> bool:
    """Return True if `sanitize_line` would change nothing but white space."""
    return not unsafe_pattern().search(text.replace("\r", "\n"))
