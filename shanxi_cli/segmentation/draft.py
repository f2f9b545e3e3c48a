"""An article in the making, and what a page gave."""

from dataclasses import dataclass, field
from typing import NamedTuple

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.blocks import Block


class Paragraph(NamedTuple):
    """A paragraph of a body, or a part of one: its text, and the number of its first line."""

    text: str
    line: int


@dataclass
class Draft:
    """An article in the making. `closed` once something said that it is over."""

    line: int
    headline: str = ""
    level: int = 0
    decks: list[str] = field(default_factory=list)
    label: str = ""
    authors: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    note: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    caption_story: str = ""
    closed: bool = False
    doubts: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)

    @property
    def body(self) -> str:
        """The text so far, on one line."""
        return " ".join(piece.text for piece in self.paragraphs)


@dataclass
class DraftedPage:
    """What the blocks of a page gave: articles, captions with their places (index into `drafts`), what was left out."""

    drafts: list[Draft]
    captions: list[tuple[Block, int]]
    dropped: list[tuple[int, str]]


def shorten_text(text: str) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= 60 else text[:57] + "..."
