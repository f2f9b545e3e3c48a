"""Word, OpenDocument and RTF files: exports of databases are read as such, any other document as a page.

RTF is read by striprtf (the extra `shanxi[import]`).
"""

import re
from collections.abc import Iterator, Sequence

from shanxi_cli.errors import PageError
from shanxi_cli.importers.factiva import is_factiva_text, read_factiva_paragraphs
from shanxi_cli.importers.nexis import is_nexis_text, read_nexis_paragraphs
from shanxi_cli.importers.office import OfficeParagraph, read_odt_paragraphs, read_word_paragraphs
from shanxi_cli.importers.text import ImportedPart, decode_text, segment_page_text


def read_word_document(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the articles of a Word file. Raise `PageError` for a file without text."""
    return _read_paragraphs(read_word_paragraphs(data, shown), shown)


def read_odt_document(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the articles of an OpenDocument text. Raise `PageError` for a file without text."""
    return _read_paragraphs(read_odt_paragraphs(data, shown), shown)


def read_rtf_document(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the articles of an RTF file. Raise `PageError` for a file without text."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError as error:
        raise PageError(
            shown, "to read RTF, install the extra: pip install 'shanxi[import]' (in a checkout: '.[import]')"
        ) from error
    source = data.decode("latin-1")
    text = rtf_to_text(source, encoding=_find_code_page(source), errors="replace")
    lines = [line.replace("\u00a0", " ") for line in text.split("\n")]
    return _read_paragraphs([OfficeParagraph(line, is_heading=False) for line in lines], shown)


def read_nexis_text(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the articles of an export of LexisNexis as text."""
    return read_nexis_paragraphs(split_text_paragraphs(decode_text(data, shown)), shown)


def read_factiva_text(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the articles of an export of Factiva as text."""
    return read_factiva_paragraphs(decode_text(data, shown).splitlines(), shown)


def split_text_paragraphs(text: str) -> list[str]:
    """Return the paragraphs between the empty lines of a text; the lines of each stay."""
    lines = "\n".join(line.strip() for line in text.lstrip("\ufeff").replace("\f", "\n\n").splitlines())
    return [piece.strip("\n") for piece in re.split(r"\n{2,}", lines) if piece.strip()]


def _find_code_page(source: str) -> str:
    match = re.search(r"\\ansicpg(\d+)", source[:2000])
    name = f"cp{match[1]}" if match else "cp1252"
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def _read_paragraphs(paragraphs: Sequence[OfficeParagraph], shown: str) -> Iterator[ImportedPart]:
    texts = [paragraph.text.strip() for paragraph in paragraphs]
    if not any(texts):
        raise PageError(shown, "a document without text")
    if is_nexis_text(texts):
        return read_nexis_paragraphs([text for text in texts if text], shown)
    if is_factiva_text(texts):
        return read_factiva_paragraphs([line for text in texts for line in text.split("\n")], shown)
    pieces = [
        f"# {' '.join(paragraph.text.split())}" if paragraph.is_heading else paragraph.text.strip()
        for paragraph in paragraphs
        if paragraph.text.strip()
    ]
    return iter([segment_page_text("\n\n".join(pieces), shown, "")])
