"""Headings in several blocks: join the end of one, which begins in the middle, to its beginning."""

from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.sentence_boundaries import starts_mid_sentence
from shanxi_cli.util.frozen_record import replace_fields


def join_headings(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks, with headings that begin in the middle joined to the heading before them."""
    kept: list[Block] = []
    for block in blocks:
        at = next((n for n in range(len(kept) - 1, -1, -1) if kept[n].kind is not BlockKind.FURNITURE), None)
        is_end = block.kind is BlockKind.HEADING and not block.level and starts_mid_sentence(block.text)
        if is_end and at is not None and kept[at].kind is BlockKind.HEADING:
            head = kept[at]
            kept[at] = replace_fields(head, text=f"{head.text} {block.text}", lines=(*head.lines, *block.lines))
        else:
            kept.append(block)
    return kept
