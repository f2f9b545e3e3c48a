"""ALTO: words of a scanned page with their sizes; a text block is a paragraph or a headline, or several of them.

https://www.loc.gov/standards/alto/ ; SUBS_CONTENT of a String is the whole word that a line end has cut.
"""

from collections.abc import Iterable, Iterator
from statistics import median
from xml.etree import ElementTree

from shanxi_cli.importers.printed_lines import PrintedLine, compose_sized_text, segment_sized_pages
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml
from shanxi_cli.segmentation.dehyphenation import PageVocabulary, join_lines

_SOFT_HYPHEN = "\u00ad"
_MAX_SIZE = 100_000.0


def read_alto_pages(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the pages of an ALTO file, each segmented into articles.

    Raise `PageError` for a file without words.
    """
    root = parse_xml(data, shown)
    fonts = read_font_sizes(root)
    pages = list(iter_named(root, "Page")) or [root]
    texts = [compose_sized_text(_read_printed_blocks(page, fonts)) for page in pages]
    yield from segment_sized_pages(texts, shown, "an ALTO file")


def read_font_sizes(root: ElementTree.Element) -> dict[str, float]:
    """Return the size of each text style, in points, by its id; empty if all have one size."""
    sizes = {}
    for style in iter_named(root, "TextStyle"):
        size = _parse_number(get_attribute(style, "FONTSIZE"))
        if size > 0:
            sizes[get_attribute(style, "ID")] = size
    return sizes if len(set(sizes.values())) > 1 else {}


def _read_printed_blocks(page: ElementTree.Element, fonts: dict[str, float]) -> Iterator[list[PrintedLine]]:
    """Yield the lines of each text block with their sizes: of the style, else the height of the line."""
    for block in iter_named(page, "TextBlock"):
        lines = list(iter_named(block, "TextLine"))
        sizes = [_read_style_size((line, *line, block), fonts) if fonts else _read_line_height(line) for line in lines]
        yield [
            PrintedLine(text, size, _parse_number(get_attribute(line, "HPOS")), _read_line_height(line))
            for text, size, line in zip(_read_line_texts(lines), sizes, lines, strict=True)
        ]


def _read_style_size(elements: Iterable[ElementTree.Element], fonts: dict[str, float]) -> float:
    for element in elements:
        for name in get_attribute(element, "STYLEREFS").split():
            if name in fonts:
                return fonts[name]
    return 0.0


def _read_line_height(line: ElementTree.Element) -> float:
    """Return the median height of the words of a line, else the height of the line; 0 if none is given."""
    heights = [_parse_number(get_attribute(word, "HEIGHT")) for word in line if local_name(word) == "String"]
    heights = [height for height in heights if height > 0]
    return median(heights) if heights else _parse_number(get_attribute(line, "HEIGHT"))


def _parse_number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return number if 0 < number < _MAX_SIZE else 0.0


def join_words(lines: list[list[ElementTree.Element]]) -> str:
    """Return the words of lines on one line; a word that a hyphen cuts is joined."""
    texts = [text for text in _read_line_texts(lines) if text]
    vocabulary = PageVocabulary(texts)
    joined = ""
    for text in texts:
        is_cut = joined.endswith(_SOFT_HYPHEN)
        joined = join_lines(joined, text, vocabulary).text if is_cut else f"{joined} {text}".strip()
    return joined.removesuffix(_SOFT_HYPHEN)


def _read_line_texts(lines: Iterable[Iterable[ElementTree.Element]]) -> list[str]:
    """Return the words of each line; a soft hyphen ends a line that cuts a word, unless the file has the whole word."""
    texts: list[str] = []
    cut = ""
    for line in lines:
        words: list[str] = []
        for element in line:
            name = local_name(element)
            if name == "String":
                part, whole = get_attribute(element, "SUBS_TYPE"), get_attribute(element, "SUBS_CONTENT")
                if part == "HypPart2" and whole and whole == cut:
                    cut = ""  # the first part gave the whole word
                    continue
                cut = whole if part == "HypPart1" else ""
                words.append(whole if part.startswith("HypPart") and whole else get_attribute(element, "CONTENT"))
            elif name == "HYP" and words and not cut:
                words[-1] = words[-1].rstrip("-\u00ad¬") + _SOFT_HYPHEN
        texts.append(" ".join(word for word in words if word))
    return texts
