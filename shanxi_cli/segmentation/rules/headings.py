"""Which blocks may be headlines, decks or crossheads: short, without an end, and not the half of a sentence."""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, Kind, ends, is_open, starts_low
from shanxi_cli.segmentation.dehyphenation import Vocabulary, is_cut
from shanxi_cli.segmentation.lexicon import OPEN_ENDS
from shanxi_cli.segmentation.openings import lost_capital, may_lack_capital
from shanxi_cli.segmentation.rules.bylines import bare_byline
from shanxi_cli.util.frozen_record import replace

_MOST_HEADING_WORDS = 22


def with_headings(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """Blocks that may be headlines, decks or crossheads."""
    kept = list(blocks)
    for n, block in enumerate(blocks):
        before = near(kept, n, -1)
        under = before is not None and kept[before].kind is Kind.HEADING
        if block.kind is not Kind.TEXT:
            continue
        jump = n + 1 < len(blocks) and _is_jump_head(block, blocks[n + 1])
        if jump or may_be_heading(block, following(blocks, n), vocabulary, under):
            kept[n] = replace(block, kind=Kind.HEADING)
    for n, block in enumerate(kept):
        before, after = near(kept, n, -1), near(kept, n, 1)
        if block.kind is not Kind.TEXT or before is None or kept[before].kind is not Kind.HEADING:
            continue
        if _is_long_deck(block, kept[after] if after is not None else None):
            kept[n] = replace(block, kind=Kind.HEADING)
            continue
        short = len(block.text.split()) <= 14 and starts_low(block.text) and is_open(block.text)
        if short and (after is None or kept[after].kind is not Kind.TEXT or not starts_low(kept[after].text)):
            kept[before] = replace(kept[before], text=f"{kept[before].text} {block.text}")
            kept[n] = replace(block, kind=Kind.FURNITURE, why="")
    return kept


def _is_jump_head(block: Block, after: Block) -> bool:
    """True for what stands over the rest of an article from another page: `HEMP: Homes next`, and below `From A7`."""
    pointer = after.kind is Kind.FURNITURE and after.why == "pointer" and "from" in after.text.lower()
    return pointer and len(block.text.split()) <= 12 and bool(re.match(r"[A-Z][A-Z'’ -]{2,30}:\s", block.text))


def _is_long_deck(block: Block, after: Block | None) -> bool:
    """True for a deck of more words than a headline has: right under one, and above names or a byline."""
    words = block.text.split()
    if not _MOST_HEADING_WORDS < len(words) <= 36 or not is_open(block.text) or starts_low(block.text):
        return False
    return after is not None and (after.kind is Kind.BYLINE or bare_byline(after.text, placed=True) is not None)


def following(blocks: Sequence[Block], n: int) -> Block | None:
    """The next block of text, captions and furniture left out."""
    for block in blocks[n + 1 :]:
        if block.kind not in (Kind.CAPTION, Kind.FURNITURE):
            return block
    return None


def near(blocks: Sequence[Block], n: int, step: int) -> int | None:
    n += step
    while 0 <= n < len(blocks) and blocks[n].kind is Kind.FURNITURE:
        n += step
    return n if 0 <= n < len(blocks) else None


def may_be_heading(block: Block, after: Block | None, vocabulary: Vocabulary, under: bool = False) -> bool:
    """True for a block that may be a headline or a deck; `under`: it stands under another that is."""
    text, words = block.text, block.text.split()
    if block.level:
        return len(words) <= 40 and not (len(words) > 12 and ends(text) and text.count(". ") >= 1)
    if len(words) > _MOST_HEADING_WORDS or starts_low(text) or len(text) > 170:
        return False
    if re.search(r"[.。,;:—–-][\"'”’)]*\Z", text) and not re.search(r"\b[A-Z]\.[A-Z]\.\Z", text):
        return False
    if len(words) < 2:
        return text.isupper() and text.isalpha() and len(text) >= 4  # the word over a continued article
    quoted = text[0] in "\"“‘'" and text[-1] in "\"”’'"  # somebody's words, which may end with `we`
    if (words[-1].lower().strip("\"'”’") in OPEN_ENDS and not quoted) or not re.search(r"[^\W\d_]{2}", text):
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    if re.search(r"[a-z]{2,}\. [A-Z]", text):
        return False  # two sentences, of which the second has no end
    if ends(text) and text[:1] in "\"“‘'":
        return False  # somebody asks or cries out
    cut = after is not None and after.kind is Kind.TEXT and starts_low(after.text)
    if cut and after is not None:
        display = under or text.isupper()
        lacks = lost_capital(after.text, vocabulary) or (display and may_lack_capital(after.text, vocabulary))
        cut = not lacks or is_cut(text, after.text, vocabulary)
    more = cut and after is not None and len(after.text.split()) <= 14 and is_open(after.text)
    return not cut or more
