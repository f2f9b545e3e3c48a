"""CRC-32 of each page of a file, so that a reader can compare only the pages that it reads.

A SHA-256 needs the whole file, and a search reads a small part of it: 50 to 85 pages of the 129 MB of 20,000 generated
articles (2026-11). CRC-32 detects every error of up to 32 adjacent bits in a page, and of larger ones all but one in 4
billion; against intent it proves nothing.
"""

import zlib
from functools import partial
from typing import BinaryIO

PAGE_BYTES = 1 << 14
"""Size of a page: a search reads a few bytes of most pages it needs, and the CRC of one takes 2 to 5 microseconds."""
_CRC_BYTES = 4


def compute_page_checksums(file: BinaryIO) -> str:
    """Return the checksums of the pages of a file from where it stands, 8 hexadecimal digits each."""
    return b"".join(map(_page_checksum, iter(partial(file.read, PAGE_BYTES), b""))).hex()


class PageVerifier:
    """Compares the pages of a file with their checksums, each page once, before its first use."""

    __slots__ = ("_buffer", "_checksums", "_name", "_verified")

    def __init__(self, name: str, buffer: memoryview, checksums: str) -> None:
        """Prepare to verify `buffer`, the content of the file `name`. Raises `ValueError` for too few checksums."""
        self._name = name
        self._buffer = buffer
        self._checksums = bytes.fromhex(checksums)
        self._verified = bytearray(len(self._checksums) // _CRC_BYTES)
        if len(self._verified) != -(-len(buffer) // PAGE_BYTES):
            raise ValueError(f"{name} has another size than its checksums")

    def verify(self, start: int, end: int) -> None:
        """Verify the pages that hold the bytes from `start` to `end`. Raises `ValueError` if one has changed."""
        first, stop = start // PAGE_BYTES, -(-end // PAGE_BYTES)
        page = self._verified.find(0, first, stop)
        while page >= 0:
            begin, at = page * PAGE_BYTES, page * _CRC_BYTES
            if _page_checksum(self._buffer[begin : begin + PAGE_BYTES]) != self._checksums[at : at + _CRC_BYTES]:
                raise ValueError(f"{self._name} has changed since it was written, at byte {begin:,} or after")
            self._verified[page] = 1
            page = self._verified.find(0, page + 1, stop)


def _page_checksum(page: bytes | memoryview) -> bytes:
    return zlib.crc32(page).to_bytes(_CRC_BYTES, "big")
