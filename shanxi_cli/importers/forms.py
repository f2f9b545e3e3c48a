"""Forms of files, told by their contents: the extension of a file decides only between tables."""

import re

from shanxi_cli.importers.container_forms import detect_container
from shanxi_cli.importers.file_forms import FileForm, UnsupportedForm

HEAD_BYTES = 1_000_000
"""Bytes of a file that decide its form."""

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
    if container := detect_container(data):
        return container
    head = decode_head(data)
    if head.startswith("{\\rtf"):
        return FileForm.RTF
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
