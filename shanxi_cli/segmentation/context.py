"""Context helpers for block sequences: the end of a head, the block after it, the place of bylines."""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, BlockKind

_MAX_INTRODUCTION_WORDS = 130
"""Maximum number of words of an introduction between headline and byline."""


def next_block(blocks: Sequence[Block], at: int) -> Block | None:
    """Return the block after index `at`, or None after the last."""
    return blocks[at + 1] if at + 1 < len(blocks) else None


def find_neighbor(blocks: Sequence[Block], n: int, step: int) -> int | None:
    """Return the index of the nearest block in direction `step` (1 or -1) that is not furniture, or None."""
    n += step
    while 0 <= n < len(blocks) and blocks[n].kind is BlockKind.FURNITURE:
        n += step
    return n if 0 <= n < len(blocks) else None


def block_after_head(blocks: Sequence[Block], at: int) -> Block | None:
    """Return the block after a head that ends at `at`: the next that is not furniture, or the text after captions."""
    rest = [block for block in blocks[at:] if block.kind is not BlockKind.FURNITURE]
    plain = [block for block in rest if block.kind is not BlockKind.CAPTION]
    if rest and rest[0].kind is BlockKind.CAPTION and plain and plain[0].kind is BlockKind.TEXT:
        return plain[0]
    return rest[0] if rest else None


def is_first_person_text(blocks: Sequence[Block], at: int) -> bool:
    """Return True if the text from `at` on soon says `I` outside quotations, as an essay does."""
    text = " ".join(block.text for block in collect_text_run(blocks, at)[:4])
    return bool(re.search(r"\b(?:I|my|me)\b", re.sub(r"[\"“][^\"”]*[\"”]", "", text)))


def extract_jump_words(text: str) -> list[str]:
    """Return the words in capitals by which a jump line names its article: `HEMP: Continued on A9`."""
    match = re.match(r"\W*(?P<before>[A-Z][A-Z'’ -]{2,30}):|\W*(?i:see)\s+(?P<see>[A-Z][A-Z'’ -]{2,30}),", text)
    return [word for word in match.groups() if word] if match else []


def collect_text_run(blocks: Sequence[Block], at: int) -> list[Block]:
    """Return the blocks of text from `at` on, without captions and furniture, up to the next head or article end."""
    run = []
    for block in blocks[at:]:
        if block.kind in (BlockKind.CAPTION, BlockKind.FURNITURE):
            continue
        if block.kind is not BlockKind.TEXT:
            break
        run.append(block)
    return run


def find_head_end(blocks: Sequence[Block], at: int, *, signed_below: bool) -> int:
    """Return the index after the head that begins at `at`.

    An introduction between headline and byline belongs to the head, unless bylines are `signed_below` the articles.
    """
    end = last = at
    has_heading = False
    while end < len(blocks):
        kind = blocks[end].kind
        if kind in (BlockKind.HEADING, BlockKind.BYLINE, BlockKind.LABEL):
            has_heading |= kind is BlockKind.HEADING
            has_byline = any(block.kind is BlockKind.BYLINE for block in blocks[last:end])
            if kind is BlockKind.HEADING and has_byline and _has_byline_ahead(blocks, end):
                break  # the next article: this one had its byline
            end += 1
            last = end
        elif kind in (BlockKind.CAPTION, BlockKind.FURNITURE):
            end += 1
        elif (
            kind is BlockKind.TEXT
            and has_heading
            and not signed_below
            and (introduction_end := _find_introduction_end(blocks, at, end))
        ):
            end = last = introduction_end
        else:
            break
    return last


def _has_byline_ahead(blocks: Sequence[Block], at: int) -> bool:
    kinds = (block.kind for block in blocks[at + 1 :] if block.kind in (BlockKind.BYLINE, BlockKind.TEXT))
    return next(kinds, None) is BlockKind.BYLINE


def _find_introduction_end(blocks: Sequence[Block], start: int, at: int) -> int:
    """Return the index after the byline that follows an introduction at `at`; 0 if there is no such byline."""
    if any(block.kind is BlockKind.BYLINE for block in blocks[start:at]):
        return 0
    words = texts = 0
    for n, block in enumerate(blocks[at:], at):
        if block.kind is BlockKind.BYLINE:
            return n + 1
        if block.kind is BlockKind.TEXT:
            words += len(block.text.split())
            texts += 1
        if (
            block.kind in (BlockKind.HEADING, BlockKind.CONTRIBUTORS, BlockKind.NOTE)
            or words > _MAX_INTRODUCTION_WORDS
            or texts > 2
        ):
            return 0
    return 0


def has_bylines_below(blocks: Sequence[Block]) -> bool:
    """Return True for a page with bylines below the articles: text before each, a headline or nothing after."""
    kinds = [
        block.kind
        for block in blocks
        if block.kind in (BlockKind.HEADING, BlockKind.BYLINE, BlockKind.TEXT, BlockKind.CONTRIBUTORS)
    ]
    if BlockKind.BYLINE not in kinds or kinds[0] is not BlockKind.HEADING:
        return False
    pairs = zip(kinds, ["", *kinds], [*kinds[1:], None], strict=False)
    ends = (None, BlockKind.HEADING, BlockKind.CONTRIBUTORS)
    return all(
        before is BlockKind.TEXT and behind in ends for kind, before, behind in pairs if kind is BlockKind.BYLINE
    )
