"""What stands around a place among the blocks of a page: where a head ends, what follows it, how pages are signed."""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, BlockKind

_MAX_INTRODUCTION_WORDS = 130
"""Words that an introduction between headline and byline may have."""


def next_block(blocks: Sequence[Block], at: int) -> Block | None:
    """The block behind `at`; None behind the last."""
    return blocks[at + 1] if at + 1 < len(blocks) else None


def block_after_head(blocks: Sequence[Block], at: int) -> Block | None:
    """What follows a head that ends at `at`: the next block that is no furniture, or the text behind captions."""
    rest = [block for block in blocks[at:] if block.kind is not BlockKind.FURNITURE]
    plain = [block for block in rest if block.kind is not BlockKind.CAPTION]
    if rest and rest[0].kind is BlockKind.CAPTION and plain and plain[0].kind is BlockKind.TEXT:
        return plain[0]
    return rest[0] if rest else None


def is_first_person_text(blocks: Sequence[Block], at: int) -> bool:
    """True where the text from `at` on says `I` before long, and not in a quotation only, as an essay does."""
    text = " ".join(block.text for block in collect_text_run(blocks, at)[:4])
    return bool(re.search(r"\b(?:I|my|me)\b", re.sub(r"[\"“][^\"”]*[\"”]", "", text)))


def extract_jump_words(text: str) -> list[str]:
    """The words in capitals by which a pointer names the article that goes on elsewhere: `HEMP: Continued on A9`."""
    found = re.match(r"\W*(?P<before>[A-Z][A-Z'’ -]{2,30}):|\W*(?i:see)\s+(?P<see>[A-Z][A-Z'’ -]{2,30}),", text)
    return [word for word in found.groups() if word] if found else []


def collect_text_run(blocks: Sequence[Block], at: int) -> list[Block]:
    """The blocks of text from `at` on, captions and furniture left out, up to the next head or end of an article."""
    run = []
    for block in blocks[at:]:
        if block.kind in (BlockKind.CAPTION, BlockKind.FURNITURE):
            continue
        if block.kind is not BlockKind.TEXT:
            break
        run.append(block)
    return run


def find_head_end(blocks: Sequence[Block], at: int, *, signed_below: bool) -> int:
    """Where the head that begins at `at` ends; an introduction between headline and byline belongs to it."""
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
            and (found := _find_introduction_end(blocks, at, end))
        ):
            end = last = found
        else:
            break
    return last


def _has_byline_ahead(blocks: Sequence[Block], at: int) -> bool:
    kinds = (block.kind for block in blocks[at + 1 :] if block.kind in (BlockKind.BYLINE, BlockKind.TEXT))
    return next(kinds, None) is BlockKind.BYLINE


def _find_introduction_end(blocks: Sequence[Block], start: int, at: int) -> int:
    """The place behind the byline that follows an introduction at `at`; 0 when there is no such byline."""
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
    """True for a page whose bylines stand under the articles: text before each, a headline or nothing behind."""
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
