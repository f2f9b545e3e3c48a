"""Pages in Chinese: they are kept whole, without changing or dropping any line.

A page that was broken at one width, as mail and `fold` break text, has its lines joined to paragraphs.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

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
_BYLINE_PATTERN = re.compile(r"\s*[□■●◎◆○▲★（(]?\s*(?:本报|新华社|中新社|人民网|记者|通讯员|作者|文\s*[/／:：|｜])")
_NUMBERED_PATTERN = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、．.]|第[一二三四五六七八九十]+[、：:\s]"
)
_MAX_SUBHEAD_LENGTH = 12
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


class _Head(NamedTuple):
    """Marked lines without text between: a headline. `start` and `stop` are indexes of lines, half-open."""

    start: int
    stop: int
    level: int
    title: str


def segment_chinese_page(text: str) -> Page:
    """Return a page with an article for each marked headline, or one for the page.

    Every line is a paragraph, unless the page was broken at one width. Marked lines without text between them are one
    headline; a subhead is a paragraph of its article.
    """
    lines = _join_wrapped_lines(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if not lines:
        return Page(())
    heads = _drop_subheads(lines, _find_heads(lines))
    starts = [head.start for head in heads]
    if not starts or starts[0] > 0:
        starts = [0, *starts]
    stops = [*starts[1:], len(lines)]
    by_start = {head.start: head for head in heads}
    return Page(
        tuple(_build_article(lines[start:stop], by_start.get(start)) for start, stop in zip(starts, stops, strict=True))
    )


def _find_heads(lines: Sequence[str]) -> list[_Head]:
    heads: list[_Head] = []
    for n, line in enumerate(lines):
        match = _MARKDOWN_HEADING_PATTERN.match(line)
        if not match:
            continue
        level, words = match.group().count("#"), line[match.end() :]
        if heads and heads[-1].stop == n:
            heads[-1] = heads[-1]._replace(
                stop=n + 1, title=f"{heads[-1].title} {words}", level=min(level, heads[-1].level)
            )
        else:
            heads.append(_Head(n, n + 1, level, words))
    return heads


def _drop_subheads(lines: Sequence[str], heads: Sequence[_Head]) -> list[_Head]:
    """Return the heads that begin articles.

    A subhead is deeper than the headline above it, or numbered, or one of several in succession of a few characters and
    without a byline, below a headline with one.
    """
    signed = {head.start for head in heads if head.stop < len(lines) and _BYLINE_PATTERN.match(lines[head.stop])}
    kept: list[_Head] = []
    at = 0
    while at < len(heads):
        head, above = heads[at], kept[-1] if kept else None
        series = list(takewhile(lambda one: _is_short_head(one) and one.start not in signed, heads[at:]))
        is_marked = above is not None and (head.level > above.level or _NUMBERED_PATTERN.match(head.title))
        if above and above.start in signed and len(series) > 1:
            at += len(series)
        elif head.start not in signed and is_marked:
            at += 1
        else:
            kept.append(head)
            at += 1
    return kept


def _is_short_head(head: _Head) -> bool:
    return len(head.title) <= _MAX_SUBHEAD_LENGTH and head.stop - head.start == 1


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


def _build_article(lines: Sequence[str], head: _Head | None) -> Article:
    first = lines[0]
    printed = head is not None or (
        len(first) <= _MAX_TITLE_LENGTH and not _SENTENCE_END_PATTERN.search(first) and len(lines) > 1
    )
    title = head.title if head else first if printed else re.split("[。！？]", first)[0][:_MAX_TITLE_LENGTH]
    titles = head.stop - head.start if head else int(printed)
    body = lines[titles:] if len(lines) > titles else lines
    subheads = [_MARKDOWN_HEADING_PATTERN.sub("", line) for line in body if _MARKDOWN_HEADING_PATTERN.match(line)]
    return Article(
        id="",
        title=title,
        title_note="" if printed else _SUPPLIED_TITLE_NOTE,
        body="\n\n".join(_MARKDOWN_HEADING_PATTERN.sub("", line) for line in body),
        language="zh",
        unsure=tuple(f"a subhead, or a headline: {line}" for line in subheads if len(lines) > titles),
    )
