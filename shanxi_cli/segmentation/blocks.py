"""Blocks: runs of lines of a page that belong together, each with its kind."""

from enum import Enum

from shanxi_cli.model.article import Caption
from shanxi_cli.util.frozen_record import Record


class BlockKind(Enum):
    """What a block is."""

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

    `line` is the number of the first, from 1. `level` is 1 to 6 for a line that was marked as a
    heading, else 0. `gap` is the number of empty lines before. `names` are those of a byline or of
    contributors. `captions` and `story` are of a caption: the captions it holds, and its whole
    text without the credits. `why` tells what a piece of furniture is.
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
