"""Parts of a sentence that were said: those inside its quotations, or the reported clause beside an attribution."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from shanxi_cli.extraction.quotes.attribution_parts import Attribution
from shanxi_cli.extraction.quotes.occasions import OCCASION_LEAD_PATTERN
from shanxi_cli.extraction.quotes.quotation_marks import MASK_CHARACTER, Quotation
from shanxi_cli.model.results import Mark

_MAX_CHARACTERS_TO_QUOTATION = 60
"""Maximum of characters between `said` and the comma or colon before a quotation: `said in an interview: "..."`."""
_MIN_DIRECT_CHARACTERS = 25
"""Minimum of a quotation behind the verb without a comma: fewer are a few quoted words in reported speech."""
_LEAD_PATTERN = re.compile(r"[\s,;:，；：—–-]*(?:(?:(?:on|in|at|during|recently|earlier)\b[^,;]{0,40}?\s)?that\s+)?")
_TAIL_CHARACTERS = " \t\n\r\u00a0\u3000,;:—–.，；：。-"


def is_beside_quotation(bare: str, attribution: Attribution, here: Sequence[Quotation]) -> bool:
    """Return True when only a comma, colon or adverb separates the attribution from a quotation."""
    at = bisect_left(here, attribution.start, key=lambda q: q.start)
    if at and re.fullmatch(r"[\s,，—–-]*", bare[here[at - 1].end : attribution.start]):
        return True
    if at == len(here):
        return False
    between = bare[attribution.end : here[at].start]
    if not between.strip() and here[at].end - here[at].start > _MIN_DIRECT_CHARACTERS:
        return True
    if re.fullmatch(r"\s*(?:\w+ly\s*)?[,:]\s*|", between):
        return True
    return (
        len(between) < _MAX_CHARACTERS_TO_QUOTATION and between.rstrip().endswith((",", ":")) and "that" not in between
    )


def quoted_ranges(text: str, here: Sequence[Quotation], start: int, end: int) -> tuple[Mark, ...]:
    """Return the parts of the quotations that are in a sentence, without the marks."""
    ranges = []
    for q in here:
        low, high = max(q.start + q.width, start), min(q.end - q.width if q.closed else q.end, end)
        if low < high:
            ranges.append(Mark(low, high))
    return tuple(ranges)


def reported_clause_ranges(text: str, attribution: Attribution, start: int, end: int) -> tuple[Mark, ...]:
    """Return what is reported: after the attribution, or on both sides of a parenthetical one; trimmed."""
    sides = (
        [(start, attribution.start), (attribution.end, end)] if attribution.parenthetical else [(attribution.end, end)]
    )
    ranges = []
    for low, high in sides:
        piece = text[low:high]
        lead = _LEAD_PATTERN.match(piece)
        occasion = OCCASION_LEAD_PATTERN.match(piece[:160]) if low == attribution.end else None
        if occasion and occasion.end() > (lead.end() if lead else 0):
            lead = re.compile(r"\s*(?:that\s+)?").match(piece, occasion.end())
        low, high = low + (lead.end() if lead else 0), low + len(piece.rstrip(_TAIL_CHARACTERS))
        if re.search(rf"\w|{MASK_CHARACTER}", text[low:high]):
            ranges.append(Mark(low, high))
    return tuple(ranges)
