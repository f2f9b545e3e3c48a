"""Rules on display lines that are no headings: figures in large type, captions of portraits."""

import re

from shanxi_cli.segmentation.blocks import BlockKind
from shanxi_cli.segmentation.evidence import Rule
from shanxi_cli.segmentation.features import BlockContext
from shanxi_cli.segmentation.rules.names import is_person

_FIGURE_START_PATTERN = re.compile(
    r"(?:(?:about|almost|around|at\s+least|close\s+to|more\s+than|nearly|only|over|some|under|up\s+to)\s+)?"
    r"(?:[A-Z]{0,3}[£€$₹¥₵₦₱]\s?)?\d[\d,.]*\s?(?:%|[A-Za-z])|one\s+in\s+\w+\b",
    re.IGNORECASE,
)
_PORTRAIT_PATTERN = re.compile(
    r"(?P<name>[A-ZÀ-Þ][\w'’.-]+(?:\s+(?:(?:al|bin|da|de|del|der|di|la|van|von)\s+)?[A-ZÀ-Þ][\w'’.-]*){1,3}),\s+(?P<what>[a-z]|\d{1,3}\b)"
)
_PREDICATE_PATTERN = re.compile(r",\s+[a-z]+(?:s|ed)\b[^,]*\Z")
"""A verb behind the apposition, as in a headline: `Jane Doe, mayor of Kell, resigns`."""
_MAX_FIGURE_WORDS = 14
_MAX_PORTRAIT_WORDS = 20
_NEAR_BLOCKS = 8
_NEIGHBOURS = (BlockKind.TEXT, BlockKind.CAPTION)


def _is_display_line(b: BlockContext) -> bool:
    """Return True for an unmarked line without an end between the text of one article."""
    own = b.own
    if own.level or own.ends_sentence or b.text is None:
        return False
    return b.before_kind in _NEIGHBOURS and b.after_kind in _NEIGHBOURS


def _is_display_figure(b: BlockContext) -> bool:
    is_figure = bool(_FIGURE_START_PATTERN.match(b.own.text)) and b.own.word_count <= _MAX_FIGURE_WORDS
    return is_figure and _is_display_line(b)


def _is_retold_figure(b: BlockContext) -> bool:
    """Return True if a paragraph near a figure has it too, with a third of the other words, but not the next one.

    The next one would be the lead of a headline, which has its figure.
    """
    if not _is_display_figure(b):
        return False
    words = b.own.content_words
    figures = {word for word in words if word[0].isdigit()}
    others = words - figures
    near = range(max(0, b.place - _NEAR_BLOCKS), min(len(b.blocks), b.place + _NEAR_BLOCKS + 1))
    tellers = [
        n
        for n in near
        if n != b.place
        and b.kinds[n] is BlockKind.TEXT
        and figures & b.blocks[n].content_words
        and len(others & b.blocks[n].content_words) * 3 >= len(others)
    ]
    return bool(figures) and len(others) >= 2 and bool(tellers) and b.text_at not in tellers


def _is_portrait(b: BlockContext) -> bool:
    """Return True for a name and what that person is, without a verb."""
    own = b.own
    if own.word_count > _MAX_PORTRAIT_WORDS or own.level or own.has_finite_verb or b.after_kind is BlockKind.BYLINE:
        return False
    match = _PORTRAIT_PATTERN.match(own.text)
    if not match or _PREDICATE_PATTERN.search(own.text, match.end()):
        return False
    return is_person(match["name"], certain=True) or _is_named_on_page(b, match["name"])


def _is_named_on_page(b: BlockContext, name: str) -> bool:
    plain = name.lower()
    return any(plain in other.text.lower() for n, other in enumerate(b.blocks) if n != b.place)


def _is_named_portrait(b: BlockContext) -> bool:
    match = _PORTRAIT_PATTERN.match(b.own.text)
    return match is not None and _is_portrait(b) and _is_named_on_page(b, match["name"])


PICTURE_RULES: tuple[Rule[BlockContext], ...] = (
    Rule(
        "figure.display",
        "pull figure",
        _is_display_figure,
        ("Miners used to dig coal. / «1,200 saplings planted on the hills» / The county pays for them.",),
        ("# Coal town plants a forest / «1,200 saplings planted on the hills» / The county pays for them.",),
    ),
    Rule(
        "figure.retold",
        "pull figure",
        _is_retold_figure,
        (
            "Miners used to dig coal. / «1,200 saplings planted on hills» / The county pays for it."
            " / On the hills the men have planted 1,200 saplings, it said.",
        ),
        (
            "Miners used to dig coal. / «1,200 saplings planted on hills» / On the hills the men have planted 1,200"
            " saplings, the county said. / It pays for the work.",
        ),
    ),
    Rule(
        "caption.portrait",
        "caption",
        _is_portrait,
        ("Miners used to dig coal. / «Ada Oduya, a student at Velden College» / The county pays.",),
        (
            "Miners used to dig coal. / «Jane Doe, mayor of Kell, resigns» / The county pays.",
            "Miners used to dig coal. / «Police chief, two others held» / The county pays.",
        ),
    ),
    Rule(
        "caption.named_portrait",
        "caption",
        _is_named_portrait,
        ("By ADA ODUYA / I used to dig coal. / «Ada Oduya, a student at Velden College» / The county pays.",),
        ("By LENA FISCHER / I used to dig coal. / «Ada Oduya, a student at Velden College» / The county pays.",),
    ),
)
