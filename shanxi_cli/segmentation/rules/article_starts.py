"""Article starts: rules that weigh whether a head begins an article, or only divides the one above it."""

from typing import NamedTuple

from shanxi_cli.segmentation.blocks import LARGE_SIZE, Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import PageVocabulary
from shanxi_cli.segmentation.draft import Draft
from shanxi_cli.segmentation.evidence import Rule, RuleSet
from shanxi_cli.segmentation.openings import may_lack_drop_cap, starts_like_article
from shanxi_cli.segmentation.passes.headline_lines import is_capital_headline
from shanxi_cli.segmentation.rules.headlines import ArticleHead, contains_speech, is_running_text, squeeze_text
from shanxi_cli.segmentation.rules.names import is_agency
from shanxi_cli.segmentation.sentence_boundaries import is_unfinished, starts_mid_sentence

ARTICLE_START = "article start"
CROSSHEAD = "crosshead"
_MAX_BARE_HEADLINE_WORDS = 15
"""Maximum number of words of a headline without a mark and without a byline, in the middle of an article."""
_MIN_HEADLINE_WORDS = 3
_MIN_PLAIN_HEADLINE_WORDS = 5
_MIN_SIZE_SHARE = 0.6


class HeadContext(NamedTuple):
    """A head between the article above it, None for none, and the block after it, None at the end of the page.

    `signed_below` is True on a page that prints bylines below the articles.
    """

    head: ArticleHead
    after: Block | None
    current: Draft | None
    vocabulary: PageVocabulary
    signed_below: bool

    @property
    def headings(self) -> list[Block]:
        """The headings of the head."""
        return self.head.blocks_of_kind(BlockKind.HEADING)

    @property
    def is_before_text(self) -> bool:
        """True if text follows the head."""
        return self.after is not None and self.after.kind is BlockKind.TEXT

    @property
    def is_inside(self) -> bool:
        """True if headings stand between the text of an open article and more text."""
        is_open = self.current is not None and not self.current.closed and bool(self.current.paragraphs)
        return is_open and self.is_before_text and bool(self.headings)


def is_byline_below_article(h: HeadContext) -> bool:
    """Return True if the byline of a head belongs to the article above it."""
    current = h.current
    if not current or current.authors or not current.paragraphs or current.closed:
        return False
    kinds = (BlockKind.BYLINE, BlockKind.HEADING, BlockKind.LABEL)
    parts = [block for block in h.head.blocks if block.kind in kinds]
    if not parts or parts[0].kind is not BlockKind.BYLINE:
        return False
    bare = not parts[0].text.lower().startswith("by ") and not is_agency(parts[0].names[0])
    if len(parts) > 1:
        return h.signed_below or (bare and parts[1].kind is not BlockKind.BYLINE)
    return h.signed_below or (bare and not h.is_before_text)


def _is_signed(h: HeadContext) -> bool:
    return bool(h.head.blocks_of_kind(BlockKind.BYLINE)) and not is_byline_below_article(h)


def _is_picture_story(h: HeadContext) -> bool:
    """Return True for a headline with a picture and no text, below a finished article."""
    if not h.headings or h.is_before_text:
        return False
    is_shown = bool(h.head.blocks_of_kind(BlockKind.CAPTION)) or (
        h.after is not None and h.after.kind is BlockKind.CAPTION
    )
    current = h.current
    is_finished = (
        current is None or current.closed or bool(current.caption_story) or not is_unfinished(current.body or ".")
    )
    return is_shown and is_finished and sum(map(_count_words, h.headings)) >= 2


def _count_words(block: Block) -> int:
    return len(block.text.split())


def _is_first(h: HeadContext) -> bool:
    return h.is_before_text and bool(h.headings) and (h.current is None or h.current.closed)


def _is_unfinished_above(h: HeadContext) -> bool:
    return h.is_inside and h.current is not None and is_unfinished(h.current.paragraphs[-1].text)


def _is_continued_below(h: HeadContext) -> bool:
    if not h.is_inside or h.after is None:
        return False
    return starts_mid_sentence(h.after.text) and not may_lack_drop_cap(h.after.text, h.vocabulary)


def _is_same_headline(h: HeadContext) -> bool:
    if not h.is_inside or h.current is None:
        return False
    return squeeze_text(h.headings[0].text) == squeeze_text(h.current.headline)


def _has_label(h: HeadContext) -> bool:
    first = h.headings[0].line if h.is_inside else 0
    return any(block.kind is BlockKind.LABEL and block.line < first for block in h.head.blocks)


def _is_before_opening(h: HeadContext) -> bool:
    if not h.is_inside or h.after is None or max(map(_count_words, h.headings)) < _MIN_HEADLINE_WORDS:
        return False
    return starts_like_article(h.after.text, h.vocabulary)


def _marked_words(h: HeadContext) -> int:
    """Return the number of words of the longest marked heading whose level is that of a headline; 0 for none."""
    if not h.is_inside or h.current is None:
        return 0
    marked = [heading for heading in h.headings if heading.level]
    fits = [one for one in marked if one.level <= h.current.level or not h.current.level]
    return max(map(_count_words, fits), default=0)


def _is_unmarked(h: HeadContext) -> bool:
    return h.is_inside and h.current is not None and h.current.level > 0 and not any(b.level for b in h.headings)


def _is_plain(h: HeadContext) -> bool:
    """Return True for headings without a mark, on a page whose headlines have none."""
    return h.is_inside and not any(block.level for block in h.headings) and not _is_unmarked(h)


def _is_like_text(h: HeadContext) -> bool:
    """Return True for a plain heading that reads as half of a paragraph, cut before a name."""
    if not _is_plain(h) or h.current is None:
        return False
    first = h.headings[0].text
    return contains_speech(first) or (bool(h.current.authors) and is_running_text(first))


def _is_plain_headline(h: HeadContext) -> bool:
    if not _is_plain(h):
        return False
    first, words = h.headings[0], _count_words(h.headings[0])
    is_capital_head = first.text.isupper() and words >= _MIN_HEADLINE_WORDS and len(h.headings) > 1
    return words >= _MIN_PLAIN_HEADLINE_WORDS or (words >= 4 and first.gap >= 2) or is_capital_head


def _is_large(h: HeadContext) -> bool:
    """Return True for headings in display type, not much smaller than that of the headline above."""
    if not h.is_inside or h.current is None:
        return False
    size = max(heading.size for heading in h.headings)
    return size >= LARGE_SIZE and size >= _MIN_SIZE_SHARE * h.current.size


def _is_capital_headline(h: HeadContext) -> bool:
    """Return True for a heading in capitals with a full stop below a finished article whose headline has one."""
    if not h.is_inside or h.current is None:
        return False
    return is_capital_headline(h.headings[0].text) and h.headings[0].text.endswith(".") and h.current.headline.isupper()


HEAD_RULES: tuple[Rule[HeadContext], ...] = (
    Rule(
        "start.byline",
        ARTICLE_START,
        _is_signed,
        ("«Coal town plants a forest» / By ZHAO PENGFEI / Miners in the town used to dig coal.",),
        ("«Coal town plants a forest» / Miners in the town used to dig coal.",),
    ),
    Rule(
        "start.first",
        ARTICLE_START,
        _is_first,
        ("«Coal town plants a forest» / Miners in the town used to dig coal.",),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«A new road for the hills» / The county has built a road.",
        ),
    ),
    Rule(
        "start.picture",
        ARTICLE_START,
        _is_picture_story,
        ("# «Trees above the pit» / Two men water saplings above the old pit. MA LI / FOR CHINA DAILY",),
        ("# «Trees above the pit» / Two men water saplings above the old pit and carry stones.",),
    ),
    Rule(
        "start.same_headline",
        ARTICLE_START,
        _is_same_headline,
        ("# Letters to us / The road is bad. / # «Letters to us» / The river is high again.",),
        ("# Letters to us / The road is bad. / # «Letters to them» / The river is high again.",),
    ),
    Rule(
        "start.label_above",
        ARTICLE_START,
        _has_label,
        (
            "# Coal town plants a forest / Miners used to dig coal. / Business / # «Mill to close» / "
            "The mill will close in May.",
        ),
        ("# Coal town plants a forest / Miners used to dig coal. / # «Mill to close» / The mill will close in May.",),
    ),
    Rule(
        "start.opening_below",
        ARTICLE_START,
        _is_before_opening,
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «Mill"
            " to close soon» / DATONG: The mill will close in May.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «Mill"
            " to close soon» / The mill will close in May.",
        ),
    ),
    Rule(
        "start.marked",
        ARTICLE_START,
        lambda h: _marked_words(h) >= _MIN_HEADLINE_WORDS,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill to close» / The mill will close in May.",
        ),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / ## "
            "«Mill to close» / The mill will close in May.",
        ),
    ),
    Rule(
        "start.marked_sentence",
        ARTICLE_START,
        lambda h: _marked_words(h) >= _MIN_PLAIN_HEADLINE_WORDS,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill in the valley to close» / The mill will close in May.",
        ),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill to close» / The mill will close in May.",
        ),
    ),
    Rule(
        "start.plain_headline",
        ARTICLE_START,
        _is_plain_headline,
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «Mill"
            " in the valley to close» / The mill will close in May.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «Mill"
            " to close» / The mill will close in May.",
        ),
    ),
    Rule(
        "start.large",
        ARTICLE_START,
        _is_large,
        ("# Coal town plants a forest / Miners used to dig coal. / «@1.6 Mill to close» / The mill will close.",),
        ("# Coal town plants a forest / Miners used to dig coal. / # «Mill to close» / The mill will close.",),
    ),
    Rule(
        "start.capitals_with_stop",
        ARTICLE_START,
        _is_capital_headline,
        ("COAL TOWN PLANTS TREES. / Miners used to dig coal. / «MILL TO CLOSE.» / The mill will close in May.",),
        ("COAL TOWN PLANTS TREES / Miners used to dig coal. / «MILL TO CLOSE» / The mill will close in May.",),
    ),
    Rule(
        "cross.unfinished_above",
        CROSSHEAD,
        _is_unfinished_above,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal from "
            "the / # «Mill in the valley» / The old pit is closed.",
        ),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill in the valley» / The old pit is closed.",
        ),
    ),
    Rule(
        "cross.continued_below",
        CROSSHEAD,
        _is_continued_below,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal from "
            "the / # «Mill in the valley to close» / pit that the county closed.",
        ),
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / # "
            "«Mill in the valley to close» / The pit is closed.",
        ),
    ),
    Rule(
        "cross.unmarked",
        CROSSHEAD,
        _is_unmarked,
        (
            "# Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / "
            "«Trees on every hill» / The pit is closed.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / "
            "«Trees on every hill» / The pit is closed.",
        ),
    ),
    Rule(
        "cross.like_text",
        CROSSHEAD,
        _is_like_text,
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / "
            "«Since May, trains have left the town» / The pit is closed.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / "
            "«Trains leave the town at last» / The pit is closed.",
        ),
    ),
    Rule(
        "cross.long",
        CROSSHEAD,
        lambda h: _is_plain(h) and _count_words(h.headings[0]) > _MAX_BARE_HEADLINE_WORDS,
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «The "
            "old men of the town sit on the wall above the pit and count the trees» / The pit is "
            "closed.",
        ),
        (
            "Coal town plants a forest / By ZHAO PENGFEI / Miners in the town used to dig coal. / «The "
            "old men of the town sit on the wall» / The pit is closed.",
        ),
    ),
)
START_RULES = RuleSet(HEAD_RULES, default=CROSSHEAD)
