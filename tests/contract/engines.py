"""The kinds of engine that the contract tests run. That of a cluster needs one: `pytest -m cluster tests/contract`."""

import atexit
import os
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import pytest

from shanxi_cli.engines import open_backend, open_in_memory
from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.model.article import Article
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.dirfd import DirectoryHandle
from tests.support.articles import put
from tests.support.scan_engine import ScanBackend

BackendMaker: TypeAlias = Callable[[], Backend]


def cluster_backend() -> Backend:
    """The backend of a new index of the cluster of the tests."""
    from shanxi_cli.engines.opensearch.backend import OpenSearchBackend
    from tests.opensearch.cluster.shared import any_cluster

    cluster, name = any_cluster(), f"test-{uuid.uuid4().hex[:12]}"
    atexit.register(cluster.remove_indices, name)  # before the cluster is stopped
    return OpenSearchBackend(RemoteIndex(cluster.urls, name))


BACKENDS: dict[str, BackendMaker] = {"whoosh": open_backend, "scan": ScanBackend, "opensearch": cluster_backend}
"""What makes the backend of each kind that has one."""

WITH_BACKEND = ["whoosh", "scan", pytest.param("opensearch", marks=pytest.mark.cluster)]
"""The kinds of `BACKENDS`, for `pytest.fixture(params=WITH_BACKEND)`."""

IN_MEMORY = "whoosh in memory"
KINDS = [*WITH_BACKEND, IN_MEMORY]
"""All kinds, for `pytest.fixture(params=KINDS)`."""


def opened(kind: str, folder: Path, articles: Iterable[Article]) -> Engine:
    """An engine of that kind over some articles."""
    if kind == IN_MEMORY:
        return open_in_memory(articles)
    backend, held = BACKENDS[kind](), begun_folder(folder)
    backend.begin(held)
    put(backend, held, articles)
    backend.publish(held)
    return backend.open(held)


def begun_folder(parent: Path) -> DirectoryHandle:
    """A new, empty folder for a generation, named as the store names one."""
    folder = parent / f"new-{os.urandom(8).hex()}"
    folder.mkdir(mode=0o700)
    return DirectoryHandle(folder)


def continued_folder(backend: Backend, parent: Path, folder: DirectoryHandle) -> DirectoryHandle:
    """A folder for a generation that continues that of another folder: it has its files, as the store gives them."""
    continued = begun_folder(parent)
    for name in folder.names():
        os.link(folder.path / name, continued.path / name)
    if isinstance(backend, ScanBackend):  # it has no files
        backend.folders[continued.path] = dict(backend.folders[folder.path])
    return continued
