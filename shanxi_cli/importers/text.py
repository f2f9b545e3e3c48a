"""Pages of text or Markdown: their encoding and the form feeds between them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shanxi_cli.errors import PageError
from shanxi_cli.importers.literal_blocks import extract_literal_blocks, restore_literal_blocks
from shanxi_cli.segmentation.page import JoinedColumnsError, Page
from shanxi_cli.segmentation.pipeline import segment_page
from shanxi_cli.util.unicode import replace_surrogates

MAX_FILE_CHARACTERS = 8_000_000
MAX_LINE_LENGTH = 200_000
_CONTROL_CHARACTER_PATTERN = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class ImportedPart(NamedTuple):
    """A page or an article of a file, and its segmentation.

    `name` is its name in messages. `number` is its number in the file, empty for the only page and for an article.
    `problem` says why no article can be read; then `page` is empty.
    """

    name: str
    number: str
    page: Page
    problem: str = ""


def decode_text(data: bytes, shown: str) -> str:
    """Decode a file: UTF-8, UTF-16 with a BOM, GB 18030 if it is clearly Chinese, else Windows-1252.

    Raise `PageError` for a binary file.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise PageError(shown, "not text: broken UTF-16") from error
    if data.startswith((b"<\x00", b"\x00<")):  # markup in UTF-16 without a byte order mark
        return data.decode("utf-16-le" if data[0] else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:65_536]:
        raise PageError(shown, "not text: a binary file")
    if _is_gb18030(data):
        return data.decode("gb18030")
    text = data.decode("cp1252", "replace")
    if text.count("\ufffd") * 20 > len(text):
        raise PageError(shown, "not text: neither UTF-8 nor any other encoding of newspapers")
    return text


def _is_gb18030(data: bytes) -> bool:
    """Return True for bytes that decode as GB 18030 to mostly common Chinese characters."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    strange = [char for char in text if ord(char) > 0x7F]
    han = sum("\u4e00" <= char <= "\u9fff" or char in "，。、；：“”‘’？！（）《》—…" for char in strange)
    return len(strange) > 20 and han * 10 > len(strange) * 9


def reject_binary(text: str, shown: str) -> None:
    """Raise `PageError` for control characters, or for a text or line longer than any page has."""
    sample = text[:100_000]
    if len(_CONTROL_CHARACTER_PATTERN.findall(sample)) * 100 > len(sample) + 100:
        raise PageError(shown, "not text: a binary file")
    if len(text) > MAX_FILE_CHARACTERS:
        raise PageError(shown, f"{len(text):,} characters; a page may have {MAX_FILE_CHARACTERS:,}")
    if len(text) > MAX_LINE_LENGTH:
        longest = max(map(len, text.splitlines()))
        if longest > MAX_LINE_LENGTH:
            raise PageError(shown, f"a line of {longest:,} characters; a page has shorter ones")


def read_text_pages(text: str, shown: str) -> Iterator[ImportedPart]:
    """Yield the pages of a text; form feeds separate them, as in the output of `pdftotext`."""
    texts = [page for page in text.split("\f") if page.strip()]
    for number, page in enumerate(texts, 1):
        yield segment_page_text(page, shown, str(number) if len(texts) > 1 else "")


def segment_page_text(text: str, shown: str, number: str) -> ImportedPart:
    """Segment a page of text; joined columns become its problem."""
    name = f"{shown} page {number}" if number else shown
    try:
        text, blocks = extract_literal_blocks(replace_surrogates(text).replace("\r\n", "\n"))
        return ImportedPart(name, number, restore_literal_blocks(segment_page(text), blocks))
    except JoinedColumnsError:
        reason = "its columns share lines; convert it again in column order (pdftotext without -layout)"
        return ImportedPart(name, number, Page(()), reason)


def segment_sized_text(text: str, sizes: Sequence[float], shown: str, number: str) -> ImportedPart:
    """Segment a scanned page; `sizes` are those of its lines. Scans hold no Markdown, so that all of it is text."""
    name = f"{shown} page {number}" if number else shown
    return ImportedPart(name, number, segment_page(replace_surrogates(text), sizes))
