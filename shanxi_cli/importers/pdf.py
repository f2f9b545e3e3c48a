"""PDF with a text layer, read by pypdfium2 (the extra `shanxi[pdf]`). No text is recognized in pictures."""

from collections.abc import Iterator
from typing import Any

from shanxi_cli.errors import PageError
from shanxi_cli.importers.pdf_lines import read_characters, read_pdf_blocks
from shanxi_cli.importers.printed_lines import SizedText, compose_sized_text
from shanxi_cli.importers.text import ImportedPart, segment_sized_text
from shanxi_cli.segmentation.page import Page

_NO_TEXT_LAYER_MESSAGE = "no text layer; recognise the text first, for example with ocrmypdf"


def read_pdf_pages(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the pages of a PDF, each segmented into articles.

    A page without a text layer has a problem. Raise `PageError` if the file cannot be opened or has no text.
    """
    try:
        import pypdfium2
    except ImportError as error:
        raise PageError(
            shown, "to read PDF, install the extra: pip install 'shanxi[pdf]' (in a checkout: pip install -e '.[pdf]')"
        ) from error
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise PageError(
            shown, f"a PDF that cannot be opened ({error}); is it damaged, or does it need a password?"
        ) from error
    try:
        texts = [_extract_page_text(document, n, pypdfium2.raw) for n in range(len(document))]
    finally:
        document.close()
    if not any(page.text.strip() for page in texts):
        raise PageError(shown, _NO_TEXT_LAYER_MESSAGE)
    return _split_pages(texts, shown)


def _split_pages(pages: list[SizedText], shown: str) -> Iterator[ImportedPart]:
    for number, page in enumerate(pages, 1):
        if page.text.strip():
            yield segment_sized_text(page.text, page.sizes, shown, str(number) if len(pages) > 1 else "")
        else:
            yield ImportedPart(f"{shown} page {number}", str(number), Page(()), _NO_TEXT_LAYER_MESSAGE)


def _extract_page_text(document: Any, number: int, raw: Any) -> SizedText:
    page = document[number]
    text = page.get_textpage()
    try:
        return compose_sized_text(read_pdf_blocks(read_characters(text, page.get_height(), raw)))
    finally:
        text.close()
        page.close()
