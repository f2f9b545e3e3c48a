"""Credits that stand in a line of their own: which of their neighbours is the caption."""

import re
from collections.abc import Sequence

from shanxi_cli.model.nouns import Caption
from shanxi_cli.segmentation.blocks import Block, Kind, ends, is_open, starts_low
from shanxi_cli.segmentation.dehyphenation import Vocabulary
from shanxi_cli.segmentation.passes.split_joined_blocks import as_captions
from shanxi_cli.segmentation.rules.bylines import is_agency
from shanxi_cli.segmentation.rules.captions import bare_credit, credit_alone, seems_caption
from shanxi_cli.segmentation.rules.headings import may_be_heading, near
from shanxi_cli.util.frozen_record import replace

_CUT_CREDIT = re.compile(r"\b[A-ZÀ-Þ][A-ZÀ-Þ'’-]+\s+[A-ZÀ-Þ][A-ZÀ-Þ'’. -]*/\s*(?:FOR(?:\s+[A-Z]+)?|[A-Z]+)?\Z")
"""The beginning of a credit whose rest stands elsewhere: `WANG PEI /`, `WANG PEI / FOR CHINA`."""


def with_whole_credits(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, a credit made whole that a column break has cut: `WANG PEI /` above `FOR CHINA DAILY`."""
    kept: list[Block] = []
    for block in blocks:
        before = kept[-1] if kept else None
        if before is not None and "/" in before.text[-30:] and not block.level and _CUT_CREDIT.search(before.text):
            rest = re.match(r"(?:FOR )?[A-Z][A-Z'’&. -]*[A-Z]\Z", block.text)
            agency = before.text.rpartition("/")[2].strip() + " " + block.text
            if rest and len(agency.split()) <= 5 and is_agency(agency.strip()):
                text = f"{before.text} {block.text}"
                kept[-1] = replace(before, text=text, kind=Kind.TEXT, lines=(*before.lines, *block.lines))
                continue
        kept.append(block)
    return kept


def with_credits(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """Credits that stand in a line of their own, given to the caption before them or behind."""
    kept = list(blocks)
    for n, block in enumerate(kept):
        credit = credit_alone(block.text) if block.kind in (Kind.TEXT, Kind.CAPTION, Kind.LABEL) else ""
        if not credit:
            continue
        before = near(kept, n, -1)
        after = near(kept, n, 1)
        if after == n + 1 and kept[after].gap == 0 and block.gap and seems_caption(kept[after].text):
            before = None  # it stands right over its caption
        elif is_agency(credit) and "/" not in credit and not _bare_credit(kept, before, after, vocabulary):
            continue
        owner = _owner(kept, before, after)
        if owner is None:
            if re.search(r"[/\[(:]|(?i:photo|provided)", credit):
                kept[n] = replace(block, kind=Kind.FURNITURE, why="credit without a caption")
            continue
        text = kept[owner].text
        kept[owner] = as_captions(kept[owner], [Caption(text, bare_credit(credit))], text)
        kept[n] = replace(block, kind=Kind.FURNITURE, why="")
    return kept


def _bare_credit(blocks: Sequence[Block], before: int | None, after: int | None, vocabulary: Vocabulary) -> bool:
    """True when an agency's name alone is the credit of the block before it, not the signature of an article."""
    if before is None or blocks[before].kind is not Kind.TEXT or not seems_caption(blocks[before].text):
        return False
    earlier = near(blocks, before, -1)
    cut = earlier is not None and blocks[earlier].kind is Kind.TEXT and is_open(blocks[earlier].text)
    return cut or (
        after is not None and blocks[after].kind is Kind.TEXT and not may_be_heading(blocks[after], None, vocabulary)
    )


def _owner(blocks: Sequence[Block], before: int | None, after: int | None) -> int | None:
    """Which of the neighbours of a credit is its caption."""

    def fits(at: int | None) -> int:
        if at is None or blocks[at].kind is not Kind.TEXT or blocks[at].level:
            return 0
        text = blocks[at].text
        words = len(text.split())
        if words > 90 or starts_low(text):
            return 0
        return 3 if seems_caption(text) else 1 if words <= 60 and ends(text) else 0

    first, second = fits(before), fits(after)
    if before is not None and first and first >= second:
        return before
    if after is not None and second == 3:
        return after
    return before if first else None
