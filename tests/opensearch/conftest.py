"""A cluster of three nodes for the tests that need one."""

import uuid
from collections.abc import Iterator

import pytest
import trustme

from tests.opensearch.cluster.running import Cluster, StartedCluster
from tests.opensearch.cluster.shared import any_cluster, own_cluster


@pytest.fixture(scope="session")
def started_cluster() -> StartedCluster:
    """Three nodes of our own, started when a test first needs them."""
    return own_cluster()


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """Three nodes that tests leave as they are."""
    return any_cluster()


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
