"""Clusters of other kinds and versions are told apart where a request fails, or when it is asked."""

from typing import Any

import pytest

from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.http.failures import ClusterRefusal
from shanxi_cli.errors import EngineError, IndexUnusable
from tests.opensearch.http.conftest import Clients, Nodes
from tests.opensearch.http.scripted_node import Play, ScriptedNode, SeenRequest, answer_bytes, answering


def opensearch(number: str) -> dict[str, Any]:
    return {"name": "node1", "version": {"distribution": "opensearch", "number": number}}


ELASTICSEARCH = {"version": {"number": "8.15.0", "build_flavor": "default"}, "tagline": "You Know, for Search"}
MISSING = {"error": {"type": "index_not_found_exception", "index": "press"}}


def unlike(root: Any, status: int, other: Any = b"", root_status: int = 200) -> Play:
    """Play a node that answers `GET /` with `root` and all else with a status."""

    def play(node: ScriptedNode, connection: Any, request: SeenRequest) -> None:
        at_root = request.line.startswith("GET / ")
        connection.sendall(answer_bytes(root, root_status) if at_root else answer_bytes(other, status))

    return play


@pytest.mark.parametrize("number", ["2.19.6", "2.4.0", "3.1.0-SNAPSHOT"])
def test_supported_version(number: str, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering(opensearch(number)))
    client = client_of(node)
    assert [str(client.version()), str(client.version())] == [f"OpenSearch {number}"] * 2
    assert len(node.seen) == 1


UNSUPPORTED = [
    pytest.param(opensearch("1.3.20"), "is OpenSearch 1.3.20, which is not supported", id="OpenSearch 1"),
    pytest.param(opensearch("4.0.0"), "is OpenSearch 4.0.0, which is not supported", id="OpenSearch 4"),
    pytest.param(ELASTICSEARCH, "is Elasticsearch 8.15.0, which is not supported", id="Elasticsearch"),
    pytest.param(
        {"version": {"number": "2.1", "distribution": "x\n"}}, "is x 2.1, which is not supported", id="unknown"
    ),
]


def refused(client: ClusterClient, path: str = "") -> str:
    with pytest.raises(EngineError) as caught:
        client.request("GET", path) if path else client.version()
    return str(caught.value)


@pytest.mark.parametrize(("root", "told"), UNSUPPORTED)
def test_unsupported_version(root: Any, told: str, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering(root))
    assert refused(client_of(node)) == f"the cluster at {node.url} {told}; shanxi needs OpenSearch 2 or 3"


@pytest.mark.parametrize("root", [{}, [], {"version": "1"}, {"version": {"number": 2}}], ids=range(4))
def test_answer_of_no_cluster(root: Any, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(answering(root))
    assert refused(client_of(node)) == f"{node.url} answers, but is no OpenSearch; shanxi needs OpenSearch 2 or 3"


@pytest.mark.parametrize(("root", "told"), UNSUPPORTED)
@pytest.mark.parametrize("status", [400, 404, 405])
def test_request_that_is_not_understood(root: Any, told: str, status: int, nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(unlike(root, status))
    assert refused(client_of(node), "/press/_search").startswith(f"the cluster at {node.url} {told}; ")


def test_page_of_a_web_server(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(unlike(b"<html>It works!</html>", 404))
    assert refused(client_of(node), "/press/_search") == (
        f"the cluster at {node.url} answered with something other than JSON; is this the address of OpenSearch?"
    )


def test_missing_index_of_a_supported_cluster(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(unlike(opensearch("2.19.6"), 404, MISSING))
    client = client_of(node)
    for _ in range(2):
        with pytest.raises(IndexUnusable, match="has no index press"):
            client.request("GET", "/press/_search")
    assert [one.line.split()[1] for one in node.seen] == ["/press/_search", "/", "/press/_search"]


def test_version_that_may_not_be_read_hides_no_error(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(unlike({"error": "no permissions"}, 400, {"error": "no such field"}, root_status=403))
    with pytest.raises(ClusterRefusal) as caught:
        client_of(node).request("GET", "/press/_search")
    assert str(caught.value) == f"the cluster at {node.url} answered with an error (400): no such field"
