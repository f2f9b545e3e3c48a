"""Pages in Chinese: they are kept whole, without joining, changing or dropping any line."""

import re

from shanxi_cli.model.article import Article
from shanxi_cli.segmentation.page import Page

_HAN_PATTERN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER_PATTERN = re.compile(r"[^\W\d_]")
_MARKDOWN_HEADING_PATTERN = re.compile(r"\s{0,3}#{1,6}\s+")
_SENTENCE_END_PATTERN = re.compile(r"[。！？…；：」』”）)]\s*\Z")
_MAX_TITLE_LENGTH = 60
_SUPPLIED_TITLE_NOTE = "supplied from the first line; the page marks no headline"


def is_chinese(text: str) -> bool:
    """Return True if most letters of a text are Chinese characters."""
    sample = text[:20_000]
    han = len(_HAN_PATTERN.findall(sample))
    return han > 0 and han * 2 > len(_LETTER_PATTERN.findall(sample))


def segment_chinese_page(text: str) -> Page:
    """Return a page with an article for each marked headline, or one for the page; every line is a paragraph."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    starts = [n for n, line in enumerate(lines) if _MARKDOWN_HEADING_PATTERN.match(line)]
    if not starts or starts[0] > 0:
        starts = [0, *starts]
    stops = [*starts[1:], len(lines)]
    return Page(
        tuple(_build_article(lines[start:stop]) for start, stop in zip(starts, stops, strict=True) if stop > start)
    )


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
