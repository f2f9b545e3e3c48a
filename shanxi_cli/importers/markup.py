"""Markup of a web page without what its text does not need, so that Python's parser reads it in linear time.

`html.parser` searches the rest of the page again for each comment, section or tag that is never closed.
"""

import re
from typing import NamedTuple

_RAW_TAG_PATTERN = re.compile(r"<(script|style)\b[^<>]*>", re.IGNORECASE)
_LINKED_DATA_PATTERN = re.compile(r"ld\+json", re.IGNORECASE)
_MAX_TAG_LENGTH = 100_000


class SimplifiedMarkup(NamedTuple):
    """The markup of a page without comments, declarations and scripts, and its JSON-LD scripts."""

    text: str
    linked_data: list[str]


def simplify_markup(text: str) -> SimplifiedMarkup:
    """Return a page without comments, declarations, scripts and styles. What is never closed is text."""
    scanner = _Scanner(text)
    kept: list[str] = []
    linked_data: list[str] = []
    at = 0
    while (start := text.find("<", at)) >= 0:
        kept.append(text[at:start])
        if raw := _RAW_TAG_PATTERN.match(text, start):
            at, inside = scanner.skip_raw_text(raw)
            if raw[1].lower() == "script" and _LINKED_DATA_PATTERN.search(raw.group()):
                linked_data.append(inside)
            kept.append(" ")
            continue
        end = scanner.find_end(start)
        if end < 0:
            kept.append("&lt;")
            at = start + 1
            continue
        kept.append("" if text.startswith(("<!", "<?"), start) else text[start:end])
        at = end
    return SimplifiedMarkup("".join([*kept, text[at:]]), linked_data)


class _Scanner:
    """A text in which each closing mark is searched for once: what was not found is not searched for again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded = text.lower() if text.isascii() else re.sub("[A-Z]", lambda m: m[0].lower(), text)
        self._next: dict[str, int] = {}

    def skip_raw_text(self, opening: re.Match[str]) -> tuple[int, str]:
        """Return the offset after an element whose content is no text, and the content; to the end if it is open."""
        closing = f"</{opening[1].lower()}"
        end = self._find(closing, opening.end())
        if end < 0:
            return len(self._text), self._text[opening.end() :]
        behind = self._find(">", end)
        return (behind + 1 if behind >= 0 else len(self._text)), self._text[opening.end() : end]

    def find_end(self, start: int) -> int:
        """Return the offset after the tag, comment or declaration at `start`; -1 if it is not closed."""
        closing = ">"
        if self._text.startswith("<!--", start):
            closing = "-->"
        elif self._text.startswith("<![CDATA[", start):
            closing = "]]>"
        found = self._find(closing, start + 2)
        if found < 0 or (closing == ">" and found - start > _MAX_TAG_LENGTH):
            return -1
        return found + len(closing)

    def _find(self, mark: str, at: int) -> int:
        known = self._next.get(mark)
        if known is None or -1 < known < at:
            known = self._next[mark] = self._folded.find(mark, at)
        return known
