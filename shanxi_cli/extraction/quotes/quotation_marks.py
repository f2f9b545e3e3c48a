"""Quotations by their marks: straight, curly, angled or Chinese, closed or not, over several paragraphs.

A paragraph that begins with an opening mark while the quotation before it was never closed continues it: the
convention of English newspapers. Marks inside a quotation (`“he told me ‘wait’ and left”`) belong to it. One pass over
the marks: time is linear in the text, however many there are.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

_QUOTE_MARK_PAIRS = {
    "“": "”",
    "«": "»",
    "„": "“”",
    "「": "」",
    "『": "』",
    '"': '"”',
    "‘": "’",
    "＂": "＂",
    "'": "'",
    "”": "”",
    "``": ("''", '"'),
    "''": ("''", '"'),
}
_SAME_MARKS = ('"', "＂", "”", "''")
"""Marks that open and close alike, so that a second one is no quotation inside the first."""
_QUOTE_MARK_PATTERN = re.compile(r"``|''|" + "|".join("\"“”„«»「」『』‘’＂'"))
"""Alternatives that begin with plain characters, which `re` searches for fastest."""
_STRAIGHT_CLOSING_PATTERN = re.compile(r"(?<=[.,?!…])'(?![^\W_])")
_LEAD_PATTERN = re.compile(r"[.,:;?!…—–(-]\s*\Z")
"""The end of a text behind which a quotation begins with a single straight mark."""
_SHORT_PATTERN = re.compile(
    r"[^\W_](?<!s)'(?=[\s,.;:)])|'(?=[,;:)])|s'(?=\s(?:for|of|in|on|to|and|or|by|is|are|was|were)\b)"
)
"""The end of a few words in single straight marks: `had 'valid reasons' for it`; not `workers' rights`, `don't`."""
MASK_CHARACTER = "\ue000"
"""The character that replaces each character of a quotation."""


class Quotation(NamedTuple):
    """A quotation of one paragraph, its marks included: half-open, in characters, into the paragraph.

    `width` is the number of characters of each mark. `closed` is False when no mark ends it here; `continued` is True
    when the paragraph before left it open.
    """

    start: int
    end: int
    closed: bool = True
    continued: bool = False
    width: int = 1


def find_quotations(paragraphs: Sequence[str]) -> list[list[Quotation]]:
    """Return the quotations of each paragraph in order; an empty list for text without marks.

    A quotation that is left open ends with its paragraph.
    """
    by_paragraph = []
    before: Quotation | None = None
    for text in paragraphs:
        here = _quotations_of_paragraph(text) if _may_have_marks(text) else []
        if here and before and not before.closed and not text[: here[0].start].strip():
            first = here[0]
            here[0] = first._replace(continued=True)
        by_paragraph.append(here)
        before = here[-1] if here else None
    return by_paragraph


def _may_have_marks(text: str) -> bool:
    return not text.isascii() or '"' in text or "'" in text or "`" in text


def _quotations_of_paragraph(text: str) -> list[Quotation]:
    quotations: list[Quotation] = []
    opened: str = ""
    start = depth = 0
    closings = [mark.start() for mark in _STRAIGHT_CLOSING_PATTERN.finditer(text)] if "'" in text else []
    for mark in _QUOTE_MARK_PATTERN.finditer(text):
        sign, at = mark.group(), mark.start()
        if "'" in (sign, opened):
            opened, start = _read_straight_mark(text, at, opened, start, closings, quotations)
            continue
        if not opened:
            if sign == "”" and _is_opening_mark(text, at) and text[at - 1 : at].isspace():
                opened, start, depth = sign, at, 0  # the same mark on both sides
            elif sign == "''" and at and not (text[at - 1].isspace() or text[at - 1] in "([—–-"):
                continue  # a closing mark, or seconds behind a number
            elif sign in _QUOTE_MARK_PAIRS and _is_opening_mark(text, mark.end() - 1):
                opened, start, depth = sign, at, 0
        elif sign == opened and sign not in _SAME_MARKS:
            depth += 1  # the same mark again inside: one more to close
        elif sign in _QUOTE_MARK_PAIRS[opened] and _is_closing_mark(text, at, opened):
            if depth:
                depth -= 1
                continue
            quotations.append(Quotation(start, mark.end(), width=len(opened)))
            opened = ""
        elif sign == '"' and opened == "“" and _is_closing_mark(text, at, '"') and not depth:
            quotations.append(Quotation(start, at + 1))  # opened curly, closed straight
            opened = ""
    if opened and opened != "‘":  # a lone single mark is an apostrophe
        quotations.append(Quotation(start, len(text), closed=False, width=len(opened)))
    return quotations


def _read_straight_mark(
    text: str, at: int, opened: str, start: int, closings: Sequence[int], quotations: list[Quotation]
) -> tuple[str, int]:
    """Read a mark while a straight single one is open, or one of that kind; return the open mark and its place.

    A straight single mark is most often an apostrophe: it opens only where a closing one, behind a comma or a full
    stop, follows, and the first such mark closes it. `closings` are the places of those.
    """
    if opened == "'":
        if at != closings[bisect_left(closings, start + 1)]:
            return opened, start
        quotations.append(Quotation(start, at + 1))
        return "", start
    n = bisect_left(closings, at + 1)
    ahead = n < len(closings) and not (
        at
        and _LEAD_PATTERN.search(text, max(0, at - 3), at) is None
        and _SHORT_PATTERN.search(text, at + 1, closings[n])
    )
    return ("'", at) if not opened and ahead and _is_opening_mark(text, at) else (opened, start)


def _is_opening_mark(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in "「『«„`":
        return bool(after)
    if text[at] == "“" and after == " " and not before.strip():
        return True
    if text[at] in "‘'":
        return not before.isalnum() and bool(after) and not after.isspace() and not after.isdigit()
    return bool(after) and not after.isspace() and (not before.isalnum() or text[at] == "“")


def _is_closing_mark(text: str, at: int, opened: str) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if opened == "‘":  # a mark after a letter, before a letter or a space, may be an apostrophe
        return not after.isalnum() and (not before.isalnum() or (bool(after) and after in ",.;:!?)"))
    if opened == '"':
        return not before.isspace() or not after.isalnum()
    return True


def mask_quotations(text: str, inside: Sequence[Quotation]) -> str:
    """Return `text` with each character of the quotations replaced, so that offsets stay and no word is read."""
    parts, at = [], 0
    for quotation in inside:
        parts += [text[at : quotation.start], MASK_CHARACTER * (quotation.end - quotation.start)]
        at = quotation.end
    return "".join(parts) + text[at:]
