"""Rules on the shape of a block: short text without an end is a heading, unless something says that it is text."""

import re

from shanxi_cli.segmentation.blocks import LARGE_SIZE, BlockKind
from shanxi_cli.segmentation.evidence import Rule
from shanxi_cli.segmentation.features import MAX_MARKED_WORDS, BlockContext

_JUMP_HEAD_PATTERN = re.compile(r"[A-Z][A-Z'’ -]{2,30}:\s")
_LARGER_SIZE = 1.12
_MAX_MARKED_SENTENCE_WORDS = 12
_MAX_DECK_WORDS = 36
_MAX_CONTINUED_WORDS = 14


def _is_marked_paragraph(b: BlockContext) -> bool:
    sentence = b.own.word_count > _MAX_MARKED_SENTENCE_WORDS and b.own.ends_sentence and b.own.text.count(". ") >= 1
    return b.own.level > 0 and (sentence or b.own.word_count > MAX_MARKED_WORDS)


def _is_jump_head(b: BlockContext) -> bool:
    after = b.place + 1
    pointer = after < len(b.blocks) and b.furniture[after] == "pointer" and "from" in b.blocks[after].text.lower()
    return pointer and b.own.word_count <= 12 and bool(_JUMP_HEAD_PATTERN.match(b.own.text))


def _is_before_continuation(b: BlockContext) -> bool:
    """Return True if the next text goes on with the sentence, and is not a lead that lost its first letter."""
    after = b.text
    if after is None or b.text_kind is not BlockKind.TEXT or not after.starts_low:
        return False
    is_display = b.before_kind is BlockKind.HEADING or b.own.is_capitals
    lacks = after.lacks_drop_cap or (is_display and after.may_lack_drop_cap)
    if lacks and not b.own.is_cut_before(after):
        return False
    return not (after.word_count <= _MAX_CONTINUED_WORDS and after.is_unfinished)


def _is_below_capitals(b: BlockContext) -> bool:
    return b.before is not None and b.before_kind is BlockKind.HEADING and b.before.is_capitals


def _is_long_deck(b: BlockContext) -> bool:
    """Return True for a deck longer than a headline: right below a heading, and above names or a byline."""
    own = b.own
    if own.is_short or own.word_count > _MAX_DECK_WORDS or not own.is_unfinished or own.starts_low:
        return False
    if b.before_kind is not BlockKind.HEADING or b.after is None:
        return False
    return b.after_kind is BlockKind.BYLINE or b.after.placed_byline is not None


def _continues_heading(b: BlockContext) -> bool:
    """Return True for the end of a heading in a block of its own: it begins in the middle, and nothing continues it."""
    own = b.own
    if b.before_kind is not BlockKind.HEADING or own.word_count > _MAX_CONTINUED_WORDS:
        return False
    if not own.starts_low or not own.is_unfinished:
        return False
    return b.after is None or b.after_kind is not BlockKind.TEXT or not b.after.starts_low


SHAPE_RULES: tuple[Rule[BlockContext], ...] = (
    Rule(
        "heading.short",
        "heading",
        lambda b: b.own.is_short,
        ("«Coal town plants a forest» / Miners in the town used to dig coal.",),
        ("«" + "The town has planted trees on its hills for ten years " * 3 + "» / Miners dig coal.",),
    ),
    Rule(
        "heading.marked",
        "heading",
        lambda b: b.own.level > 0,
        ("# «Coal town plants a forest»",),
        ("«Coal town plants a forest»",),
    ),
    Rule(
        "heading.split_off",
        "heading",
        lambda b: b.own.block.kind is BlockKind.HEADING,
        ("«Coal town plants a forest on its hills By ZHAO PENGFEI»",),
        ("«Coal town plants a forest on its hills»",),
    ),
    Rule(
        "heading.above_jump",
        "heading",
        _is_jump_head,
        ("«HEMP: Homes next» / Continued from page 7 / the town has planted trees.",),
        ("«HEMP: Homes next» / Continued on page 7",),
    ),
    Rule(
        "heading.deck_above_byline",
        "heading",
        _is_long_deck,
        (
            "# Coal town plants a forest / «Former miners look after a million saplings on the hills above the old pit,"
            " where the county pays them for every tree that is green after two winters» / By ZHAO PENGFEI",
        ),
        ("# Coal town plants a forest / «Former miners look after a million saplings» / By ZHAO PENGFEI",),
    ),
    Rule(
        "heading.byline_follows",
        "heading",
        lambda b: (
            b.own.is_short and not b.own.starts_low and b.after_kind is BlockKind.BYLINE and not b.own.ends_closed
        ),
        ("«1,200 saplings planted on the hills» / By ZHAO PENGFEI / Miners used to dig coal.",),
        ("«1,200 saplings planted on the hills» / Miners used to dig coal.",),
    ),
    Rule(
        "heading.capitals_with_stop",
        "heading",
        lambda b: b.own.is_capital_headline and b.own.ends_closed,
        ("«COAL TOWN PLANTS A FOREST.» / Miners in the town used to dig coal.",),
        ("«COAL TOWN PLANTS A FOREST» / Miners in the town used to dig coal.", "«LONDON, MAY 3.» / Miners dig coal."),
    ),
    Rule(
        "heading.deck_with_stop",
        "heading",
        lambda b: b.own.is_title_case and b.own.ends_closed and _is_below_capitals(b),
        ("COAL TOWN PLANTS A FOREST. / «Old Miners Look After a Million Trees.» / Miners used to dig coal.",),
        ("Coal town plants a forest / «Old Miners Look After a Million Trees.» / Miners used to dig coal.",),
    ),
    Rule(
        "heading.large",
        "heading",
        lambda b: b.own.size >= LARGE_SIZE and b.own.word_count <= MAX_MARKED_WORDS,
        ("«@1.6 Coal town plants a forest» / Miners in the town used to dig coal.",),
        ("«Coal town plants a forest» / Miners in the town used to dig coal.",),
    ),
    Rule(
        "text.size_of_text",
        "text",
        lambda b: 0 < b.own.size < _LARGER_SIZE and not b.own.is_capitals,
        ("«@1.0 Coal town plants a forest» / Miners in the town used to dig coal.",),
        ("«@1.6 Coal town plants a forest» / Miners in the town used to dig coal.",),
    ),
    Rule(
        "heading.continued",
        "heading",
        _continues_heading,
        ("# Coal town plants / «a forest on its hills» / Miners in the town used to dig coal.",),
        ("# Coal town plants / «a forest on its hills.» / Miners in the town used to dig coal.",),
    ),
    Rule(
        "text.marked_paragraph",
        "text",
        _is_marked_paragraph,
        ("# «Miners in the town used to dig coal. Now 1,200 of them plant trees on the hills.»",),
        ("# «Miners in the town plant trees.»",),
    ),
    Rule(
        "text.long",
        "text",
        lambda b: b.own.is_long,
        ("«" + "The town has planted trees on its hills for ten years now. " * 4 + "» / Miners dig coal.",),
        ("«The town has planted trees on its hills for ten years now.» / Miners dig coal.",),
    ),
    Rule("text.starts_low", "text", lambda b: b.own.starts_low, ("«of the old pit»",), ("«The old pit»",)),
    Rule(
        "text.ends_closed",
        "text",
        lambda b: b.own.ends_closed,
        ("«Trees grow above the pit.»", "«Trees grow above the pit,»"),
        ("«Trees grow above the pit»", "«Miners welcome new rules in the U.S.»"),
    ),
    Rule(
        "text.single_word",
        "text",
        lambda b: b.own.word_count < 2 and not (b.own.is_capitals and b.own.text.isalpha() and len(b.own.text) >= 4),
        ("«Trees»", "«A9»"),
        ("«TREES»", "«New trees»"),
    ),
    Rule(
        "text.ends_open",
        "text",
        lambda b: b.own.ends_open,
        ("«The town has planted trees on the»",),
        ("«The town has planted trees»", '«"These are the trees we fought for and"»'),
    ),
    Rule(
        "text.unbalanced",
        "text",
        lambda b: not b.own.is_balanced,
        ('«"We know every stone of this hill»', "«Trees (and saplings»"),
        ('«"We know every stone"»',),
    ),
    Rule(
        "text.second_sentence",
        "text",
        lambda b: b.own.has_open_sentence,
        ("«Miners dug coal. Now they plant trees»",),
        ("«Miners dug coal, now they plant trees»",),
    ),
    Rule(
        "text.quoted_sentence",
        "text",
        lambda b: b.own.ends_sentence and b.own.text[:1] in "\"“‘'",
        ('«"Who planted all these trees?"»',),
        ("«Who planted all these trees?»",),
    ),
    Rule(
        "text.before_continuation",
        "text",
        _is_before_continuation,
        ("«Now 1,200 of them plant trees» / on the hills above the old pit, which the county closed.",),
        ("«Now 1,200 of them plant trees» / On the hills above the old pit the county closed a road.",),
    ),
)
