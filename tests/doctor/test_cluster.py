"""What `shanxi doctor` says about the cluster that keeps an index: each state, and what to do."""

import pytest

from shanxi_cli.doctor.cluster import check_cluster
from shanxi_cli.doctor.findings import Finding, FindingState
from shanxi_cli.engines.opensearch.cluster_report import BuilderLease, ClusterNode, ClusterReport, IndexShards
from shanxi_cli.util.frozen_record import replace_fields

SOUND = ClusterReport(
    product="OpenSearch 2.19.6",
    version=(2, 19, 6),
    health="green",
    nodes=(ClusterNode("n1", 40, 50), ClusterNode("n2", 61, 70)),
    shards=IndexShards(3, 3, 0, 1_234_567, read_only=False),
    articles=22,
    lease=BuilderLease("ann on host1 (process 7)", 4, held=False),
)


def lines(report: ClusterReport) -> list[str]:
    """The findings as a line each: state, subject, message, and the advice behind an arrow."""
    return [_format(finding) for finding in check_cluster(report)]


def _format(finding: Finding) -> str:
    line = f"{finding.state.value} {finding.subject}: {finding.message}"
    return f"{line} -> {finding.advice}" if finding.advice else line


def test_a_sound_cluster() -> None:
    assert lines(SOUND) == [
        "ok cluster: OpenSearch 2.19.6 on 2 nodes, health green",
        "ok disk: the fullest disk is 61% full",
        "ok shards: 3 shards with 3 copies, 1,234,567 bytes",
        "ok leftovers: none",
    ]
    assert all(finding.state is FindingState.SOUND for finding in check_cluster(SOUND))


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"health": "yellow"},
            "note cluster: OpenSearch 2.19.6 on 2 nodes, health yellow: some data has fewer copies than it should have"
            " -> start the nodes that are missing, or add one",
        ),
        (
            {"health": "red"},
            "wrong cluster: OpenSearch 2.19.6 on 2 nodes, health red: a part of the data of some index is not available"
            " -> start the nodes that are missing",
        ),
        (
            {"product": "OpenSearch 3.1.0", "version": (3, 1, 0)},
            "note version: shanxi is tested with OpenSearch 2.19 alone, not with OpenSearch 3.1.0",
        ),
        (
            {"product": "Elasticsearch 2.20.0", "version": (2, 20, 0)},
            "note version: shanxi is tested with OpenSearch 2.19 alone, not with Elasticsearch 2.20.0",
        ),
        (
            {"product": "OpenSearch 2.11.1", "version": (2, 11, 1)},
            "note version: OpenSearch 2.11.1 is older than 2.19, which shanxi is tested with",
        ),
        (
            {"nodes": (ClusterNode("n1", 88, 50), ClusterNode("n2", 61, None))},
            "note disk: the disk of n1 is 88% full: it gets no new shards, and from 95% on no writes"
            " -> free space there; a build needs room for a second index",
        ),
        (
            {"nodes": (ClusterNode("n1", None, 93),)},
            "note heap: the heap of n1 is 93% full: it may refuse requests -> if it stays so, raise -Xmx there",
        ),
        (
            {"shards": IndexShards(3, 0, 3, 10, read_only=False)},
            "note shards: 3 shards with 0 copies, 10 bytes; 3 more have no node -> start the nodes that are missing",
        ),
        (
            {"shards": IndexShards(1, 0, 0, 10, read_only=False), "nodes": (ClusterNode("n1", 1, 1),)},
            "note shards: 1 shard with 0 copies, 10 bytes: what has no copy is lost with its node"
            " -> add a node; copies are then made by themselves",
        ),
        (
            {"shards": IndexShards(3, 1, 0, 10, read_only=False)},
            "note shards: 3 shards with 1 copy, 10 bytes: what has no copy is lost with its node",
        ),
        (
            {"shards": IndexShards(3, 3, 0, 10, read_only=True)},
            "wrong shards: the cluster refuses writes to the index, because a disk is nearly full"
            " -> free space there; it then accepts writes by itself",
        ),
        (
            {"lease": BuilderLease("ann on host1 (process 7)", 4, held=True)},
            "note builder: ann on host1 (process 7) is building the index now",
        ),
        (
            {"leftovers": ("press-gen-1", "press-gen-2")},
            "note leftovers: a build that did not end left press-gen-1, press-gen-2"
            " -> the next shanxi index removes them",
        ),
        (
            {"hidden": ("its nodes", "its shards")},
            "note rights: this user may not see its nodes, its shards"
            " -> docs/opensearch.md lists the rights of a reader",
        ),
        (
            {"health": "", "unanswered": ("its health", "its nodes")},
            "note cluster: the cluster manager does not answer about its health, its nodes"
            " -> restart the node that hangs; queries go on meanwhile",
        ),
    ],
    ids=[
        *("yellow", "red", "newer", "another-product", "older", "disk", "heap", "unassigned", "one-node", "few-copies"),
        *("read-only", "building", "leftovers", "rights", "manager"),
    ],
)
def test_other_states(changes: dict[str, object], line: str) -> None:
    assert line in lines(replace_fields(SOUND, **changes))
