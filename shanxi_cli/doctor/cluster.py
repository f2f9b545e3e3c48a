"""Checks of the cluster that keeps an index: version, nodes, disks, shards and their copies, and the builder."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shanxi_cli.doctor.findings import Finding, FindingState
from shanxi_cli.util.text import pluralize

if TYPE_CHECKING:
    from shanxi_cli.engines.opensearch.cluster_report import ClusterNode, ClusterReport, IndexShards

TESTED_VERSION = (2, 19)
"""Version of OpenSearch that the tests run with (docs/opensearch.md)."""
_LOW_WATERMARK = 85
"""Per cent of a disk from which OpenSearch, by default, puts no new shards on its node; at 95 it refuses writes."""
_FULL_HEAP = 92


def check_cluster(report: "ClusterReport") -> Iterator[Finding]:
    """Yield the findings about a cluster, in the order of the checks."""
    yield _check_health(report)
    yield from _check_version(report)
    yield from _check_nodes(report.nodes)
    if report.shards:
        yield from _check_shards(report.shards, len(report.nodes))
    yield from _check_builder(report)
    if report.unanswered:
        message = f"the cluster manager does not answer about {', '.join(report.unanswered)}"
        yield Finding("cluster", FindingState.NOTED, message, "restart the node that hangs; queries go on meanwhile")
    if report.hidden:
        message = f"this user may not see {', '.join(report.hidden)}"
        yield Finding("rights", FindingState.NOTED, message, "docs/opensearch.md lists the rights of a reader")


def _check_health(report: "ClusterReport") -> Finding:
    nodes = f" on {pluralize(len(report.nodes), 'node')}" if report.nodes else ""
    told = f"{report.product}{nodes}"
    match report.health:
        case "red":
            message = f"{told}, health red: a part of the data of some index is not available"
            return Finding("cluster", FindingState.WRONG, message, "start the nodes that are missing")
        case "yellow":
            message = f"{told}, health yellow: some data has fewer copies than it should have"
            return Finding("cluster", FindingState.NOTED, message, "start the nodes that are missing, or add one")
        case "green":
            return Finding("cluster", FindingState.SOUND, f"{told}, health green")
    return Finding("cluster", FindingState.SOUND, told)


def _check_version(report: "ClusterReport") -> Iterator[Finding]:
    tested = ".".join(map(str, TESTED_VERSION))
    if (report.version and report.version[:1] != TESTED_VERSION[:1]) or not report.product.startswith("OpenSearch"):
        message = f"shanxi is tested with OpenSearch {tested} alone, not with {report.product}"
        yield Finding("version", FindingState.NOTED, message)
    elif report.version and report.version < TESTED_VERSION:
        message = f"{report.product} is older than {tested}, which shanxi is tested with"
        yield Finding("version", FindingState.NOTED, message)


def _check_nodes(nodes: "tuple[ClusterNode, ...]") -> Iterator[Finding]:
    full = [node for node in nodes if node.disk is not None and node.disk >= _LOW_WATERMARK]
    for node in full:
        message = f"the disk of {node.name} is {node.disk}% full: it gets no new shards, and from 95% on no writes"
        yield Finding("disk", FindingState.NOTED, message, "free space there; a build needs room for a second index")
    known = [node.disk for node in nodes if node.disk is not None]
    if known and not full:
        yield Finding("disk", FindingState.SOUND, f"the fullest disk is {max(known)}% full")
    for node in nodes:
        if node.heap is not None and node.heap >= _FULL_HEAP:
            message = f"the heap of {node.name} is {node.heap}% full: it may refuse requests"
            yield Finding("heap", FindingState.NOTED, message, "if it stays so, raise -Xmx there")


def _check_shards(shards: "IndexShards", nodes: int) -> Iterator[Finding]:
    size = f"{shards.size:,} bytes"
    if shards.read_only:
        message = "the cluster refuses writes to the index, because a disk is nearly full"
        yield Finding("shards", FindingState.WRONG, message, "free space there; it then accepts writes by itself")
    copies = f"{shards.copies:,} {'copy' if shards.copies == 1 else 'copies'}"
    told = f"{pluralize(shards.primaries, 'shard')} with {copies}, {size}"
    if shards.unassigned:
        message = f"{told}; {shards.unassigned} more have no node"
        yield Finding("shards", FindingState.NOTED, message, "start the nodes that are missing")
    elif shards.copies < shards.primaries:
        message = f"{told}: what has no copy is lost with its node"
        advice = "" if nodes > 1 else "add a node; copies are then made by themselves"
        yield Finding("shards", FindingState.NOTED, message, advice)
    else:
        yield Finding("shards", FindingState.SOUND, told)


def _check_builder(report: "ClusterReport") -> Iterator[Finding]:
    if report.lease and report.lease.held:
        yield Finding("builder", FindingState.NOTED, f"{report.lease.owner} is building the index now")
    elif report.leftovers:
        message = f"a build that did not end left {', '.join(report.leftovers)}"
        yield Finding("leftovers", FindingState.NOTED, message, "the next shanxi index removes them")
    else:
        yield Finding("leftovers", FindingState.SOUND, "none")
