"""Pages in Chinese: they are kept whole, without changing or dropping any line.

A page that was broken at one width, as mail and `fold` break text, has its lines joined to paragraphs.
"""

import re
from itertools import pairwise

from shanxi_cli.model.article import Article
from shanxi_cli.segmentation.page import Page
from shanxi_cli.util.display_width import display_width
from shanxi_cli.util.line_breaking import split_pieces
from shanxi_cli.util.line_joining import join_lines
from shanxi_cli.util.unicode import HAN

_HAN_PATTERN = re.compile(f"[{HAN}]")
_LETTER_PATTERN = re.compile(r"[^\W\d_]")
_MARKDOWN_HEADING_PATTERN = re.compile(r"\s{0,3}#{1,6}\s+")
_SENTENCE_END_PATTERN = re.compile(r"[。！？…；：」』”）)]\s*\Z")
_PARAGRAPH_START_PATTERN = re.compile(r"\u3000| {2}|\t|\s*#")
_MAX_TITLE_LENGTH = 60
_SLACK = 2
"""Columns by which programs disagree on a full line."""
_MIN_FULL_LINES = 3
"""Number of full lines on a page that was broken at one width, which are most of its lines."""
_SUPPLIED_TITLE_NOTE = "supplied from the first line; the page marks no headline"


def is_chinese(text: str) -> bool:
    """Return True if most letters of a text are Chinese characters."""
    sample = text[:20_000]
    han = len(_HAN_PATTERN.findall(sample))
    return han > 0 and han * 2 > len(_LETTER_PATTERN.findall(sample))


def segment_chinese_page(text: str) -> Page:
    """Return a page with an article for each marked headline, or one for the page.

    Every line is a paragraph, unless the page was broken at one width.
    """
    lines = _join_wrapped_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    starts = [n for n, line in enumerate(lines) if _MARKDOWN_HEADING_PATTERN.match(line)]
    if not starts or starts[0] > 0:
        starts = [0, *starts]
    stops = [*starts[1:], len(lines)]
    return Page(
        tuple(_build_article(lines[start:stop]) for start, stop in zip(starts, stops, strict=True) if stop > start)
    )


def _join_wrapped_lines(lines: list[str]) -> list[str]:
    """Return the lines that are not empty, stripped; those of a page broken at one width are joined to paragraphs.

    A line is full if what the next begins with, up to a place for a break, would not have fitted into the widest. An
    empty line, an indent and a headline begin a paragraph.
    """
    widest = max((display_width(line.rstrip()) for line in lines), default=0)
    pairs = [pair for pair in pairwise(lines) if _may_go_on(*pair)]
    full = {pair for pair in pairs if display_width(pair[0].rstrip()) + _first_width(pair[1]) > widest - _SLACK}
    is_wrapped = len(full) >= _MIN_FULL_LINES and len(full) * 2 > len(pairs)
    joined: list[str] = []
    for before, line in pairwise(["", *lines]):
        if is_wrapped and (before, line) in full:
            joined[-1] = join_lines(f"{joined[-1]}\n{line}")
        elif line.strip():
            joined.append(line.strip())
    return joined


def _may_go_on(before: str, line: str) -> bool:
    return bool(before.strip() and line.strip()) and not (
        _MARKDOWN_HEADING_PATTERN.match(before) or _PARAGRAPH_START_PATTERN.match(line)
    )


def _first_width(line: str) -> int:
    return display_width(next(split_pieces(line)).rstrip())


def _build_article(lines: list[str]) -> Article:
    first = _MARKDOWN_HEADING_PATTERN.sub("", lines[0])
    printed = bool(_MARKDOWN_HEADING_PATTERN.match(lines[0])) or (
        len(first) <= _MAX_TITLE_LENGTH and not _SENTENCE_END_PATTERN.search(first) and len(lines) > 1
    )
    title = first if printed else re.split("[。！？]", first)[0][:_MAX_TITLE_LENGTH]
    body = lines[1:] if printed and len(lines) > 1 else lines
    return Article(
        id="",
        title=title,
        title_note="" if printed else _SUPPLIED_TITLE_NOTE,
        body="\n\n".join(_MARKDOWN_HEADING_PATTERN.sub("", line) for line in body),
        language="zh",
    )
