"""Paragraphs that a converter began twice: drop the beginning that the next paragraph repeats in full."""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import LARGE_SIZE, Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import HYPHENS, PageVocabulary
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished
from shanxi_cli.util.frozen_record import replace_fields

DOUBLED_LINE = "doubled line"
_MAX_DISTANCE = 3
"""Blocks between the two beginnings, such as a caption at the foot of the column."""
_MAX_WORDS = 40
_MIN_WORDS = 2
_MIN_TAIL_WORDS = 3
_SENTENCE_START_PATTERN = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"“‘']?[^\W\d_a-z])")


def drop_doubled_beginnings(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks, with an unfinished sentence as furniture where a later block begins with all its words.

    The last word may be cut, and the case of the first letter may differ; the capital is kept.
    """
    kept: list[Block] = []
    pending = list(blocks)
    for n, block in enumerate(pending):
        is_display = block.level > 0 or block.size >= LARGE_SIZE
        if block.kind is not BlockKind.TEXT or is_display or not is_unfinished(block.text):
            kept.append(block)
            continue
        start = _find_last_sentence(block.text)
        at = _find_repetition(pending, n, block.text[start:], whole=start == 0)
        if at is None:
            kept.append(block)
            continue
        tail = block.text[start:]
        if start:
            kept.append(replace_fields(block, text=block.text[:start].rstrip()))
        gap = 0 if start else block.gap
        kept.append(replace_fields(block, text=tail, gap=gap, kind=BlockKind.FURNITURE, furniture_kind=DOUBLED_LINE))
        if tail[0].isupper() and pending[at].text[0].islower():
            text = tail[0] + pending[at].text[1:]
            pending[at] = replace_fields(pending[at], text=text)
    return kept


def _find_last_sentence(text: str) -> int:
    """Return the offset of the last sentence, in characters."""
    return max((match.end() for match in _SENTENCE_START_PATTERN.finditer(text)), default=0)


def _find_repetition(blocks: Sequence[Block], n: int, tail: str, *, whole: bool) -> int | None:
    """Return the index of the block that begins with the words of `tail` and goes on; None for none.

    `whole`: the tail is all of its block.
    """
    words = tail.lower().split()
    is_cut = tail[-1] in HYPHENS
    if not (_MIN_WORDS if whole or is_cut else _MIN_TAIL_WORDS) <= len(words) <= _MAX_WORDS:
        return None
    for m in range(n + 1, min(len(blocks), n + 1 + _MAX_DISTANCE)):
        other = blocks[m]
        if other.kind is not BlockKind.TEXT:
            continue
        if not other.level and _is_beginning(words, other.text.lower().split()):
            return m
        if whole and ends_sentence(other.text):
            return None  # the text between belongs to neither
    return None


def _is_beginning(words: Sequence[str], others: Sequence[str]) -> bool:
    """Return True if all words, of which the last may be cut, begin the others, and more follows."""
    if len(others) <= len(words) or words[:-1] != list(others[: len(words) - 1]):
        return False
    last, other = words[-1], others[len(words) - 1]
    cut = last.rstrip(HYPHENS)
    return last == other or (len(cut) >= 2 and cut != last and other.startswith(cut))
