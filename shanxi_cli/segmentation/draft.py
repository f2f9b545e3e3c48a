"""Drafts of articles, and the result of assembling a page."""

from dataclasses import dataclass, field
from typing import NamedTuple

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.blocks import Block
from shanxi_cli.segmentation.page import Decision


class Paragraph(NamedTuple):
    """A paragraph of a body, or a part of one: its text, and the number of its first line, from 1."""

    text: str
    line: int


@dataclass
class Draft:
    """A draft of an article.

    `line` is the number of its first line and `lines` holds those of all its blocks, from 1. `level` is the heading
    level of its headline and `size` the size of its type, 0 for none. `caption_story` is the text of captions that
    serve as its body. `closed` is True once the end of the article was recognized. `doubts` and `repairs` are messages
    for the reader.
    """

    line: int
    headline: str = ""
    level: int = 0
    size: float = 0.0
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
    left_out: list[tuple[int, str]] = field(default_factory=list)

    @property
    def body(self) -> str:
        """The text so far, on one line."""
        return " ".join(piece.text for piece in self.paragraphs)


@dataclass
class DraftedPage:
    """Drafts of a page, its captions and its dropped text.

    `captions` holds each caption with the index of the draft before it (-1 before the first). `dropped` holds line
    numbers and `kind: text`. `decisions` says which heads begin an article, and why.
    """

    drafts: list[Draft]
    captions: list[tuple[Block, int]]
    dropped: list[tuple[int, str]]
    decisions: list[Decision] = field(default_factory=list)


def shorten_text(text: str) -> str:
    """Return at most the first 60 characters of a text, for a message."""
    return text if len(text) <= 60 else text[:57] + "..."
