"""The one function that makes text from files safe to show on a terminal. It knows no printer.

What a terminal obeys instead of showing is replaced: control characters of both ranges (C0, DEL,
C1), whole escape sequences (CSI, OSC 8 and 52, DCS), the marks that turn the reading direction,
zero-width characters that hide or glue, lone surrogates and the tag characters of plane 14. The two joiners
stay between letters and pictures that need them (Persian, emoji); beside Latin letters they only hide.
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
    """The characters that are no part of an escape sequence and yet not safe."""
    return re.compile(_UNSAFE_CHARACTERS)  # for the first text that is not plain: a millisecond


@cache
def _escape_sequence_pattern() -> re.Pattern[str]:
    return re.compile(_ESCAPE_SEQUENCE)  # as above


def sanitize_text(text: str) -> str:
    """`text` with what a terminal would obey taken out; line feeds and tabs stay.

    Escape sequences vanish whole; any other unsafe character becomes U+FFFD, one for one, so that
    something is seen to have been there. So do the C1 characters that could begin a sequence by
    themselves: they are the debris of text decoded twice (a closing quote leaves U+009D), and what
    follows them is the article. Clean text comes back as it is: cleaning is idempotent.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unsafe_pattern().sub(REPLACEMENT_CHARACTER, _escape_sequence_pattern().sub("", text))


def sanitize_line(text: str) -> str:
    """`clean(text)` on one line: each run of line feeds and tabs is one space."""
    return _LINE_BREAKS.sub(" ", sanitize_text(text))


def is_sanitized(text: str) -> bool:
    """True when `sanitize_line` would change nothing but white space."""
    return not unsafe_pattern().search(text.replace("\r", "\n"))
