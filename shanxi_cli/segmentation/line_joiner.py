"""Blocks of a page: clean its lines, drop doubled ones and join those of one paragraph or headline.

Blocks of furniture are marked as such on the way, for their lines are not joined; no other kind is decided here.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from shanxi_cli.segmentation.blocks import LARGE_SIZE, Block, BlockKind
from shanxi_cli.segmentation.dehyphenation import HYPHENS, PageVocabulary, dehyphenate_text, join_lines
from shanxi_cli.segmentation.passes.cleanup import clean_line
from shanxi_cli.segmentation.passes.headline_lines import split_headline_lines
from shanxi_cli.segmentation.passes.repeated_passages import find_repeated_passages
from shanxi_cli.segmentation.rules.bylines import parse_byline
from shanxi_cli.segmentation.rules.contributors import parse_contributors
from shanxi_cli.segmentation.rules.furniture import classify_furniture, is_jump_line
from shanxi_cli.segmentation.sentence_boundaries import ends_sentence, starts_mid_sentence

_MARKDOWN_HEADING_PATTERN = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_EMPTY_HEADING_PATTERN = re.compile(r"\s{0,3}#{1,6}\s*\Z")
"""Marks without words, as converters write them for a deck or byline that is missing."""
_HTML_HEADING_PATTERN = re.compile(r"\s*<h([1-6])\b[^>]*>(.*?)(?:</h\1>)?\s*\Z", re.IGNORECASE)
_BLOCKQUOTE_PATTERN = re.compile(r"\A\s{0,3}>\s?")
_SIZE_STEP = 1.2
"""Ratio of two sizes of type that differ; scanners are wrong by a tenth of the height of a line."""
_MAX_COLUMN_WIDTH = 130
"""Column width, in characters, above which each line is a paragraph."""


class PageLine(NamedTuple):
    """A cleaned line of a page: its number from 1, its heading level, its indent in characters, its size of type.

    The size is a ratio to that of the text of the page, 0 where it is not known.
    """

    text: str
    number: int
    level: int
    indent: int
    size: float = 0.0


class LineRepair(NamedTuple):
    """A repair in a line (its number, from 1): `joined word: allevi- ation: alleviation`."""

    line: int
    description: str


class BlockReading(NamedTuple):
    """Blocks of a page, its vocabulary, and the repairs of its lines."""

    blocks: list[Block]
    vocabulary: PageVocabulary
    repairs: list[LineRepair]


def read_blocks(text: str, sizes: Sequence[float] = ()) -> BlockReading:
    """Return the blocks of a page in the order of its lines; `sizes` are the sizes of type of its lines, if known."""
    repairs: list[LineRepair] = []
    lines = _clean_lines(text, repairs)
    if sizes:
        lines = [line._replace(size=sizes[line.number - 1]) for line in lines]
    blocks: list[Block] = []
    for start, end in find_repeated_passages([line.text for line in lines]):
        blocks.append(_make_repeated_block(lines[start:end]))
        lines[start:end] = [line._replace(text="") for line in lines[start:end]]
    vocabulary = PageVocabulary(line.text for line in lines)
    gap = 0
    width = _estimate_column_width(lines)
    for segment in _split_segments(lines):
        if not segment[0].text:
            gap += len(segment)
            continue
        blocks += _build_blocks(segment, gap, width, vocabulary, repairs)
        gap = 0
    return BlockReading(sorted(blocks, key=lambda block: block.line), vocabulary, repairs)


def _make_repeated_block(lines: Sequence[PageLine]) -> Block:
    texts = tuple(line.text for line in lines if line.text)
    reasons = (("find_repeated_passages", 0.0),)
    kind, number = BlockKind.FURNITURE, lines[0].number
    return Block(" ".join(texts), number, kind=kind, furniture_kind="repeated passage", lines=texts, reasons=reasons)


def _clean_lines(text: str, repairs: list[LineRepair]) -> list[PageLine]:
    """Return the cleaned lines, adding to `repairs`; a line printed twice in succession is kept once."""
    kept: list[PageLine] = []
    for number, raw in enumerate(re.split(r"[\n\f]", text.replace("\r\n", "\n").replace("\r", "\n")), 1):
        tagged = _HTML_HEADING_PATTERN.match(raw)
        line = f"{'#' * int(tagged[1])} {tagged[2]}" if tagged else _BLOCKQUOTE_PATTERN.sub("", raw, count=1)
        line = _EMPTY_HEADING_PATTERN.sub("", line)
        marked = _MARKDOWN_HEADING_PATTERN.match(line)
        level = len(marked[1]) if marked else 0
        clean, done = clean_line(line[marked.end() :] if marked else line)
        repairs += (LineRepair(number, what) for what in done)
        plain = " ".join(clean.split())
        line_now = PageLine(plain, number, level, len(clean) - len(clean.lstrip()))
        at = next((n for n in range(len(kept) - 1, -1, -1) if kept[n].text), None)
        if plain and at is not None and kept[at].text == plain and len(plain) >= 12:
            repairs.append(LineRepair(number, f"doubled line: {plain}"))
            if at == len(kept) - 1:
                continue
            # Across a column break the second is kept, for its continuation follows it.
            kept[at] = kept[at]._replace(text="")
        kept.append(line_now)
    return kept


def _split_segments(lines: Sequence[PageLine]) -> Iterator[list[PageLine]]:
    """Yield runs of empty lines and runs of other lines, the latter split at lines certain to stand alone."""
    segment: list[PageLine] = []
    for n, line in enumerate(lines):
        after = lines[n + 1].text if n + 1 < len(lines) else ""
        alone = bool(line.text) and (line.level > 0 or _is_standalone_line(line.text, after))
        if segment and (alone or bool(line.text) != bool(segment[-1].text) or _differ_in_size(segment[-1], line)):
            yield segment
            segment = []
        segment.append(line)
        if alone:
            yield segment
            segment = []
    if segment:
        yield segment


def _differ_in_size(before: PageLine, line: PageLine) -> bool:
    """Return True for two lines of which only one is in large type, or that are in large type of two sizes."""
    smaller, larger = sorted((before.size, line.size))
    return smaller > 0 and larger >= LARGE_SIZE and larger >= _SIZE_STEP * smaller


def _is_standalone_line(text: str, after: str) -> bool:
    """Return True for a line that is never part of running text; `after` is the next line."""
    if len(text) > 200:
        return False
    if is_jump_line(text) and not re.match(r"(?i)pages?\s?\d", text):
        return True
    if parse_byline(text) and not (after and starts_mid_sentence(after)):
        return True
    return bool(parse_contributors(text)) and (ends_sentence(text) or not after or not starts_mid_sentence(after))


def _estimate_column_width(lines: Sequence[PageLine]) -> int:
    """Return the column width in characters: the 90th percentile of lines that another line follows."""
    inner = sorted(len(a.text) for a, b in itertools.pairwise(lines) if a.text and b.text)
    return inner[len(inner) * 9 // 10] if inner else 0


def _build_blocks(
    segment: list[PageLine], gap: int, width: int, vocabulary: PageVocabulary, repairs: list[LineRepair]
) -> Iterator[Block]:
    """Yield the blocks of a segment, adding to `repairs`; `gap` counts the empty lines before it."""
    texts = [line.text for line in segment]
    why = classify_furniture(texts)
    if why:
        text, number, reasons = " ".join(texts), segment[0].number, (("classify_furniture", 0.0),)
        kind = BlockKind.FURNITURE
        yield Block(text, number, 0, gap, kind, furniture_kind=why, lines=tuple(texts), reasons=reasons)
        return
    parts = split_headline_lines(texts)
    if len(parts) > 1:
        for start, end in parts:
            yield from _build_blocks(segment[start:end], gap, width, vocabulary, repairs)
            gap = 0
        return
    for run in _split_paragraphs(segment, width):
        text = run[0].text
        for line in run[1:]:
            join = join_lines(text, line.text, vocabulary)
            if join.repair:
                repairs.append(LineRepair(line.number, f"joined word: {join.repair}"))
            text = join.text
        text, inside = dehyphenate_text(text, vocabulary)
        repairs += (LineRepair(run[0].number, f"joined word: {word}") for word in inside)
        level = max(line.level for line in run)
        size = median(line.size for line in run)
        yield Block(text, run[0].number, level, gap, lines=tuple(line.text for line in run), size=size)
        gap = 0


def _split_paragraphs(segment: list[PageLine], width: int) -> Iterator[list[PageLine]]:
    """Yield the runs of lines that make one paragraph or headline each."""
    if len(segment) == 1:
        yield segment
        return
    if _is_display_type(segment, width):
        yield from _split_display_lines(segment)
        return
    widest = max(len(line.text) for line in segment)
    width = min(width, widest) if width else widest
    base = min(line.indent for line in segment)
    indented = sum(line.indent > base for line in segment)
    dense = len(segment) > 25 and not indented
    run = [segment[0]]
    for before, line in itertools.pairwise(segment):
        if _starts_paragraph(before, line, width, dense=dense, indented=0 < indented <= len(segment) // 2):
            yield run
            run = []
        run.append(line)
    yield run


def _is_display_type(segment: Sequence[PageLine], width: int) -> bool:
    """Return True for the lines of a headline or deck: few words, and no line ends a sentence."""
    words = sum(len(line.text.split()) for line in segment)
    if any(line.indent >= segment[0].indent + 2 for line in segment[1:]):
        return False  # a paragraph begins there
    if words > 26 or len(segment) > 6 or any(ends_sentence(line.text) for line in segment):
        return False
    return not starts_mid_sentence(segment[0].text) and (
        max(len(line.text) for line in segment) < 0.95 * width or words <= 18
    )


def _split_display_lines(segment: list[PageLine]) -> Iterator[list[PageLine]]:
    """Yield runs of display type, split where capitals end or begin: a headline in capitals above its deck."""
    run = [segment[0]]
    for before, line in itertools.pairwise(segment):
        if before.text.isupper() != line.text.isupper() and len(line.text) > 12 and len(before.text) > 8:
            yield run
            run = []
        run.append(line)
    yield run


def _starts_paragraph(before: PageLine, line: PageLine, width: int, *, dense: bool, indented: bool) -> bool:
    """Return True if a paragraph begins at `line`, with no empty line after `before`.

    `width` is the column width. `dense`: the segment has many lines and no indents. `indented`: an indent begins
    paragraphs.
    """
    if starts_mid_sentence(line.text) or before.text[-1] in HYPHENS:
        return False
    ended = ends_sentence(before.text)
    if indented:
        return line.indent > before.indent
    first = line.text.split(" ", 1)[0]
    needed = len(before.text) + 1 + len(first)
    if not ended:
        return needed <= 0.7 * width
    if width > _MAX_COLUMN_WIDTH:
        return True
    return needed <= (0.85 if dense else 0.6) * width
