"""Classification of blocks by their own words and their neighbours."""

from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.passes.join_credits import attach_credits, join_broken_credits
from shanxi_cli.segmentation.passes.pull_quotes import mark_repeats
from shanxi_cli.segmentation.passes.running_heads import mark_running_heads
from shanxi_cli.segmentation.passes.split_joined_blocks import split_joined_block
from shanxi_cli.segmentation.passes.unsigned_bylines import mark_bylines
from shanxi_cli.segmentation.rules.bylines import parse_byline
from shanxi_cli.segmentation.rules.contributors import is_address, is_author_note, parse_contributors
from shanxi_cli.segmentation.rules.furniture import is_section_label
from shanxi_cli.segmentation.rules.headings import mark_headings
from shanxi_cli.util.frozen_record import replace_fields


def classify_blocks(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks with their kinds; a block in which a caption or a byline is joined to text is split."""
    pieces = [piece for block in join_broken_credits(mark_running_heads(blocks)) for piece in split_joined_block(block)]
    credited = attach_credits([_classify_block(block) for block in pieces], vocabulary)
    return mark_bylines(mark_headings(mark_repeats(credited), vocabulary), vocabulary)


def _classify_block(block: Block) -> Block:
    """Return a block with the kind that its own words indicate."""
    if block.kind is not BlockKind.TEXT:
        return block
    if byline := parse_byline(block.text):
        return replace_fields(block, kind=BlockKind.BYLINE, names=byline.names)
    if names := parse_contributors(block.text):
        return replace_fields(block, kind=BlockKind.CONTRIBUTORS, names=names)
    if is_address(block.text):
        return replace_fields(block, kind=BlockKind.FURNITURE, furniture_kind="address")
    if is_author_note(block.text):
        return replace_fields(block, kind=BlockKind.NOTE)
    if is_section_label(block.text):
        return replace_fields(block, kind=BlockKind.LABEL)
    return block
