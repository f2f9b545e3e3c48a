"""Headings: short blocks without an end mark that may be headlines, decks or crossheads."""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary, is_word_broken
from shanxi_cli.segmentation.lexicon import UNFINISHED_ENDINGS
from shanxi_cli.segmentation.openings import lacks_drop_cap, may_lack_drop_cap
from shanxi_cli.segmentation.rules.bylines import parse_bare_byline
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence
from shanxi_cli.util.frozen_record import replace_fields

_MAX_HEADING_WORDS = 22


def mark_headings(blocks: list[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks, with possible headlines, decks and crossheads marked as headings."""
    kept = list(blocks)
    for n, block in enumerate(blocks):
        before = find_neighbor(kept, n, -1)
        under = before is not None and kept[before].kind is BlockKind.HEADING
        if block.kind is not BlockKind.TEXT:
            continue
        jump = n + 1 < len(blocks) and _is_jump_head(block, blocks[n + 1])
        if jump or may_be_heading(block, next_text_block(blocks, n), vocabulary, under=under):
            kept[n] = replace_fields(block, kind=BlockKind.HEADING)
    for n, block in enumerate(kept):
        before, after = find_neighbor(kept, n, -1), find_neighbor(kept, n, 1)
        if block.kind is not BlockKind.TEXT or before is None or kept[before].kind is not BlockKind.HEADING:
            continue
        if _is_long_deck(block, kept[after] if after is not None else None):
            kept[n] = replace_fields(block, kind=BlockKind.HEADING)
            continue
        short = len(block.text.split()) <= 14 and starts_mid_sentence(block.text) and is_unfinished(block.text)
        if short and (
            after is None or kept[after].kind is not BlockKind.TEXT or not starts_mid_sentence(kept[after].text)
        ):
            kept[before] = replace_fields(kept[before], text=f"{kept[before].text} {block.text}")
            kept[n] = replace_fields(block, kind=BlockKind.FURNITURE, furniture_kind="")
    return kept


def _is_jump_head(block: Block, after: Block) -> bool:
    """Return True for a headline over the rest of an article: `HEMP: Homes next`, above `From A7`."""
    pointer = after.kind is BlockKind.FURNITURE and after.furniture_kind == "pointer" and "from" in after.text.lower()
    return pointer and len(block.text.split()) <= 12 and bool(re.match(r"[A-Z][A-Z'’ -]{2,30}:\s", block.text))


def _is_long_deck(block: Block, after: Block | None) -> bool:
    """Return True for a deck longer than a headline: right below a heading, and above names or a byline."""
    words = block.text.split()
    if not _MAX_HEADING_WORDS < len(words) <= 36 or not is_unfinished(block.text) or starts_mid_sentence(block.text):
        return False
    return after is not None and (
        after.kind is BlockKind.BYLINE or parse_bare_byline(after.text, placed=True) is not None
    )


def next_text_block(blocks: Sequence[Block], n: int) -> Block | None:
    """Return the next block that is neither a caption nor furniture, or None."""
    for block in blocks[n + 1 :]:
        if block.kind not in (BlockKind.CAPTION, BlockKind.FURNITURE):
            return block
    return None


def find_neighbor(blocks: Sequence[Block], n: int, step: int) -> int | None:
    """Return the index of the nearest block in direction `step` (1 or -1) that is not furniture, or None."""
    n += step
    while 0 <= n < len(blocks) and blocks[n].kind is BlockKind.FURNITURE:
        n += step
    return n if 0 <= n < len(blocks) else None


def may_be_heading(block: Block, after: Block | None, vocabulary: PageVocabulary, *, under: bool = False) -> bool:
    """Return True for a block that may be a headline or a deck; `under`: it follows another heading."""
    text, words = block.text, block.text.split()
    if block.level:
        return len(words) <= 40 and not (len(words) > 12 and ends_sentence(text) and text.count(". ") >= 1)
    if len(words) > _MAX_HEADING_WORDS or starts_mid_sentence(text) or len(text) > 170:
        return False
    if re.search(r"[.。,;:—–-][\"'”’)]*\Z", text) and not re.search(r"\b[A-Z]\.[A-Z]\.\Z", text):
        return False
    if len(words) < 2:
        return text.isupper() and text.isalpha() and len(text) >= 4  # the word over a continued article
    quoted = text[0] in "\"“‘'" and text[-1] in "\"”’'"  # a quotation, which may end with `we`
    if (words[-1].lower().strip("\"'”’") in UNFINISHED_ENDINGS and not quoted) or not re.search(r"[^\W\d_]{2}", text):
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    if re.search(r"[a-z]{2,}\. [A-Z]", text):
        return False  # two sentences, of which the second has no end
    if ends_sentence(text) and text[:1] in "\"“‘'":
        return False  # a question or exclamation in quotation marks
    cut = after is not None and after.kind is BlockKind.TEXT and starts_mid_sentence(after.text)
    if cut and after is not None:
        display = under or text.isupper()
        lacks = lacks_drop_cap(after.text, vocabulary) or (display and may_lack_drop_cap(after.text, vocabulary))
        cut = not lacks or is_word_broken(text, after.text, vocabulary)
    more = cut and after is not None and len(after.text.split()) <= 14 and is_unfinished(after.text)
    return not cut or more
