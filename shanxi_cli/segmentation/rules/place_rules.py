"""Rules on the place of a block: names without a `By`, roles and places below a byline, signatures."""

from shanxi_cli.segmentation.blocks import LARGE_SIZE, BlockKind
from shanxi_cli.segmentation.evidence import Rule
from shanxi_cli.segmentation.features import MAX_NAME_LINE_WORDS, BlockContext, make_context
from shanxi_cli.segmentation.rules.names import Byline, is_person, parse_names

_MAX_SIGNATURE_WORDS = 4
_MAX_SECTION_LINES = 12
"""Lines between the introduction of a section and the names of its author, on pages of one column."""
_HEADS = (BlockKind.HEADING, BlockKind.LABEL)
_ENDS = (None, BlockKind.HEADING, BlockKind.LABEL, BlockKind.NOTE, BlockKind.BYLINE, BlockKind.CAPTION)


def find_names(b: BlockContext) -> Byline | None:
    """Return the names that a line without a `By` is, read as a byline where its place is that of one; else None."""
    if b.own.word_count > MAX_NAME_LINE_WORDS or b.own.word_count == 0 or _is_byline_detail(b):
        return None
    if b.own.size >= LARGE_SIZE:
        return None  # no author is printed in display type
    if b.after is not None and b.after.starts_low and not b.after.may_lack_drop_cap:
        return None
    return b.own.placed_byline if _is_byline_place(b) else b.own.bare_byline


def _is_byline_place(b: BlockContext) -> bool:
    """Return True between a headline and text, and before an article start: any names can be a byline there."""
    if b.after is None or b.after_kind is not BlockKind.TEXT:
        return False
    if b.before is not None and b.before_kind is BlockKind.HEADING:
        return b.before.word_count >= 3
    if b.before_at is not None and b.before is not None:
        above = make_context(b.blocks, b.kinds, b.furniture, b.before_at)
        near = above.before is not None and above.before.block.line >= b.before.block.line - _MAX_SECTION_LINES
        if above.before is not None and above.before_kind is BlockKind.HEADING and near:
            return above.before.word_count >= 3  # under the introduction of a section
    return not _follows_cut_text(b) and b.after.starts_article


def _is_byline_detail(b: BlockContext) -> bool:
    """Return True for the role, address or place in the line below a byline."""
    if b.before is None or b.before_kind is not BlockKind.BYLINE or b.own.word_count > MAX_NAME_LINE_WORDS:
        return False
    if b.own.gap > 1 or b.own.text.endswith("."):
        return False
    if b.own.is_role_line:
        return True
    is_place = b.own.word_count <= 2 and all(
        len(word) > 2 and word[0].isupper() and word.isalpha() for word in b.own.words
    )
    return is_place and not b.own.level and b.after is not None and b.after_kind is BlockKind.TEXT


def _follows_cut_text(b: BlockContext) -> bool:
    return b.before is not None and b.before_kind is BlockKind.TEXT and b.before.is_unfinished


def _is_below_heading(b: BlockContext) -> bool:
    below = (BlockKind.TEXT, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.BYLINE)
    return b.before_kind in _HEADS and b.after_kind in below


def _has_marked_byline(b: BlockContext) -> bool:
    """Return True if the head of the block has a byline with a `By`."""
    for step in (-1, 1):
        at = b.place + step
        while 0 <= at < len(b.kinds) and b.kinds[at] is not BlockKind.TEXT:
            if b.kinds[at] is BlockKind.BYLINE:
                return True
            if b.kinds[at] is BlockKind.CONTRIBUTORS:
                break
            at += step
    return False


def _is_byline_below_heading(b: BlockContext) -> bool:
    return find_names(b) is not None and _is_below_heading(b) and not _has_marked_byline(b)


def _is_byline_after_end(b: BlockContext) -> bool:
    ends = (BlockKind.SIGNATURE, BlockKind.CONTRIBUTORS, BlockKind.NOTE)
    return b.before_kind in ends and b.after_kind is BlockKind.TEXT and find_names(b) is not None


def _has_names_below(b: BlockContext) -> bool:
    return b.after is not None and b.after.bare_byline is not None


def _is_signature_above_byline(b: BlockContext) -> bool:
    if b.before_kind is not BlockKind.TEXT or not _has_names_below(b):
        return False
    return find_names(b) is not None and b.own.is_agency


def _is_byline_between_texts(b: BlockContext) -> bool:
    """Return True for the byline of an article whose headline was lost."""
    above = b.before_kind in (BlockKind.TEXT, BlockKind.CAPTION, None)
    if not above or b.after is None or b.after_kind is not BlockKind.TEXT or find_names(b) is None:
        return False
    if _is_signature_above_byline(b) or _follows_cut_text(b):
        return False
    return not b.own.is_agency or b.after.starts_article


def _is_last_line(b: BlockContext) -> bool:
    """Return True for names below text with nothing of the same article behind them."""
    above = (BlockKind.TEXT, BlockKind.CONTRIBUTORS, BlockKind.CAPTION)
    if b.before_kind not in above or _follows_cut_text(b) or find_names(b) is None:
        return False
    if b.after_kind is BlockKind.TEXT and b.before_kind is not BlockKind.CONTRIBUTORS:
        return False  # a byline between texts, or none
    named = b.after_kind in (BlockKind.TEXT, BlockKind.HEADING) and _has_names_below(b)
    return b.after_kind in _ENDS or named


def _is_signature_with_stop(b: BlockContext) -> bool:
    """Return True for the name of a person with a full stop, below finished text: who signed a notice."""
    if b.before_kind is not BlockKind.TEXT or b.own.word_count > _MAX_SIGNATURE_WORDS or not b.own.text.endswith("."):
        return False
    if "," in b.own.text or any(map(str.isdigit, b.own.text)):
        return False  # an address
    if b.own.is_capitals and b.after_kind is BlockKind.TEXT:
        return False  # a headline, on a page that ends them with stops
    names = parse_names(b.own.text, sure=False)
    return names is not None and len(names.names) == 1 and is_person(names.names[0], certain=True)


PLACE_RULES: tuple[Rule[BlockContext], ...] = (
    Rule(
        "detail.below_byline",
        "byline detail",
        _is_byline_detail,
        ("By ZHAO PENGFEI / «Business Editor» / Miners in the town used to dig coal.",),
        ("By ZHAO PENGFEI / «The service to the north, which was inter-» / rupted by floods, will begin again.",),
    ),
    Rule(
        "byline.below_heading",
        "byline",
        _is_byline_below_heading,
        ("# Coal town plants a forest / «ZHAO PENGFEI» / Miners in the town used to dig coal.",),
        ("# Coal town plants a forest / «ZHAO PENGFEI» / of the town said that he used to dig coal.",),
    ),
    Rule(
        "byline.after_end",
        "byline",
        _is_byline_after_end,
        ("The county pays. / Sun Yu contributed to this story. / «Zhao Pengfei» / Miners used to dig coal.",),
        ("The county pays. / Sun Yu contributed to this story. / «Planting trees» / Miners used to dig coal.",),
    ),
    Rule(
        "byline.between_texts",
        "byline",
        _is_byline_between_texts,
        ("The county pays for the work. / «ZHAO PENGFEI» / Miners in the town used to dig coal.",),
        ("The county pays for the work of / «ZHAO PENGFEI» / Miners in the town used to dig coal.",),
    ),
    Rule(
        "byline.last",
        "byline",
        lambda b: _is_last_line(b) and not b.own.is_agency,
        ("The county pays for the work. / «Zhao Pengfei» / # Night trains return",),
        ("The county pays for the work. / «Xinhua» / # Night trains return",),
    ),
    Rule(
        "signature.last",
        "signature",
        lambda b: _is_last_line(b) and b.own.is_agency,
        ("The county pays for the work. / «Xinhua» / # Night trains return",),
        ("The county pays for the work. / «Zhao Pengfei» / # Night trains return",),
    ),
    Rule(
        "signature.with_stop",
        "signature",
        _is_signature_with_stop,
        ("Comments may be sent to the office. / # «Lena Ost.» / Director, Road Office.",),
        ("Comments may be sent to the office. / # «Tolls rise.» / The tolls rise in May.",),
    ),
    Rule(
        "signature.above_byline",
        "signature",
        _is_signature_above_byline,
        ("The county pays for the work. / «Xinhua» / ZHAO PENGFEI / Miners in the town used to dig coal.",),
        ("The county pays for the work. / «Xinhua» / Miners in the town used to dig coal.",),
    ),
)
