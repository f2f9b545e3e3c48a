"""Blocks: runs of lines of a page that belong together, each with its kind."""

from enum import Enum

from shanxi_cli.model.article import Caption
from shanxi_cli.util.frozen_record import Record

LARGE_SIZE = 1.25
"""Size of display type, as a ratio to that of the text; a line of capitals alone is up to a fifth higher."""


class BlockKind(Enum):
    """Kinds of blocks."""

    TEXT = "text"
    HEADING = "heading"
    BYLINE = "byline"
    CONTRIBUTORS = "contributors"
    NOTE = "note"  # about the author
    CAPTION = "caption"
    LABEL = "label"  # of a section
    SIGNATURE = "signature"  # of an agency, under an article
    FURNITURE = "furniture"


class Block(Record):
    """Lines of a page that belong together.

    `line` is the number of the first line, from 1. `level` is 1 to 6 for a line marked as a heading, else 0. `gap` is
    the number of empty lines before the block. `names` are those of a byline or of contributors. `captions` and
    `caption_story` belong to a caption: the captions of the block, and its whole text without the credits.
    `furniture_kind` says what a piece of furniture is, empty for furniture that is not reported. `lines` are the
    cleaned lines the text was joined from. `size` is the size of its type as a ratio to that of the text of the page
    (0: unknown). `reasons` are the rules that gave the block its kind, with their weights, and `margin` is the distance
    from the next best kind, in nats; a pass that decided by itself is named with the weight 0.
    """

    text: str
    line: int
    level: int = 0
    gap: int = 0
    kind: BlockKind = BlockKind.TEXT
    names: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    caption_story: str = ""
    furniture_kind: str = ""
    lines: tuple[str, ...] = ()
    size: float = 0.0
    margin: float = 0.0
    reasons: tuple[tuple[str, float], ...] = ()


def convert_to_caption(block: Block) -> Block:
    """Return a block of text as a caption without a credit."""
    caption = Caption(block.text)
    return Block(
        block.text, block.line, gap=block.gap, kind=BlockKind.CAPTION, captions=(caption,), caption_story=block.text
    )
