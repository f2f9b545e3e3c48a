"""The cluster that all tests of a session share: started when the first needs it, stopped when the process ends.

`SHANXI_TEST_CLUSTER=http://127.0.0.1:9200,...` takes a cluster that runs already for the tests that break nothing.
"""

import atexit
import functools
import os

import pytest

from tests.opensearch.cluster.layout import missing_programs
from tests.opensearch.cluster.running import Cluster, StartedCluster, start_cluster

_GIVEN = os.environ.get("SHANXI_TEST_CLUSTER", "")


@functools.cache
def own_cluster() -> StartedCluster:
    """Return three nodes of our own; the test is skipped where they cannot be started."""
    missing = missing_programs()
    if missing:
        pytest.skip(missing)
    cluster = start_cluster()
    atexit.register(cluster.stop)
    return cluster


def any_cluster() -> Cluster:
    """Return the nodes that run already, or those of our own."""
    return Cluster(_GIVEN.split(",")) if _GIVEN else own_cluster()
