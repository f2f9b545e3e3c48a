"""hOCR and PAGE-XML: lines of a scanned page with their sizes and kinds; a page is segmented into articles.

http://kba.github.io/hocr-spec/1.2/ ; https://github.com/PRImA-Research-Lab/PAGE-XML
"""

import re
from collections.abc import Iterator
from statistics import median

from shanxi_cli.errors import PageError
from shanxi_cli.importers.html_blocks import read_html_blocks
from shanxi_cli.importers.text import ImportedPart, decode_text, segment_page_text
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml

_LINE = re.compile(r"<span\b[^<>]*\bclass\s*=\s*[\"']ocr_(?:line|header|caption|textfloat)\b[^<>]*>")
_SIZE = re.compile(r"\bx_size\s+(\d+(?:\.\d+)?)")
_BOX = re.compile(r"\bbbox\s+\d+\s+(\d+)\s+\d+\s+(\d+)")
_PAGE = re.compile(r"""(?=<div\b[^<>]*\bclass\s*=\s*["']ocr_page\b)""")
_SIZED_LINE = re.compile(r"\ue000(\d+(?:\.\d+)?)\ue001\s*")
_HEADING_RATIO = 1.4
"""Lines so much larger than the median of the page are headlines: 1.4 to 3 in the samples of tesseract."""
_HEADING_KINDS = frozenset(("heading", "header"))


def read_hocr_pages(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the pages of an hOCR file, each segmented. Raise `PageError` for a file without words."""
    pages = [_read_hocr_page(page) for page in _PAGE.split(decode_text(data, shown))[1:]]
    return _segment_pages(pages, shown, "hOCR")


def read_page_xml(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the pages of a PAGE-XML file, each segmented. Raise `PageError` for a file without words."""
    pages = []
    for page in iter_named(parse_xml(data, shown), "Page"):
        regions = []
        for region in iter_named(page, "TextRegion"):
            lines = [_read_unicode(line) for line in region if local_name(line) == "TextLine"]
            lines = [line for line in lines if line] or [_read_unicode(region)]
            is_heading = get_attribute(region, "type") in _HEADING_KINDS
            regions.append(f"# {' '.join(lines)}" if is_heading else "\n".join(lines))
        pages.append("\n\n".join(region for region in regions if region.strip()))
    return _segment_pages(pages, shown, "PAGE-XML")


def _segment_pages(pages: list[str], shown: str, form: str) -> Iterator[ImportedPart]:
    if not any(page.strip() for page in pages):
        raise PageError(shown, f"{form} without words")
    return (
        segment_page_text(page, shown, str(number) if len(pages) > 1 else "")
        for number, page in enumerate(pages, 1)
        if page.strip()
    )


def _read_unicode(element: object) -> str:
    for child in element:  # type: ignore[attr-defined]
        if local_name(child) == "TextEquiv":
            return next((" ".join((text.text or "").split()) for text in iter_named(child, "Unicode")), "")
    return ""


def _read_hocr_page(markup: str) -> str:
    """Return the text of a page: a line for each line, an empty line between paragraphs, `#` before large lines."""
    blocks = read_html_blocks(_LINE.sub(_mark_line, markup))
    sizes = [float(size) for block in blocks for size in _SIZED_LINE.findall(block.text)]
    limit = _HEADING_RATIO * median(sizes) if sizes else 0.0
    return "\n\n".join(text for block in blocks if (text := _format_block(block.text, limit)))


def _mark_line(match: re.Match[str]) -> str:
    size, box = _SIZE.search(match.group()), _BOX.search(match.group())
    height = float(size[1]) if size else float(box[2]) - float(box[1]) if box else 0.0
    return f"<br>\ue000{abs(height)}\ue001{match.group()}"


def _format_block(text: str, limit: float) -> str:
    sizes = [float(size) for size in _SIZED_LINE.findall(text)]
    plain = "\n".join(line for line in _SIZED_LINE.sub("", text).split("\n") if line.strip())
    return f"# {' '.join(plain.split())}" if sizes and limit and min(sizes) >= limit else plain
