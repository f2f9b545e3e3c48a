"""Features of heads: the questions that the rules ask about a head, the article above it and the text below it."""

from typing import NamedTuple

from shanxi_cli.segmentation.blocks import LARGE_SIZE, Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.draft import Draft
from shanxi_cli.segmentation.openings import may_lack_drop_cap, starts_like_article
from shanxi_cli.segmentation.rules.headlines import ArticleHead, contains_speech, is_running_text
from shanxi_cli.segmentation.rules.names import is_agency
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence

MIN_HEADLINE_WORDS = 3
VERY_LARGE_SIZE = 2.0
"""Size of headlines of several columns, as a ratio to that of the text."""
MIN_PLAIN_HEADLINE_WORDS = 5
_MIN_SIZE_SHARE = 0.6


class HeadContext(NamedTuple):
    """A head between the article above it, None for none, and the block after it, None at the end of the page.

    `signed_below` is True on a page that prints bylines below the articles.
    """

    head: ArticleHead
    after: Block | None
    current: Draft | None
    vocabulary: PageVocabulary
    signed_below: bool

    @property
    def headings(self) -> list[Block]:
        """The headings of the head."""
        return self.head.blocks_of_kind(BlockKind.HEADING)

    @property
    def is_before_text(self) -> bool:
        """True if text follows the head."""
        return self.after is not None and self.after.kind is BlockKind.TEXT

    @property
    def is_inside(self) -> bool:
        """True if headings stand between the text of an open article and more text."""
        is_open = self.current is not None and not self.current.closed and bool(self.current.paragraphs)
        return is_open and self.is_before_text and bool(self.headings)


def is_byline_below_article(h: HeadContext) -> bool:
    """Return True if the byline of a head belongs to the article above it."""
    current = h.current
    if not current or current.authors or not current.paragraphs or current.closed:
        return False
    kinds = (BlockKind.BYLINE, BlockKind.HEADING, BlockKind.LABEL)
    parts = [block for block in h.head.blocks if block.kind in kinds]
    if not parts or parts[0].kind is not BlockKind.BYLINE:
        return False
    bare = not parts[0].text.lower().startswith("by ") and not is_agency(parts[0].names[0])
    if len(parts) > 1:
        return h.signed_below or (bare and parts[1].kind is not BlockKind.BYLINE)
    return h.signed_below or (bare and not h.is_before_text)


def is_signed(h: HeadContext) -> bool:
    """Return True for a head with the byline of an article that begins with it."""
    return bool(h.head.blocks_of_kind(BlockKind.BYLINE)) and not is_byline_below_article(h)


def is_picture_story(h: HeadContext) -> bool:
    """Return True for a headline with a picture and no text, below a finished article."""
    if not h.headings or h.is_before_text:
        return False
    is_shown = bool(h.head.blocks_of_kind(BlockKind.CAPTION)) or (
        h.after is not None and h.after.kind is BlockKind.CAPTION
    )
    current = h.current
    is_finished = (
        current is None or current.closed or bool(current.caption_story) or not is_unfinished(current.body or ".")
    )
    return is_shown and is_finished and sum(map(count_words, h.headings)) >= 2


def count_words(block: Block) -> int:
    """Return the number of words of a block."""
    return len(block.text.split())


def is_first(h: HeadContext) -> bool:
    """Return True for headings above text with no open article above them."""
    return h.is_before_text and bool(h.headings) and (h.current is None or h.current.closed)


def is_unfinished_above(h: HeadContext) -> bool:
    """Return True if the text above the head was cut."""
    return h.is_inside and h.current is not None and is_unfinished(h.current.paragraphs[-1].text)


def is_continued_below(h: HeadContext) -> bool:
    """Return True if the text below the head begins in the middle of a sentence."""
    if not h.is_inside or h.after is None:
        return False
    return starts_mid_sentence(h.after.text) and not may_lack_drop_cap(h.after.text, h.vocabulary)


def has_label(h: HeadContext) -> bool:
    """Return True if the name of a section is printed above the headings."""
    first = h.headings[0].line if h.is_inside else 0
    return any(block.kind is BlockKind.LABEL and block.line < first for block in h.head.blocks)


def is_before_opening(h: HeadContext) -> bool:
    """Return True if the text below begins as articles do: with a dateline, a drop cap, or words in capitals."""
    if not h.is_inside or h.after is None or max(map(count_words, h.headings)) < MIN_HEADLINE_WORDS:
        return False
    return starts_like_article(h.after.text, h.vocabulary)


def marked_words(h: HeadContext) -> int:
    """Return the number of words of the longest marked heading whose level is that of a headline; 0 for none."""
    if not h.is_inside or h.current is None:
        return 0
    marked = [heading for heading in h.headings if heading.level]
    fits = [one for one in marked if one.level <= h.current.level or not h.current.level]
    return max(map(count_words, fits), default=0)


def is_unmarked(h: HeadContext) -> bool:
    """Return True for headings without a mark on a page whose headlines have one."""
    return h.is_inside and h.current is not None and h.current.level > 0 and not any(b.level for b in h.headings)


def is_plain(h: HeadContext) -> bool:
    """Return True for headings without a mark, on a page whose headlines have none."""
    return h.is_inside and not any(block.level for block in h.headings) and not is_unmarked(h)


def is_like_text(h: HeadContext) -> bool:
    """Return True for a plain heading that reads as half of a paragraph, cut before a name."""
    if not is_plain(h) or h.current is None:
        return False
    first = h.headings[0].text
    return contains_speech(first) or (bool(h.current.authors) and is_running_text(first))


def is_plain_headline(h: HeadContext) -> bool:
    """Return True for a plain heading that has the length of a headline, or the empty lines above it."""
    if not is_plain(h):
        return False
    first, words = h.headings[0], count_words(h.headings[0])
    is_capital_head = first.text.isupper() and words >= MIN_HEADLINE_WORDS and len(h.headings) > 1
    return words >= MIN_PLAIN_HEADLINE_WORDS or (words >= 4 and first.gap >= 2) or is_capital_head


def is_large(h: HeadContext, least: float = LARGE_SIZE) -> bool:
    """Return True for headings in display type, not much smaller than that of the headline above."""
    if not h.is_inside or h.current is None:
        return False
    size = max(heading.size for heading in h.headings)
    return size >= least and size >= _MIN_SIZE_SHARE * h.current.size


def is_after_end(h: HeadContext) -> bool:
    """Return True for a plain heading between the end of one sentence and the beginning of another."""
    if not is_plain(h) or h.current is None or h.after is None:
        return False
    return ends_sentence(h.current.paragraphs[-1].text) and h.after.text[:1].isupper()


def is_capitals_again(h: HeadContext) -> bool:
    """Return True for a plain heading in capitals, as the headline above it."""
    return is_plain(h) and h.current is not None and h.headings[0].text.isupper() and h.current.headline.isupper()
