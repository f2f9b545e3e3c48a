"""Text of XML for news: paragraphs of a body, and the lines of every element that nothing has read."""

import re
from collections.abc import Collection, Iterator
from xml.etree import ElementTree

from shanxi_cli.importers.xml_utils import local_name

_BLOCKS = frozenset(
    "p hl1 hl2 h1 h2 h3 h4 h5 h6 li dt dd tr table ul ol dl pre block bq blockquote div section article note fn body "
    "body.content body.head tagline title abstract header footer figure figcaption media media-caption quote para "
    "tbody thead caption hr html head nitf story lead".split()
)
_CELLS = frozenset(("td", "th"))
_BREAK = "\x00"
_STAMP = re.compile(r"([12]\d{3})[-./]?(\d\d)[-./]?(\d\d)(?=\D|\Z)")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


def join_text(element: ElementTree.Element | None) -> str:
    """Return the text of an element on one line; empty for none."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def read_xml_paragraphs(element: ElementTree.Element, skipped: Collection[ElementTree.Element] = ()) -> list[str]:
    """Return the text of a body by its blocks, in order; inline elements are part of their block.

    Two line breaks end a paragraph, one is a space. `skipped` elements are not read.
    """
    runs: list[list[str]] = [[]]
    for piece in _iter_pieces(element, skipped):
        if piece is None:
            runs.append([])
        else:
            runs[-1].append(piece)
    paragraphs = []
    for run in runs:
        for text in re.split(rf"{_BREAK}\s*{_BREAK}", "".join(run)):
            if plain := " ".join(text.replace(_BREAK, " ").split()):
                paragraphs.append(plain)
    return paragraphs


def _iter_pieces(element: ElementTree.Element, skipped: Collection[ElementTree.Element]) -> Iterator[str | None]:
    """Yield pieces of text, and None between two blocks."""
    name = local_name(element)
    if element in skipped or not name:
        return
    is_block = name in _BLOCKS
    if is_block:
        yield None
    if name == "br":
        yield _BREAK
    if element.text:
        yield from _split_lines(element.text) if name == "pre" else (element.text,)
    for child in element:
        yield from _iter_pieces(child, skipped)
        if child.tail:
            yield child.tail
    if name in _CELLS:
        yield " "
    if is_block:
        yield None


def _split_lines(text: str) -> Iterator[str | None]:
    for piece in _PARAGRAPH.split(text):
        yield piece
        yield None


def list_unread_lines(root: ElementTree.Element, read: Collection[ElementTree.Element]) -> list[str]:
    """Return a line for each element that was not read and has text or attributes: `name attribute=value text`.

    An element in `read` is passed over with all below it.
    """
    lines: list[str] = []
    stack = [root]
    while stack:
        element = stack.pop()
        if element in read:
            continue
        stack.extend(reversed(element))
        name = local_name(element)
        if not name:
            continue
        values = [f"{key.rpartition('}')[2]}={value}" for key, value in element.attrib.items() if value.strip()]
        own = " ".join(f"{element.text or ''} {' '.join(child.tail or '' for child in element)}".split())
        if values or own:
            lines.append(" ".join([name, *values, own]).strip())
    return lines


def parse_stamp(value: str) -> str:
    """Return the date (EDTF) of a stamp such as `20131020T192751+1100` or `2013-10-20`; empty for others."""
    match = _STAMP.match(value.strip())
    return f"{match[1]}-{match[2]}-{match[3]}" if match and "01" <= match[2] <= "12" and match[3] <= "31" else ""


def find_first(element: ElementTree.Element, *names: str) -> ElementTree.Element | None:
    """Return the first descendant with one of the names; None without."""
    return next((one for one in element.iter() if local_name(one) in names), None)


def find_child(element: ElementTree.Element, *path: str) -> ElementTree.Element | None:
    """Return the element at a path of names of children; None if a step is missing."""
    found: ElementTree.Element | None = element
    for name in path:
        found = next((child for child in found or () if local_name(child) == name), None)
    return found
