"""A disk over its watermark: builders are told so, and readers read on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.opensearch.cluster.running import StartedCluster, start_cluster, wait_until
from tests.opensearch.cluster.shared import own_cluster
from tests.opensearch.program import User
from tests.support import articles

pytestmark = pytest.mark.cluster
SECONDS = 120.0
_DISK = "cluster.routing.allocation.disk"
FULL = {
    f"{_DISK}.threshold_enabled": True,
    **{f"{_DISK}.watermark.{level}": "1pb" for level in ("low", "high", "flood_stage")},
    "cluster.info.update.interval": "10s",
}
"""Settings by which any disk is nearly full: watermarks are the bytes that must be free."""


@pytest.fixture
def lone_node() -> Iterator[StartedCluster]:
    """A cluster of one node, whose settings the test may change."""
    own_cluster()  # skips where there can be none
    cluster = start_cluster(1)
    yield cluster
    cluster.stop()


def is_blocked(cluster: StartedCluster, name: str) -> bool:
    return "read_only_allow_delete" in str(cluster.request("GET", f"/{name}/_settings?flat_settings=true"))


def test_a_full_disk_is_told_to_builders_alone(lone_node: StartedCluster, tmp_path: Path) -> None:
    corpus = articles.write(tmp_path / "corpus")
    builder = User(tmp_path, "press", corpus)
    assert builder.run(lone_node.urls, "index").status == 0
    lone_node.request("PUT", "/_cluster/settings", {"persistent": FULL})
    wait_until(lambda: is_blocked(lone_node, "press-lease"), SECONDS)
    (corpus / "undated-note.md").unlink()
    update = builder.run(lone_node.urls, "index")
    assert update.is_one_line_of_error() and "its disk is nearly full" in update.err, update
    first = User(tmp_path, "other", corpus).run(lone_node.urls, "index")
    assert first.is_one_line_of_error() and "its disks are nearly full" in first.err, first
    found = User(tmp_path, "press").run(lone_node.urls, "search", "nobody", "-l")
    assert found[:3] == (0, "undated-note\n", "")
