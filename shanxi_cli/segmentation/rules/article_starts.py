"""Article starts: decide whether a head begins an article, signs the one above it, or only divides it."""

from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.draft import Draft
from shanxi_cli.segmentation.openings import may_lack_drop_cap, starts_like_article
from shanxi_cli.segmentation.rules.headlines import ArticleHead, contains_speech, is_running_text, squeeze_text
from shanxi_cli.segmentation.rules.names import is_agency
from shanxi_cli.segmentation.sentence_boundaries import is_unfinished, starts_mid_sentence

_MAX_BARE_HEADLINE_WORDS = 15
"""Maximum number of words of a headline without a mark and without a byline, in the middle of an article."""


def is_byline_below_article(
    head: ArticleHead, after: Block | None, current: Draft | None, *, signed_below: bool
) -> bool:
    """Return True if the byline of a head belongs to the article above it.

    `after` is the block that follows the head; `current` is the article above it; `signed_below` is True on a page
    that prints bylines below the articles.
    """
    if not current or current.authors or not current.paragraphs or current.closed:
        return False
    parts = [block for block in head.blocks if block.kind in (BlockKind.BYLINE, BlockKind.HEADING, BlockKind.LABEL)]
    if parts[0].kind is not BlockKind.BYLINE:
        return False
    bare = not parts[0].text.lower().startswith("by ") and not is_agency(parts[0].names[0])
    if len(parts) > 1:
        return signed_below or (bare and parts[1].kind is not BlockKind.BYLINE)
    return signed_below or (bare and (after is None or after.kind is not BlockKind.TEXT))


def is_article_start(
    head: ArticleHead, after: Block | None, current: Draft | None, vocabulary: PageVocabulary, *, signed_below: bool
) -> bool:
    """Return True if a head begins an article; the parameters are those of `is_byline_below_article`."""
    headings = head.blocks_of_kind(BlockKind.HEADING)
    if head.blocks_of_kind(BlockKind.BYLINE) and not is_byline_below_article(
        head, after, current, signed_below=signed_below
    ):
        return True
    if not headings:
        return False
    if after is None or after.kind is not BlockKind.TEXT:
        # With a picture and no text it is a photo story.
        pictured = bool(head.blocks_of_kind(BlockKind.CAPTION)) or (
            after is not None and after.kind is BlockKind.CAPTION
        )
        finished = (
            current is None or current.closed or bool(current.caption_story) or not is_unfinished(current.body or ".")
        )
        return pictured and finished and sum(len(heading.text.split()) for heading in headings) >= 2
    if current is None or current.closed:
        return True
    return _is_unsigned_article_start(head, current, after, vocabulary)


def _is_unsigned_article_start(head: ArticleHead, current: Draft, after: Block, vocabulary: PageVocabulary) -> bool:
    """Return True if a head without a byline begins another article although nothing closed the current one."""
    headings = head.blocks_of_kind(BlockKind.HEADING)
    if not current.paragraphs:
        return bool(current.caption_story) or not current.headline
    if is_unfinished(current.paragraphs[-1].text) or (
        starts_mid_sentence(after.text) and not may_lack_drop_cap(after.text, vocabulary)
    ):
        return False
    first = headings[0]
    words = len(first.text.split())
    if squeeze_text(first.text) == squeeze_text(current.headline):
        return True
    labelled = any(block.kind is BlockKind.LABEL and block.line < first.line for block in head.blocks)
    if labelled or (words >= 3 and starts_like_article(after.text, vocabulary)):
        return True
    if any(heading.level for heading in headings):
        level = min(heading.level for heading in headings if heading.level)
        return (level <= current.level or not current.level) and words >= 3
    if current.level:
        return False  # headlines are marked on this page, and this heading is not
    if (
        words > _MAX_BARE_HEADLINE_WORDS
        or contains_speech(first.text)
        or (current.authors and is_running_text(first.text))
    ):
        return False  # half of a paragraph, cut before a name
    capitals = first.text.isupper() and words >= 3
    return words >= 5 or (words >= 4 and first.gap >= 2) or (capitals and len(headings) > 1)
