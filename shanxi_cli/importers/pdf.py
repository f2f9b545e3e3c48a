"""PDF with a text layer, by pypdfium2 (the extra `shanxi[pdf]`). A page without text says so; none is recognised."""

from collections.abc import Iterator

from shanxi_cli.errors import PageError
from shanxi_cli.importers.text import Part, split_part
from shanxi_cli.segmentation.page import Page

_NO_TEXT = "no text layer; recognise the text first, for example with ocrmypdf"


def pdf_pages(data: bytes, shown: str) -> Iterator[Part]:
    """The pages of a PDF, each split into articles. `PageError` for one that cannot be opened, or has no text."""
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
        texts = [_text(document, n) for n in range(len(document))]
    finally:
        document.close()
    if not any(text.strip() for text in texts):
        raise PageError(shown, _NO_TEXT)
    return _parts(texts, shown)


def _parts(texts: list[str], shown: str) -> Iterator[Part]:
    for number, text in enumerate(texts, 1):
        if text.strip():
            yield split_part(text, shown, str(number) if len(texts) > 1 else "")
        else:
            yield Part(f"{shown} page {number}", str(number), Page(()), _NO_TEXT)


def _text(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    text = page.get_textpage()
    try:
        return str(text.get_text_range()).replace("\r\n", "\n").replace("\x02", "\ufffe")
    finally:
        text.close()
        page.close()
