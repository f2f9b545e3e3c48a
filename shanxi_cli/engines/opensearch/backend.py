"""OpenSearch backend: builds generations of an index in a cluster, and opens them.

The folder of a local generation has a pointer (`pointer`) to its generation in the cluster. One builder at a time
prepares, writes and publishes one, under a lease; what others read changes only where `publish` moves the alias. What
writes is imported where it is called: a search needs none of it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import reduce
from typing import TYPE_CHECKING, Any

from shanxi_cli.engines.base import PublishedIndex
from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.engines.opensearch.descriptor import IndexTotals
from shanxi_cli.engines.opensearch.fingerprint import index_identity
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.pointer import find_pointer, load_pointer, save_pointer
from shanxi_cli.errors import EngineError, IndexUnusable
from shanxi_cli.model.article import Article
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import replace_fields

if TYPE_CHECKING:
    from shanxi_cli.engines.opensearch.engine import OpenSearchEngine
    from shanxi_cli.engines.opensearch.lease import HeldLease

_BUILD_TIMEOUT = 60.0
"""Seconds for a request of a build, retries included, that does not say otherwise."""


class OpenSearchBackend:
    """Writes and opens the index that `remote` names; a search gives up after `timeout` seconds (0: never)."""

    local = False

    def __init__(self, remote: RemoteIndex, timeout: float = 30.0) -> None:
        self.remote = remote
        self.timeout = timeout
        self._lease: HeldLease | None = None
        self._reserved = False
        self._builders: dict[int, ClusterClient] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return OpenSearchBackend, (self.remote, self.timeout)

    def identity(self) -> EngineIdentity:
        """Implement `Backend.identity`."""
        return index_identity()

    @contextmanager
    def reserve(self, wait: float) -> Iterator[None]:
        """Implement `Backend.reserve`."""
        from shanxi_cli.engines.opensearch.building import remove_unneeded
        from shanxi_cli.engines.opensearch.lease import acquire_lease

        client = self._builder()
        self._lease = lease = acquire_lease(client, self.remote.name, wait, client)
        self._reserved = True
        try:
            with suppress(EngineError, IndexUnusable):  # it is done again before a generation is begun
                remove_unneeded(client, self.remote.name, lease)
            yield
        except (EngineError, IndexUnusable):
            lease.confirm()  # if it is lost, that is why
            raise
        finally:
            self._release()

    def newer(self, folder: DirectoryHandle | None) -> PublishedIndex | None:
        """Implement `Backend.newer`."""
        from shanxi_cli.engines.opensearch.descriptor import load_descriptor
        from shanxi_cli.engines.opensearch.generations import current_generation

        client, pointer = self._builder(), find_pointer(folder) if folder else None
        current = current_generation(client, self.remote.name)
        if not current or (pointer and pointer.generation == current):
            return None
        descriptor = load_descriptor(client, current)
        return PublishedIndex(descriptor.identity, descriptor.built)

    def adopt(self, folder: DirectoryHandle) -> tuple[Any, Any]:
        """Implement `Backend.adopt`."""
        from shanxi_cli.engines.opensearch.building import adopt_generation

        return adopt_generation(self._builder(), self.remote.name, folder)

    def begin(self, folder: DirectoryHandle) -> None:
        """Implement `Backend.begin`; without `reserve` around it, until `publish` or `discard`."""
        from shanxi_cli.engines.opensearch.building import begin_generation
        from shanxi_cli.engines.opensearch.lease import acquire_lease

        client = self._builder()
        if self._lease is None:
            self._lease = acquire_lease(client, self.remote.name, 0.0, client)
        with self._watch_lease() as lease:
            begin_generation(client, self.remote.name, lease, folder)

    def write(self, folder: DirectoryHandle, articles: Iterable[Article], number: int) -> IndexTotals:
        """Implement `Backend.write`; a part is in the cluster at once, and `join` needs to know its totals."""
        from shanxi_cli.engines.opensearch.parts import write_part

        return write_part(self._builder(number), load_pointer(folder), folder, articles, number)

    def join(self, folder: DirectoryHandle, parts: Iterable[IndexTotals], gone: Iterable[str]) -> None:
        """Implement `Backend.join`."""
        from shanxi_cli.engines.opensearch.parts import join_parts

        pointer = load_pointer(folder)
        with self._watch_lease() as lease:
            removed = join_parts(self._builder(), pointer, folder, gone, lease.check)
        totals = reduce(IndexTotals.plus, parts, pointer.totals).plus(removed, -1)
        save_pointer(folder, replace_fields(pointer, totals=totals, joins=pointer.joins + 1))

    def publish(self, folder: DirectoryHandle) -> None:
        """Implement `Backend.publish`."""
        from shanxi_cli.engines.opensearch.building import publish_generation

        with self._watch_lease() as lease:
            publish_generation(self._builder(), lease, folder, self.identity())
        self._release_own()

    def discard(self, folder: DirectoryHandle) -> None:
        """Implement `Backend.discard`."""
        from shanxi_cli.engines.opensearch.building import discard_generation

        try:
            discard_generation(self._builder(), folder)
        finally:
            self._release_own()

    def alive(self, folder: DirectoryHandle) -> bool:
        """Implement `Backend.alive`."""
        from shanxi_cli.engines.opensearch.generations import generation_exists

        client = ClusterClient(self.remote, self.timeout)
        # Without the alias nobody finds it by its name: a build has to publish one again.
        return generation_exists(client, load_pointer(folder).generation) and client.exists(f"/{self.remote.name}")

    def open(self, folder: DirectoryHandle) -> "OpenSearchEngine":
        """Implement `Backend.open`; nothing is asked of the cluster before a query."""
        from shanxi_cli.engines.opensearch.engine import OpenSearchEngine

        pointer = load_pointer(folder)
        return OpenSearchEngine(ClusterClient(self.remote, self.timeout), pointer.generation, pointer.totals)

    def _builder(self, number: int = 0) -> ClusterClient:
        """Return a client for a build; parts with different numbers begin with different nodes."""
        urls = self.remote.urls
        first = number % len(urls)
        if first not in self._builders:
            turned = replace_fields(self.remote, urls=urls[first:] + urls[:first])
            self._builders[first] = ClusterClient(turned, _BUILD_TIMEOUT)
        return self._builders[first]

    @contextmanager
    def _watch_lease(self) -> "Iterator[HeldLease]":
        """Yield the lease; if it is lost, that is why the block fails: raise `IndexBusy`."""
        assert self._lease, "begin comes first"
        self._lease.confirm()
        try:
            yield self._lease
        except (EngineError, IndexUnusable):
            self._lease.confirm()
            raise

    def _release_own(self) -> None:
        """Release a lease that `begin` has taken."""
        if not self._reserved:
            self._release()

    def _release(self) -> None:
        lease, self._lease, self._reserved = self._lease, None, False
        if lease:
            lease.release()
