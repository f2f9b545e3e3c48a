"""Repeated text on a page: doubled paragraphs, pull quotes, pull figures."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence
from shanxi_cli.util.frozen_record import replace_fields

_NON_LETTER_PATTERN = re.compile(r"[\W_]+")
_WORD_PATTERN = re.compile(r"[^\W_]+")
_SHINGLE_WORDS = 4
"""Number of words of the shingles by which repetitions are found."""
_MAX_HOLDERS = 30
"""Blocks that are remembered for a shingle; a page that has one more often repeats nothing in particular."""
_MIN_SHARED_RATIO = 0.8
_MAX_PULL_QUOTE_WORDS = 60
_MIN_REPEATED_LENGTH = 60
"""Letters of a text that no article has twice, unless it was stored twice; a pull quote above its text stays one."""
_MAX_ATTRIBUTION_LENGTH = 150
_ATTRIBUTION_PATTERN = re.compile(r"\s*[—–-]+\s*[A-Z][^.!?]{2,90}\Z")
_PULL_FIGURE_PATTERN = re.compile(
    r"(?:[A-Z]{0,2}[£€$¥₹₵₦₱]|RMB|about|over|nearly|more than|some)?\s?\d[\d,.]*\s*(?:%|percent|per cent|percentage points|million|billion|trillion|bn|m|km|yuan"
    r"|dollars|euros|pounds|tons|tonnes|metric tons|hectares|mu|people|years|jobs|households|degrees|kilometers|kilometres|GW|MW|kWh|°C|C)?"
    r"(?:\s+(?:percent|yuan|dollars|pounds|euros|tons|tonnes|hectares|mu|people|jobs|households|kilometers|square\s+\w+|metric\s+tons))?\Z",
    re.IGNORECASE,
)


def _make_shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[n : n + _SHINGLE_WORDS]) for n in range(len(words) - _SHINGLE_WORDS + 1)]


def mark_repeats(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks, with repetitions of other text marked as furniture.

    Their kinds are `doubled paragraph`, `pull quote` and `pull figure`.
    """
    words = [[word.lower() for word in _WORD_PATTERN.findall(block.text)] for block in blocks]
    where: dict[tuple[str, ...], list[int]] = {}
    for n, block in enumerate(blocks):
        if block.kind is BlockKind.TEXT:
            for run in _make_shingles(words[n]):
                holders = where.setdefault(run, [])
                if len(holders) < _MAX_HOLDERS and holders[-1:] != [n]:
                    holders.append(n)
    kept = list(blocks)
    letters, starts = _concatenate_letters(blocks)
    for n, block in enumerate(blocks):
        own = letters[starts[n] : starts[n + 1]] if not block.level else ""
        if len(own) >= _MIN_REPEATED_LENGTH and letters.find(own, 0, starts[n]) >= 0:
            kept[n] = replace_fields(block, kind=BlockKind.FURNITURE, furniture_kind="doubled paragraph")
            continue
        if (
            block.kind is not BlockKind.TEXT
            or len(words[n]) < 5
            or starts_mid_sentence(block.text)
            or _is_first_half(n, kept)
        ):
            continue
        why = _classify_repeat(n, block, words, where, kept) or _find_in_broken_text(n, blocks, letters, starts, kept)
        if why:
            kept[n] = replace_fields(block, kind=BlockKind.FURNITURE, furniture_kind=why)
            if why == "pull quote":
                _drop_attribution(kept, n)
    for n, block in enumerate(kept):
        if block.kind is BlockKind.TEXT and block.level == 0 and _is_pull_figure(n, block, kept):
            _drop_figure(kept, n)
    return kept


def _classify_repeat(
    n: int, block: Block, words: list[list[str]], where: dict[tuple[str, ...], list[int]], kept: list[Block]
) -> str:
    quote = _strip_attribution(block.text)
    own = words[n] if quote == block.text else [word.lower() for word in _WORD_PATTERN.findall(quote)]
    runs = _make_shingles(own)
    if len(runs) < 2:
        return ""
    shared: dict[int, int] = {}
    for run in runs:
        for other in where.get(run, ()):
            if other != n and kept[other].kind is BlockKind.TEXT:
                shared[other] = shared.get(other, 0) + 1
    if not shared or _is_headline(n, block, kept):
        return ""
    best = max(shared, key=lambda other: (shared[other], -other))
    if shared[best] < _MIN_SHARED_RATIO * len(runs):
        return ""
    if own == words[best]:
        # Of two equal ones the later goes, unless the first is out of place: before any other text.
        return "doubled paragraph" if best < n else ""
    if len(own) < len(words[best]) and len(own) <= _MAX_PULL_QUOTE_WORDS and not (block.level and len(own) < 12):
        return "pull quote"
    return ""


def _strip_attribution(text: str) -> str:
    """Return a quotation without the dash and the speaker at its end."""
    at = max(0, len(text) - _MAX_ATTRIBUTION_LENGTH)
    return text[:at] + _ATTRIBUTION_PATTERN.sub("", text[at:])


def _concatenate_letters(blocks: Sequence[Block]) -> tuple[str, list[int]]:
    """Return the letters and figures of all text as one string, and where each block begins in it, and the end."""
    parts, starts, at = [], [], 0
    for block in blocks:
        starts.append(at)
        if block.kind is BlockKind.TEXT:
            parts.append(_squeeze_text(block.text))
            at += len(parts[-1])
    return "".join(parts), [*starts, at]


def _squeeze_text(text: str) -> str:
    return _NON_LETTER_PATTERN.sub("", text.lower())


def _find_in_broken_text(
    n: int, blocks: Sequence[Block], letters: str, starts: Sequence[int], kept: list[Block]
) -> str:
    """Return `pull quote` for a quotation whose text occurs elsewhere cut by a column or within a word, or empty."""
    block = blocks[n]
    own = _squeeze_text(_strip_attribution(block.text))
    if len(own) < 30 or len(block.text.split()) > _MAX_PULL_QUOTE_WORDS or block.level or _is_headline(n, block, kept):
        return ""
    at = letters.find(own)
    while at >= 0:
        holder = bisect_right(starts, at, hi=len(blocks)) - 1
        whole = (
            holder > n and _squeeze_text(blocks[holder].text) == own
        )  # the same again, which goes instead of this one
        if holder != n and not whole:
            return "pull quote"
        at = letters.find(own, at + 1)
    return ""


def _is_first_half(n: int, kept: list[Block]) -> bool:
    """Return True for the first half of a paragraph if its rest follows and no text before it is unfinished."""
    after = next((other for other in kept[n + 1 :] if other.kind is BlockKind.TEXT), None)
    before = next((other for other in reversed(kept[:n]) if other.kind is BlockKind.TEXT), None)
    waiting = before is not None and is_unfinished(before.text)
    return is_unfinished(kept[n].text) and after is not None and starts_mid_sentence(after.text) and not waiting


def _is_headline(n: int, block: Block, kept: list[Block]) -> bool:
    """Return True for a quotation that is the headline: a byline follows, perhaps after a deck."""
    behind = [other for other in kept[n + 1 :] if other.kind is not BlockKind.FURNITURE][:2]
    deck = behind and behind[0].kind is BlockKind.TEXT and not ends_sentence(behind[0].text)
    if deck and len(block.text.split()) < len(behind[0].text.split()) <= 36:
        behind = behind[1:]  # its deck
    return bool(behind) and behind[0].kind is BlockKind.BYLINE and not ends_sentence(block.text.strip("\"“”‘’'"))


def _drop_attribution(kept: list[Block], n: int) -> None:
    """Mark the line below a pull quote that names its speaker as furniture, in place."""
    if n + 1 >= len(kept):
        return
    after = kept[n + 1]
    words = after.text.split()
    if (
        after.kind not in (BlockKind.TEXT, BlockKind.HEADING)
        or len(words) > 14
        or ends_sentence(after.text)
        or after.level
    ):
        return
    named = re.match(r"[—–-]|[A-Z][\w'’-]+\s+[A-Z][\w'’-]+\s*,", after.text)
    short = len(words) <= 4 and all(word[:1].isupper() for word in words)
    if named or (short and n + 2 < len(kept) and kept[n + 2].kind is not BlockKind.BYLINE and after.gap <= 1):
        kept[n + 1] = replace_fields(after, kind=BlockKind.FURNITURE, furniture_kind="pull quote")


def _is_pull_figure(n: int, block: Block, kept: list[Block]) -> bool:
    """Return True for a figure in display type, alone or with the words that explain it."""
    if _PULL_FIGURE_PATTERN.match(block.text):
        return not re.fullmatch(r"\d{2,}\.", block.text)  # which ends a sentence
    if (
        ends_sentence(block.text)
        or len(block.text.split()) > 20
        or not re.match(r"(?:[A-Z]{1,3})?[£€$₹¥₵₦₱]\s?\d|\d|[£€$₹¥]", block.text)
    ):
        return False
    if len(block.lines) > 1 and _PULL_FIGURE_PATTERN.match(block.lines[0]):
        return True
    figure = re.match(
        r"(?:[A-Z]{0,3}[£€$₹¥₵₦₱])?\d[\d,.]*\s?(?:%|percent\b|per cent\b|million\b|billion\b|bn\b|m\b|times\b)",
        block.text,
    )
    behind = [other.kind for other in kept[n + 1 : n + 4]]
    return bool(figure) and len(block.text.split()) <= 16 and BlockKind.BYLINE not in behind[:2]


def _drop_figure(kept: list[Block], n: int) -> None:
    """Mark a figure in display type as furniture, in place, with the few words below that explain it."""
    kept[n] = replace_fields(kept[n], kind=BlockKind.FURNITURE, furniture_kind="pull figure")
    if n + 1 < len(kept):
        after = kept[n + 1]
        if (
            after.kind is BlockKind.TEXT
            and not after.level
            and len(after.text.split()) <= 14
            and not ends_sentence(after.text)
            and after.text[:1].islower()
        ):
            kept[n + 1] = replace_fields(after, kind=BlockKind.FURNITURE, furniture_kind="pull figure")
