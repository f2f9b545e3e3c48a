"""A name that belongs to an index of somebody else: nothing is written beside it, and `doctor` says whose it is."""

import socket
from pathlib import Path

import pytest

from shanxi_cli.engines.opensearch.lease import acquire_lease
from shanxi_cli.errors import EngineError
from tests.conftest import Shanxi
from tests.opensearch.http.conftest import Clients, Nodes
from tests.opensearch.http.scripted_node import ScriptedNode, SeenRequest, answering

TAKEN = "press is an index of the cluster that shanxi has not made; choose another name"
ANSWERS = {
    "GET / ": {"version": {"distribution": "opensearch", "number": "2.19.6"}},
    "GET /_cluster/health ": {"status": "green"},
    "GET /_nodes/stats": {"nodes": {"x": {"name": "n1"}}},
    "HEAD /press ": {},
    "GET /press-gen-*/_alias ": {},
}


def somebody_elses(node: ScriptedNode, connection: socket.socket, request: SeenRequest) -> None:
    """A cluster whose index `press` is not of shanxi."""
    found = next((answer for line, answer in ANSWERS.items() if request.line.startswith(line)), None)
    answering({"error": "nothing", "status": 404} if found is None else found, 404 if found is None else 200)(
        node, connection, request
    )


def test_a_builder_writes_nothing(nodes: Nodes, client_of: Clients) -> None:
    (node,) = nodes(somebody_elses)
    client = client_of(node)
    with pytest.raises(EngineError) as caught:
        acquire_lease(client, "press", 0.0, client)
    assert str(caught.value) == TAKEN
    assert [line.split()[0] for line in node.lines if not line.startswith(("GET ", "HEAD "))] == []


def test_doctor(nodes: Nodes, capsys: pytest.CaptureFixture[str], archive: Path) -> None:
    (node,) = nodes(somebody_elses)
    found = Shanxi(capsys)("doctor", "--index", f"{node.url}/press")
    assert (found.status, found.err) == (2, "")
    assert found.out.splitlines() == [
        "ok     cluster    OpenSearch 2.19.6 on 1 node, health green",
        "ok     leftovers  none",
        f"wrong  index      {TAKEN}",
    ]
