"""ALTO: words of a scanned page with their positions; a text block is a paragraph or a headline.

https://www.loc.gov/standards/alto/ ; SUBS_CONTENT of a String is the whole word that a line end has cut.
"""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.text import ImportedPart, segment_page_text
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, local_name, parse_xml


def read_alto_pages(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the pages of an ALTO file, each segmented into articles.

    Raise `PageError` for a file without words.
    """
    root = parse_xml(data, shown)
    pages = list(iter_named(root, "Page")) or [root]
    texts = ["\n\n".join(text for _, text in iter_text_blocks(page)) for page in pages]
    if not any(text.strip() for text in texts):
        raise PageError(shown, "an ALTO file without words")
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield segment_page_text(text, shown, str(number) if len(texts) > 1 else "")


def iter_text_blocks(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yield the id and the text, on one line, of each text block in document order."""
    for block in iter_named(root, "TextBlock"):
        text = _read_block_text(block)
        if text:
            yield get_attribute(block, "ID"), text


def _read_block_text(block: ElementTree.Element) -> str:
    return _join_lines([list(line) for line in iter_named(block, "TextLine")])


def join_words(lines: list[list[ElementTree.Element]]) -> str:
    """Return the words of lines on one line; empty without words."""
    return _join_lines(lines)


class ElementIndex(NamedTuple):
    """The elements of an ALTO file in document order: their numbers, and the elements by id."""

    root: ElementTree.Element
    order: dict[ElementTree.Element, int]
    ids: dict[str, ElementTree.Element]


def index_elements(root: ElementTree.Element) -> ElementIndex:
    """Return the index of a file, for `read_range_texts`."""
    order = {element: number for number, element in enumerate(root.iter())}
    return ElementIndex(root, order, {name: element for element in order if (name := get_attribute(element, "ID"))})


def read_range_texts(index: ElementIndex, begin: str, end: str) -> list[str]:
    """Return the texts between two elements, both included, by block; ids of words, lines or blocks. Empty for none."""
    if begin not in index.ids or (end and end not in index.ids):
        return []
    order = index.order
    first = order[index.ids[begin]]
    last = max(order[element] for element in index.ids[end or begin].iter())
    texts = []
    for block in iter_named(index.root, "TextBlock"):
        if order[block] > last:
            break
        lines = [
            [element for element in line if first <= order[element] <= last] for line in iter_named(block, "TextLine")
        ]
        if text := _join_lines(lines):
            texts.append(text)
    return texts


def _join_lines(lines: list[list[ElementTree.Element]]) -> str:
    words: list[str] = []
    for line in lines:
        hyphenated = _is_hyphenated_line(line)
        for element in line:
            name = local_name(element)
            if name == "String":
                part, whole = get_attribute(element, "SUBS_TYPE"), get_attribute(element, "SUBS_CONTENT")
                if part == "HypPart2" and words and words[-1] == whole:
                    continue  # the first part gave the whole word
                words.append(whole if part.startswith("HypPart") and whole else get_attribute(element, "CONTENT"))
            elif name == "HYP" and words and not hyphenated:
                words[-1] = words[-1].removesuffix("\u00ad") + "\u00ad"
    text = " ".join(word for word in words if word)
    return text.replace("\u00ad ", "- ")


def _is_hyphenated_line(line: list[ElementTree.Element]) -> bool:
    strings = [element for element in line if local_name(element) == "String"]
    return bool(strings) and bool(get_attribute(strings[-1], "SUBS_CONTENT"))
