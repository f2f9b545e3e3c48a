"""Forms of files, told by their contents: the extension of a file decides only between tables."""

import re
import zlib
from enum import Enum

from shanxi_cli.importers.zip_files import list_zip_names


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
    RIS = "RIS"
    NEXIS_TEXT = "an export of LexisNexis"
    FACTIVA_TEXT = "an export of Factiva"
    PROQUEST_TEXT = "an export of ProQuest"
    JSON = "JSON"
    CSV = "CSV"
    TEXT = "text"


class UnsupportedForm(Exception):
    """A file in a form that is known but not read; the message names the form and what to do."""


HEAD_BYTES = 1_000_000
"""Bytes of a file that decide its form."""

_SAVE_AS_TEXT = "save it as text, or as PDF with a text layer"
_SIGNATURES = (
    (b"\x89PNG", f"a picture; {_SAVE_AS_TEXT}"),
    (b"\xff\xd8\xff", f"a picture; {_SAVE_AS_TEXT}"),
    (b"GIF8", f"a picture; {_SAVE_AS_TEXT}"),
    (b"II*\x00", f"a picture; {_SAVE_AS_TEXT}"),
    (b"MM\x00*", f"a picture; {_SAVE_AS_TEXT}"),
    (b"\x00\x00\x00\x0cjP", f"a picture; {_SAVE_AS_TEXT}"),
    (b"AT&TFORM", "a DjVu file; convert it with djvutxt, or to PDF"),
    (b"7z\xbc\xaf", "a 7z file; unpack it and import the files in it"),
    (b"Rar!", "a RAR file; unpack it and import the files in it"),
    (b"BZh", "a bzip2 file; unpack it with bunzip2"),
    (b"\xfd7zXZ", "an xz file; unpack it with unxz"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file; unpack it with unzstd"),
    (b"SQLite format 3", "an SQLite database; export its table as CSV"),
    (b"PAR1", "a Parquet file; save it as CSV or JSON lines"),
    (b"bplist", "a web archive of Safari or a property list; save the page as HTML"),
    (b"\x7fELF", "a program, not a page"),
    (b"%!PS", "a PostScript file; convert it with ps2pdf"),
)
_OLE_KINDS = (  # names of streams, in UTF-16: [MS-OXMSG], [MS-DOC], [MS-XLS], [MS-PPT]
    ("__properties_version1.0", "an Outlook message (MSG); save it as .eml or as text"),
    ("WordDocument", "a Word file of before 2007; save it as .docx or as text"),
    ("Workbook", "an Excel file of before 2007; save its sheet as CSV"),
    ("PowerPoint Document", f"a PowerPoint file; {_SAVE_AS_TEXT}"),
)
_ZIP_KINDS = (
    ("word/document.xml", FileForm.DOCX),
    ("META-INF/container.xml", FileForm.EPUB),
    ("datapackage.json", FileForm.WACZ),
)
_ZIP_REFUSALS = (
    ("xl/workbook.xml", "an Excel file (XLSX); save its sheet as CSV"),
    ("ppt/presentation.xml", f"a PowerPoint file (PPTX); {_SAVE_AS_TEXT}"),
    ("META-INF/MANIFEST.MF", "a Java archive, not pages"),
)
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype(?:[^>\[]|\[.*?\])*>)", re.DOTALL | re.IGNORECASE)
_ROOT_TAG = re.compile(r"\s*<((?:[\w.-]+:)?[A-Za-z][\w.-]*)(?=[\s/>])")
_HTML_TAGS = frozenset(
    "html head body article main section div p table title meta link script style h1 h2 h3 center font span a img "
    "header nav br ul ol base li b i u em strong tr td th tbody thead dl dt dd small footer aside figure figcaption "
    "form input button label iframe noscript svg hr pre blockquote h4 h5 h6 picture source".split()
)
_XML_ROOTS = {
    "alto": FileForm.ALTO,
    "mets": FileForm.METS,
    "pcgts": FileForm.PAGE_XML,
    "rss": FileForm.FEED,
    "feed": FileForm.FEED,
    "rdf": FileForm.FEED,
    "nitf": FileForm.NITF,
    "newsmessage": FileForm.NEWSML,
    "newsitem": FileForm.NEWSML,
    "newsml": FileForm.NEWSML,
    "packageitem": FileForm.NEWSML,
    "didl": FileForm.DIDL,
}
_HTML_START = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TAG_LINE = re.compile(r"^[ \t]*</?([A-Za-z][\w-]*)(?:\s[^<>]*)?>", re.MULTILINE)
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]?(.*)")
_MAIL_SIGNS = frozenset(
    "mime-version received message-id delivered-to return-path to cc reply-to content-type x-mailer "
    "content-transfer-encoding".split()
)
_NEXIS_COUNT = re.compile(
    r"^[ \t]*(?:Document[ \t]+)?\d+[ \t]+(?:of|von|de|sur|van|di|af)[ \t]+\d+[ \t]+"
    r"(?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?|DOCUMENTEN|DOCUMENTI|DOKUMENTER)[ \t]*$|"
    r"^[ \t]*Document[ \t]+\d+[ \t]+of[ \t]+\d+[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NEXIS_MARKUP = re.compile(r'name="?DOC_ID_\d|<!-- LXNComment|>\s*\d+ \w+ \d+ (?:DOCUMENTS?|DOKUMENTEN?)\s*<', re.I)
_FACTIVA_MARKUP = re.compile(r"""class=["']article\s+\w{2,4}Article\b|class=["']\w{2,4}Headline\b""")
_FACTIVA_CODES = re.compile(r"^(?:HD|WC|PD|SN|LP|TD)(?:[ \t]{1,40}\S|[ \t]*$)", re.MULTILINE)
_FACTIVA_END = re.compile(r"^Document [A-Z0-9]{6,10}0{2,}\w+[ \t]*$", re.MULTILINE)
_PROQUEST_LABEL = re.compile(r"^(?:Full text|Publication info|Publication title|ProQuest document ID):", re.MULTILINE)
_PROQUEST_RULE = re.compile(r"^_{20,}[ \t]*$", re.MULTILINE)
_RIS_START = re.compile(r"\s*TY  - ")
_HOCR_CLASS = re.compile(r"""class\s*=\s*["']ocr_page\b""")
_XML_START = re.compile(r"\s*<(?:\?xml|!DOCTYPE|!--|[\w.-]+:?[\w.-]*[\s/>])", re.IGNORECASE)


def detect_form(data: bytes, ending: str) -> FileForm:
    """Return the form of a file that is not empty; `ending` is its extension in lower case.

    Raise `UnsupportedForm` for a form that is not read.
    """
    if b"%PDF-" in data[:1024]:
        return FileForm.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _detect_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnsupportedForm(_name_ole_kind(data))
    if data.startswith(b"\x1f\x8b"):
        return _detect_gzip(data)
    for sign, what in _SIGNATURES:
        if data.startswith(sign):
            raise UnsupportedForm(what)
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        raise UnsupportedForm("a Kindle book; convert it to EPUB")
    head = decode_head(data)
    if head.startswith("{\\rtf"):
        return FileForm.RTF
    if head.startswith("WARC/"):
        return FileForm.WARC
    return _detect_mail(head) or _detect_markup(head) or _detect_text(head, ending)


def decode_head(data: bytes) -> str:
    """Return the beginning of a file as text, whatever its encoding, without a byte order mark and white space."""
    head = data[:HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    elif head.startswith(b"<\x00"):
        text = head.decode("utf-16-le", "replace")
    elif head.startswith(b"\x00<"):
        text = head.decode("utf-16-be", "replace")
    else:
        text = head.decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff \t\n")


def _detect_zip(data: bytes) -> FileForm:
    names = list_zip_names(data)
    if not names:
        raise UnsupportedForm("a zip file that is damaged or empty; copy it again")
    for name, form in _ZIP_KINDS:
        if name in names:
            return form
    for name, what in _ZIP_REFUSALS:
        if name in names:
            raise UnsupportedForm(what)
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        if b"opendocument.text" in data[:200]:
            return FileForm.ODT
        raise UnsupportedForm("an OpenDocument file that is no text; save it as CSV, or as PDF")
    return FileForm.ZIP


def _detect_gzip(data: bytes) -> FileForm:
    try:
        head = zlib.decompressobj(wbits=31).decompress(data[:4096], 64)
    except zlib.error:
        head = b""
    if head.startswith(b"WARC/"):
        return FileForm.WARC
    raise UnsupportedForm("a gzip file; unpack it with gunzip and import what is in it")


def _name_ole_kind(data: bytes) -> str:
    for name, what in _OLE_KINDS:
        if name.encode("utf-16-le") in data:
            return what
    return f"a file of an old Office program; {_SAVE_AS_TEXT}"


def _detect_markup(head: str) -> FileForm | None:
    """Return the form of a file of markup; None if it is none."""
    at, prologs = 0, 0
    while (prolog := _PROLOG.match(head, at)) and prologs < 50:
        at, prologs = prolog.end(), prologs + 1
    root = _ROOT_TAG.match(head, at)
    name = root[1].rpartition(":")[2].lower() if root else ""
    if name in _XML_ROOTS:
        return _XML_ROOTS[name]
    if name == "oai-pmh" and re.search(r"<(?:[\w-]+:)?DIDL[\s>]", head):
        return FileForm.DIDL
    if name == "text" and re.match(r"\s*(?:<title|<p[\s/>])", head[head.find(">", root.end() if root else 0) + 1 :]):
        return FileForm.DELPHER_TEXT
    if name in _HTML_TAGS or _has_html(head):
        return _detect_html(head)
    if root and (at or f"</{root[1]}>" in head or "xmlns" in head[at : at + 500]):
        raise UnsupportedForm(
            f"XML of an unknown kind, with the root <{root[1]}>; save its articles as HTML, text or JSON"
        )
    if head.startswith("<?xml"):
        raise UnsupportedForm("broken XML, or XML of an unknown kind")
    return None


def _has_html(head: str) -> bool:
    """Return True for a page that begins somewhere: tags begin many of its lines, or it has a head and a body."""
    start = _HTML_START.search(head)
    if start and re.search(r"<(?:head|body|title)[\s>]", head[start.start() :], re.IGNORECASE):
        return True
    lines = sum(bool(line.strip()) for line in head.splitlines())
    names = [name.lower() for name in _TAG_LINE.findall(head)]
    return len(names) * 2 > lines > 4 and sum(name in _HTML_TAGS for name in names) * 2 > len(names)


def _detect_html(head: str) -> FileForm:
    if _HOCR_CLASS.search(head):
        return FileForm.HOCR
    if _FACTIVA_MARKUP.search(head):
        return FileForm.FACTIVA_HTML
    if _NEXIS_MARKUP.search(head):
        return FileForm.NEXIS_HTML
    return FileForm.HTML


def _detect_text(head: str, ending: str) -> FileForm:
    if ending in (".csv", ".tsv", ".tab"):
        return FileForm.CSV
    if ending in (".jsonl", ".ndjson", ".json") or re.match(r"\[\s*\{\s*\"", head) or _is_json_lines(head):
        return FileForm.JSON
    if _RIS_START.match(head):
        return FileForm.RIS
    if _NEXIS_COUNT.search(head) or head.count("\nEnd of Document") > 0:
        return FileForm.NEXIS_TEXT
    if len(_PROQUEST_RULE.findall(head)) and len(set(_PROQUEST_LABEL.findall(head))) > 1:
        return FileForm.PROQUEST_TEXT
    if len({code[:2] for code in _FACTIVA_CODES.findall(head)}) > 3 or _FACTIVA_END.search(head):
        return FileForm.FACTIVA_TEXT
    return FileForm.TEXT


def _is_json_lines(head: str) -> bool:
    """Return True for a JSON object, or one on each line; not for JSON that is followed by text."""
    if not re.match(r"\{\s*\"", head):
        return False
    lines = [line for line in head.splitlines()[:50] if line.strip()]
    return all(line.startswith("{") for line in lines)


def _detect_mail(head: str) -> FileForm | None:
    lines = head.splitlines()
    is_mailbox = bool(lines) and re.match(r"From \S+.*\d\d:\d\d", lines[0]) is not None
    headers: dict[str, str] = {}
    last = ""
    for line in lines[1 if is_mailbox else 0 : 200]:
        if line[:1] in " \t" and last:
            headers[last] += " " + line.strip()
        elif match := _HEADER_LINE.match(line):
            last = match[1].lower()
            headers.setdefault(last, match[2])
        else:
            break
    if "multipart/related" in headers.get("content-type", "") and (
        "snapshot-content-location" in headers or ("subject" in headers and "to" not in headers)
    ):
        return FileForm.MHTML
    if "from" not in headers or not headers.keys() & _MAIL_SIGNS or not headers.keys() & {"subject", "date"}:
        return None
    return FileForm.MAILBOX if is_mailbox else FileForm.MAIL
