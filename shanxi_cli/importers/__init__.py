"""Importers: tell the form of a file by its contents and read its parts. Each form has a module of its own.

`forms.detect_form` says what a file is; `_READERS` names the function that reads it. Text is the last form, and is
taken for a page only if it is prose (`doubts.describe_non_prose`).
"""

import os
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from shanxi_cli.corpus.reader import display_path
from shanxi_cli.errors import PageError
from shanxi_cli.importers.doubts import add_doubts, describe_non_prose
from shanxi_cli.importers.file_forms import FileForm, UnsupportedForm
from shanxi_cli.importers.forms import detect_form
from shanxi_cli.importers.input_files import read_input_file
from shanxi_cli.importers.text import ImportedPart, decode_text, read_text_pages, reject_binary

_READERS = {
    FileForm.PDF: "pdf.read_pdf_pages",
    FileForm.ALTO: "alto.read_alto_pages",
    FileForm.HTML: "html.read_html_article",
    FileForm.NEXIS_HTML: "nexis.read_nexis_html",
    FileForm.NEXIS_TEXT: "documents.read_nexis_text",
    FileForm.FACTIVA_HTML: "factiva.read_factiva_html",
    FileForm.FACTIVA_TEXT: "documents.read_factiva_text",
    FileForm.DOCX: "documents.read_word_document",
    FileForm.ODT: "documents.read_odt_document",
    FileForm.RTF: "documents.read_rtf_document",
    FileForm.PROQUEST_TEXT: "labelled.read_proquest_text",
    FileForm.MAIL: "mail.read_mail_article",
    FileForm.MAILBOX: "mail.read_mailbox_articles",
    FileForm.FEED: "feeds.read_feed_articles",
    FileForm.OUTLOOK: "outlook.read_outlook_message",
    FileForm.WARC: "warc.read_warc_pages",
    FileForm.WACZ: "warc.read_wacz_pages",
    FileForm.MHTML: "html.read_mhtml_article",
    FileForm.EPUB: "epub.read_epub_articles",
    FileForm.HOCR: "ocr.read_hocr_pages",
    FileForm.PAGE_XML: "ocr.read_page_xml",
    FileForm.RIS: "labelled.read_ris_records",
    FileForm.DELPHER_TEXT: "didl.read_delpher_text",
    FileForm.NITF: "nitf.read_nitf_articles",
    FileForm.NEWSML: "newsml.read_newsml_articles",
}
"""Form -> the function of this package that reads its bytes; it takes them and the name of the file in messages."""
_ISSUE_READERS = {FileForm.METS: "mets.read_mets_articles", FileForm.DIDL: "didl.read_didl_articles"}
"""As `_READERS`, for forms that name other files: the function takes the path of the file too."""
_FRONT_MATTER_STARTS = ("---", "+++", ";;;", "{")


def read_parts(path: str, data: bytes | None = None, text_field: str | None = None) -> Iterator[ImportedPart]:
    """Return the parts of a file in order: pages, the rows of a table, or the articles of an issue.

    `data` is the content if it was read before. `text_field` names the text column of a table. Raise `PageError`
    for a file that cannot be read or has no text to import.
    """
    shown = display_path(path)
    data = read_input_file(path, shown) if data is None else data
    if not data.strip():
        raise PageError(shown, "an empty file")
    return add_doubts(_read_form(path, data, shown, text_field))


def _read_form(path: str, data: bytes, shown: str, text_field: str | None) -> Iterator[ImportedPart]:
    ending = os.path.splitext(path)[1].lower()
    try:
        form = detect_form(data, ending)
    except UnsupportedForm as error:
        raise PageError(shown, str(error)) from error
    if form in (FileForm.CSV, FileForm.JSON):
        from shanxi_cli.importers.tables import read_table_pages

        ending = ending if form is FileForm.CSV else ".json"
        return read_table_pages(decode_text(data, shown), ending, path, shown, text_field)
    if form is FileForm.SHEET:
        sheets: Iterator[ImportedPart] = _load_reader("sheets.read_sheet_rows")(data, path, shown, text_field)
        return sheets
    if form is FileForm.GZIP:
        from shanxi_cli.importers.archives import unpack_gzip

        return _read_form(path.removesuffix(".gz"), unpack_gzip(data, shown), shown, text_field)
    if text_field is not None:
        raise PageError(shown, "--text-field is for tables: CSV, JSON lines, spreadsheets")
    if form in _ISSUE_READERS:
        issue_parts: Iterator[ImportedPart] = _load_reader(_ISSUE_READERS[form])(data, path, shown)
        return issue_parts
    if form is FileForm.ZIP:
        from shanxi_cli.importers.archives import read_zip_parts

        return read_zip_parts(data, shown, _read_member)
    if form in _READERS:
        parts: Iterator[ImportedPart] = _load_reader(_READERS[form])(data, shown)
        return parts
    if form is not FileForm.TEXT:
        raise PageError(shown, f"{form.value}, which is not read yet; save it as text")
    return _read_text(data, shown)


def _load_reader(name: str) -> Any:
    module, _, function = name.rpartition(".")
    return getattr(import_module(f"{__name__}.{module}"), function)


def _read_member(path: str, data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the parts of a file in a zip file. Raise `PageError` for a zip file in a zip file."""
    if not data.strip():
        raise PageError(shown, "an empty file")
    if data.startswith(b"PK\x03\x04") and detect_form(data, "") is FileForm.ZIP:
        raise PageError(shown, "a zip file inside a zip file; unpack it")
    return _read_form(path, data, shown, None)


def _read_text(data: bytes, shown: str) -> Iterator[ImportedPart]:
    text = decode_text(data, shown)
    reject_binary(text, shown)
    if text.lstrip("\ufeff \t\r\n").startswith(_FRONT_MATTER_STARTS):
        from shanxi_cli.importers.records import read_front_matter_article

        if article := read_front_matter_article(text, shown):
            return iter([article])
    if what := describe_non_prose(text):
        raise PageError(shown, what)
    return read_text_pages(text, shown)
