"""Credits on a line of their own: join cut ones, and attach each to its caption."""

import re
from collections.abc import Sequence

from shanxi_cli.model.article import Caption
from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.context import find_neighbor
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.passes.label_blocks import reads_as_heading
from shanxi_cli.segmentation.passes.split_joined_blocks import make_caption_block
from shanxi_cli.segmentation.rules.captions import describes_people, is_likely_caption, points_to_picture
from shanxi_cli.segmentation.rules.credits import parse_standalone_credit, strip_credit_marks
from shanxi_cli.segmentation.rules.names import is_agency
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, is_unfinished, starts_mid_sentence
from shanxi_cli.util.frozen_record import replace_fields

_BROKEN_CREDIT_PATTERN = re.compile(
    r"\b[A-ZÀ-Þ][\w'’-]+\s+(?:[A-ZÀ-Þ][\w'’.-]*\s?)+\s*/\s*(?:(?:FOR|For|for)(?:\s+[A-Z]\w+)*|[A-Z]\w+)?\Z"
)
"""The first part of a cut credit, a name and a stroke, perhaps with the beginning of the agency's name."""


def join_broken_credits(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks with credits joined that a line or column has cut: `WANG PEI /` above `FOR CHINA DAILY`."""
    kept: list[Block] = []
    for block in blocks:
        before = kept[-1] if kept else None
        if before is not None and not block.level and _is_rest_of_credit(before.text, block.text):
            text = f"{before.text} {block.text}"
            kept[-1] = replace_fields(
                before, text=text, kind=BlockKind.TEXT, furniture_kind="", lines=(*before.lines, *block.lines)
            )
            continue
        kept.append(block)
    return kept


def _is_rest_of_credit(before: str, text: str) -> bool:
    """Return True if a text names the agency of the photographer whose name and a stroke end the text before it."""
    if "/" not in before[-30:] or not _BROKEN_CREDIT_PATTERN.search(before[-160:]):
        return False
    agency = f"{before.rpartition('/')[2].strip()} {text}".strip()
    return len(agency.split()) <= 5 and is_agency(agency) and bool(re.match(r"(?:for\s)?[A-Z]", text, re.IGNORECASE))


def attach_credits(blocks: Sequence[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks with each standalone credit attached to the caption before or after it."""
    kept = list(blocks)
    for n, block in enumerate(kept):
        credit = (
            parse_standalone_credit(block.text)
            if block.kind in (BlockKind.TEXT, BlockKind.CAPTION, BlockKind.LABEL)
            else ""
        )
        if not credit:
            continue
        before = find_neighbor(kept, n, -1)
        after = find_neighbor(kept, n, 1)
        if after == n + 1 and kept[after].gap == 0 and block.gap and is_likely_caption(kept[after].text):
            before = None  # it is right above its caption
        elif is_agency(credit) and "/" not in credit and not _is_bare_agency_credit(kept, before, after, vocabulary):
            continue
        owner = _find_credited_caption(kept, before, after, is_apart=block.gap > 1)
        if owner is None:
            if re.search(r"[/\[(:]|(?i:photo|provided)", credit):
                kept[n] = replace_fields(block, kind=BlockKind.FURNITURE, furniture_kind="credit without a caption")
            continue
        text = kept[owner].text
        kept[owner] = make_caption_block(kept[owner], [Caption(text, strip_credit_marks(credit))], text)
        kept[n] = replace_fields(block, kind=BlockKind.FURNITURE, furniture_kind="")
    return kept


def _is_bare_agency_credit(
    blocks: Sequence[Block], before: int | None, after: int | None, vocabulary: PageVocabulary
) -> bool:
    """Return True if an agency's name alone is the credit of the block before it, not an article's signature."""
    if before is None or blocks[before].kind is not BlockKind.TEXT or not is_likely_caption(blocks[before].text):
        return False
    earlier = find_neighbor(blocks, before, -1)
    cut = earlier is not None and blocks[earlier].kind is BlockKind.TEXT and is_unfinished(blocks[earlier].text)
    return cut or (
        after is not None and blocks[after].kind is BlockKind.TEXT and not reads_as_heading(blocks[after], vocabulary)
    )


def _find_credited_caption(
    blocks: Sequence[Block], before: int | None, after: int | None, *, is_apart: bool
) -> int | None:
    """Return the index of the neighbour of a credit that is its caption, or None.

    `is_apart`: several empty lines part the credit from the text before it, which has to read as a caption then.
    """

    def fits(at: int | None) -> int:
        if at is None or blocks[at].kind is not BlockKind.TEXT or blocks[at].level:
            return 0
        text = blocks[at].text
        words = len(text.split())
        if words > 90 or starts_mid_sentence(text):
            return 0
        return 3 if is_likely_caption(text) else 1 if words <= 60 and ends_sentence(text) else 0

    first, second = fits(before), fits(after)
    if is_apart and before is not None and not _is_certain_caption(blocks[before].text):
        first = 0
    if before is not None and first and first >= second:
        return before
    if after is not None and second == 3:
        return after
    return before if first else None


def _is_certain_caption(text: str) -> bool:
    return describes_people(text) or points_to_picture(text)
