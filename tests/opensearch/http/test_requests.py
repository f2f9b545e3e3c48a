"""Requests as they are sent, answers as they are read."""

import gzip
import json
import os
import pickle
import threading
from typing import Any

import pytest

from shanxi_cli.engines.opensearch.http import client as client_module
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.errors import EngineError
from shanxi_cli.model.remote_index import RemoteIndex
from tests.opensearch.http.conftest import Clients, Nodes
from tests.opensearch.http.scripted_node import (
    ScriptedNode,
    SeenRequest,
    answer_bytes,
    answering,
    closing,
    in_turn,
    sending,
    sending_once,
)


def test_json_is_sent_and_read(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering({"found": "煤"}))
    assert client_of(node).request("POST", "/press/_search?size=1", {"query": {}}) == {"found": "煤"}
    (seen,) = node.seen
    assert seen.line == "POST /press/_search?size=1 HTTP/1.1"
    assert seen.body == b'{"query":{}}'
    assert seen.headers == {
        "host": f"127.0.0.1:{node.port}",
        "accept": "application/json",
        "content-type": "application/json",
        "content-length": "12",
    }


@pytest.mark.parametrize("path", ["_bulk", "/press/_bulk?refresh=false", "/press/_msearch"])
def test_lines_of_json_are_sent_as_such(path: str, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering({}))
    client_of(node).request("POST", path, b'{"a":1}\n{"b":2}\n')
    (seen,) = node.seen
    assert (seen.headers["content-type"], seen.body) == ("application/x-ndjson", b'{"a":1}\n{"b":2}\n')


def test_connection_is_used_again(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering({"n": 1}))
    client = client_of(node)
    assert [client.request("GET", "/x") for _ in range(3)] == [{"n": 1}] * 3
    assert node.connections == 1


def test_connection_that_the_node_closed_costs_nothing(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(in_turn(answering({"n": 1}), closing, answering({"n": 2})))
    client = client_of(node)
    assert [client.request("GET", "/x"), client.request("GET", "/x")] == [{"n": 1}, {"n": 2}]
    assert node.connections == 2


def test_client_can_be_used_after_close(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering([]))
    client = client_of(node)
    client.request("GET", "/x")
    client.close()
    assert client.request("GET", "/x") == []
    assert node.connections == 2


@pytest.mark.parametrize(
    ("status", "there"), [pytest.param(200, True, id="there"), pytest.param(404, False, id="not there")]
)
def test_existence(status: int, there: bool, nodes: Nodes, client_of: Clients) -> None:
    head = f"HTTP/1.1 {status} Fine\r\ncontent-length: 300\r\n\r\n".encode()  # of a body that HEAD does not send
    (node,) = nodes(sending(head))
    client = client_of(node)
    assert [client.exists("/press"), client.exists("/press")] == [there, there]
    assert node.lines == ["HEAD /press HTTP/1.1"] * 2
    assert node.connections == 1


CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\n[1,\r\n2\r\n2]\r\n0\r\nX-Trailer: 1\r\n\r\n"
INTERIM = b"HTTP/1.1 102 Processing\r\n\r\n"
PACKED = gzip.compress(b"[1,2]")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(answer_bytes([1, 2]), id="length"),
        pytest.param(CHUNKS, id="chunks"),
        pytest.param(INTERIM + answer_bytes([1, 2]), id="interim answer first"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n[1,2]", id="to the end of the connection"),
        pytest.param(b"HTTP/1.0 200\r\n\r\n[1,2]", id="HTTP 1.0"),
        pytest.param(answer_bytes(PACKED, content_encoding="gzip"), id="gzip"),
        pytest.param(b"HTTP/1.1 200 OK\r\nCONTENT-LENGTH:5\r\n\r\n[1,2]", id="header without a space"),
        pytest.param(answer_bytes([1, 2]) + b"HTTP/1.1 200 OK\r\n\r\nmore", id="more than announced"),
    ],
)
@pytest.mark.parametrize("piece", [1, 1000], ids=["byte by byte", "at once"])
def test_forms_of_answers(data: bytes, piece: int, nodes: Nodes, client_of: Clients) -> None:
    def play(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        for start in range(0, len(data), piece):
            connection.sendall(data[start : start + piece])
        sending_once(b"")(node, connection, request)

    (node,) = nodes(play)
    assert client_of(node).request("GET", "/x") == [1, 2]


@pytest.mark.parametrize(("body", "what"), [(b"", "nothing"), (b"null", "something other than JSON")])
def test_empty_answer_is_an_error(body: bytes, what: str, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(sending(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)))
    with pytest.raises(EngineError, match=f"answered with {what}; is this the address of OpenSearch\\?"):
        client_of(node).request("POST", "/x")
    assert node.seen[0].headers["content-length"] == "0"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"SSH-2.0-OpenSSH_9.9\r\n", "answered something other than HTTP", id="another protocol"),
        pytest.param(b"HTTP/1.1 OK\r\n\r\n", "answered something other than HTTP", id="no status"),
        pytest.param(b"\x15\x03\x03\x00\x02\x02\x46", "speaks TLS; write https://", id="TLS alert"),
        pytest.param(b"", "closed the connection without an answer", id="nothing"),
        pytest.param(answer_bytes([1, 2])[:-1], "closed the connection within its answer", id="cut"),
        pytest.param(b"HTTP/1.1 200 OK\r\ncontent-le", "closed the connection within its answer", id="cut in the head"),
        pytest.param(CHUNKS[:-20], "closed the connection within its answer", id="cut in the chunks"),
        pytest.param(
            CHUNKS.replace(b"3;", b"2;"), "answered with a chunk of another length than announced", id="chunk too long"
        ),
        pytest.param(CHUNKS.replace(b"3;", b"-3;"), "answered with a chunk without a length", id="negative chunk"),
        pytest.param(answer_bytes([], content_encoding="br"), "answered in an unknown encoding ('br')", id="encoding"),
        pytest.param(
            answer_bytes([], transfer_encoding="gzip"),
            "answered in an unknown transfer encoding ('gzip')",
            id="transfer encoding",
        ),
        pytest.param(answer_bytes(b"[]", content_encoding="gzip"), "answered with damaged gzip data", id="no gzip"),
        pytest.param(
            answer_bytes(PACKED[:-9], content_encoding="gzip"), "answered with incomplete gzip data", id="cut gzip"
        ),
        pytest.param(answer_bytes([], Content_Length="3"), "answered with two different lengths", id="two lengths"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\n[]",
            "answered with a length that is not a number",
            id="length",
        ),
        pytest.param(b"HTTP/1.1 200 OK\r\n folded\r\n\r\n", "answered with a malformed header", id="header"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 20000, "answered with headers without an end", id="endless head"
        ),
    ],
)
def test_malformed_answer(data: bytes, reason: str, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(sending_once(data))
    with pytest.raises(EngineError) as caught:
        client_of(node).request("GET", "/x")
    assert str(caught.value).removesuffix("; check that the cluster runs and the address is right") == (
        f"the cluster at {node.url} {reason}"
    )


LARGE = b"[" + b"1," * 400 + b"1]"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(answer_bytes(LARGE), id="length"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n" + LARGE, id="no length"),
        pytest.param(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n323\r\n" + LARGE, id="chunk"),
        pytest.param(answer_bytes(gzip.compress(LARGE), content_encoding="gzip"), id="gzip"),
    ],
)
def test_oversized_answer(data: bytes, nodes: Nodes, client_of: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "LARGEST_ANSWER", 800)
    (node,) = nodes(sending_once(data))
    with pytest.raises(EngineError, match=r"answered with more than 800 bytes; check"):
        client_of(node).request("GET", "/x")


@pytest.mark.parametrize("body", [b"<html>Sign in</html>", b"{", b"\xff\xfe", b"[" * 100000], ids=range(4))
def test_answer_that_is_no_json(body: bytes, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering(body))
    with pytest.raises(EngineError) as caught:
        client_of(node).request("GET", "/x")
    assert str(caught.value) == (
        f"the cluster at {node.url} answered with something other than JSON; is this the address of OpenSearch?"
    )


def test_threads_have_connections_of_their_own(nodes: Nodes, client_of: Clients) -> None:
    both = threading.Barrier(2, timeout=60)

    def play(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        both.wait()  # both requests are under way at once
        connection.sendall(answer_bytes(request.line.split()[1]))

    (node,) = nodes(play)
    client = client_of(node)
    answers: dict[str, Any] = {}
    threads = [
        threading.Thread(target=lambda path=path: answers.update({path: client.request("GET", path)}))
        for path in ("/a", "/b")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == {"/a": "/a", "/b": "/b"}


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")  # of fork beside threads: those of the node
def test_forked_process_opens_its_own_connection(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering({"n": 1}))
    client = client_of(node)
    client.request("GET", "/parent")
    child = os.fork()
    if not child:
        status = 3
        try:
            status = 0 if client.request("GET", "/child") == {"n": 1} else 1
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert client.request("GET", "/parent") == {"n": 1}
    assert node.lines == ["GET /parent HTTP/1.1", "GET /child HTTP/1.1", "GET /parent HTTP/1.1"]
    assert node.connections == 2


def test_pickled_client_holds_settings_alone() -> None:
    client = ClusterClient(RemoteIndex(("http://127.0.0.1:9",), "press", auth="env:PRESS_AUTH"), 5.0)
    copy = pickle.loads(pickle.dumps(client))
    assert (copy.remote, copy.timeout) == (client.remote, 5.0)
    assert json.dumps(pickle.dumps(client).decode("latin-1")).count("PRESS_AUTH") == 1
