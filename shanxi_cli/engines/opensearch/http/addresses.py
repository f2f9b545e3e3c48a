"""Addresses of the nodes of a cluster: parsed and checked before any connection is opened."""

import re
from urllib.parse import urlsplit

from shanxi_cli.errors import LocationError
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.sanitize import sanitize_line

_LOOPBACK = re.compile(r"127(\.\d{1,3}){3}|::1|(.+\.)?localhost", re.IGNORECASE)
_DEFAULT_PORTS = {"https": 443, "http": 80}


class NodeAddress(Record):
    """A node of a cluster. `host` is a name or an IP address without brackets; `tls` is true for `https`."""

    host: str
    port: int
    tls: bool

    @property
    def authority(self) -> str:
        """Host and port as a URL and the header `Host` have them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """True if the address is of this machine."""
        return _LOOPBACK.fullmatch(self.host) is not None

    def __str__(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.authority}"


def parse_node(url: str, *, insecure: bool = False) -> NodeAddress:
    """Return the address in `url`, `https://host:port`. Raise `LocationError`, never with a password in its message.

    `insecure` allows `http` to other machines. Without a port, it is that of the scheme: 443 or 80.
    """
    _, user, host = url.rpartition("@")
    if user:  # wherever it stands: a password may have a slash
        raise LocationError(
            f"the address of {_shown(host)} has a user name or password, which other users could read in the list of "
            "processes; give them by auth = env:NAME, file:PATH or command:LINE"
        )
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise LocationError(f"{_shown(url)}: not an address of a node: {_shown(str(error))}") from None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise LocationError(f"{_shown(url)}: not an address of a node; write https://HOST:PORT")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise LocationError(f"{_shown(url)}: the address of a node has no path; write https://HOST:PORT")
    node = NodeAddress(_ascii_host(parts.hostname), port or _DEFAULT_PORTS[parts.scheme], parts.scheme == "https")
    if not (node.tls or node.loopback or insecure):
        raise LocationError(
            f"{node}: without TLS, anyone on the way could read and change what is sent; "
            "use https://, or allow it with --insecure"
        )
    return node


def cluster_nodes(remote: RemoteIndex) -> tuple[NodeAddress, ...]:
    """Return the nodes of an index, in the order given, each once. Raise `LocationError`."""
    nodes = tuple(dict.fromkeys(parse_node(url, insecure=remote.insecure) for url in remote.urls))
    if not nodes:
        raise LocationError(f'the index {_shown(remote.name)} has no address; write url = ["https://HOST:PORT"]')
    return nodes


def insecure_notice(remote: RemoteIndex) -> str:
    """Return a line that names the nodes reached without TLS on other machines; empty if there are none."""
    open_nodes = [str(node) for node in cluster_nodes(remote) if not (node.tls or node.loopback)]
    if not open_nodes:
        return ""
    what = "what is sent, with the credentials" if remote.auth else "what is sent"
    return f"not encrypted: anyone on the way to {', '.join(open_nodes)} can read and change {what}"


def _ascii_host(host: str) -> str:
    """Return a host name as DNS has it: names in other scripts in their ASCII form."""
    try:
        name = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        name = ""
    if not re.fullmatch(r"\w[\w.-]*|[0-9A-Fa-f:.]+(%\w+)?", name, re.ASCII):
        raise LocationError(f"{_shown(host)}: not the name of a host")
    return name


def _shown(text: str) -> str:
    """Return text of a user for a message: one line, without a query, which may hold a token."""
    return sanitize_line(text.split("?")[0])
