"""Importers: detect the format of a file and read its pages. Each format has a module of its own.

| format | detected by | module |
| --- | --- | --- |
| PDF with a text layer | `%PDF` at its beginning | `pdf` |
| ALTO, METS | an XML root `alto` or `mets` in any namespace | `alto`, `mets` |
| HTML | a doctype or an HTML tag at its beginning | `html` |
| CSV, TSV, JSON lines, JSON | its extension | `tables` |
| article with front matter | `---`, `+++`, `;;;` or `{` as its first line that is not empty | `records` |
| pages of text or Markdown | any other text | `text` |
"""

import os
import re
from collections.abc import Iterator

from shanxi_cli.corpus.reader import display_path
from shanxi_cli.errors import PageError
from shanxi_cli.importers.input_files import read_input_file
from shanxi_cli.importers.text import ImportedPart, decode_text, read_text_pages, reject_binary

_MARKUP_PATTERN = re.compile(
    rb"\s*(?:<\?xml|<!doctype|<html|<head|<body|<article|<(?:\w+:)?(?:alto|mets)\b)", re.IGNORECASE
)
_ROOT_TAG_PATTERN = re.compile(rb"<(?:[\w.-]+:)?(alto|mets|html)\b", re.IGNORECASE)
_UNSUPPORTED_SIGNATURES = {
    b"PK\x03\x04": "a zip, Word or e-book file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"\x1f\x8b": "a gzip file",
    b"{\\rtf": "an RTF file",
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"), "a picture"),
}


def read_parts(path: str, data: bytes | None = None, text_field: str | None = None) -> Iterator[ImportedPart]:
    """Return the parts of a file in order: pages, the rows of a table, or the articles of an issue.

    `data` is the content if it was read before. `text_field` names the text column of a table. Raise `PageError`
    for a file that cannot be read or has no text to import.
    """
    shown = display_path(path)
    data = read_input_file(path, shown) if data is None else data
    if not data.strip():
        raise PageError(shown, "an empty file")
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    ending = os.path.splitext(path)[1].lower()
    if head.startswith(b"%PDF"):
        from shanxi_cli.importers.pdf import read_pdf_pages

        return read_pdf_pages(data, shown)
    for sign, what in _UNSUPPORTED_SIGNATURES.items():
        if data.startswith(sign):
            raise PageError(shown, f"{what}; save it as text, or as PDF with a text layer")
    if _MARKUP_PATTERN.match(head):
        return _read_markup(head, data, path, shown)
    if ending in (".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json"):
        from shanxi_cli.importers.tables import read_table_pages

        return read_table_pages(decode_text(data, shown), ending, path, shown, text_field)
    if text_field is not None:
        raise PageError(shown, "--text-field is for CSV and JSON lines")
    text = decode_text(data, shown)
    reject_binary(text, shown)
    if text.lstrip("\ufeff \t\r\n").startswith(("---", "+++", ";;;", "{")):
        from shanxi_cli.importers.records import read_front_matter_article

        if article := read_front_matter_article(text, shown):
            return iter([article])
    return read_text_pages(text, shown)


def _read_markup(head: bytes, data: bytes, path: str, shown: str) -> Iterator[ImportedPart]:
    root = _ROOT_TAG_PATTERN.search(head)
    kind = root[1].lower() if root else b"html" if re.match(rb"\s*<(?!\?xml)", head) else b""
    if kind == b"alto":
        from shanxi_cli.importers.alto import read_alto_pages

        return read_alto_pages(data, shown)
    if kind == b"mets":
        from shanxi_cli.importers.mets import read_mets_articles

        return read_mets_articles(data, path, shown)
    if kind == b"html":
        from shanxi_cli.importers.html import read_webpage

        return iter([read_webpage(decode_text(data, shown), shown)])
    raise PageError(shown, "XML that is neither ALTO nor METS")
