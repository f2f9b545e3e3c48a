"""Names of the forms of files, and the error of a form that is known but not read."""

from enum import Enum


class FileForm(Enum):
    """Forms of files that are read, with their names in messages."""

    PDF = "PDF"
    ALTO = "ALTO"
    METS = "METS"
    PAGE_XML = "PAGE-XML"
    HOCR = "hOCR"
    HTML = "HTML"
    NEXIS_HTML = "an export of LexisNexis as HTML"
    FACTIVA_HTML = "an export of Factiva as HTML"
    FEED = "an RSS or Atom feed"
    NITF = "NITF"
    NEWSML = "NewsML"
    DIDL = "DIDL"
    DELPHER_TEXT = "a text of Delpher"
    RTF = "RTF"
    DOCX = "Word"
    ODT = "OpenDocument"
    EPUB = "EPUB"
    ZIP = "a zip file"
    WACZ = "WACZ"
    WARC = "WARC"
    MAIL = "an e-mail"
    MAILBOX = "a mailbox"
    MHTML = "MHTML"
    OUTLOOK = "an Outlook message"
    SHEET = "a spreadsheet"
    GZIP = "a gzip file"
    RIS = "RIS"
    NEXIS_TEXT = "an export of LexisNexis"
    FACTIVA_TEXT = "an export of Factiva"
    PROQUEST_TEXT = "an export of ProQuest"
    JSON = "JSON"
    CSV = "CSV"
    TEXT = "text"


class UnsupportedForm(Exception):
    """A file in a form that is known but not read; the message names the form and what to do."""
