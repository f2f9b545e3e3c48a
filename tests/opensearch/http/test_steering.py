"""A data node that hangs holds up the searches of all nodes: they are repeated without it."""

import json
import threading
from typing import Any

import pytest

from shanxi_cli.engines.opensearch.http import race
from shanxi_cli.engines.opensearch.http.messages import HttpAnswer, HttpRequest
from shanxi_cli.engines.opensearch.http.steering import is_steerable, living_nodes, probe_for, steered
from shanxi_cli.errors import EngineError
from tests.opensearch.http.conftest import Clients, Nodes
from tests.opensearch.http.scripted_node import Play, ScriptedNode, SeenRequest, answer_bytes, hanging

ONE_HANGS = {"_nodes": {"failed": 1}, "nodes": {"id-A": {"name": "a"}, "id-B": {"name": "b"}}}
ALL_ANSWER = {"_nodes": {}, "nodes": {"id-A": {"name": "a"}, "id-B": {"name": "b"}}}
LACKING = {
    "error": {
        "type": "illegal_argument_exception",
        "reason": "no data nodes with criterion [x] found",
    }
}


@pytest.mark.parametrize(
    ("method", "path", "yes"),
    [
        ("POST", "/press/_search", True),
        ("GET", "/press-gen-1,x/_search?size=0", True),
        ("POST", "/press/_count", True),
        ("POST", "/press/_mget", True),
        ("POST", "/press/_msearch", True),
        ("GET", "/press/_doc/1", True),
        ("POST", "/press/_search/point_in_time?keep_alive=1m", True),
        ("POST", "/_search", False),
        ("PUT", "/press/_doc/1", False),
        ("POST", "/press/_doc/1", False),
        ("POST", "/press/_bulk", False),
        ("GET", "/press", True),
        ("HEAD", "/press", True),
        ("GET", "/press?filter_path=*.mappings._meta", True),
        ("GET", "/press/_mapping", True),
        ("GET", "/press-gen-1/_alias/press", True),
        ("GET", "/_alias/press", True),
        ("GET", "/_cluster/health/press?timeout=1s", True),
        ("GET", "/_cat/indices", False),
        ("GET", "/_nodes/stats", False),
        ("PUT", "/press", False),
        ("DELETE", "/press", False),
        ("POST", "/press/_refresh", False),
        ("GET", "/", False),
    ],
)
def test_requests_that_can_be_steered(method: str, path: str, yes: bool) -> None:
    request = HttpRequest(method, path)
    assert is_steerable(request) is yes
    assert probe_for(request).path.startswith("/_nodes/_all/_none?timeout=600ms" if yes else "/")


@pytest.mark.parametrize(
    ("path", "body", "path_then", "body_then"),
    [
        ("/x/_search", b"{}", "/x/_search?preference=_only_nodes:A,B", b"{}"),
        ("/x/_search?size=0", b"{}", "/x/_search?size=0&preference=_only_nodes:A,B", b"{}"),
        ("/x/_search?preference=_local&size=0", None, "/x/_search?size=0&preference=_only_nodes:A,B", None),
        ("/x?filter_path=*.mappings", None, "/x?filter_path=*.mappings&local=true", None),
        ("/_cluster/health?local=false", None, "/_cluster/health?local=true", None),
        (
            "/x/_msearch",
            b'{}\n{"size":0}\n{"index":"y"}\n{"size":1}\n',
            "/x/_msearch",
            b'{"preference": "_only_nodes:A,B"}\n{"size":0}\n'
            b'{"index": "y", "preference": "_only_nodes:A,B"}\n{"size":1}\n',
        ),
    ],
    ids=["search", "with options", "with a preference", "mapping", "health", "several searches"],
)
def test_steered_request(path: str, body: bytes | None, path_then: str, body_then: bytes | None) -> None:
    then = steered(HttpRequest("POST", path, body), ("A", "B"))
    assert (then.path, then.body) == (path_then, body_then)


@pytest.mark.parametrize(
    ("status", "told", "ids"),
    [
        (200, ONE_HANGS, ("id-A", "id-B")),
        (200, ALL_ANSWER, ()),
        (403, ONE_HANGS, ()),
        (200, {"name": "node1"}, ()),
        (200, [], ()),
        (200, {"_nodes": {"failed": 1}, "nodes": {"&preference=": {}}}, ()),
    ],
    ids=["one hangs", "all answer", "forbidden", "of another kind", "list", "no ids"],
)
def test_nodes_that_answer(status: int, told: Any, ids: tuple[str, ...]) -> None:
    assert living_nodes(HttpAnswer(status, {}, json.dumps(told).encode())) == ids


def coordinator(told: Any, steered_answer: bytes) -> Play:
    """Play a node that hangs on searches of all shards, tells which nodes answer, and answers steered searches."""

    def play(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        if request.line.startswith("GET /_nodes/"):
            connection.sendall(answer_bytes(told))
        elif "preference=_only_nodes:id-A,id-B" in request.line or b"_only_nodes:id-A,id-B" in request.body:
            connection.sendall(steered_answer)
        else:
            hanging(node, connection, request)

    return play


@pytest.fixture
def quick_probes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Probe soon, and wait for the answer as long as it takes."""
    monkeypatch.setattr(race, "QUIET_SECONDS", 0.02)
    monkeypatch.setattr(race, "BUSY_QUIET_SECONDS", 0.02)
    monkeypatch.setattr(race, "PROBE_SECONDS", 60.0)


def searches(node: ScriptedNode) -> list[str]:
    return [line.split()[1] for line in node.lines]


@pytest.mark.usefixtures("quick_probes")
def test_search_is_steered_and_so_are_the_next(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(coordinator(ONE_HANGS, answer_bytes({"n": 1})))
    client = client_of(node)
    assert client.request("POST", "/x/_search", {}) == {"n": 1}
    assert client.request("POST", "/x/_msearch", b"{}\n{}\n") == {"n": 1}
    assert searches(node) == ["/x/_search", "/x/_search?preference=_only_nodes:id-A,id-B", "/x/_msearch"]


@pytest.mark.usefixtures("impatient")
def test_node_that_hangs_is_also_the_first_address(nodes: Nodes, client_of: Clients) -> None:
    hung, good = nodes(hanging, coordinator(ONE_HANGS, answer_bytes({"n": 1})))
    assert client_of(hung, good).request("POST", "/x/_search", {}) == {"n": 1}
    assert "/x/_search?preference=_only_nodes:id-A,id-B" in searches(good)


@pytest.mark.usefixtures("quick_probes")
@pytest.mark.parametrize(
    "lacking",
    [
        pytest.param(answer_bytes(LACKING, 400), id="search"),
        pytest.param(answer_bytes({"responses": [LACKING]}), id="several searches"),
    ],
)
def test_nodes_that_answer_lack_a_shard(lacking: bytes, nodes: Nodes, client_of: Clients) -> None:
    """Repeat it unsteered once: the node may be back."""
    plays: list[bytes] = []

    def play(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        if b"preference" not in request.body and request.line.startswith("POST"):
            plays.append(b"")
            if len(plays) == 2:
                connection.sendall(answer_bytes({"n": "back"}))
                return
        coordinator(ONE_HANGS, lacking)(node, connection, request)

    (node,) = nodes(play)
    assert client_of(node).request("POST", "/x/_msearch", b"{}\n{}\n") == {"n": "back"}


@pytest.mark.usefixtures("quick_probes")
def test_shard_that_only_the_hung_node_has(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(coordinator(ONE_HANGS, answer_bytes(LACKING, 400)))
    with pytest.raises(EngineError) as caught:
        client_of(node).request("POST", "/x/_search", {})
    assert str(caught.value) == (
        f"the cluster at {node.url} has a node that does not answer, and its shards have no replica elsewhere; "
        "check its health"
    )


@pytest.mark.usefixtures("quick_probes")
def test_slow_search_of_a_sound_cluster_is_waited_for(nodes: Nodes, client_of: Clients) -> None:
    probed = threading.Semaphore(0)

    def play(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        if request.line.startswith("GET /_nodes/"):
            probed.release()
            connection.sendall(answer_bytes(ALL_ANSWER))
        else:
            for _ in range(3):
                probed.acquire(timeout=60)
            connection.sendall(answer_bytes({"n": "slow"}))

    (node,) = nodes(play)
    assert client_of(node).request("POST", "/x/_search", {}) == {"n": "slow"}
    assert searches(node) == ["/x/_search"]
