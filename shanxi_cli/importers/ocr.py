"""hOCR and PAGE-XML: lines of a scanned page with their sizes and kinds; a page is segmented into articles.

http://kba.github.io/hocr-spec/1.2/ ; https://github.com/PRImA-Research-Lab/PAGE-XML
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from shanxi_cli.importers.html_blocks import read_html_blocks
from shanxi_cli.importers.printed_lines import PrintedLine, SizedText, compose_sized_text, segment_sized_pages
from shanxi_cli.importers.text import ImportedPart, decode_text
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml

_LINE = re.compile(r"<span\b[^<>]*\bclass\s*=\s*[\"']ocr_(?:line|header|caption|textfloat)\b[^<>]*>")
_SIZE = re.compile(r"\bx_size\s+(\d+(?:\.\d+)?)")
_BOX = re.compile(r"\bbbox\s+\d+\s+(\d+)\s+\d+\s+(\d+)")
_PAGE = re.compile(r"""(?=<div\b[^<>]*\bclass\s*=\s*["']ocr_page\b)""")
_SIZED_LINE = re.compile(r"\ue000(\d+(?:\.\d+)?)\ue001\s*")
_POINT = re.compile(r"-?\d+(?:\.\d+)?,(-?\d+(?:\.\d+)?)")
_HEADING_KINDS = frozenset(("heading", "header"))


def read_hocr_pages(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the pages of an hOCR file, each segmented. Raise `PageError` for a file without words."""
    pages = [_read_hocr_page(page) for page in _PAGE.split(decode_text(data, shown))[1:]]
    yield from segment_sized_pages(pages, shown, "hOCR")


def read_page_xml(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the pages of a PAGE-XML file, each segmented. Raise `PageError` for a file without words."""
    root = parse_xml(data, shown)
    pages = [compose_sized_text(_read_regions(page)) for page in iter_named(root, "Page")]
    yield from segment_sized_pages(pages, shown, "PAGE-XML")


def _read_regions(page: ElementTree.Element) -> Iterator[list[PrintedLine]]:
    """Yield the lines of the text regions of a page, in reading order where it is given."""
    regions = {get_attribute(region, "id"): region for region in iter_named(page, "TextRegion")}
    order = [get_attribute(one, "regionRef") for one in iter_named(page, "RegionRefIndexed", "RegionRef")]
    ordered = [regions[name] for name in dict.fromkeys(order) if name in regions]
    known = {id(region) for region in ordered}
    for region in [*ordered, *(region for region in iter_named(page, "TextRegion") if id(region) not in known)]:
        lines = [
            PrintedLine(text, _read_height(line))
            for line in region
            if local_name(line) == "TextLine" and (text := _read_unicode(line))
        ] or [PrintedLine(_read_unicode(region))]
        if get_attribute(region, "type") in _HEADING_KINDS:
            lines = [PrintedLine(f"# {' '.join(line.text for line in lines)}", max(line.size for line in lines))]
        yield lines


def _read_height(line: ElementTree.Element) -> float:
    """Return the height of the polygon of a line; 0 without one."""
    for child in line:
        if local_name(child) == "Coords":
            ys = [float(y) for y in _POINT.findall(get_attribute(child, "points"))]
            return max(ys) - min(ys) if ys else 0.0
    return 0.0


def _read_unicode(element: ElementTree.Element) -> str:
    for child in element:
        if local_name(child) == "TextEquiv":
            return next((" ".join((text.text or "").split()) for text in iter_named(child, "Unicode")), "")
    return ""


def _read_hocr_page(markup: str) -> SizedText:
    """Return the text of a page and the sizes of its lines, with an empty line between paragraphs."""
    blocks = read_html_blocks(_LINE.sub(_mark_line, markup))
    return compose_sized_text(list(_read_sized_lines(block.text)) for block in blocks)


def _read_sized_lines(text: str) -> Iterator[PrintedLine]:
    size = 0.0
    for line in text.split("\n"):
        marked = _SIZED_LINE.match(line)
        size = float(marked[1]) if marked else size
        yield PrintedLine(_SIZED_LINE.sub("", line), size)


def _mark_line(match: re.Match[str]) -> str:
    size, box = _SIZE.search(match.group()), _BOX.search(match.group())
    height = float(size[1]) if size else float(box[2]) - float(box[1]) if box else 0.0
    return f"<br>\ue000{abs(height)}\ue001{match.group()}"
