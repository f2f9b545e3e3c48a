"""HTTP/1.1 messages: the bytes of a request, and a parser of the bytes of an answer. Knows no sockets.

Of RFC 9112 what servers and proxies in front of a cluster send: lengths, chunks, bodies to the end of the connection,
interim answers, gzip. All else is an error, never a guess.
"""

import re
import zlib

from shanxi_cli.util.frozen_record import Record

_STATUS_LINE = re.compile(rb"HTTP/1\.([01]) (\d{3})(?: [^\r\n]*)?")
_MAX_HEAD = 65536
_BODILESS = (204, 304)


class MalformedAnswer(Exception):
    """Bytes that are no answer of HTTP. The message continues a sentence about the node."""


class HttpAnswer(Record):
    """A complete answer: status, headers by their lower-case names, body (decompressed)."""

    status: int
    headers: dict[str, str]
    body: bytes


class HttpRequest(Record):
    """A request for any node of a cluster. `path` has a leading slash and may have a query."""

    method: str
    path: str
    body: bytes | None = None
    content_type: str = "application/json"
    idempotent: bool = True

    def head(self, authority: str, authorization: str, *, compressed: bool) -> bytes:
        """Return the head of the request for one node; `compressed` allows gzip in the answer."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {authority}", "Accept: application/json"]
        if compressed:
            lines.append("Accept-Encoding: gzip")
        if authorization:
            lines.append(f"Authorization: {authorization}")
        if self.body is not None:
            lines += [f"Content-Type: {self.content_type}", f"Content-Length: {len(self.body)}"]
        elif self.method in ("POST", "PUT"):
            lines.append("Content-Length: 0")
        return "\r\n".join((*lines, "", "")).encode("latin-1")


class AnswerParser:
    """Parses one answer from bytes as they arrive. `limit` is the largest body, before and after decompression."""

    def __init__(self, method: str, limit: int) -> None:
        self.answer: HttpAnswer | None = None
        self.keep_alive = False
        self._method = method
        self._limit = limit
        self._head = bytearray()
        self._status = 0
        self._headers: dict[str, str] = {}
        self._parts: list[bytes] = []
        self._size = 0
        self._length: int | None = None  # of the body or of the current chunk; None: to the end of the connection
        self._chunks = bytearray()
        self._chunked = False

    @property
    def begun(self) -> bool:
        """True if any byte has arrived."""
        return bool(self._head or self._status)

    def feed(self, data: bytes) -> None:
        """Take bytes from the connection. Raise `MalformedAnswer`. `answer` is set when they complete it."""
        if not self._status:
            self._head += data
            data = self._parse_head()
            if not self._status:
                return
        if self._chunked:
            self._chunks += data
            self._parse_chunks()
            return
        if self._length is not None and self._size + len(data) > self._length:
            self.keep_alive = False  # more than announced: the rest is of nobody's request
            data = data[: self._length - self._size]
        self._add(data)
        if self._size == self._length:
            self._finish()

    def close(self) -> None:
        """Take the end of the connection. Raise `MalformedAnswer` if the answer is incomplete."""
        self.keep_alive = False
        if self.answer is None:
            if not self.begun:
                raise MalformedAnswer("closed the connection without an answer")
            if not self._status or self._chunked or self._length is not None:
                raise MalformedAnswer("closed the connection within its answer")
            self._finish()

    def _parse_head(self) -> bytes:
        """Parse the head once it is complete; return what follows it."""
        if not self._head.startswith((b"HTTP/1.", b"HTTP/1."[: len(self._head)])):
            hello = self._head[0] in (0x15, 0x16)  # a record of TLS: an alert or a handshake
            raise MalformedAnswer("speaks TLS; write https://" if hello else "answered something other than HTTP")
        end = self._head.find(b"\r\n\r\n")
        if end < 0:
            if len(self._head) > _MAX_HEAD:
                raise MalformedAnswer("answered with headers without an end")
            return b""
        rest = bytes(self._head[end + 4 :])
        first, *lines = bytes(self._head[:end]).split(b"\r\n")
        found = _STATUS_LINE.fullmatch(first)
        if not found:
            raise MalformedAnswer("answered something other than HTTP")
        status = int(found[2])
        if 100 <= status < 200:  # interim; the answer itself follows
            self._head = bytearray(rest)
            return self._parse_head() if rest else b""
        self._status = status
        self._headers = _parse_headers(lines)
        self._frame(old=found[1] == b"0")
        return rest

    def _frame(self, *, old: bool) -> None:
        """Decide from the headers where the body ends."""
        connection = self._headers.get("connection", "").lower()
        coding = self._headers.get("transfer-encoding", "").lower()
        length = self._headers.get("content-length", "")
        self.keep_alive = connection == "keep-alive" if old else "close" not in connection
        if self._method == "HEAD" or self._status in _BODILESS:
            self._length = 0
        elif coding:
            if coding != "chunked":
                raise MalformedAnswer(f"answered in an unknown transfer encoding ({coding[:40]!r})")
            self._chunked = True
        elif length:
            if not re.fullmatch(r"\d{1,18}", length, re.ASCII):
                raise MalformedAnswer("answered with a length that is not a number")
            self._length = int(length)
            self._check_size(self._length)

    def _parse_chunks(self) -> None:
        while self.answer is None:
            end = self._chunks.find(b"\r\n")
            if end < 0:
                if len(self._chunks) > _MAX_HEAD:
                    raise MalformedAnswer("answered with a chunk without a length")
                return
            size = bytes(self._chunks[:end]).split(b";")[0].strip()
            if not re.fullmatch(rb"[0-9A-Fa-f]{1,15}", size):
                raise MalformedAnswer("answered with a chunk without a length")
            length = int(size, 16)
            if not length:
                self._end_chunks(end)
                return
            self._check_size(self._size + length)
            if len(self._chunks) < end + 2 + length + 2:
                return
            if self._chunks[end + 2 + length : end + 4 + length] != b"\r\n":
                raise MalformedAnswer("answered with a chunk of another length than announced")
            self._add(bytes(self._chunks[end + 2 : end + 2 + length]))
            del self._chunks[: end + 2 + length + 2]

    def _end_chunks(self, end: int) -> None:
        """Finish at the empty line after the last chunk; trailers are dropped."""
        if self._chunks.startswith(b"\r\n", end + 2) or self._chunks.find(b"\r\n\r\n", end) >= 0:
            self._finish()
        elif len(self._chunks) > _MAX_HEAD:
            raise MalformedAnswer("answered with trailers without an end")

    def _add(self, data: bytes) -> None:
        self._size += len(data)
        self._check_size(self._size)
        self._parts.append(data)

    def _check_size(self, size: int) -> None:
        if size > self._limit:
            raise MalformedAnswer(f"answered with more than {self._limit:,} bytes")

    def _finish(self) -> None:
        body = b"".join(self._parts)
        coding = self._headers.get("content-encoding", "identity").lower()
        if coding in ("gzip", "x-gzip") and body:
            body = self._inflated(body)
        elif coding != "identity" and body:
            raise MalformedAnswer(f"answered in an unknown encoding ({coding[:40]!r})")
        self.answer = HttpAnswer(self._status, self._headers, body)

    def _inflated(self, body: bytes) -> bytes:
        inflater = zlib.decompressobj(31)
        try:
            plain = inflater.decompress(body, self._limit + 1)
        except zlib.error:
            raise MalformedAnswer("answered with damaged gzip data") from None
        self._check_size(len(plain))
        if not inflater.eof:
            raise MalformedAnswer("answered with incomplete gzip data")
        return plain


def _parse_headers(lines: list[bytes]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or not name or name != name.strip():
            raise MalformedAnswer("answered with a malformed header")
        key, text = name.lower(), value.strip()
        if key == "content-length" and headers.get(key, text) != text:
            raise MalformedAnswer("answered with two different lengths")
        headers[key] = text
    return headers
