"""What stands around a place among the blocks of a page: where a head ends, what follows it, how pages are signed."""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, Kind

_INTRODUCTION = 130
"""Words that an introduction between headline and byline may have."""


def after(blocks: Sequence[Block], at: int) -> Block | None:
    """The block behind `at`; None behind the last."""
    return blocks[at + 1] if at + 1 < len(blocks) else None


def behind(blocks: Sequence[Block], at: int) -> Block | None:
    """What follows a head that ends at `at`: the next block that is no furniture, or the text behind captions."""
    rest = [block for block in blocks[at:] if block.kind is not Kind.FURNITURE]
    plain = [block for block in rest if block.kind is not Kind.CAPTION]
    if rest and rest[0].kind is Kind.CAPTION and plain and plain[0].kind is Kind.TEXT:
        return plain[0]
    return rest[0] if rest else None


def is_first_person(blocks: Sequence[Block], at: int) -> bool:
    """True where the text from `at` on says `I` before long, and not in a quotation only, as an essay does."""
    text = " ".join(block.text for block in run_of_text(blocks, at)[:4])
    return bool(re.search(r"\b(?:I|my|me)\b", re.sub(r"[\"“][^\"”]*[\"”]", "", text)))


def jump_words(text: str) -> list[str]:
    """The words in capitals by which a pointer names the article that goes on elsewhere: `HEMP: Continued on A9`."""
    found = re.match(r"\W*(?P<before>[A-Z][A-Z'’ -]{2,30}):|\W*(?i:see)\s+(?P<see>[A-Z][A-Z'’ -]{2,30}),", text)
    return [word for word in found.groups() if word] if found else []


def run_of_text(blocks: Sequence[Block], at: int) -> list[Block]:
    """The blocks of text from `at` on, captions and furniture left out, up to the next head or end of an article."""
    run = []
    for block in blocks[at:]:
        if block.kind in (Kind.CAPTION, Kind.FURNITURE):
            continue
        if block.kind is not Kind.TEXT:
            break
        run.append(block)
    return run


def end_of_head(blocks: Sequence[Block], at: int, signed_below: bool) -> int:
    """Where the head that begins at `at` ends; an introduction between headline and byline belongs to it."""
    end = last = at
    has_heading = False
    while end < len(blocks):
        kind = blocks[end].kind
        if kind in (Kind.HEADING, Kind.BYLINE, Kind.LABEL):
            has_heading |= kind is Kind.HEADING
            has_byline = any(block.kind is Kind.BYLINE for block in blocks[last:end])
            if kind is Kind.HEADING and has_byline and _byline_ahead(blocks, end):
                break  # the next article: this one had its byline
            end += 1
            last = end
        elif kind in (Kind.CAPTION, Kind.FURNITURE):
            end += 1
        elif kind is Kind.TEXT and has_heading and not signed_below and (found := _introduction(blocks, at, end)):
            end = last = found
        else:
            break
    return last


def _byline_ahead(blocks: Sequence[Block], at: int) -> bool:
    kinds = (block.kind for block in blocks[at + 1 :] if block.kind in (Kind.BYLINE, Kind.TEXT))
    return next(kinds, None) is Kind.BYLINE


def _introduction(blocks: Sequence[Block], start: int, at: int) -> int:
    """The place behind the byline that follows an introduction at `at`; 0 when there is no such byline."""
    if any(block.kind is Kind.BYLINE for block in blocks[start:at]):
        return 0
    words = texts = 0
    for n, block in enumerate(blocks[at:], at):
        if block.kind is Kind.BYLINE:
            return n + 1
        if block.kind is Kind.TEXT:
            words += len(block.text.split())
            texts += 1
        if block.kind in (Kind.HEADING, Kind.CONTRIBUTORS, Kind.NOTE) or words > _INTRODUCTION or texts > 2:
            return 0
    return 0


def is_signed_below(blocks: Sequence[Block]) -> bool:
    """True for a page whose bylines stand under the articles: text before each, a headline or nothing behind."""
    kinds = [block.kind for block in blocks if block.kind in (Kind.HEADING, Kind.BYLINE, Kind.TEXT, Kind.CONTRIBUTORS)]
    if Kind.BYLINE not in kinds or kinds[0] is not Kind.HEADING:
        return False
    pairs = zip(kinds, ["", *kinds], [*kinds[1:], None], strict=False)
    ends = (None, Kind.HEADING, Kind.CONTRIBUTORS)
    return all(before is Kind.TEXT and behind in ends for kind, before, behind in pairs if kind is Kind.BYLINE)
