"""The blocks of a page: lines cleaned, doubled ones dropped, those of one paragraph or one headline joined."""

import itertools
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from shanxi_cli.model.nouns import Caption
from shanxi_cli.segmentation.dehyphenation import HYPHENS, Vocabulary, joined, mended_inside
from shanxi_cli.segmentation.passes.cleanup import tidy
from shanxi_cli.segmentation.rules.bylines import bare_byline, byline, contributors, is_address
from shanxi_cli.segmentation.rules.furniture import box, is_box_label, is_folio, is_jump, is_masthead, is_rights
from shanxi_cli.util.frozen_record import Record, replace

_MARK = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_TAGGED = re.compile(r"\s*<h([1-6])\b[^>]*>(.*?)(?:</h\1>)?\s*\Z", re.IGNORECASE)
_QUOTED = re.compile(r"\A\s{0,3}>\s?")
_END = re.compile(r"[.!?…。！？][\"'”’)\]»]*\Z")
_SOFT_END = re.compile(r"[.!?…:。！？：][\"'”’)\]»]*\Z")
_LOWER = re.compile(r"[\"'“‘(\[]*[a-zß-öø-ÿ]")
_TAIL = re.compile(r"[,;)\]”’%&–—-]|\.\.\.\w")
_CREDIT = re.compile(r"(?i:\b(?:photos?|pictures?|images?|provided|courtesy|supplied)\b)|[A-Za-z]\s*/\s*(?i:for\s)")
_PARAGRAPH = 300
"""Characters from which on a line is a paragraph of text, and not looked at as furniture."""
_LONG_LINE = 130
"""Lines longer than a column is wide: each is a paragraph."""


class Kind(Enum):
    """What a block is."""

    TEXT = "text"
    HEADING = "heading"
    BYLINE = "byline"
    CONTRIBUTORS = "contributors"
    NOTE = "note"  # about the author
    CAPTION = "caption"
    LABEL = "label"  # of a section
    SIGNATURE = "signature"  # of an agency, under an article
    FURNITURE = "furniture"


class Block(Record):
    """Lines of a page that belong together.

    `line` is the number of the first, from 1. `level` is 1 to 6 for a line that was marked as a
    heading, else 0. `gap` is the number of empty lines before. `names` are those of a byline or of
    contributors. `captions` and `story` are of a caption: the captions it holds, and its whole
    text without the credits. `why` tells what a piece of furniture is.
    """

    text: str
    line: int
    level: int = 0
    gap: int = 0
    kind: Kind = Kind.TEXT
    names: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    story: str = ""
    why: str = ""
    lines: tuple[str, ...] = ()


class Line(NamedTuple):
    """A line of a page, cleaned: its number from 1, its level as a heading, its indent in characters."""

    text: str
    number: int
    level: int
    indent: int


class Mend(NamedTuple):
    """Something that was mended in a line (its number, from 1): `joined word: allevi- ation: alleviation`."""

    line: int
    what: str


class Read(NamedTuple):
    """The blocks of a page, the words in it, and what was mended on the way."""

    blocks: list[Block]
    vocabulary: Vocabulary
    mended: list[Mend]


def ends(text: str) -> bool:
    """True for a text that ends as a sentence does."""
    return bool(_END.search(text))


def is_open(text: str) -> bool:
    """True for a text that was cut: it ends in the middle of a sentence or a word."""
    return not _SOFT_END.search(text) or text[-1:] in HYPHENS


def starts_low(text: str) -> bool:
    """True for a text that begins in the middle of a sentence: in lower case, or with what closes something."""
    return bool(_LOWER.match(text) or _TAIL.match(text))


def read_blocks(text: str) -> Read:
    """The blocks of a page in the order of its lines."""
    mended: list[Mend] = []
    lines = _lines(text, mended)
    vocabulary = Vocabulary(line.text for line in lines)
    blocks: list[Block] = []
    gap = 0
    width = _width(lines)
    for segment in _segments(lines):
        if not segment[0].text:
            gap += len(segment)
            continue
        blocks += _blocks(segment, gap, width, vocabulary, mended)
        gap = 0
    return Read(_without_running_heads(blocks), vocabulary, mended)


def _without_running_heads(blocks: list[Block]) -> list[Block]:
    """The blocks, the newspaper's name made furniture: over the first folio, and where it comes again."""
    names: set[str] = set()
    for n, block in enumerate(blocks[:4]):
        beside = [other.kind for other in blocks[n + 1 : n + 2]]
        capitals = block.kind is Kind.TEXT and block.text.isupper() and len(block.text.split()) <= 5 and not block.level
        if capitals and Kind.FURNITURE in beside:
            blocks[n] = replace(block, kind=Kind.FURNITURE, why="masthead")
        if blocks[n].why == "masthead":
            names |= {found.strip() for found in re.findall(r"\b[A-Z][A-Z'’]+(?: [A-Z][A-Z'’]+){1,4}\b", block.text)}
    if not names:
        return blocks
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for n, block in enumerate(blocks):
        head = (
            block.kind is Kind.TEXT and not block.level and len(block.text.split()) <= 16 and pattern.search(block.text)
        )
        if head and not ends(block.text) and not byline(block.text) and any(char.isdigit() for char in block.text):
            blocks[n] = replace(block, kind=Kind.FURNITURE, why="masthead")
    return blocks


def _lines(text: str, mended: list[Mend]) -> list[Line]:
    """The lines, cleaned; a line that stands twice in succession is given once."""
    kept: list[Line] = []
    for number, raw in enumerate(re.split(r"[\n\f]", text.replace("\r\n", "\n").replace("\r", "\n")), 1):
        tagged = _TAGGED.match(raw)
        line = f"{'#' * int(tagged[1])} {tagged[2]}" if tagged else _QUOTED.sub("", raw, count=1)
        marked = _MARK.match(line)
        level = len(marked[1]) if marked else 0
        clean, done = tidy(line[marked.end() :] if marked else line)
        mended += (Mend(number, what) for what in done)
        plain = " ".join(clean.split())
        line_now = Line(plain, number, level, len(clean) - len(clean.lstrip()))
        at = next((n for n in range(len(kept) - 1, -1, -1) if kept[n].text), None)
        if plain and at is not None and kept[at].text == plain and len(plain) >= 12:
            mended.append(Mend(number, f"doubled line: {plain}"))
            if at == len(kept) - 1:
                continue
            # Over a column break the second is kept: it stands with what follows.
            kept[at] = kept[at]._replace(text="")
        kept.append(line_now)
    return kept


def _segments(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of empty lines, and runs of lines between them, parted where a line is sure to stand alone."""
    segment: list[Line] = []
    for n, line in enumerate(lines):
        after = lines[n + 1].text if n + 1 < len(lines) else ""
        alone = bool(line.text) and (line.level > 0 or _alone(line.text, after))
        if segment and (alone or bool(line.text) != bool(segment[-1].text)):
            yield segment
            segment = []
        segment.append(line)
        if alone:
            yield segment
            segment = []
    if segment:
        yield segment


def _alone(text: str, after: str) -> bool:
    """True for a line that is never a part of running text."""
    if len(text) > 200:
        return False
    if is_jump(text) and not re.match(r"(?i)pages?\s?\d", text):
        return True
    if byline(text) and not (after and starts_low(after)):
        return True
    return bool(contributors(text)) and (ends(text) or not after or not starts_low(after))


def _width(lines: Sequence[Line]) -> int:
    """The width of a column, in characters: that of the long ones among lines that another follows."""
    inner = sorted(len(a.text) for a, b in itertools.pairwise(lines) if a.text and b.text)
    return inner[len(inner) * 9 // 10] if inner else 0


def _blocks(segment: list[Line], gap: int, width: int, vocabulary: Vocabulary, mended: list[Mend]) -> Iterator[Block]:
    texts = [line.text for line in segment]
    why = _furniture(texts)
    if why:
        yield Block(" ".join(texts), segment[0].number, 0, gap, Kind.FURNITURE, why=why, lines=tuple(texts))
        return
    for run in _runs(segment, width):
        text = run[0].text
        for line in run[1:]:
            join = joined(text, line.text, vocabulary)
            if join.mended:
                mended.append(Mend(line.number, f"joined word: {join.mended}"))
            text = join.text
        text, inside = mended_inside(text, vocabulary)
        mended += (Mend(run[0].number, f"joined word: {word}") for word in inside)
        level = max(line.level for line in run)
        yield Block(text, run[0].number, level, gap, lines=tuple(line.text for line in run))
        gap = 0


def _furniture(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        text = texts[0]
        if len(text) > _PARAGRAPH:
            return ""
        if is_jump(text):
            return "pointer"
        if is_rights(text) and not _CREDIT.search(text):
            return "copyright"
        if _CREDIT.search(text):
            return ""
        if is_folio(text) or is_masthead(text):
            return "masthead"
        if is_box_label(text):
            return "box label"
    if len(texts) == 2 and is_address(texts[1]) and bare_byline(texts[0], placed=True):
        return ""  # a byline, and how to reach its author
    return box(texts)


def _runs(segment: list[Line], width: int) -> Iterator[list[Line]]:
    """The lines of a segment that make one paragraph or headline each."""
    if len(segment) == 1:
        yield segment
        return
    if _is_display(segment, width):
        yield from _displayed(segment)
        return
    widest = max(len(line.text) for line in segment)
    width = min(width, widest) if width else widest
    base = min(line.indent for line in segment)
    indented = sum(line.indent > base for line in segment)
    dense = len(segment) > 25 and not indented
    run = [segment[0]]
    for before, line in itertools.pairwise(segment):
        if _breaks(before, line, width, dense, 0 < indented <= len(segment) // 2):
            yield run
            run = []
        run.append(line)
    yield run


def _is_display(segment: Sequence[Line], width: int) -> bool:
    """True for the lines of a headline or deck: few words, none of the lines ends as a sentence does."""
    words = sum(len(line.text.split()) for line in segment)
    if any(line.indent >= segment[0].indent + 2 for line in segment[1:]):
        return False  # a paragraph begins there
    if words > 26 or len(segment) > 6 or any(ends(line.text) for line in segment):
        return False
    return not starts_low(segment[0].text) and (max(len(line.text) for line in segment) < 0.95 * width or words <= 18)


def _displayed(segment: list[Line]) -> Iterator[list[Line]]:
    """Lines of display type, parted where capitals end or begin: a headline in capitals over a deck that is not."""
    run = [segment[0]]
    for before, line in itertools.pairwise(segment):
        if before.text.isupper() != line.text.isupper() and len(line.text) > 12 and len(before.text) > 8:
            yield run
            run = []
        run.append(line)
    yield run


def _breaks(before: Line, line: Line, width: int, dense: bool, indented: bool) -> bool:
    """True when a new paragraph begins between two lines that no empty line parts."""
    if starts_low(line.text) or before.text[-1] in HYPHENS:
        return False
    ended = ends(before.text)
    if indented:
        return line.indent > before.indent
    first = line.text.split(" ", 1)[0]
    needed = len(before.text) + 1 + len(first)
    if not ended:
        return needed <= 0.7 * width
    if width > _LONG_LINE:
        return True
    return needed <= (0.85 if dense else 0.6) * width
