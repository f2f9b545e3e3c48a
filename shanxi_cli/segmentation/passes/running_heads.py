"""Running heads: mark the newspaper's name, repeated on its page, as furniture."""

import re
from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.rules.bylines import parse_byline
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence
from shanxi_cli.util.frozen_record import replace_fields


def mark_running_heads(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks, with the newspaper's name above the first folio and where it is repeated as furniture."""
    blocks = list(blocks)
    names: set[str] = set()
    for n, block in enumerate(blocks[:4]):
        beside = [other.kind for other in blocks[n + 1 : n + 2]]
        capitals = (
            block.kind is BlockKind.TEXT and block.text.isupper() and len(block.text.split()) <= 5 and not block.level
        )
        if capitals and BlockKind.FURNITURE in beside:
            blocks[n] = replace_fields(block, kind=BlockKind.FURNITURE, furniture_kind="masthead")
        if blocks[n].furniture_kind == "masthead":
            names |= {found.strip() for found in re.findall(r"\b[A-Z][A-Z'’]+(?: [A-Z][A-Z'’]+){1,4}\b", block.text)}
    if not names:
        return blocks
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for n, block in enumerate(blocks):
        head = (
            block.kind is BlockKind.TEXT
            and not block.level
            and len(block.text.split()) <= 16
            and pattern.search(block.text)
        )
        if (
            head
            and not ends_sentence(block.text)
            and not parse_byline(block.text)
            and any(char.isdigit() for char in block.text)
        ):
            blocks[n] = replace_fields(block, kind=BlockKind.FURNITURE, furniture_kind="masthead")
    return blocks
