"""Names without a `By`, roles, places and signatures: recognize them by their position."""

from collections.abc import Sequence

from shanxi_cli.segmentation.blocks import Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.openings import may_lack_drop_cap, starts_like_article
from shanxi_cli.segmentation.rules.bylines import is_role_line, parse_bare_byline
from shanxi_cli.segmentation.rules.headings import find_neighbor
from shanxi_cli.segmentation.rules.names import is_agency
from shanxi_cli.segmentation.sentence_boundaries import is_unfinished, starts_mid_sentence
from shanxi_cli.util.frozen_record import replace_fields


def mark_bylines(blocks: list[Block], vocabulary: PageVocabulary) -> list[Block]:
    """Return the blocks, with names without a `By`, roles, places and signatures marked by their position."""
    kept = list(blocks)
    for n, block in enumerate(blocks):
        if (
            block.kind not in (BlockKind.HEADING, BlockKind.LABEL, BlockKind.TEXT, BlockKind.NOTE)
            or len(block.text.split()) > 14
        ):
            continue
        before, after = find_neighbor(kept, n, -1), find_neighbor(kept, n, 1)
        if (
            before is not None
            and kept[before].kind is BlockKind.BYLINE
            and _is_byline_detail(kept, before, block, after)
        ):
            kept[n] = replace_fields(block, kind=BlockKind.FURNITURE, furniture_kind="")
        elif (
            after is not None
            and starts_mid_sentence(kept[after].text)
            and not may_lack_drop_cap(kept[after].text, vocabulary)
        ):
            continue
        elif (
            byline := parse_bare_byline(block.text, placed=_is_byline_position(kept, before, after, vocabulary))
        ) and (kind := _classify_names(kept, n, before, after, byline.names, vocabulary)):
            kept[n] = replace_fields(block, kind=kind, names=byline.names)
    return kept


def _is_byline_position(
    blocks: Sequence[Block], before: int | None, after: int | None, vocabulary: PageVocabulary
) -> bool:
    """Return True between a headline and text, and before an article start: any names can be a byline there."""
    if after is None or blocks[after].kind is not BlockKind.TEXT:
        return False
    if before is not None and blocks[before].kind is BlockKind.HEADING:
        return len(blocks[before].text.split()) >= 3
    earlier = find_neighbor(blocks, before, -1) if before is not None else None
    if (
        earlier is not None
        and blocks[earlier].kind is BlockKind.HEADING
        and blocks[earlier].line >= blocks[before or 0].line - 12
    ):
        return len(blocks[earlier].text.split()) >= 3  # under the introduction of a section
    cut = before is not None and blocks[before].kind is BlockKind.TEXT and is_unfinished(blocks[before].text)
    return not cut and starts_like_article(blocks[after].text, vocabulary)


def _is_byline_detail(blocks: Sequence[Block], before: int, block: Block, after: int | None) -> bool:
    """Return True for the role, address or place in the line below a byline."""
    if block.line <= blocks[before].line or block.gap > 1 or block.text.endswith("."):
        return False
    if is_role_line(block.text):
        return True
    words = block.text.split()
    place = len(words) <= 2 and all(word[:1].isupper() and word.isalpha() for word in words) and not block.level
    return place and after is not None and blocks[after].kind is BlockKind.TEXT


def _classify_names(
    blocks: Sequence[Block],
    n: int,
    before: int | None,
    after: int | None,
    names: tuple[str, ...],
    vocabulary: PageVocabulary,
) -> BlockKind | None:
    """Return the kind of a line of names: a byline below a headline, a signature below text, or None."""
    agency = len(names) == 1 and (is_agency(names[0]) or is_role_line(names[0]))
    above = blocks[before].kind if before is not None else None
    below = blocks[after].kind if after is not None else None
    cut = before is not None and above is BlockKind.TEXT and is_unfinished(blocks[before].text)
    if above in (BlockKind.HEADING, BlockKind.LABEL) and below in (
        BlockKind.TEXT,
        BlockKind.HEADING,
        BlockKind.CAPTION,
        BlockKind.BYLINE,
    ):
        return None if _has_marked_byline(blocks, n) else BlockKind.BYLINE
    if above in (BlockKind.SIGNATURE, BlockKind.CONTRIBUTORS, BlockKind.NOTE) and below is BlockKind.TEXT:
        return BlockKind.BYLINE
    if after is not None and parse_bare_byline(blocks[after].text) and above is BlockKind.TEXT and agency:
        return BlockKind.SIGNATURE  # and the next line is the byline of another article
    if above in (BlockKind.TEXT, BlockKind.CAPTION, None) and after is not None and below is BlockKind.TEXT:
        # Of an article whose headline was lost, if what follows begins one, or the name is no agency's.
        begins = not agency or starts_like_article(blocks[after].text, vocabulary)
        return BlockKind.BYLINE if begins and not cut else None
    if cut or above not in (BlockKind.TEXT, BlockKind.CONTRIBUTORS, BlockKind.CAPTION):
        return None
    last = below in (None, BlockKind.HEADING, BlockKind.LABEL, BlockKind.NOTE, BlockKind.BYLINE, BlockKind.CAPTION)
    if after is not None and below in (BlockKind.TEXT, BlockKind.HEADING) and parse_bare_byline(blocks[after].text):
        last = True
    if agency:
        return BlockKind.SIGNATURE if last else None
    return BlockKind.BYLINE if last else None


def _has_marked_byline(blocks: Sequence[Block], n: int) -> bool:
    """Return True if the head of block `n` has a byline with a `By`."""
    for step in (-1, 1):
        at = n + step
        while 0 <= at < len(blocks) and blocks[at].kind is not BlockKind.TEXT:
            if blocks[at].kind is BlockKind.BYLINE:
                return True
            if blocks[at].kind is BlockKind.CONTRIBUTORS:
                break
            at += step
    return False
