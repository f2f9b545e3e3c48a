"""Saved e-mails, mailboxes and MHTML, read with Python's `email`.

RFC 5322 and 2045; mboxrd (https://www.loc.gov/preservation/digital/formats/fdd/fdd000385.shtml); RFC 2557 for MHTML.
"""

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import make_export_part
from shanxi_cli.importers.html_blocks import read_html_paragraphs
from shanxi_cli.importers.text import ImportedPart, decode_text

PageReader = Callable[[bytes, str, str], Iterator[ImportedPart]]
"""A function of the bytes of a page, its name in messages, and its address."""
_MAILBOX_LINE = re.compile(rb"(?:\A|\n\r?\n)From [^\r\n]*\r?\n")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?\r?\n(?:.*\n?){0,12}\Z", re.MULTILINE)  # RFC 3676, 4.3
_MIN_LINE = 45
_SHOWN_HEADERS = ("To", "Cc", "X-To", "X-Cc", "Message-ID", "Received", "List-Id", "Reply-To", "Sender")
_ADDRESS_HEADERS = ("Archived-At", "List-Archive")  # RFC 5064 and 2369
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def read_mail_article(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the article of an e-mail: subject, sender, date and text. Raise `PageError` for a mail without text."""
    part = _read_message(data, shown, 1)
    if not part.page.articles[0].body:
        raise PageError(shown, "an e-mail without text; save its attachments and import them")
    return iter([part._replace(name=shown)])


def read_mailbox_articles(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the articles of the mails in a mailbox (mbox)."""
    starts = [match.end() for match in _MAILBOX_LINE.finditer(data)]
    ends = [match.start() for match in _MAILBOX_LINE.finditer(data)][1:]
    ends.append(len(data))
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        yield _read_message(_QUOTED_FROM.sub(rb"\1", data[start:end]), shown, number)


def read_mhtml_page(data: bytes, shown: str, read_page: PageReader) -> Iterator[ImportedPart]:
    """Return the article of a page saved as MHTML, read by `read_page`. Raise `PageError` if it holds no page."""
    message = _parse_message(data)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            names = (_get_header(message, "Snapshot-Content-Location"), _get_header(part, "Content-Location"))
            return read_page(_decode_part(part).encode(), shown, next((name for name in names if name), ""))
    raise PageError(shown, "MHTML without a web page")


def _parse_message(data: bytes) -> EmailMessage:
    return message_from_bytes(data.lstrip(), policy=policy.default)


def _read_message(data: bytes, shown: str, number: int) -> ImportedPart:
    message = _parse_message(data)
    plain, markup, left_out = _collect_texts(message)
    signatures = [match[0] for text in plain if (match := _SIGNATURE.search(text))]
    paragraphs = _join_wrapped_lines([_SIGNATURE.sub("", text) for text in plain])
    rich = [paragraph for text in markup for paragraph in read_html_paragraphs(text)]
    if sum(map(len, rich)) > 2 * sum(map(len, paragraphs)):
        paragraphs, rich = rich, paragraphs
    known = set(" ".join(paragraphs).split())
    left_out += [paragraph for paragraph in rich if not set(paragraph.split()) <= known]
    left_out += [line for text in signatures for line in text.split("\n")]
    left_out += [f"{name}: {_get_header(message, name)}" for name in _SHOWN_HEADERS if message.get(name)]
    senders = getaddresses([_get_header(message, "From")])
    values: dict[str, object] = {
        "title": _REPLY.sub("", _get_header(message, "Subject"), count=1),
        "author": [name or address for name, address in senders if name or address],
        "date": _get_header(message, "Date"),
        "url": next((url for name in _ADDRESS_HEADERS for url in _ADDRESS.findall(_get_header(message, name))), ""),
        "publication": re.sub(r"\s*<.*", "", _get_header(message, "List-Id")).strip('" '),
    }
    return make_export_part(values, paragraphs, left_out, shown, number)


def _get_header(message: Message, name: str) -> str:
    try:
        value = message.get(name, "")
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):  # headers that Python's parser cannot read
        return ""
    return " ".join(str(value).split())


def _collect_texts(message: EmailMessage) -> tuple[list[str], list[str], list[str]]:
    """Return the plain texts, the HTML texts, and a line for each attachment of a message."""
    plain: list[str] = []
    markup: list[str] = []
    left_out: list[str] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            left_out.append(f"attachment {part.get_filename() or kind}")
        elif kind == "text/html":
            markup.append(_decode_part(part))
        else:
            plain.append(_decode_part(part))
    return plain, markup, left_out


def _decode_part(part: Message) -> str:
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else str(part.get_payload()).encode("utf-8", "surrogateescape")
    charset = part.get_content_charset()
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode_text(content, "") if content and b"\x00" not in content else content.decode("latin-1")


def _join_wrapped_lines(texts: list[str]) -> list[str]:
    """Return the paragraphs of plain texts; the lines of one stay apart where they were not broken at a width."""
    paragraphs: list[str] = []
    for piece in (piece for text in texts for piece in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))):
        current = ""
        for line in piece.split("\n"):
            current = f"{current} {line.strip()}".strip()
            if len(line) < _MIN_LINE and current:
                paragraphs.append(current)
                current = ""
        paragraphs += [current] if current else []
    return paragraphs
