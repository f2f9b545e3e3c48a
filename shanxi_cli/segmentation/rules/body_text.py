"""Body text: tell paragraphs from decks, captions and the text of another page by what surrounds them."""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation import context
from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary, is_word_broken
from shanxi_cli.segmentation.draft import Draft
from shanxi_cli.segmentation.lexicon import UNFINISHED_ENDINGS
from shanxi_cli.segmentation.openings import may_lack_drop_cap
from shanxi_cli.segmentation.rules.captions import describes_people
from shanxi_cli.segmentation.rules.headlines import introduces_section
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence
from shanxi_cli.segmentation.similarity import count_shared_names

_INNER_SENTENCE_PATTERN = re.compile(r"[a-z]{2,}[.!?][\"'”’)]*\s+[\"“‘]?[A-Z]")
_MIN_SHARED_NAMES = 2
"""Minimum number of names and rare words that two halves of an article share."""


def is_other_story(blocks: Sequence[Block], at: int, current: Draft) -> bool:
    """Return True if the text after the folio at `at` shares nothing with the current article: a page begins there."""
    run = context.collect_text_run(blocks, at + 1)
    text = " ".join(block.text for block in run)
    if len(current.paragraphs) < 3 or is_unfinished(current.paragraphs[-1].text) or len(text.split()) < 60:
        return False
    return not starts_mid_sentence(run[0].text) and count_shared_names(text, current.body) < _MIN_SHARED_NAMES


def is_uncredited_caption(blocks: Sequence[Block], at: int, current: Draft | None) -> bool:
    """Return True for the last text of an article if it describes a picture; its credit was lost."""
    after = context.next_block(blocks, at)
    last = after is None or after.kind in (BlockKind.HEADING, BlockKind.LABEL, BlockKind.BYLINE)
    ended = current is not None and len(current.paragraphs) > 1 and not is_unfinished(current.paragraphs[-1].text)
    return last and ended and describes_people(blocks[at].text)


def is_deck_below_byline(blocks: Sequence[Block], at: int, current: Draft | None, vocabulary: PageVocabulary) -> bool:
    """Return True for a deck printed between the byline and the first paragraph of the current article."""
    block = blocks[at]
    if not current or current.paragraphs or current.decks or not current.authors or not current.headline:
        return False
    words = block.text.split()
    after = context.next_block(blocks, at)
    if introduces_section(block.text) and context.is_first_person_text(blocks, at + 1):
        return True
    if (
        not 2 <= len(words) <= 36
        or ends_sentence(block.text)
        or not is_unfinished(block.text)
        or _has_sentence(block.text)
    ):
        return False
    if words[-1].lower() in UNFINISHED_ENDINGS and (after is None or not starts_mid_sentence(after.text)):
        return False
    return (
        after is not None
        and after.kind is BlockKind.TEXT
        and (not starts_mid_sentence(after.text) or may_lack_drop_cap(after.text, vocabulary))
        and block.text[-1] not in ",;-"
        and not (starts_mid_sentence(after.text) and is_word_broken(block.text, after.text, vocabulary))
    )


def _has_sentence(text: str) -> bool:
    """Return True if a sentence ends inside a text: a deck is one sentence at most."""
    return bool(_INNER_SENTENCE_PATTERN.search(text))
