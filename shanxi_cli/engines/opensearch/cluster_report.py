"""State of a cluster and of an index that it keeps, for `shanxi doctor` and `shanxi status`.

A reader may lack the right to see some of it, and much of it only the cluster manager knows, which may hang while the
nodes answer queries: that is then unknown, which is no error.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from shanxi_cli.engines.opensearch.descriptor import load_descriptor
from shanxi_cli.engines.opensearch.generations import NameTaken, current_generation, unneeded_indexes
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.http.failures import ClusterRefusal
from shanxi_cli.engines.opensearch.http.versions import parse_version
from shanxi_cli.engines.opensearch.index_names import lease_name, words_name
from shanxi_cli.engines.opensearch.lease import LeaseOwner
from shanxi_cli.errors import EngineError, IndexUnusable
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.frozen_record import Record

T = TypeVar("T")
_FORBIDDEN = 403
_PATIENCE = 8.0
"""Seconds for an answer to one question about a cluster."""
_READ_ONLY = "index.blocks.read_only_allow_delete"


class ClusterNode(Record):
    """A node: its name, and how full its disk and its heap are, in per cent; None where it does not tell."""

    name: str
    disk: int | None
    heap: int | None


class IndexShards(Record):
    """Shards of a generation: `primaries` and `copies` that are in use, and how many have no place.

    `size` is that of the primaries in bytes. `read_only` is true if the cluster refuses writes for lack of disk space.
    """

    primaries: int
    copies: int
    unassigned: int
    size: int
    read_only: bool


class BuilderLease(Record):
    """Last builder of an index, with its number; `held` is true while it may still be building."""

    owner: str
    number: int
    held: bool


class ClusterReport(Record):
    """State of a cluster and of an index in it. `product` is as `OpenSearch 2.19.6`, `health` green, yellow or red.

    `articles` are counted in the cluster. `leftovers` are indexes of builds that did not end. None and empty are also
    what this user has no right to see, which `hidden` names, and what nobody answers in time, which `unanswered` names.
    `taken` says that the name is of something that shanxi has not made; empty if it is not.
    """

    product: str
    version: tuple[int, ...]
    health: str
    nodes: tuple[ClusterNode, ...] = ()
    shards: IndexShards | None = None
    articles: int | None = None
    lease: BuilderLease | None = None
    leftovers: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    taken: str = ""


def inspect_cluster(remote: RemoteIndex, timeout: float) -> ClusterReport:
    """Implement `engines.remote.inspect_cluster`."""
    client = ClusterClient(remote, min(timeout, _PATIENCE) or _PATIENCE)
    hidden, unanswered, taken = list[str](), list[str](), list[str]()

    def look(what: str, ask: Callable[[], T]) -> T | None:
        if unanswered:  # the cluster manager hangs, so each of these would wait in vain
            unanswered.append(what)
            return None
        try:
            return ask()
        except ClusterRefusal as error:
            if error.status != _FORBIDDEN:
                raise
            hidden.append(what)
        except IndexUnusable:
            pass  # reported where the index is opened
        except NameTaken as error:
            taken.append(str(error))
        except EngineError:
            unanswered.append(what)
        return None

    try:
        product, version = _product(client)  # any node knows it
    except ClusterRefusal as error:
        if error.status != _FORBIDDEN:
            raise
        product, version = "a cluster", ()
    health = look("its health", lambda: str(client.request("GET", "/_cluster/health")["status"])) or ""
    nodes = look("its nodes", lambda: _nodes(client)) or ()
    lease = look("the lease", lambda: find_lease(client, remote.name))
    generation = look("the index", lambda: current_generation(client, remote.name)) or ""
    shards = look("its shards", lambda: _shards(client, generation)) if generation else None
    articles = look("its articles", lambda: _count(client, generation)) if generation else None
    busy = lease is not None and lease.held
    leftovers = () if busy else look("leftovers", lambda: _leftovers(client, remote.name, generation)) or ()
    missed = tuple(hidden), tuple(unanswered), "".join(taken)
    return ClusterReport(product, version, health, nodes, shards, articles, lease, leftovers, *missed)


def find_lease(client: ClusterClient, name: str) -> BuilderLease | None:
    """Return the lease of the last builder of an index; None if it has never had one. By the clock of this machine."""
    answer = client.request("GET", f"/{lease_name(name)}/_doc/lease", accept=(200, 404))
    source = answer.get("_source")
    if not source or not source.get("owner"):
        return None
    held = int(source.get("end") or 0) > time.time() * 1000
    return BuilderLease(LeaseOwner(**source["owner"]).describe(), int(source["number"]), held)


def _product(client: ClusterClient) -> tuple[str, tuple[int, ...]]:
    version = parse_version(client.request("GET", "/"))
    if version is None:
        raise EngineError(f"{client.remote.urls[0]} answers, but is no OpenSearch; is this the address of the cluster?")
    numbers = version.number.split("-")[0].split(".")
    return str(version), tuple(int(part) for part in numbers if part.isdecimal())


def _nodes(client: ClusterClient) -> tuple[ClusterNode, ...]:
    filtered = "nodes.*.name,nodes.*.roles,nodes.*.fs.total,nodes.*.jvm.mem.heap_used_percent"
    answer = client.request("GET", f"/_nodes/stats/fs,jvm?filter_path={filtered}")
    found = []
    for node in answer.get("nodes", {}).values():
        disk = node.get("fs", {}).get("total", {})
        total, free = disk.get("total_in_bytes", 0), disk.get("available_in_bytes", 0)
        used = round(100 * (1 - free / total)) if total > 0 else None
        found.append(ClusterNode(str(node["name"]), used, node.get("jvm", {}).get("mem", {}).get("heap_used_percent")))
    return tuple(sorted(found, key=lambda node: node.name))


def _shards(client: ClusterClient, generation: str) -> IndexShards:
    both = f"{generation},{words_name(generation)}"
    health = client.request("GET", f"/_cluster/health/{both}", accept=(200, 408))
    stats = client.request("GET", f"/{both}/_stats/store?filter_path=_all.primaries.store.size_in_bytes")
    settings = client.request("GET", f"/{both}/_settings/{_READ_ONLY}?flat_settings=true")
    read_only = any(each.get("settings", {}).get(_READ_ONLY) == "true" for each in settings.values())
    active, primaries = int(health["active_shards"]), int(health["active_primary_shards"])
    size = int(stats["_all"]["primaries"]["store"]["size_in_bytes"])
    return IndexShards(primaries, active - primaries, int(health["unassigned_shards"]), size, read_only)


def _count(client: ClusterClient, generation: str) -> int:
    return int(client.request("GET", f"/{generation}/_count")["count"])


def _leftovers(client: ClusterClient, name: str, generation: str) -> tuple[str, ...]:
    """Return the indexes that the next builder will remove; the generation before the current one is none."""
    kept = {generation, load_descriptor(client, generation).previous} if generation else set()
    return tuple(unneeded_indexes(client, name, kept - {""}))
