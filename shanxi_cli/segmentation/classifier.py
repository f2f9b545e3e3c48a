"""Classification of blocks: the passes that give each block its kind, in their order.

A pass takes the blocks of a page and its vocabulary and returns the blocks. It may split, join and label blocks, but it
loses no character: what belongs to no article is furniture, which is listed under *left out*.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.passes.doubled_beginnings import drop_doubled_beginnings
from shanxi_cli.segmentation.passes.join_credits import attach_credits, join_broken_credits
from shanxi_cli.segmentation.passes.join_headings import join_headings
from shanxi_cli.segmentation.passes.label_blocks import label_by_evidence, label_by_words
from shanxi_cli.segmentation.passes.pull_quotes import mark_repeats
from shanxi_cli.segmentation.passes.running_heads import mark_running_heads
from shanxi_cli.segmentation.passes.split_joined_blocks import split_joined_blocks
from shanxi_cli.util.frozen_record import replace_fields


class BlockPass(NamedTuple):
    """A named step over the blocks of a page."""

    name: str
    run: Callable[[Sequence[Block], PageVocabulary], list[Block]]


PASSES = (
    BlockPass("mark_running_heads", mark_running_heads),
    BlockPass("join_broken_credits", join_broken_credits),
    BlockPass("split_joined_blocks", split_joined_blocks),
    BlockPass("label_by_words", label_by_words),
    BlockPass("attach_credits", attach_credits),
    BlockPass("drop_doubled_beginnings", drop_doubled_beginnings),
    BlockPass("mark_repeats", mark_repeats),
    BlockPass("label_by_evidence", label_by_evidence),
    BlockPass("join_headings", join_headings),
)


def classify_blocks(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks with their kinds, after all passes; the reason of a kind that a pass gave is its name."""
    kept = list(blocks)
    for step in PASSES:
        kept = [_name_pass(block, step) for block in step.run(kept, vocabulary)]
    return kept


def _name_pass(block: Block, step: BlockPass) -> Block:
    if block.reasons or block.kind is BlockKind.TEXT:
        return block
    return replace_fields(block, reasons=((step.name, 0.0),))
