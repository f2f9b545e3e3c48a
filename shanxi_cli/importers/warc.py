"""Web archives: WARC and ARC, packed or not, and WACZ, read by warcio (the extra `shanxi[import]`). ISO 28500."""

import gzip
import io
import logging
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from shanxi_cli.errors import PageError
from shanxi_cli.importers.html import read_webpage
from shanxi_cli.importers.input_files import MAX_FILE_BYTES, read_limited
from shanxi_cli.importers.text import ImportedPart, decode_text
from shanxi_cli.importers.zip_files import iter_zip_members, list_zip_names
from shanxi_cli.segmentation.page import Page

_HTML_TYPES = ("text/html", "application/xhtml+xml")


def read_warc_pages(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the web pages of an archive: responses and resources of HTML; the others are named as left out.

    A page without the text of an article is the problem of its part. Raise `PageError` for a broken archive and
    for one without web pages.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise PageError(
            shown, "to read WARC, install the extra: pip install 'shanxi[import]' (in a checkout: '.[import]')"
        ) from error
    logging.getLogger("warcio").addHandler(logging.NullHandler())  # it would warn about single records on stderr
    data = _unpack_archive(data, shown)
    pages = 0
    left = MAX_FILE_BYTES
    try:
        for record in ArchiveIterator(io.BytesIO(data), arc2warc=True):
            if record.rec_type not in ("response", "resource"):
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            headers = record.http_headers or record.rec_headers
            kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
            status = record.http_headers.get_statuscode() if record.http_headers else "200"
            if kind not in _HTML_TYPES or status != "200":
                yield ImportedPart(address or shown, "", Page((), (), (f"record: {status} {kind} {address}",)))
                continue
            pages += 1
            content = record.content_stream().read(left + 1)
            left -= len(content)
            if left < 0:
                raise PageError(shown, f"more than {MAX_FILE_BYTES:,} bytes when unpacked; split it")
            yield _read_page(content, f"{shown}: {address}", address)
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        raise PageError(shown, f"a damaged web archive: {' '.join(str(error).split())[:150]}") from error
    if not pages:
        raise PageError(shown, "a web archive without web pages")


def read_wacz_pages(data: bytes, shown: str) -> Iterator[ImportedPart]:
    """Yield the web pages of the WARC files in a WACZ. Raise `PageError` if there are none."""
    names = [name for name in list_zip_names(data) if name.endswith((".warc", ".warc.gz"))]
    if not names:
        raise PageError(shown, "a WACZ without WARC files")
    for name, content in iter_zip_members(data, names, shown):
        yield from read_warc_pages(content, f"{shown}: {name}")


def _unpack_archive(data: bytes, shown: str) -> bytes:
    """Return an archive without gzip, whether its records were packed one by one or all together."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            return read_limited(cast("BinaryIO", packed), shown)
    except (EOFError, OSError, zlib.error) as error:
        raise PageError(shown, f"a damaged web archive: {error}") from error


def _read_page(content: bytes, name: str, address: str) -> ImportedPart:
    try:
        return read_webpage(decode_text(content, name), name, address)
    except PageError as error:
        return ImportedPart(name, "", Page(()), error.reason)
