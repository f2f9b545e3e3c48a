"""Messages of Outlook (MSG), read by olefile (the extra `shanxi[import]`) and turned into an e-mail.

[MS-OXMSG] names the streams, [MS-OXPROPS] the properties: `0037` subject, `1000` text, `1013` HTML, `0039` date.
"""

import io
import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_string, policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import NamedTuple

from shanxi_cli.errors import PageError
from shanxi_cli.importers.mail import read_mail_article
from shanxi_cli.importers.text import ImportedPart, decode_text

_STREAM = "__substg1.0_{:04X}{}"
_PROPERTIES = "__properties_version1.0"
_TEXT, _HTML, _RTF, _HEADERS = 0x1000, 0x1013, 0x1009, 0x007D
_DATES = (0x0039, 0x0E06, 0x3007)  # sent, delivered, created
_HEAD_BYTES = 32  # of the properties of a message: [MS-OXMSG] 2.4.1.1
_ENTRY = struct.Struct("<HHIQ")
_FILETIME_TYPE = 0x0040
_FILETIME_START = datetime(1601, 1, 1, tzinfo=UTC)
_KEPT_HEADERS = ("Message-ID", "Received", "List-Id", "List-Archive", "Archived-At", "Reply-To")


def read_outlook_message(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Return the article of a message: subject, sender, date and text. Raise `PageError` for one without text."""
    try:
        import olefile
    except ImportError as error:
        raise PageError(
            shown,
            "to read Outlook messages, install the extra: pip install 'shanxi[import]' (in a checkout: '.[import]'), "
            "or save it as .eml",
        ) from error
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as store:
            names = {"/".join(path) for path in store.listdir()}
            message = _build_message(_Store(names, lambda name: store.openstream(name).read()), shown)
    except (OSError, ValueError, struct.error, OverflowError) as error:
        raise PageError(shown, f"a damaged Outlook message: {' '.join(str(error).split())[:150]}") from error
    return read_mail_article(message.as_bytes(policy=policy.SMTPUTF8), shown)


class _Store(NamedTuple):
    """The streams of a message: their names, and a function that reads one."""

    names: set[str]
    read: Callable[[str], bytes]

    def read_text(self, number: int, folder: str = "") -> str:
        """Return the text of a property; empty without."""
        for kind in ("001F", "001E", "0102"):
            if (name := folder + _STREAM.format(number, kind)) in self.names:
                raw = self.read(name)
                return (raw.decode("utf-16-le", "replace") if kind == "001F" else decode_text(raw, name)).rstrip("\0")
        return ""

    def read_line(self, *numbers: int) -> str:
        """Return the first of some properties that has a text, on one line."""
        return next((line for number in numbers if (line := " ".join(self.read_text(number).split()))), "")


def _build_message(store: _Store, shown: str) -> EmailMessage:
    plain, markup = store.read_text(_TEXT), store.read_text(_HTML)
    if not plain.strip() and not markup.strip() and _STREAM.format(_RTF, "0102") in store.names:
        raise PageError(shown, "an Outlook message whose text is only in RTF; save it as .eml or as text")
    message = EmailMessage(policy=policy.SMTPUTF8)
    _set_headers(message, store)
    message.set_content(plain)
    if markup.strip():
        message.add_alternative(markup, subtype="html")
    for folder in sorted({name.partition("/")[0] for name in store.names if name.startswith("__attach")}):
        label = store.read_text(0x3707, f"{folder}/") or store.read_text(0x3704, f"{folder}/") or "attachment"
        message.add_attachment(b"", maintype="application", subtype="octet-stream", filename=label)
    return message


def _set_headers(message: EmailMessage, store: _Store) -> None:
    message["Subject"] = store.read_line(0x0037)
    address = next((one for number in (0x5D01, 0x0C1F, 0x0065) if "@" in (one := store.read_line(number))), "")
    message["From"] = formataddr((store.read_line(0x0C1A, 0x0042), address), "utf-8")
    for header, number in (("X-To", 0x0E04), ("X-Cc", 0x0E03)):
        if value := store.read_line(number):
            message[header] = value
    headers = message_from_string(store.read_text(_HEADERS).strip(), policy=policy.compat32)
    date = _read_date(store.read(_PROPERTIES) if _PROPERTIES in store.names else b"")
    if date := date or str(headers.get("Date", "")):
        message["Date"] = date
    for name in _KEPT_HEADERS:
        if value := " ".join(str(headers.get(name, "")).split()):
            message[name] = value


def _read_date(properties: bytes) -> str:
    """Return the date of the fixed properties of a message, as in the header of an e-mail; empty without."""
    found: dict[int, int] = {}
    end = len(properties) - (len(properties) - _HEAD_BYTES) % _ENTRY.size
    for at in range(_HEAD_BYTES, end, _ENTRY.size):
        kind, number, _, value = _ENTRY.unpack_from(properties, at)
        if kind == _FILETIME_TYPE:
            found[number] = value
    for number in _DATES:
        if found.get(number):
            return format_datetime(_FILETIME_START + timedelta(microseconds=found[number] // 10))
    return ""
