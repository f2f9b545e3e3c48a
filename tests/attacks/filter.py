"""What may reach a terminal, and what may not."""

import re
import unicodedata

_OURS = re.compile(r"\x1b\[(?:[0-9;]*m|2K|1A|\?25[lh])")
"""Styles, and what Rich's progress bar is drawn and taken away with."""
_JOINERS = "\u00ad\u200c\u200d"  # soft hyphens, and what joins the letters of Persian and the parts of an emoji
_LATIN = re.compile(r"(?<![^\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f])")


def obeyed(text: str, terminal: bool = False, also: str = "\n\t") -> list[str]:
    """What a terminal would obey, or not show, in an output: nothing, if all is well.

    On a `terminal` the styles of ours are allowed. `also` may be there too.
    """
    found = []
    if terminal:
        found += [s.group() for s in _OURS.finditer(text) if "41" in re.findall(r"\d+", s.group())]
        text = _OURS.sub("", text).replace("\r", "")
    for char in text:
        kind = unicodedata.category(char)
        if kind in ("Cc", "Cs", "Zl", "Zp", "Cf") and char not in also + _JOINERS:
            found.append(char)
    return found + _LATIN.findall(text)
