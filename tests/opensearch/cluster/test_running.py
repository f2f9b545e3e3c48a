"""The cluster of the tests starts whole, can be broken and mended, and never outlives the tests."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.opensearch.cluster.layout import ENVIRONMENT, VERSION, missing_programs
from tests.opensearch.cluster.running import Cluster, StartedCluster, ask, wait_until
from tests.support.paths import PROJECT

pytestmark = pytest.mark.cluster
SECONDS = 120.0

STARTER = """
import sys, time
from tests.opensearch.cluster.running import start_cluster

cluster = start_cluster(1)
print(cluster.nodes[0].process_id, cluster.folder, flush=True)
try:
    sys.stdin.read()
finally:
    cluster.stop()
"""


def node_names(cluster: Cluster) -> list[str]:
    return sorted(row["name"] for row in cluster.request("GET", "/_cat/nodes?format=json&h=name"))


def test_each_node_answers_for_a_whole_cluster(cluster: Cluster) -> None:
    assert len(cluster.urls) == 3
    for url in cluster.urls:
        assert ask(url, "GET", "/")["version"]["number"] == VERSION
        assert ask(url, "GET", "/_cluster/health")["number_of_nodes"] == 3


def test_a_document_is_on_three_nodes(cluster: Cluster, index_name: str) -> None:
    cluster.request("PUT", f"/{index_name}-a", {"settings": {"number_of_shards": 1, "number_of_replicas": 2}})
    cluster.request("PUT", f"/{index_name}-a/_doc/1?refresh=true&wait_for_active_shards=all", {"town": "Datong"})
    rows = cluster.request("GET", f"/_cat/shards/{index_name}-a?format=json&h=node,docs,state")
    assert len({row["node"] for row in rows}) == 3
    for url in cluster.urls:
        assert ask(url, "GET", f"/{index_name}-a/_count?q=town:datong&preference=_local")["count"] == 1


def test_a_killed_node_is_missed_and_returns(breakable_cluster: StartedCluster) -> None:
    killed, *others = breakable_cluster.nodes
    killed.kill()
    assert not killed.running
    rest = Cluster([node.url for node in others])
    wait_until(lambda: len(node_names(rest)) == 2, SECONDS)
    with pytest.raises(ConnectionRefusedError):
        ask(killed.url, "GET", "/")
    breakable_cluster.mend()
    assert node_names(breakable_cluster) == ["node1", "node2", "node3"]


def test_a_hung_node_takes_connections_and_answers_nothing(breakable_cluster: StartedCluster) -> None:
    hung = breakable_cluster.nodes[1]
    hung.hang()
    assert hung.running
    with pytest.raises(TimeoutError):
        ask(hung.url, "GET", "/", timeout=0.2)
    breakable_cluster.mend()
    assert ask(hung.url, "GET", "/")["name"] == "node2"


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_nodes_end_with_their_starter(ends: signal.Signals) -> None:
    if missing := missing_programs():
        pytest.skip(missing)
    pipe = subprocess.PIPE
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER], cwd=PROJECT, env=ENVIRONMENT, stdin=pipe, stdout=pipe, text=True
    )
    assert starter.stdin and starter.stdout
    node, folder = starter.stdout.readline().split()
    assert is_alive(int(node)) and Path(folder).is_dir()
    starter.send_signal(ends)
    starter.wait()
    wait_until(lambda: not is_alive(int(node)) and not Path(folder).exists(), SECONDS)
    starter.stdin.close()
    starter.stdout.close()


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
