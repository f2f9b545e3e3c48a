"""EPUB: each document of the reading order is an article of the book.

https://www.w3.org/TR/epub-33/
"""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import make_export_part
from shanxi_cli.importers.html_blocks import read_html_blocks
from shanxi_cli.importers.text import ImportedPart, decode_text
from shanxi_cli.importers.xml_utils import get_attribute, iter_named, parse_xml
from shanxi_cli.importers.zip_files import iter_zip_members, read_zip_member

_HEADINGS = frozenset("h1 h2 h3 h4".split())
_METADATA = {"title": "publication", "creator": "author", "date": "date", "language": "language"}


def read_epub_articles(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield an article for each document with text; its first heading is the headline. Raise `PageError` without."""
    container = parse_xml(read_zip_member(data, "META-INF/container.xml", shown), shown)
    package = next((get_attribute(root, "full-path") for root in iter_named(container, "rootfile")), "")
    if not package:
        raise PageError(shown, "a damaged EPUB: its container names no book")
    book = parse_xml(read_zip_member(data, package, shown), shown)
    common: dict[str, object] = {}
    for element in iter_named(book, *_METADATA):
        if element.text and element.text.strip():
            common.setdefault(_METADATA[element.tag.rpartition("}")[2]], " ".join(element.text.split()))
    common["language"] = str(common.get("language", ""))[:2]
    files = {get_attribute(item, "id"): get_attribute(item, "href") for item in iter_named(book, "item")}
    spine = [files.get(get_attribute(ref, "idref"), "") for ref in iter_named(book, "itemref")]
    names = [posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(name))) for name in spine if name]
    number = 0
    for _, content in iter_zip_members(data, names, shown):
        blocks = [block for block in read_html_blocks(decode_text(content, shown)) if "head" not in block.tags]
        at = next((n for n, block in enumerate(blocks) if _HEADINGS & set(block.tags)), None)
        text = [block.text for n, block in enumerate(blocks) if n != at]
        if text:
            number += 1
            values = {**common, "title": blocks[at].text if at is not None else ""}
            yield make_export_part(values, text, (), shown, number)
    if not number:
        raise PageError(shown, "an EPUB without text")
