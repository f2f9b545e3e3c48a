"""A connection to one node: non-blocking, so that one thread waits for several nodes and for no longer than it may."""

import errno
import os
import select
import socket
import time
from typing import TYPE_CHECKING, Any

from shanxi_cli.engines.opensearch.http.addresses import NodeAddress
from shanxi_cli.engines.opensearch.http.failures import NodeFailure
from shanxi_cli.engines.opensearch.http.messages import AnswerParser, HttpAnswer, MalformedAnswer
from shanxi_cli.engines.opensearch.http.resolver import Place

if TYPE_CHECKING:
    import ssl

_IN_PROGRESS = (0, errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY, errno.EISCONN)
_REASONS = {
    errno.ECONNREFUSED: "refused the connection",
    errno.ECONNRESET: "reset the connection",
    errno.EPIPE: "closed the connection",
    errno.EHOSTUNREACH: "cannot be reached",
    errno.ENETUNREACH: "cannot be reached",
    errno.ETIMEDOUT: "did not answer",
}
_PIECE = 262144
_NO_SIGNAL = getattr(socket, "MSG_NOSIGNAL", 0)
"""No SIGPIPE where a program has it end the process (Linux)."""


class NodeConnection:
    """A connection to a node, over TLS if `context` is given. `places` are its addresses, which are tried in turn.

    `wants` are the events of `select.poll` after which `advance` gets further. `progress` is when bytes last moved,
    by `time.monotonic`. Any method but `close` may raise `NodeFailure`; the connection is of no more use then.
    """

    def __init__(self, node: NodeAddress, places: list[Place], context: "ssl.SSLContext | None", ca: str = "") -> None:
        self.node = node
        self.reused = False
        self.sent = 0
        self.wants = 0
        self.progress = time.monotonic()
        self._places = list(places)
        self._context = context
        self._ca = ca
        self._stage = "connect"
        self._socket: Any = None  # a socket or a socket of TLS
        self._pending: list[memoryview] = []
        self._parser: AnswerParser | None = None
        self._connect()

    @property
    def connected(self) -> bool:
        """True once bytes of a request can be sent."""
        return self._stage in ("send", "receive", "idle")

    @property
    def answer(self) -> HttpAnswer | None:
        """The answer, once it is complete."""
        return self._parser.answer if self._parser else None

    @property
    def begun(self) -> bool:
        """True if the answer has begun."""
        return self._parser is not None and self._parser.begun

    @property
    def reusable(self) -> bool:
        """True if another request may follow the answer on this connection."""
        return self.answer is not None and self._stage == "idle"

    def fileno(self) -> int:
        """Return the file descriptor to wait for."""
        return int(self._socket.fileno())

    def submit(self, head: bytes, body: bytes | None, parser: AnswerParser) -> None:
        """Send a request as soon as the connection allows, and parse the answer with `parser`."""
        self._pending = [memoryview(part) for part in (head, body) if part]
        self._parser = parser
        self.sent = 0
        self.progress = time.monotonic()
        if self._stage == "idle":
            self._stage = "send"
            self.wants = select.POLLOUT

    def advance(self, events: int = 0) -> None:
        """Do what can be done without waiting. `events` are those that `poll` reported."""
        try:
            if self._stage == "connect":
                self._finish_connect()
            if self._stage == "handshake":
                self._shake_hands()
            if self._stage == "send":
                self._send(readable=bool(events & ~select.POLLOUT))
            if self._stage == "receive":
                self._receive()
        except MalformedAnswer as error:
            raise self._failed(str(error)) from None
        except OSError as error:
            raise self._failed(self._reason(error)) from None

    def next_place(self) -> bool:
        """Try the next address of a node that does not respond; return False if there is none."""
        if self._stage != "connect" or not self._places:
            return False
        self._socket.close()
        self._connect()
        return True

    def is_stale(self) -> bool:
        """Return True if the node has closed an idle connection, or sent what nobody requested."""
        waiting = select.poll()
        waiting.register(self.fileno(), select.POLLIN)
        return bool(waiting.poll(0))

    def release(self) -> None:
        """Forget the answer, which has been taken."""
        self._parser = None

    def close(self) -> None:
        """Close the connection at once."""
        self._stage = "closed"
        if self._socket is not None:
            self._socket.close()

    def _connect(self) -> None:
        code = errno.EHOSTUNREACH
        while self._places:
            family, kind, protocol, _, place = self._places.pop(0)
            self._socket = socket.socket(family, kind, protocol)
            self._socket.settimeout(0)
            code = self._socket.connect_ex(place)
            if code in _IN_PROGRESS:
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.progress = time.monotonic()
                self.wants = select.POLLOUT
                return
            self._socket.close()
        raise self._failed(self._reason(OSError(code, "")))

    def _finish_connect(self) -> None:
        code = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            self._socket.close()
            if not self._places:
                raise OSError(code, "")
            self._connect()
            return
        self.progress = time.monotonic()
        if self._context is None:
            self._stage = "send" if self._pending else "idle"
            return
        self._socket = self._context.wrap_socket(
            self._socket, server_hostname=self.node.host, do_handshake_on_connect=False
        )
        self._stage = "handshake"

    def _shake_hands(self) -> None:
        if self._waits(self._socket.do_handshake)[0]:
            return
        self._stage = "send" if self._pending else "idle"

    def _send(self, *, readable: bool) -> None:
        flags = 0 if self._context else _NO_SIGNAL
        while self._pending:
            try:
                waits, count = self._waits(lambda: self._socket.send(self._pending[0][:_PIECE], flags))
            except OSError:  # the node may have answered before it closed: a request that is too large
                self._pending = []
                break
            if waits:
                if readable:  # the node answers already, or has sent what TLS needs
                    wanted = self.wants
                    self._receive()
                    self.wants |= wanted
                return
            self.sent += count
            self._pending[0] = self._pending[0][count:]
            if not self._pending[0]:
                del self._pending[0]
        if self._stage == "send":
            self._stage = "receive"

    def _receive(self) -> None:
        parser = self._parser
        assert parser is not None
        while parser.answer is None:
            waits, data = self._waits(lambda: self._socket.recv(_PIECE))
            if waits:
                return
            if data:
                parser.feed(data)
            else:
                parser.close()
        whole = parser.keep_alive and not self._pending
        self._stage = "idle" if whole else "answered"

    def _waits(self, step: Any) -> tuple[bool, Any]:
        """Take a step; return whether it must wait for the node, and what it returned."""
        try:
            done = step()
        except (BlockingIOError, InterruptedError):
            self.wants = select.POLLIN | (select.POLLOUT if self._stage == "send" else 0)
            return True, None
        except OSError as error:
            if self._context is None or type(error).__name__ not in ("SSLWantReadError", "SSLWantWriteError"):
                raise
            self.wants = select.POLLIN if "Read" in type(error).__name__ else select.POLLOUT
            return True, None
        self.progress = time.monotonic()
        return False, done

    def _failed(self, reason: str) -> NodeFailure:
        self.close()
        return NodeFailure(reason, sent=self.sent > 0)

    def _reason(self, error: OSError) -> str:
        """Return the reason of a failure as the end of a sentence about the node."""
        if self._context is not None and type(error).__module__ == "ssl":
            from shanxi_cli.engines.opensearch.http.tls import describe_failure

            return describe_failure(error, self._ca)
        text = _REASONS.get(error.errno or 0) or f"cannot be used ({os.strerror(error.errno or errno.EIO).lower()})"
        if error.errno in (errno.ECONNRESET, errno.EPIPE) and self._context is None and not self.begun:
            return f"{text} without an answer; if it speaks TLS, write https://"
        return text
