"""A reverse proxy before one node: TLS, a user name and password, and faults that a test puts in."""

import base64
import contextlib
import http.client
import re
import socket
import ssl
import sys
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import trustme

_HOP_HEADERS = frozenset({"connection", "content-length", "host", "keep-alive", "transfer-encoding"})
_SECONDS = 120.0


class Request(NamedTuple):
    """A request that reached the proxy; `path` has the query string."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """A whole answer of the node, or one made up."""

    status: int
    headers: dict[str, str]
    body: bytes


class Dropped(Exception):
    """The connection is to be closed without another byte."""


class Exchange:
    """One request and its answer, in the hands of a fault."""

    def __init__(self, request: Request, handler: "_Handler") -> None:
        self.request = request
        self._handler = handler

    def forward(self, *, plain: bool = False) -> Answer:
        """Return the node's answer, not compressed if `plain`; drop the connection if the node gives none."""
        headers = {name: value for name, value in self.request.headers.items() if name.lower() not in _HOP_HEADERS}
        if plain:
            headers = {name: value for name, value in headers.items() if name.lower() != "accept-encoding"}
        try:
            return self._handler.upstream_answer(self.request._replace(headers=headers))
        except (OSError, http.client.HTTPException) as error:
            raise Dropped from error

    def send(self, answer: Answer, *, length: int | None = None) -> None:
        """Send an answer; its announced length is `length` if that is given."""
        handler = self._handler
        handler.send_response_only(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in _HOP_HEADERS:
                handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(answer.body) if length is None else length))
        handler.end_headers()
        if self.request.method != "HEAD":
            handler.wfile.write(answer.body)
            handler.wfile.flush()

    def wait(self, seconds: float) -> None:
        """Wait, or drop the connection when the proxy is closed."""
        if self._handler.proxy.closed.wait(seconds):
            raise Dropped


Fault = Callable[[Exchange], None]


def forwarded(exchange: Exchange) -> None:
    """Pass the answer on: no fault."""
    exchange.send(exchange.forward())


class _Rule:
    """A fault for some requests: not for the first `skip`, then for `times` of them, all if that is None."""

    def __init__(self, fault: Fault, method: str, path: str, skip: int, times: int | None) -> None:
        self.fault = fault
        self._method = method
        self._path = re.compile(path)
        self._first = skip
        self._end = None if times is None else skip + times
        self._seen = 0

    def takes(self, request: Request) -> bool:
        if (self._method and request.method != self._method) or not self._path.search(request.path):
            return False
        self._seen += 1
        return self._first < self._seen and (self._end is None or self._seen <= self._end)


class Proxy:
    """A proxy that runs in threads of this process until it is closed.

    `certificate` makes it speak TLS; `login` is the user name and password that every request must have. `requests`
    are all that came, those with a wrong password as well.
    """

    def __init__(
        self, upstream: str, certificate: trustme.LeafCert | None = None, login: tuple[str, str] | None = None
    ) -> None:
        self.upstream = urllib.parse.urlsplit(upstream).netloc
        self.login = login
        self.requests: list[Request] = []
        self.errors: list[BaseException] = []
        self.closed = threading.Event()
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()
        self._server = _Server(self, certificate)
        scheme = "https" if certificate else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def inject(self, fault: Fault, method: str = "", path: str = "", skip: int = 0, times: int | None = None) -> None:
        """Let `fault` answer requests of a method and a path (a regular expression; empty: any).

        The first `skip` of them pass, and all after `times` (None: none of them).
        """
        with self._lock:
            self._rules.append(_Rule(fault, method, path, skip, times))

    def clear(self) -> None:
        """Take all faults out."""
        with self._lock:
            self._rules.clear()

    def fault_for(self, request: Request) -> Fault:
        """Return the first injected fault that takes this request, or `forwarded`."""
        with self._lock:
            self.requests.append(request)
            return next((rule.fault for rule in self._rules if rule.takes(request)), forwarded)

    def close(self) -> None:
        """Stop listening, and close every connection as the end of a process does."""
        self.closed.set()
        self._server.shutdown()
        self._thread.join(_SECONDS)
        self._server.close_all()


@contextmanager
def proxy_to(
    upstream: str, certificate: trustme.LeafCert | None = None, login: tuple[str, str] | None = None
) -> Iterator[Proxy]:
    """Run a proxy for the time of a block; an error in it, other than of a connection, is raised at the end."""
    proxy = Proxy(upstream, certificate, login)
    try:
        yield proxy
    finally:
        proxy.close()
    if proxy.errors:
        raise proxy.errors[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, proxy: Proxy, certificate: trustme.LeafCert | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.proxy = proxy
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
        if self._context and certificate:
            certificate.configure_cert(self._context)
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._context:  # the handshake happens in the thread of the connection
            connection = self._context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        with self._open_lock:
            self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        error = sys.exception()
        if error and not isinstance(error, OSError):
            self.proxy.errors.append(error)

    def close_all(self) -> None:
        self.server_close()
        with self._open_lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.proxy = self.server.proxy
        self._upstream = http.client.HTTPConnection(self.proxy.upstream, timeout=_SECONDS)

    def finish(self) -> None:
        self._upstream.close()
        super().finish()

    def upstream_answer(self, request: Request) -> Answer:
        self._upstream.request(request.method, request.path, request.body or None, request.headers)
        response = self._upstream.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())

    def serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        exchange = Exchange(Request(self.command, self.path, dict(self.headers.items()), body), self)
        fault = self.proxy.fault_for(exchange.request)
        try:
            if self._is_logged_in():
                fault(exchange)
            else:
                exchange.send(Answer(401, {"WWW-Authenticate": 'Basic realm="OpenSearch"'}, b"Unauthorized"))
        except Dropped:
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = serve  # noqa: N815

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def _is_logged_in(self) -> bool:
        if self.proxy.login is None:
            return True
        expected = base64.b64encode(":".join(self.proxy.login).encode()).decode()
        return self.headers.get("Authorization") == f"Basic {expected}"
