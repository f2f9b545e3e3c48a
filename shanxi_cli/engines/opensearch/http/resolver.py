"""Look up host names within a time limit: the resolver of the system cannot be interrupted and may take 30 s."""

import re
import socket
import threading
from typing import Any

from shanxi_cli.engines.opensearch.http.addresses import NodeAddress
from shanxi_cli.engines.opensearch.http.failures import NodeFailure

Place = tuple[int, int, int, str, Any]
"""What `socket.getaddrinfo` returns for one address."""

_NUMERIC = re.compile(r"[\d.]+|.*:.*")


def resolve_node(node: NodeAddress, seconds: float) -> list[Place]:
    """Return the addresses of a node. Raise `NodeFailure` if the name is unknown or not resolved within `seconds`."""
    if _NUMERIC.fullmatch(node.host) or node.loopback:
        return _lookup(node)
    found: list[Any] = []

    def look_up() -> None:
        try:
            found.append(_lookup(node))
        except NodeFailure as failure:
            found.append(failure)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found:
        raise NodeFailure("has a name that DNS did not resolve in time", sent=False)
    if isinstance(found[0], NodeFailure):
        raise found[0]
    return list(found[0])


def _lookup(node: NodeAddress) -> list[Place]:
    try:
        return list(socket.getaddrinfo(node.host, node.port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):
        raise NodeFailure("has a name that DNS does not know", sent=False) from None
