"""Clusters of the tests: started here, or running already."""

import functools
import http.client
import json
import os
import shutil
import socket
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.opensearch.cluster import layout
from tests.opensearch.cluster.node import Node, Place
from tests.opensearch.cluster.watch import unprivileged_ids

_START_SECONDS = 240.0
_ATTEMPTS = 3


class Cluster:
    """Nodes at some addresses: what tests ask of any cluster."""

    def __init__(self, urls: Sequence[str]) -> None:
        self.urls = tuple(urls)

    def request(self, method: str, path: str, body: object = None, *, timeout: float = 30.0) -> Any:
        """Return the JSON answer of the first node that answers, `{"status": N}` included in an error's own words."""
        failures = []
        for url in self.urls:
            try:
                return ask(url, method, path, body, timeout=timeout)
            except (OSError, http.client.HTTPException) as error:
                failures.append(f"{url}: {error!r}")
        raise ConnectionError("; ".join(failures))

    def remove_indices(self, name: str) -> None:
        """Remove the indices whose names begin with `name`."""
        found = self.request("GET", f"/_cat/indices/{name}*?format=json&h=index&expand_wildcards=all")
        for row in found:
            self.request("DELETE", f"/{row['index']}?ignore_unavailable=true")


class StartedCluster(Cluster):
    """Nodes that this process started, and stops."""

    def __init__(self, folder: Path, nodes: Sequence[Node]) -> None:
        super().__init__([node.url for node in nodes])
        self.nodes = tuple(nodes)
        self.folder = folder

    def mend(self) -> None:
        """Resume or start the nodes that hang or were killed, and wait until the cluster is whole again."""
        for node in self.nodes:
            if node.running:
                node.resume()
            else:
                node.start()
        self.wait_until_green()

    def wait_until_green(self, seconds: float = _START_SECONDS) -> None:
        """Wait until each node knows all others and every shard has its replicas."""
        path = f"/_cluster/health?wait_for_nodes={len(self.nodes)}&wait_for_status=green&timeout=1s"
        for node in self.nodes:
            wait_until(functools.partial(self._is_green, node, path), seconds, self._state)

    def _is_green(self, node: Node, path: str) -> bool:
        if not node.running:
            raise RuntimeError(f"{node.name} has ended:\n{node.log()}")
        try:
            answer = ask(node.url, "GET", path, timeout=5.0)
        except (OSError, http.client.HTTPException):
            return False
        return answer.get("timed_out") is False

    def _state(self) -> str:
        return "\n".join(f"{node.name}:\n{node.log()}" for node in self.nodes)

    def stop(self) -> None:
        """End all nodes, hung ones as well, and remove their files."""
        for node in self.nodes:
            node.remove()
        shutil.rmtree(self.folder, ignore_errors=True)


def start_cluster(count: int = 3) -> StartedCluster:
    """Start a cluster of `count` nodes on free ports of loopback and wait until it is green."""
    home = layout.home_folder()
    for attempt in range(_ATTEMPTS):
        cluster = _new_cluster(home, count)
        try:
            for node in cluster.nodes:
                node.start()
            cluster.wait_until_green()
        except RuntimeError as error:
            cluster.stop()
            if attempt + 1 == _ATTEMPTS or "Address already in use" not in str(error):
                raise
        except BaseException:
            cluster.stop()
            raise
        else:
            return cluster
    raise AssertionError


def _new_cluster(home: Path, count: int) -> StartedCluster:
    """Lay out the files of a cluster in a temporary folder that the user of the nodes can read."""
    folder = Path(tempfile.mkdtemp(prefix="shanxi-cluster-"))
    ids = unprivileged_ids()
    if ids:
        os.chown(folder, *ids)
        shutil.copytree(home, folder / "home", copy_function=_link_or_copy)
    else:
        (folder / "home").symlink_to(home)
    ports = free_ports(2 * count)
    places = [Place(f"node{at + 1}", ports[2 * at], ports[2 * at + 1]) for at in range(count)]
    return StartedCluster(folder, [Node(folder, place, places) for place in places])


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def free_ports(count: int) -> list[int]:
    """Return ports of loopback on which nothing listens now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def ask(url: str, method: str, path: str, body: object = None, *, timeout: float = 30.0) -> Any:
    """Send a request to one node and return the JSON of its answer, whatever its status."""
    host = urllib.parse.urlsplit(url).netloc
    connection = http.client.HTTPConnection(host, timeout=timeout)
    try:
        data = None if body is None else json.dumps(body).encode()
        connection.request(method, path, data, {"Content-Type": "application/json"})
        content = connection.getresponse().read()
        return json.loads(content) if content else None
    except json.JSONDecodeError as error:
        raise ConnectionError(f"no JSON: {content[:200]!r}") from error
    finally:
        connection.close()


def wait_until(holds: Callable[[], object], seconds: float, state: Callable[[], str] = str) -> None:
    """Wait until `holds` returns true, and fail with `state()` if it has not after `seconds`."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"still not so after {seconds:.0f} s: {state()}"
        time.sleep(0.05)
