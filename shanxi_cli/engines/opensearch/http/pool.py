"""Idle connections and what is known of each node, for one process: a child of `fork` begins without any."""

import os
import threading
from time import monotonic
from typing import TYPE_CHECKING

from shanxi_cli.engines.opensearch.http.addresses import NodeAddress, cluster_nodes
from shanxi_cli.engines.opensearch.http.connections import NodeConnection
from shanxi_cli.engines.opensearch.http.resolver import Place, resolve_node
from shanxi_cli.model.remote_index import RemoteIndex

if TYPE_CHECKING:
    import ssl

_MEMORY_SECONDS = 60.0
_MOST_IDLE = 4
"""Idle connections kept to a node: those of a few threads."""


class ConnectionPool:
    """Connections to the nodes of a cluster, for all threads of a process. Each is used by one thread at a time."""

    def __init__(self, remote: RemoteIndex) -> None:
        self.remote = remote
        self.nodes = cluster_nodes(remote)
        self._context: ssl.SSLContext | None = None
        self._places: dict[NodeAddress, list[Place]] = {}
        self._begin_process()

    def __del__(self) -> None:
        if hasattr(self, "_idle"):
            self.close()

    def _begin_process(self) -> None:
        for inherited in getattr(self, "_idle", {}).values():
            for connection in inherited:
                connection.close()  # of the parent process, which keeps it open
        self._lock = threading.Lock()
        self._idle: dict[NodeAddress, list[NodeConnection]] = {}
        self._doubtful: dict[NodeAddress, None] = {}  # in the order in which they failed
        self._living: tuple[str, ...] = ()
        self._living_until = 0.0
        self.alarmed = False  # a node hung, and it is not known yet whether others do
        self._process = os.getpid()  # last: another thread sees by it that nothing is inherited any more

    @property
    def living(self) -> tuple[str, ...]:
        """Ids of the nodes that answer, while others hang; empty if none do. Forgotten after a minute."""
        return self._living if monotonic() < self._living_until else ()

    @living.setter
    def living(self, ids: tuple[str, ...]) -> None:
        self._living, self._living_until = ids, monotonic() + _MEMORY_SECONDS

    def order(self) -> list[NodeAddress]:
        """Return the nodes in the order to try them: as given, those that failed or were silent last."""
        if self._process != os.getpid():
            self._begin_process()
        doubtful = list(self._doubtful)
        return [node for node in self.nodes if node not in doubtful] + doubtful

    def distrust(self, node: NodeAddress) -> None:
        """Try a node last from now on, until it answers."""
        with self._lock:
            self._doubtful.pop(node, None)
            self._doubtful[node] = None
            self._places.pop(node, None)
            forgotten = self._idle.pop(node, [])
        for connection in forgotten:
            connection.close()

    def trust(self, node: NodeAddress) -> None:
        """Take back `distrust`: the node has answered."""
        if node in self._doubtful:
            with self._lock:
                self._doubtful.pop(node, None)

    def take(self, node: NodeAddress, seconds: float, *, fresh: bool = False) -> NodeConnection:
        """Return a connection for one request, idle or (always if `fresh`) new. Raise `NodeFailure`, `LocationError`.

        `seconds` limits how long the host name may be looked up.
        """
        while not fresh:
            with self._lock:
                idle = self._idle.get(node)
                connection = idle.pop() if idle else None
            if connection is None:
                break
            if not connection.is_stale():
                connection.reused = True
                return connection
            connection.close()
        if node not in self._places:
            self._places[node] = resolve_node(node, seconds)
        return NodeConnection(node, self._places[node], self._tls(node), self.remote.ca)

    def put_back(self, connection: NodeConnection) -> None:
        """Keep a connection for the next request if it can be used again; otherwise close it."""
        if connection.reusable:
            connection.release()
            with self._lock:
                idle = self._idle.setdefault(connection.node, [])
                if len(idle) < _MOST_IDLE:
                    idle.append(connection)
                    return
        connection.close()

    def close(self) -> None:
        """Close all idle connections."""
        if self._process != os.getpid():
            self._begin_process()
        with self._lock:
            closing = [connection for idle in self._idle.values() for connection in idle]
            self._idle.clear()
        for connection in closing:
            connection.close()

    def _tls(self, node: NodeAddress) -> "ssl.SSLContext | None":
        if node.tls and self._context is None:
            from shanxi_cli.engines.opensearch.http.tls import client_context

            self._context = client_context(self.remote.ca)
        return self._context if node.tls else None
