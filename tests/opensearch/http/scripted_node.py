"""A node of a cluster played by the test: a server on loopback that does with each request what a function says."""

import contextlib
import json
import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from typing import Any, NamedTuple


class SeenRequest(NamedTuple):
    """A request as it arrived."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def is_probe(self) -> bool:
        """True for a request that only asks whether the node works."""
        return self.line.startswith(("GET / ", "GET /_nodes/_all/_none?"))


Play = Callable[["ScriptedNode", socket.socket, SeenRequest], None]


class ScriptedNode:
    """Serves until `stop`. `seen` are the requests so far, `connections` how many were accepted."""

    def __init__(self, play: Play, *, tls: ssl.SSLContext | None = None) -> None:
        self.play = play
        self.tls = tls
        self.seen: list[SeenRequest] = []
        self.connections = 0
        self.released = threading.Event()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._closing, self._close = socket.socketpair()
        self._start(self._accept)

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def lines(self) -> list[str]:
        """The request lines, without those of probes."""
        return [one.line for one in self.seen if not one.is_probe]

    def stop(self) -> None:
        self.released.set()
        self._close.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(30)
        for connection in self._open:
            connection.close()
        self._listener.close()
        self._closing.close()

    def _start(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            ready, _, _ = select.select([self._listener, self._closing], [], [])
            if self._closing in ready:
                return
            connection, _ = self._listener.accept()
            self.connections += 1
            self._open.append(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            with connection.makefile("rb") as stream:
                while request := _read_request(stream):
                    self.seen.append(request)
                    self.play(self, connection, request)
        except (OSError, ValueError):
            pass
        finally:
            connection.close()


def _read_request(stream: Any) -> SeenRequest | None:
    line = stream.readline()
    if not line:
        return None
    headers = {}
    while (header := stream.readline().strip()) and b":" in header:
        name, _, value = header.decode().partition(":")
        headers[name.lower()] = value.strip()
    return SeenRequest(line.decode().strip(), headers, stream.read(int(headers.get("content-length", 0))))


def answer_bytes(body: Any, status: int = 200, **headers: str) -> bytes:
    """Return an answer of HTTP with a JSON body."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {"content-type": "application/json", "content-length": str(len(data)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status} Fine\r\n{lines}\r\n".encode() + data


def answering(body: Any, status: int = 200, **headers: str) -> Play:
    """Play a node that gives one answer to everything."""
    return sending(answer_bytes(body, status, **headers))


def sending(data: bytes) -> Play:
    """Play a node that sends these bytes."""

    def play(node: ScriptedNode, connection: socket.socket, request: SeenRequest) -> None:
        connection.sendall(data)

    return play


def sending_once(data: bytes) -> Play:
    """Play a node that sends these bytes and closes the connection."""

    def play(node: ScriptedNode, connection: socket.socket, request: SeenRequest) -> None:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_RDWR)

    return play


def in_turn(*plays: Play) -> Play:
    """Play one after another, the last one from then on."""
    left = list(plays)

    def play(node: ScriptedNode, connection: socket.socket, request: SeenRequest) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(node, connection, request)

    return play


def hanging(node: ScriptedNode, connection: socket.socket, request: SeenRequest) -> None:
    """Play a node that never answers."""
    node.released.wait(60)


def closing(node: ScriptedNode, connection: socket.socket, request: SeenRequest) -> None:
    """Play a node that closes the connection without an answer."""
    connection.shutdown(socket.SHUT_RDWR)


def resetting(node: ScriptedNode, connection: socket.socket, request: SeenRequest) -> None:
    """Play a node that resets the connection: a process that was killed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise ConnectionAbortedError
