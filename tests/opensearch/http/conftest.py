"""Nodes that a test plays, and clients of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from shanxi_cli.engines.opensearch.http import client as client_module
from shanxi_cli.engines.opensearch.http import race
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.model.remote_index import RemoteIndex
from tests.opensearch.http.scripted_node import Play, ScriptedNode

Nodes = Callable[..., list[ScriptedNode]]
Clients = Callable[..., ClusterClient]


@pytest.fixture
def nodes() -> Iterator[Nodes]:
    """Start a node for each play; they stop with the test."""
    with ExitStack() as stack:

        def start(*plays: Play) -> list[ScriptedNode]:
            started = [ScriptedNode(play) for play in plays]
            for node in started:
                stack.callback(node.stop)
            return started

        yield start


@pytest.fixture
def client_of(nodes: Nodes) -> Iterator[Clients]:
    """Return a client of these nodes."""
    with ExitStack() as stack:

        def make(*served: ScriptedNode, timeout: float = 60.0, auth: str = "") -> ClusterClient:
            client = ClusterClient(RemoteIndex(tuple(node.url for node in served), "press", auth=auth), timeout)
            stack.callback(client.close)
            return client

        yield make


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doubt a silent node soon."""
    monkeypatch.setattr(race, "QUIET_SECONDS", 0.02)
    monkeypatch.setattr(race, "PROBE_SECONDS", 0.02)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Record the waits between attempts instead of waiting."""
    waits: list[float] = []
    monkeypatch.setattr(client_module, "pause", waits.append)
    return waits


@pytest.fixture
def free_port() -> int:
    """Return a port of loopback on which nothing listens."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
