"""Word (DOCX) and OpenDocument (ODT) files: the text of every paragraph, wherever it stands.

ECMA-376 part 1, 17.3 (paragraphs and runs) and ODF 1.3 part 3, 5 and 6. Text boxes, content controls, tables,
footnotes and accepted insertions are text; deleted text and field codes are none.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.xml_utils import get_attribute, local_name, parse_xml
from shanxi_cli.importers.zip_files import list_zip_names, read_zip_member

_WORD_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_HEADING_STYLE = re.compile(r"(?:Title|Titel|Heading|berschrift|Titre|Kop|Ttulo|Titolo|heading)\s*([1-9]?)", re.I)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "line-break": "\n", "s": " "}
_IGNORED = frozenset(
    "delText instrText pPr rPr sectPr annotation tracked-changes Fallback annotation-end bookmark-start".split()
)
_MAX_DEPTH = 60


class OfficeParagraph(NamedTuple):
    """A paragraph of a document; `is_heading` if its style is that of a title or heading."""

    text: str
    is_heading: bool


def read_word_paragraphs(data: bytes, shown: str) -> list[OfficeParagraph]:
    """Return the paragraphs of a Word file, those of its notes last. Raise `PageError` for a damaged file."""
    names = set(list_zip_names(data))
    roots = [parse_xml(read_zip_member(data, name, shown), shown) for name in _WORD_PARTS if name in names]
    if not roots:
        raise PageError(shown, "a damaged Word file: there is no word/document.xml in it")
    return [paragraph for root in roots for paragraph in _iter_paragraphs(root)]


def read_odt_paragraphs(data: bytes, shown: str) -> list[OfficeParagraph]:
    """Return the paragraphs of an OpenDocument text. Raise `PageError` for a damaged file."""
    return list(_iter_paragraphs(parse_xml(read_zip_member(data, "content.xml", shown), shown)))


def _iter_paragraphs(root: ElementTree.Element) -> Iterator[OfficeParagraph]:
    """Yield the paragraphs in document order; one inside another (a text box) comes before it."""
    for element in root:
        name = local_name(element)
        if name in _IGNORED:
            continue
        if name not in ("p", "h"):
            yield from _iter_paragraphs(element)
            continue
        inner: list[ElementTree.Element] = []
        text = "".join(_iter_text(element, inner))
        for box in inner:
            yield from _iter_paragraphs(box)
        yield OfficeParagraph(text.replace("\u00a0", " "), name == "h" or _has_heading_style(element))


def _iter_text(element: ElementTree.Element, inner: list[ElementTree.Element]) -> Iterator[str]:
    """Yield the text of a paragraph, and append to `inner` the elements that hold paragraphs of their own."""
    is_open_document = "opendocument" in str(element.tag)
    if (local_name(element) == "t" or is_open_document) and element.text:
        yield element.text
    for child in element:
        name = local_name(child)
        if name in ("txbxContent", "note-body", "text-box"):
            inner.append(child)
        elif name in _BREAKS and name != "t":
            yield _BREAKS[name]
        elif name not in _IGNORED:
            yield from _iter_text(child, inner)
        if is_open_document and child.tail:
            yield child.tail


def _has_heading_style(element: ElementTree.Element) -> bool:
    for properties in element:
        for style in properties:
            if local_name(style) == "pStyle":
                return bool(_HEADING_STYLE.match(get_attribute(style, "val")))
    return bool(_HEADING_STYLE.match(get_attribute(element, "style-name")))
