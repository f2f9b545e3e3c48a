"""Names without a `By`, roles, places and signatures: known by where they stand."""

from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, Kind, is_open, starts_low
from shanxi_cli.segmentation.dehyphenation import Vocabulary
from shanxi_cli.segmentation.openings import begins_article, may_lack_capital
from shanxi_cli.segmentation.rules.bylines import bare_byline, is_agency, role_line
from shanxi_cli.segmentation.rules.headings import near
from shanxi_cli.util.frozen_record import replace


def with_bylines(blocks: list[Block], vocabulary: Vocabulary) -> list[Block]:
    """Names without a `By`, roles, places and signatures, known by where they stand."""
    kept = list(blocks)
    for n, block in enumerate(blocks):
        if block.kind not in (Kind.HEADING, Kind.LABEL, Kind.TEXT, Kind.NOTE) or len(block.text.split()) > 14:
            continue
        before, after = near(kept, n, -1), near(kept, n, 1)
        if before is not None and kept[before].kind is Kind.BYLINE and _belongs_to_byline(kept, before, block, after):
            kept[n] = replace(block, kind=Kind.FURNITURE, why="")
        elif after is not None and starts_low(kept[after].text) and not may_lack_capital(kept[after].text, vocabulary):
            continue
        elif (found := bare_byline(block.text, _stands_as_byline(kept, before, after, vocabulary))) and (
            kind := _name_kind(kept, n, before, after, found.names, vocabulary)
        ):
            kept[n] = replace(block, kind=kind, names=found.names)
    return kept


def _stands_as_byline(blocks: Sequence[Block], before: int | None, after: int | None, vocabulary: Vocabulary) -> bool:
    """True between a headline and text, and before the beginning of an article: any names can be a byline there."""
    if after is None or blocks[after].kind is not Kind.TEXT:
        return False
    if before is not None and blocks[before].kind is Kind.HEADING:
        return len(blocks[before].text.split()) >= 3
    earlier = near(blocks, before, -1) if before is not None else None
    if (
        earlier is not None
        and blocks[earlier].kind is Kind.HEADING
        and blocks[earlier].line >= blocks[before or 0].line - 12
    ):
        return len(blocks[earlier].text.split()) >= 3  # under the introduction of a section
    cut = before is not None and blocks[before].kind is Kind.TEXT and is_open(blocks[before].text)
    return not cut and begins_article(blocks[after].text, vocabulary)


def _belongs_to_byline(blocks: Sequence[Block], before: int, block: Block, after: int | None) -> bool:
    """True for the role, address or place in the line under a byline."""
    if block.line <= blocks[before].line or block.gap > 1 or block.text.endswith("."):
        return False
    if role_line(block.text):
        return True
    words = block.text.split()
    place = len(words) <= 2 and all(word[:1].isupper() and word.isalpha() for word in words) and not block.level
    return place and after is not None and blocks[after].kind is Kind.TEXT


def _name_kind(
    blocks: Sequence[Block],
    n: int,
    before: int | None,
    after: int | None,
    names: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Kind | None:
    """What a line of nothing but names is: a byline under a headline, a signature under text, or neither."""
    agency = len(names) == 1 and (is_agency(names[0]) or role_line(names[0]))
    above = blocks[before].kind if before is not None else None
    below = blocks[after].kind if after is not None else None
    if above in (Kind.HEADING, Kind.LABEL) and below in (Kind.TEXT, Kind.HEADING, Kind.CAPTION, Kind.BYLINE):
        return None if _has_byline(blocks, n) else Kind.BYLINE
    if above in (Kind.SIGNATURE, Kind.CONTRIBUTORS, Kind.NOTE) and below is Kind.TEXT:
        return Kind.BYLINE
    if after is not None and bare_byline(blocks[after].text) and above is Kind.TEXT and agency:
        return Kind.SIGNATURE  # and the next line is the byline of another article
    if above in (Kind.TEXT, Kind.CAPTION, None) and after is not None and below is Kind.TEXT:
        # Of an article whose headline was lost, if what follows begins one, or the name is no agency's.
        cut = before is not None and above is Kind.TEXT and is_open(blocks[before].text)
        return Kind.BYLINE if not cut and (not agency or begins_article(blocks[after].text, vocabulary)) else None
    if above not in (Kind.TEXT, Kind.CONTRIBUTORS, Kind.CAPTION) or (
        before is not None and above is Kind.TEXT and is_open(blocks[before].text)
    ):
        return None
    last = below in (None, Kind.HEADING, Kind.LABEL, Kind.NOTE, Kind.BYLINE, Kind.CAPTION)
    if after is not None and below in (Kind.TEXT, Kind.HEADING) and bare_byline(blocks[after].text):
        last = True
    if agency:
        return Kind.SIGNATURE if last else None
    return Kind.BYLINE if last else None


def _has_byline(blocks: Sequence[Block], n: int) -> bool:
    """True when a byline with a `By` stands in the same head as block `n`."""
    for step in (-1, 1):
        at = n + step
        while 0 <= at < len(blocks) and blocks[at].kind is not Kind.TEXT:
            if blocks[at].kind is Kind.BYLINE:
                return True
            if blocks[at].kind is Kind.CONTRIBUTORS:
                break
            at += step
    return False
