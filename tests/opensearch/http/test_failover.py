"""Nodes that refuse, reset, hang or are slow: the first that answers, within one deadline."""

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from shanxi_cli.engines.opensearch.http import race
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.errors import EngineError
from shanxi_cli.model.remote_index import RemoteIndex
from tests.opensearch.http.conftest import Clients, Nodes
from tests.opensearch.http.scripted_node import (
    Play,
    ScriptedNode,
    SeenRequest,
    answer_bytes,
    answering,
    closing,
    hanging,
    in_turn,
    resetting,
    sending_once,
)

FINE = answering({"n": 1})


@pytest.mark.parametrize(
    "play",
    [
        pytest.param(closing, id="closes"),
        pytest.param(resetting, id="resets"),
        pytest.param(sending_once(answer_bytes({"n": 2})[:-1]), id="cuts"),
        pytest.param(sending_once(b"220 mail ready\r\n"), id="no HTTP"),
    ],
)
def test_failing_node_is_tried_once(play: Play, nodes: Nodes, client_of: Clients) -> None:
    bad, good = nodes(play, FINE)
    client = client_of(bad, good)
    assert [client.request("GET", "/x") for _ in range(3)] == [{"n": 1}] * 3
    assert (len(bad.lines), len(good.lines)) == (1, 3)


def test_refusing_nodes_are_passed(free_port: int, nodes: Nodes, client_of: Clients) -> None:
    (good,) = nodes(FINE)
    client = ClusterClient(RemoteIndex((f"http://127.0.0.1:{free_port}", good.url), "press"))
    assert client.request("GET", "/x") == {"n": 1}
    client.close()


def test_order_is_that_of_the_addresses(nodes: Nodes, client_of: Clients) -> None:
    first, second = nodes(FINE, FINE)
    client_of(second, first).request("GET", "/x")
    assert (first.lines, second.lines) == ([], ["GET /x HTTP/1.1"])


def test_node_that_failed_is_used_when_others_fail(nodes: Nodes, client_of: Clients) -> None:
    first, second = nodes(in_turn(closing, answering({"n": 3})), in_turn(FINE, closing, closing))
    client = client_of(first, second)
    assert [client.request("GET", "/x"), client.request("GET", "/x")] == [{"n": 1}, {"n": 3}]


@pytest.mark.usefixtures("impatient")
def test_hung_node_is_passed_and_remembered(nodes: Nodes, client_of: Clients) -> None:
    hung, good = nodes(hanging, FINE)
    client = client_of(hung, good)
    assert [client.request("POST", "/_search", {"size": 0}) for _ in range(3)] == [{"n": 1}] * 3
    assert hung.lines == ["POST /_search HTTP/1.1"]
    assert good.seen[0].body == b'{"size":0}'


@pytest.mark.usefixtures("impatient")
def test_node_that_hangs_within_its_answer_is_passed(nodes: Nodes, client_of: Clients) -> None:
    def play(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        connection.sendall(answer_bytes({"n": 2})[:-1])
        hanging(node, connection, request)

    half, good = nodes(in_turn(play, hanging), FINE)
    assert client_of(half, good).request("GET", "/x") == {"n": 1}


@pytest.mark.usefixtures("impatient")
def test_first_answer_of_two_is_taken(nodes: Nodes, client_of: Clients) -> None:
    """The second node waits until the first has had its doubts, then the first answers after all."""
    answer_now = threading.Event()

    def slow(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        if request.is_probe:
            hanging(node, connection, request)
        answer_now.wait(60)
        connection.sendall(answer_bytes({"n": "slow"}))

    def second(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        answer_now.set()
        hanging(node, connection, request)

    client = client_of(*nodes(slow, second))
    assert client.request("GET", "/x") == {"n": "slow"}


def test_busy_node_is_waited_for(nodes: Nodes, client_of: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    """A node that answers probes works: its request is not sent to another one."""
    monkeypatch.setattr(race, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr(race, "BUSY_QUIET_SECONDS", 0.01)
    monkeypatch.setattr(race, "PROBE_SECONDS", 60.0)
    probed = threading.Semaphore(0)

    def busy(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        if request.is_probe:
            probed.release()
        else:
            for _ in range(3):
                probed.acquire(timeout=60)
        connection.sendall(answer_bytes({"n": "busy"}))

    first, second = nodes(busy, FINE)
    assert client_of(first, second).request("GET", "/x") == {"n": "busy"}
    assert (first.lines, second.lines) == (["GET /x HTTP/1.1"], [])


@pytest.mark.usefixtures("impatient")
def test_slow_answer_is_waited_for_while_all_others_fail(nodes: Nodes, client_of: Clients) -> None:
    others_failed = threading.Event()

    def slow(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        if request.is_probe:
            hanging(node, connection, request)
        others_failed.wait(60)
        connection.sendall(answer_bytes({"n": "slow"}))

    def failing(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        others_failed.set()
        closing(node, connection, request)

    assert client_of(*nodes(slow, failing)).request("GET", "/x") == {"n": "slow"}


@pytest.mark.usefixtures("impatient")
def test_deadline_ends_a_request_that_nobody_answers(nodes: Nodes, client_of: Clients) -> None:
    first, second = nodes(hanging, hanging)
    with pytest.raises(EngineError) as caught:
        client_of(first, second).request("GET", "/x", deadline=0.2)
    assert str(caught.value) == (
        f"no node of the cluster answers: {first.url} and {second.url} did not answer in time (0.2 s); "
        "check the health of the cluster"
    )


def test_deadline_holds_for_a_node_that_sends_a_byte_now_and_then(nodes: Nodes, client_of: Clients) -> None:
    def trickling(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
        while not node.released.wait(0.001):
            connection.sendall(b" ")

    (node,) = nodes(trickling)
    with pytest.raises(EngineError, match=r"did not answer in time \(0.2 s\)"):
        client_of(node).request("GET", "/x", deadline=0.2)


@pytest.mark.parametrize(
    ("play", "reason"),
    [
        pytest.param(closing, "closed the connection without an answer", id="closes"),
        pytest.param(sending_once(b"HTTP/1.1 2"), "closed the connection within its answer", id="cuts"),
    ],
)
def test_request_that_must_not_be_done_twice_is_not_repeated(
    play: Play, reason: str, nodes: Nodes, client_of: Clients
) -> None:
    first, second = nodes(play, FINE)
    with pytest.raises(EngineError) as caught:
        client_of(first, second).request("POST", "/x", idempotent=False)
    assert str(caught.value) == f"the cluster at {first.url} {reason}; the request may have been carried out"
    assert second.seen == []


def test_request_that_must_not_be_done_twice_goes_elsewhere_unsent(free_port: int, nodes: Nodes) -> None:
    (good,) = nodes(FINE)
    client = ClusterClient(RemoteIndex((f"http://127.0.0.1:{free_port}", good.url), "press"))
    assert client.request("POST", "/x", idempotent=False) == {"n": 1}
    client.close()


def test_refused_by_all_nodes(free_port: int) -> None:
    url = f"http://127.0.0.1:{free_port}"
    with pytest.raises(EngineError) as caught:
        ClusterClient(RemoteIndex((url,), "press")).request("GET", "/x")
    assert str(caught.value) == (
        f"the cluster at {url} refused the connection; check that the cluster runs and the address is right"
    )


def test_several_nodes_that_refuse() -> None:
    with ExitStack() as stack:
        taken = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
        urls = tuple(f"http://127.0.0.1:{one.getsockname()[1]}" for one in taken)
    with pytest.raises(EngineError) as caught:
        ClusterClient(RemoteIndex(urls, "press")).request("GET", "/x")
    assert str(caught.value) == (
        f"no node of the cluster answers: {urls[0]}, {urls[1]} and {urls[2]} refused the connection; "
        "check that the cluster runs and the address is right"
    )


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(EngineError) as caught:
        ClusterClient(RemoteIndex(("https://press.invalid:9200",), "press")).request("GET", "/x")
    assert str(caught.value) == "the cluster at https://press.invalid:9200 has a name that DNS does not know"


def test_proxy_that_is_not_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [])
    monkeypatch.setenv("HTTPS_PROXY", "http://user:hidden@proxy:3128")
    with pytest.raises(EngineError) as caught:
        ClusterClient(RemoteIndex(("https://press.invalid:9200",), "press")).request("GET", "/x")
    assert str(caught.value) == (
        "the cluster at https://press.invalid:9200 cannot be reached; check that the cluster runs and the address is "
        "right (HTTPS_PROXY is not used for clusters)"
    )


SERVER = """
import socket, sys
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    connection, _ = listener.accept()
    stream = connection.makefile("rb")
    while stream.readline().strip():
        pass
    connection.sendall(b'HTTP/1.1 200 OK\\r\\ncontent-length: 7\\r\\nconnection: close\\r\\n\\r\\n{"n":2}')
    stream.close()
    connection.close()
"""


@pytest.fixture
def process() -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as child:
        yield child
        child.send_signal(signal.SIGCONT)
        child.kill()


@pytest.mark.usefixtures("impatient")
def test_stopped_process_is_passed(process: "subprocess.Popen[str]", nodes: Nodes) -> None:
    (good,) = nodes(FINE)
    assert process.stdout is not None
    client = ClusterClient(RemoteIndex((f"http://127.0.0.1:{int(process.stdout.readline())}", good.url), "press"))
    assert client.request("GET", "/x") == {"n": 2}
    process.send_signal(signal.SIGSTOP)
    assert client.request("GET", "/x") == {"n": 1}
    assert good.lines == ["GET /x HTTP/1.1"]
    client.close()
