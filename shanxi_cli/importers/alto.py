"""ALTO: the words of a scanned page with their places. A text block is a paragraph or a headline.

https://www.loc.gov/standards/alto/ ; SUBS_CONTENT of a String is the whole word of which a line end left it a part.
"""

from collections.abc import Iterator
from xml.etree import ElementTree

from shanxi_cli.errors import PageError
from shanxi_cli.importers.text import Part, split_part
from shanxi_cli.importers.xml_utils import attribute, local, named, parsed


def alto_pages(data: bytes, shown: str) -> Iterator[Part]:
    """The pages of an ALTO file, each split into articles."""
    root = parsed(data, shown)
    pages = list(named(root, "Page")) or [root]
    texts = ["\n\n".join(text for _, text in blocks(page)) for page in pages]
    if not any(text.strip() for text in texts):
        raise PageError(shown, "an ALTO file without words")
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield split_part(text, shown, str(number) if len(texts) > 1 else "")


def blocks(root: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """The text blocks in their order: the id of each, and its text on one line."""
    for block in named(root, "TextBlock"):
        text = _text(block)
        if text:
            yield attribute(block, "ID"), text


def _text(block: ElementTree.Element) -> str:
    words: list[str] = []
    lines = [list(line) for line in named(block, "TextLine")]
    for line in lines:
        for element in line:
            name = local(element)
            if name == "String":
                part, whole = attribute(element, "SUBS_TYPE"), attribute(element, "SUBS_CONTENT")
                if part == "HypPart2" and words and words[-1] == whole:
                    continue  # the first part has brought the whole word
                words.append(whole if part.startswith("HypPart") and whole else attribute(element, "CONTENT"))
            elif name == "HYP" and words and not _joined(line):
                words[-1] += "\u00ad"
    text = " ".join(word for word in words if word)
    return text.replace("\u00ad ", "- ")


def _joined(line: list[ElementTree.Element]) -> bool:
    strings = [element for element in line if local(element) == "String"]
    return bool(strings) and bool(attribute(strings[-1], "SUBS_CONTENT"))
