"""PDF with a text layer, read by pypdfium2 (the extra `shanxi[pdf]`). No text is recognized in pictures."""

from collections.abc import Iterator

from shanxi_cli.errors import PageError
from shanxi_cli.importers.text import ImportedPart, segment_page_text
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
        texts = [_extract_page_text(document, n) for n in range(len(document))]
    finally:
        document.close()
    if not any(text.strip() for text in texts):
        raise PageError(shown, _NO_TEXT_LAYER_MESSAGE)
    return _split_pages(texts, shown)


def _split_pages(texts: list[str], shown: str) -> Iterator[ImportedPart]:
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield segment_page_text(text, shown, str(number) if len(texts) > 1 else "")
        else:
            yield ImportedPart(f"{shown} page {number}", str(number), Page(()), _NO_TEXT_LAYER_MESSAGE)


def _extract_page_text(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_range()).replace("\r\n", "\n").replace("\x02", "\ufffe")
    finally:
        text.close()
        page.close()
