"""Nodes that are killed, hang or are gone: a whole answer, or one line and status 2 in time."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from shanxi_cli import Archive
from tests.opensearch.cluster.running import StartedCluster, free_ports
from tests.opensearch.failures.asking import COMMANDS, SOME, Press

pytestmark = pytest.mark.cluster
HANGING_COSTS = 3.0
"""Seconds that a hung node may cost where others answer."""


ONE_NODE = pytest.mark.parametrize(
    "at", [0, pytest.param(1, marks=pytest.mark.slow), pytest.param(2, marks=pytest.mark.slow)]
)


def check_all_are_whole(press: Press, urls: Sequence[str]) -> None:
    wrong = {}
    for command in COMMANDS:
        result = press.answer(urls, command)
        if not press.is_whole(command, result):
            wrong[" ".join(command)] = result
    assert wrong == {}


def test_all_nodes_answer(press: Press, breakable_cluster: StartedCluster) -> None:
    check_all_are_whole(press, breakable_cluster.urls)


@ONE_NODE
def test_one_node_is_killed(press: Press, breakable_cluster: StartedCluster, at: int) -> None:
    breakable_cluster.nodes[at].kill()
    check_all_are_whole(press, breakable_cluster.urls)


@pytest.mark.parametrize("kind", ["manager", "first of the others"])
def test_one_node_hangs(press: Press, breakable_cluster: StartedCluster, kind: str) -> None:
    usual = {command: press.answer(breakable_cluster.urls, command).seconds for command in SOME}
    [manager] = breakable_cluster.request("GET", "/_cat/cluster_manager?format=json&h=node")
    nodes = breakable_cluster.nodes
    hung = next(node for node in nodes if (node.name == manager["node"]) == (kind == "manager"))
    hung.hang()
    results = {command: press.answer(breakable_cluster.urls, command) for command in SOME}
    assert {one: result for one, result in results.items() if not press.is_whole(one, result)} == {}
    slow = {one: result.seconds for one, result in results.items() if result.seconds > 4 * usual[one] + HANGING_COSTS}
    assert slow == {}


def test_a_node_is_killed_and_returns_under_seven_hundred_queries(
    press: Press, made_corpus: Path, breakable_cluster: StartedCluster, tmp_path: Path
) -> None:
    queries = ["coal", "river bridge", '"coal mine"', "fact*", "place:Datong -coal", "money:100m..", "town NOT school"]
    with Archive.open(corpus=made_corpus, index=tmp_path / "index") as local:
        expected = [answers_of(local, query) for query in queries]
    killed = breakable_cluster.nodes[1]
    address = f"{','.join(breakable_cluster.urls)}/{press.reader.name}"
    wrong = []
    with Archive.open(index=address) as archive:
        for at in range(700):
            if at == 150:
                killed.kill()
            if at == 400:
                killed.start()
            if answers_of(archive, queries[at % 7]) != expected[at % 7]:
                wrong.append(at)
    assert wrong == []


def answers_of(archive: Archive, query: str) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in archive.search(query, limit=30)]


def test_the_only_known_node_hangs(press: Press, breakable_cluster: StartedCluster) -> None:
    breakable_cluster.nodes[0].hang()
    result = press.answer(breakable_cluster.urls[:1], COMMANDS[0], SHANXI_TIMEOUT="2")
    assert result.is_one_line_of_error(), result


def test_all_nodes_hang(press: Press, breakable_cluster: StartedCluster) -> None:
    for node in breakable_cluster.nodes:
        node.hang()
    result = press.answer(breakable_cluster.urls, COMMANDS[0], SHANXI_TIMEOUT="2")
    assert result.is_one_line_of_error(), result


def test_two_of_three_nodes_are_killed(press: Press, breakable_cluster: StartedCluster) -> None:
    for node in breakable_cluster.nodes[:2]:
        node.kill()
    for command in SOME:
        result = press.answer(breakable_cluster.urls, command, SHANXI_TIMEOUT="5")
        assert press.is_whole(command, result) or result.is_one_line_of_error(), (command, result)


def test_all_nodes_are_killed_and_return(press: Press, breakable_cluster: StartedCluster) -> None:
    for node in breakable_cluster.nodes:
        node.kill()
    for command in SOME:
        result = press.answer(breakable_cluster.urls, command)
        assert result.is_one_line_of_error(), (command, result)
    breakable_cluster.mend()
    check_all_are_whole(press, breakable_cluster.urls)


def test_nothing_listens(press: Press) -> None:
    urls = [f"http://127.0.0.1:{port}" for port in free_ports(2)]
    result = press.answer(urls, COMMANDS[0])
    assert result.is_one_line_of_error(), result
    assert all(url.removeprefix("http://") in result.err for url in urls)
