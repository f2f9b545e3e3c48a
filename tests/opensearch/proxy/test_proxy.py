"""The proxy passes everything on, except what a test wants to go wrong."""

import base64
import http.client
import json
import ssl
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import trustme

from tests.opensearch.proxy import faults
from tests.opensearch.proxy.server import Fault, Proxy, proxy_to

SEARCHED = {"timed_out": False, "_shards": {"total": 2, "successful": 2, "skipped": 0, "failed": 0}, "hits": {}}
ROOT = {"version": {"distribution": "opensearch", "number": "2.19.6"}}


class _Node(BaseHTTPRequestHandler):
    """Something that answers like a node."""

    protocol_version = "HTTP/1.1"

    def serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path == "/echo":
            value: Any = {"method": self.command, "body": body.decode(), "agent": self.headers.get("User-Agent")}
        elif self.path.startswith("/press/_msearch"):
            value = {"responses": [SEARCHED, SEARCHED]}
        else:
            value = SEARCHED if "_search" in self.path else ROOT
        content = json.dumps(value).encode()
        self.send_response_only(404 if self.path == "/missing" else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = serve  # noqa: N815


@pytest.fixture(scope="module")
def node() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Node)
    server.daemon_threads, server.block_on_close = True, False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def proxy(node: str) -> Iterator[Proxy]:
    with proxy_to(node) as proxy:
        yield proxy


def ask(
    url: str,
    path: str = "/",
    method: str = "GET",
    body: str = "",
    login: str = "",
    context: ssl.SSLContext | None = None,
    timeout: float = 30.0,
) -> tuple[int, bytes]:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            parts.netloc, timeout=timeout, context=context
        )
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=timeout)
    headers = {"User-Agent": "shanxi"}
    if login:
        headers["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode()}"
    try:
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_without_a_fault_everything_passes(proxy: Proxy) -> None:
    status, content = ask(proxy.url, "/echo", "POST", '{"query": {}}')
    assert (status, json.loads(content)) == (200, {"method": "POST", "body": '{"query": {}}', "agent": "shanxi"})
    assert ask(proxy.url, "/missing")[0] == 404
    assert [(request.method, request.path) for request in proxy.requests] == [("POST", "/echo"), ("GET", "/missing")]


def test_one_connection_serves_many_requests(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(proxy.url).netloc, timeout=30)
    for _ in range(3):
        connection.request("GET", "/")
        assert json.loads(connection.getresponse().read()) == ROOT
    connection.close()


def test_tls_is_spoken_with_a_certificate(node: str, authority: trustme.CA) -> None:
    with proxy_to(node, authority.issue_cert("127.0.0.1")) as proxy:
        assert proxy.url.startswith("https://")
        assert ask(proxy.url, context=trusting(authority))[0] == 200
        with pytest.raises(ssl.SSLCertVerificationError, match="self-signed|unable to get local issuer"):
            ask(proxy.url, context=ssl.create_default_context())


def test_a_certificate_of_another_host_is_seen(node: str, authority: trustme.CA) -> None:
    with (
        proxy_to(node, authority.issue_cert("nodes.example")) as proxy,
        pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"),
    ):
        ask(proxy.url, context=trusting(authority))


@pytest.mark.parametrize(("login", "status"), [("", 401), ("ann:wrong", 401), ("ann:s3cret", 200)])
def test_a_login_is_required_if_one_is_set(node: str, login: str, status: int) -> None:
    with proxy_to(node, login=("ann", "s3cret")) as proxy:
        assert ask(proxy.url, login=login)[0] == status


def test_a_fault_takes_its_requests_alone(proxy: Proxy) -> None:
    proxy.inject(faults.refused_by_load(), method="POST", path=r"^/[^/]+/_search", times=2)
    statuses = [
        ask(proxy.url, path, method)[0]
        for method, path in [
            ("GET", "/press/_search"),
            ("POST", "/press/_search"),
            ("POST", "/echo"),
            ("POST", "/press/_search?size=1"),
            ("POST", "/press/_search"),
        ]
    ]
    assert statuses == [200, 429, 200, 429, 200]


def test_a_fault_may_begin_late(proxy: Proxy) -> None:
    proxy.inject(faults.no_manager(), skip=1, times=2)
    assert [ask(proxy.url)[0] for _ in range(4)] == [200, 503, 503, 200]


def test_cleared_faults_are_gone(proxy: Proxy) -> None:
    proxy.inject(faults.no_manager())
    assert ask(proxy.url)[0] == 503
    proxy.clear()
    assert ask(proxy.url)[0] == 200


@pytest.mark.parametrize("fault", [faults.dropped, faults.answer_lost], ids=["dropped", "answer lost"])
def test_a_dropped_connection_has_no_answer(proxy: Proxy, fault: Fault) -> None:
    proxy.inject(fault)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(proxy.url)


def test_a_cut_answer_has_half_its_bytes(proxy: Proxy) -> None:
    proxy.inject(faults.cut_short)
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(proxy.url)
    assert caught.value.partial == json.dumps(ROOT).encode()[: len(json.dumps(ROOT)) // 2]


def test_a_page_is_no_json(proxy: Proxy) -> None:
    proxy.inject(faults.no_json())
    assert ask(proxy.url) == (200, b"<html><title>Please log in</title></html>")


def test_a_silent_node_never_answers(proxy: Proxy) -> None:
    proxy.inject(faults.silent)
    with pytest.raises(TimeoutError):
        ask(proxy.url, timeout=0.1)


def test_a_delayed_answer_is_right(proxy: Proxy) -> None:
    proxy.inject(faults.delayed(0.001))
    assert json.loads(ask(proxy.url)[1]) == ROOT


def test_parts_of_searches_are_missing(proxy: Proxy) -> None:
    proxy.inject(faults.timed_out(), path="/a/_search")
    proxy.inject(faults.shards_failed(), path="_search")
    assert json.loads(ask(proxy.url, "/a/_search")[1]) == {**SEARCHED, "timed_out": True}
    shards = json.loads(ask(proxy.url, "/b/_search")[1])["_shards"]
    assert (shards["total"], shards["successful"], shards["failed"], len(shards["failures"])) == (2, 1, 1, 1)


def test_each_search_of_several_is_changed(proxy: Proxy) -> None:
    proxy.inject(faults.timed_out())
    responses = json.loads(ask(proxy.url, "/press/_msearch")[1])["responses"]
    assert [one["timed_out"] for one in responses] == [True, True]


@pytest.mark.parametrize(
    ("fault", "version"),
    [
        (faults.other_version("1.3.20"), {"distribution": "opensearch", "number": "1.3.20"}),
        (faults.other_version("8.17.0", distribution=""), {"number": "8.17.0"}),
    ],
    ids=["older", "another product"],
)
def test_another_version_is_told(proxy: Proxy, fault: Fault, version: dict[str, str]) -> None:
    proxy.inject(fault)
    assert json.loads(ask(proxy.url)[1]) == {"version": version}


@pytest.mark.parametrize("after", [False, True], ids=["before the node", "after the node"])
def test_held_requests_go_on_when_released(proxy: Proxy, after: bool) -> None:
    hold = faults.Hold(after=after)
    proxy.inject(hold, times=1)
    answers: list[tuple[int, bytes]] = []
    thread = threading.Thread(target=lambda: answers.append(ask(proxy.url)))
    thread.start()
    assert hold.reached.wait(60) and not answers
    hold.released.set()
    thread.join()
    assert json.loads(answers[0][1]) == ROOT


def test_a_closed_proxy_refuses(node: str) -> None:
    with proxy_to(node) as proxy:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(proxy.url).netloc, timeout=30)
        connection.request("GET", "/")
        connection.getresponse().read()
    with pytest.raises(ConnectionError):
        _again(connection)
    with pytest.raises(ConnectionRefusedError):
        ask(proxy.url)


def _again(connection: http.client.HTTPConnection) -> None:
    try:
        connection.request("GET", "/")
        connection.getresponse()
    finally:
        connection.close()


def test_an_absent_node_answers_nothing() -> None:
    with proxy_to("http://127.0.0.1:9") as proxy, pytest.raises(http.client.RemoteDisconnected):
        ask(proxy.url)
