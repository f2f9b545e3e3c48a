"""Pages in Chinese. They come through whole: no word is joined, no character changed, no line left out."""

import re

from shanxi_cli.model.nouns import Article
from shanxi_cli.segmentation.page import Page

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_MARK = re.compile(r"\s{0,3}#{1,6}\s+")
_END = re.compile(r"[。！？…；：」』”）)]\s*\Z")
_LONGEST_TITLE = 60
_SUPPLIED = "supplied from the first line; the page marks no headline"


def is_chinese(text: str) -> bool:
    """True when most letters of a text are Chinese characters."""
    sample = text[:20_000]
    han = len(_HAN.findall(sample))
    return han > 0 and han * 2 > len(_LETTER.findall(sample))


def split_chinese(text: str) -> Page:
    """One article for each marked headline, or one for the page; every line is a paragraph."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    starts = [n for n, line in enumerate(lines) if _MARK.match(line)]
    if not starts or starts[0] > 0:
        starts = [0, *starts]
    stops = [*starts[1:], len(lines)]
    return Page(tuple(_article(lines[start:stop]) for start, stop in zip(starts, stops, strict=True) if stop > start))


def _article(lines: list[str]) -> Article:
    first = _MARK.sub("", lines[0])
    printed = bool(_MARK.match(lines[0])) or (
        len(first) <= _LONGEST_TITLE and not _END.search(first) and len(lines) > 1
    )
    title = first if printed else re.split("[。！？]", first)[0][:_LONGEST_TITLE]
    body = lines[1:] if printed and len(lines) > 1 else lines
    return Article(
        id="",
        title=title,
        title_note="" if printed else _SUPPLIED,
        body="\n\n".join(_MARK.sub("", line) for line in body),
        language="zh",
    )
