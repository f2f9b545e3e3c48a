"""A cluster of three nodes for the tests that need one.

`SHANXI_TEST_CLUSTER=http://127.0.0.1:9200,...` takes a cluster that runs already for the tests that break nothing.
"""

import os
import uuid
from collections.abc import Iterator

import pytest
import trustme

from tests.opensearch.cluster.layout import missing_programs
from tests.opensearch.cluster.running import Cluster, StartedCluster, start_cluster

_GIVEN = os.environ.get("SHANXI_TEST_CLUSTER", "")


@pytest.fixture(scope="session")
def started_cluster() -> Iterator[StartedCluster]:
    """Three nodes of our own, started when a test first needs them."""
    missing = missing_programs()
    if missing:
        pytest.skip(missing)
    cluster = start_cluster()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Cluster:
    """Three nodes that tests leave as they are."""
    if _GIVEN:
        return Cluster(_GIVEN.split(","))
    started: StartedCluster = request.getfixturevalue("started_cluster")
    return started


@pytest.fixture
def breakable_cluster(started_cluster: StartedCluster) -> Iterator[StartedCluster]:
    """Three nodes that the test may kill or hang; they are mended after it."""
    started_cluster.mend()
    yield started_cluster
    started_cluster.mend()


@pytest.fixture
def index_name(cluster: Cluster) -> Iterator[str]:
    """A name that no other test uses; what a test makes under it is removed afterwards."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    yield name
    cluster.remove_indices(name)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """An authority that issues certificates, which no system trusts."""
    return trustme.CA()
