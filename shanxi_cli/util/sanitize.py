"""Sanitize text from files before it is written to a terminal. All output goes through here; no printer is known.

Removed are escape sequences (CSI, OSC 8 and 52, DCS). Replaced are control characters (C0, DEL, C1),
bidirectional controls, zero-width characters, lone surrogates and the tag characters of plane 14. The two
joiners U+200C and U+200D stay between characters that need them (Persian, emoji); next to Latin letters they
can only hide something.
"""

import re
from functools import cache

_ESCAPE_SEQUENCE = (
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b[\]PX^_][^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)?"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]"  # any other escape
)
_UNSAFE_CHARACTERS = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff]"
    "|(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])"
)
_LINE_BREAKS = re.compile(r"[\n\t]+")
REPLACEMENT_CHARACTER = "\ufffd"


@cache
def unsafe_pattern() -> re.Pattern[str]:
    """Return the pattern of unsafe characters, escape sequences aside."""
    return re.compile(_UNSAFE_CHARACTERS)  # compiled at the first text that is not plain ASCII: 1 ms


@cache
def _escape_sequence_pattern() -> re.Pattern[str]:
    return re.compile(_ESCAPE_SEQUENCE)  # as above


def sanitize_text(text: str) -> str:
    """Return `text` without escape sequences and with U+FFFD for each other unsafe character.

    Line feeds and tabs stay; CR and CRLF become LF. C1 characters that could introduce a sequence are replaced
    one by one too: they come from text decoded twice (a closing quote leaves U+009D), and the characters after
    them belong to the article. Idempotent: safe text is returned unchanged.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unsafe_pattern().sub(REPLACEMENT_CHARACTER, _escape_sequence_pattern().sub("", text))


def sanitize_line(text: str) -> str:
    """Return `sanitize_text(text)` on one line: each run of line feeds and tabs becomes one space."""
    return _LINE_BREAKS.sub(" ", sanitize_text(text))


def is_sanitized(text: str) -> bool:
    """Return True if `sanitize_line` would change nothing but white space."""
    return not unsafe_pattern().search(text.replace("\r", "\n"))
