"""What each block of a page is, as far as its own words and its neighbours tell."""

from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, Kind
from shanxi_cli.segmentation.dehyphenation import Vocabulary
from shanxi_cli.segmentation.passes.join_credits import with_credits, with_whole_credits
from shanxi_cli.segmentation.passes.pull_quotes import without_repeats
from shanxi_cli.segmentation.passes.split_joined_blocks import parted
from shanxi_cli.segmentation.passes.unsigned_bylines import with_bylines
from shanxi_cli.segmentation.rules.bylines import author_note, byline, contributors, is_address
from shanxi_cli.segmentation.rules.furniture import is_label
from shanxi_cli.segmentation.rules.headings import with_headings
from shanxi_cli.util.frozen_record import replace


def classified(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Block]:
    """The blocks with their kinds; a block in which a caption is glued to text becomes several."""
    pieces = [piece for block in with_whole_credits(blocks) for piece in parted(block)]
    told = with_credits([_by_itself(block) for block in pieces], vocabulary)
    return with_bylines(with_headings(without_repeats(told), vocabulary), vocabulary)


def _by_itself(block: Block) -> Block:
    """A block's kind as its own words tell it."""
    if block.kind is not Kind.TEXT:
        return block
    if found := byline(block.text):
        return replace(block, kind=Kind.BYLINE, names=found.names)
    if names := contributors(block.text):
        return replace(block, kind=Kind.CONTRIBUTORS, names=names)
    if is_address(block.text):
        return replace(block, kind=Kind.FURNITURE, why="address")
    if author_note(block.text):
        return replace(block, kind=Kind.NOTE)
    if is_label(block.text):
        return replace(block, kind=Kind.LABEL)
    return block
