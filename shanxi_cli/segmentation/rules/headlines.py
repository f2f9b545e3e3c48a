"""Heads of articles: choose headline, decks and kicker among their headings."""

import re
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from shanxi_cli.segmentation.blocks import LARGE_SIZE, Block, BlockKind
from shanxi_cli.segmentation.lexicon import HEADLINE_LINE_ENDINGS, RUNNING_TEXT_OPENERS, SECTIONS
from shanxi_cli.segmentation.sentence_boundaries import ends_with_stop, starts_mid_sentence
from shanxi_cli.segmentation.similarity import count_terms, score_similarities

_MIN_PHOTO_STORY_WORDS = 45
"""Minimum number of words of a caption that is a story of its own below a headline."""
_SIZE_TOLERANCE = 1.1
"""Ratio of two sizes of type that scanners give for one."""
_SAME_SIZE = 1.03
_MAX_LINE_WORDS = 7
_MIN_HEADLINE_WORDS = 4
_WORDS_BONUS, _NEAR_BONUS = 0.5, 0.3
"""Logarithms of the ratio of sizes that several words, and the place right above the text, make up for."""
_MAX_LEAD_BLOCKS = 6
"""Number of blocks at the beginning of an article that show its subject."""


class ArticleHead(NamedTuple):
    """A run of headings, bylines and labels: its blocks, including the captions between them."""

    blocks: tuple[Block, ...]

    def blocks_of_kind(self, kind: BlockKind) -> list[Block]:
        """Return the blocks of a kind, in their order."""
        return [block for block in self.blocks if block.kind is kind]


def split_photo_stories(blocks: Sequence[Block], start: int, end: int) -> list[ArticleHead]:
    """Return the heads in `blocks[start:end]`; a headline whose caption is its story is a head of its own."""
    run = list(blocks[start:end])
    heads: list[ArticleHead] = []
    at = 0
    for n, block in enumerate(run):
        if block.kind is not BlockKind.CAPTION:
            continue
        left = [part for part in run[at:n] if part.kind in (BlockKind.HEADING, BlockKind.BYLINE)]
        right = [part for part in run[n:] if part.kind in (BlockKind.HEADING, BlockKind.BYLINE)]
        if not left or not right:
            continue
        if any(part.kind is BlockKind.BYLINE for part in left):
            continue
        if (
            right[0].kind is BlockKind.BYLINE
            and len(block.captions) < 2
            and len(block.caption_story.split()) < 2 * _MIN_PHOTO_STORY_WORDS
        ):
            continue
        if _is_photo_story(left, block, right, _text_after_head(blocks, end, byline=right[0].kind is BlockKind.BYLINE)):
            last = n + 1
            while last < len(run) and run[last].kind is BlockKind.CAPTION:
                last += 1
            heads.append(ArticleHead(tuple(run[at:last])))
            at = last
    if at < len(run):
        heads.append(ArticleHead(tuple(run[at:])))
    return heads


def _text_after_head(blocks: Sequence[Block], end: int, *, byline: bool) -> str:
    """Return the text after a head: its first block, or several after a byline, which has no subject of its own."""
    return " ".join(block.text for block in blocks[end : end + (_MAX_LEAD_BLOCKS if byline else 1)])


def _is_photo_story(left: list[Block], caption: Block, right: list[Block], after: str) -> bool:
    behind = " ".join([*(block.text for block in right), after])
    mine, theirs = score_similarities(
        caption.text, [count_terms(" ".join(block.text for block in left)), count_terms(behind)]
    )
    if right[0].kind is BlockKind.BYLINE:
        own = score_similarities(after, [count_terms(" ".join(block.text for block in left))])[0]
        return mine > theirs and not own
    if len(caption.caption_story.split()) >= _MIN_PHOTO_STORY_WORDS or len(caption.captions) > 1:
        return True
    if left[-1].level and right[0].level and left[-1].level == right[0].level:
        return True
    return mine > theirs and len(left[-1].text.split()) >= 3 and len(right[0].text.split()) >= 4


_RUNNING_TEXT_PATTERN = re.compile(r",\s|\b(?:is|are|was|were|has|have|had|will|would)\b")
_SPEECH_PATTERN = re.compile(r"[,?!][\"”’']\s+(?:\w+\s)?(?:said|says|added|told)\b|\bsaid\s[A-Z]|,\ssaid\b")


def is_running_text(text: str) -> bool:
    """Return True for a text that begins as sentences do and headlines seldom: `Since May, a train has left`."""
    first = text.split()[0].lower()
    return first == "according" or (first in RUNNING_TEXT_OPENERS and bool(_RUNNING_TEXT_PATTERN.search(text)))


def contains_speech(text: str) -> bool:
    """Return True for a text with direct or reported speech: `"It rains," said Li`."""
    return bool(_SPEECH_PATTERN.search(text))


_SERIES_PATTERN = re.compile(r"\b(?:series|column|section|page|feature)\b", re.IGNORECASE)
_TELLING_VERB_PATTERN = re.compile(r"\b(?:write|tell|share|recount|recall|describe|explain|reflect|talk)s?\b")


def introduces_section(text: str) -> bool:
    """Return True for the introduction of a series by several authors: `In this column, readers tell of ...`."""
    own = re.search(r"\b(?:I|my|me|We asked)\b", text)
    return (
        not own
        and len(text.split()) <= 80
        and bool(_SERIES_PATTERN.search(text))
        and bool(_TELLING_VERB_PATTERN.search(text))
    )


class ParsedHead(NamedTuple):
    """Parts of a head: headline (None if lost), decks, authors, and the label above it, or empty.

    `unused` is what no field holds, such as a second label, with its line.
    """

    headline: Block | None
    decks: tuple[str, ...]
    authors: tuple[str, ...]
    label: str
    unused: tuple[tuple[int, str], ...] = ()


def parse_head(head: ArticleHead) -> ParsedHead:
    """Return headline, decks, authors and label of a head."""
    bylines = head.blocks_of_kind(BlockKind.BYLINE)
    authors = dict.fromkeys(name for byline in bylines for name in byline.names)
    labels = head.blocks_of_kind(BlockKind.LABEL)
    stray, own = _split_at_label(head)
    headings, kicker = _split_kicker(_join_headline_parts(own))
    headline = _choose_headline(headings, bylines[0].line if bylines else None)
    known = {squeeze_text(headline.text) if headline else ""}
    over = [
        block for block in headings if headline and 0 < block.level == headline.level and block.line < headline.line
    ]
    section, rest = _choose_section(labels, kicker, over)
    decks, unused = [], [(block.line, f"label: {block.text}") for block in rest]
    unused += [(block.line, f"display line: {block.text}") for block in stray]
    below = [*(block for block in headings if block not in over), *head.blocks_of_kind(BlockKind.TEXT)]
    for block in sorted(below, key=lambda block: block.line):
        if block is headline:
            continue
        if squeeze_text(block.text) in known:
            unused.append((block.line, f"headline again: {block.text}"))
        else:
            known.add(squeeze_text(block.text))
            decks.append(block.text)
    return ParsedHead(headline, tuple(decks), tuple(authors), section, tuple(unused))


def _split_at_label(head: ArticleHead) -> tuple[list[Block], list[Block]]:
    """Return the unmarked headings above the last label that has a heading below it, and the other headings."""
    headings = head.blocks_of_kind(BlockKind.HEADING)
    lines = [
        label.line for label in head.blocks_of_kind(BlockKind.LABEL) if headings and label.line < headings[-1].line
    ]
    last = max(lines, default=0)
    stray = [block for block in headings if block.line < last and not block.level and block.size >= LARGE_SIZE]
    return stray, [block for block in headings if block not in stray]


def _choose_section(labels: list[Block], kicker: Block | None, over: list[Block]) -> tuple[str, list[Block]]:
    """Return the section of a head, by a label, a kicker or headings over the headline, and the other blocks."""
    if labels:
        return labels[0].text, [*labels[1:], *([kicker] if kicker else []), *over]
    if kicker:
        return kicker.text, over
    return " ".join(block.text for block in over), []


def squeeze_text(text: str) -> str:
    """Return the letters and figures of a text, in lower case, for comparing headlines."""
    return "".join(char for char in text.lower() if char.isalnum())


def _join_headline_parts(headings: list[Block]) -> list[Block]:
    """Return the headings, with separate lines of one headline joined."""
    joined: list[Block] = []
    for block in headings:
        before = joined[-1] if joined else None
        if before and block.level == before.level and _continues_headline(before, block):
            text, size = f"{before.text} {block.text}", max(before.size, block.size)
            joined[-1] = Block(text, before.line, before.level, before.gap, BlockKind.HEADING, size=size)
        else:
            joined.append(block)
    return joined


def _continues_headline(before: Block, block: Block) -> bool:
    words, more = before.text.split(), block.text.split()
    if max(before.size, block.size) > _SIZE_TOLERANCE * min(before.size, block.size) or ends_with_stop(before.text):
        return False
    if len(words) == 1 and before.text.lower() in SECTIONS:
        return False
    if min(before.size, block.size) >= LARGE_SIZE and max(before.size, block.size) <= _SAME_SIZE * before.size:
        return max(len(words), len(more)) <= _MAX_LINE_WORDS and block.gap <= 1  # lines of one headline, each a block
    close = block.gap == 0 and (block.level > 0 or (before.text.isupper() and block.text.isupper()))
    if starts_mid_sentence(block.text) or close:
        return len(words) + len(more) <= 26
    if len(words) + len(more) > 14 or block.gap > 1 or max(len(words), len(more)) > 7:
        return False
    loose = words[-1].lower() in HEADLINE_LINE_ENDINGS
    return loose or (before.text.isupper() and block.text.isupper())


def _split_kicker(headings: list[Block]) -> tuple[list[Block], Block | None]:
    """Return the headings without the kicker (a few words above a headline that name its subject), and the kicker."""
    if len(headings) < 2:
        return headings, None
    first, second = headings[0], headings[1]
    words, more = len(first.text.split()), len(second.text.split())
    is_headline = ends_with_stop(first.text) or first.size > _SIZE_TOLERANCE * second.size
    is_headline |= first.text.isupper() and words == 3 and second.gap == 0 and not second.text.isupper()
    if words <= 3 and more >= 4 and not is_headline:
        return headings[1:], first
    return headings, None


def _score_size(block: Block, last: Block) -> float:
    """Return the evidence that a heading in display type is the headline: size, several words, nearness to the text.

    A section's name, a figure or an advert above it may be in larger type, but has a few words; a deck is smaller.
    """
    several = len(block.text.split()) >= _MIN_HEADLINE_WORDS
    return log(max(block.size, 0.1)) + _WORDS_BONUS * several + _NEAR_BONUS * (block is last)


def _choose_headline(headings: list[Block], byline: int | None) -> Block | None:
    """Return the heading of a head that is its headline; None if there are no headings."""
    if not headings:
        return None
    above = [block for block in headings if byline is None or block.line < byline] or headings
    marked = [block for block in above if block.level]
    if marked:
        top = min(block.level for block in marked)
        above = [block for block in marked if block.level == top]
    if not marked and max(block.size for block in above) > 0:
        return max(above, key=lambda block: _score_size(block, above[-1]))
    if len(above) == 1:
        return above[0]
    if marked and len(above[-1].text) < 1.4 * len(above[0].text):
        return above[-1]  # the ones above it name the section
    capitals = [block for block in above if block.text.isupper()]
    if len(capitals) == 1 and len(capitals[0].text.split()) >= 3:
        return capitals[0]
    lengths = [len(block.text) for block in above]
    shortest = above[lengths.index(min(lengths))]
    return shortest if min(lengths) * 1.25 < lengths[0] else above[0]
