"""An index that a cluster keeps, as those see it who only read it: opened by its name, without a local folder.

`engines.opensearch` is imported on demand: most indexes are in folders.
"""

from typing import TYPE_CHECKING, Any

from shanxi_cli.model.remote_index import RemoteIndex

if TYPE_CHECKING:
    from shanxi_cli.engines.base import Engine
    from shanxi_cli.engines.opensearch.cluster_report import ClusterReport
    from shanxi_cli.engines.opensearch.published import PublishedGeneration


def find_published(remote: RemoteIndex, timeout: float) -> "PublishedGeneration":
    """Return the current generation of an index, in one request.

    Raise `IndexUnusable` if the cluster has none, or one that this program cannot read; `EngineError` if the cluster
    does not answer within `timeout` seconds (0: no limit).
    """
    from shanxi_cli.engines.opensearch.published import find_published

    return find_published(remote, timeout)


def open_published(remote: RemoteIndex, timeout: float) -> "tuple[Engine, PublishedGeneration]":
    """Return an engine of the current generation, and its description; raise as `find_published` does."""
    from shanxi_cli.engines.opensearch.published import open_published

    return open_published(remote, timeout)


def load_published_manifest(remote: RemoteIndex, timeout: float, name: str) -> Any:
    """Return the manifest of the corpus of a generation, as plain JSON values; a long answer for a large corpus."""
    from shanxi_cli.engines.opensearch.published import load_published_manifest

    return load_published_manifest(remote, timeout, name)


def complete_published_ids(remote: RemoteIndex, timeout: float, prefix: str) -> dict[str, str]:
    """Return the ids that begin with `prefix`, sorted, each with its day or an empty text; none of too many."""
    from shanxi_cli.engines.opensearch.published import complete_published_ids

    return complete_published_ids(remote, timeout, prefix)


def sample_published(remote: RemoteIndex, timeout: float, name: str, size: int) -> list[int]:
    """Return the numbers of at most `size` articles of a generation, chosen at random."""
    from shanxi_cli.engines.opensearch.published import sample_published

    return sample_published(remote, timeout, name, size)


def inspect_cluster(remote: RemoteIndex, timeout: float) -> "ClusterReport":
    """Return the state of the cluster that keeps an index. Raise `EngineError` if it does not answer."""
    from shanxi_cli.engines.opensearch.cluster_report import inspect_cluster

    return inspect_cluster(remote, timeout)
