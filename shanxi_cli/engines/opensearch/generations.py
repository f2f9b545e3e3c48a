"""Generations of an index in a cluster: created or cloned, settled, and removed when nobody needs them.

A generation is two indexes: its articles, and its words with the manifest. It is written by an alias of its own,
without replicas and without refreshes; then it is refreshed, copied to other nodes, and never written again.
"""

from collections.abc import Callable, Iterable
from typing import Any

from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.http.failures import ClusterRefusal
from shanxi_cli.engines.opensearch.index_names import is_generation, is_part_of_generation, words_name
from shanxi_cli.errors import EngineError

LONG_SECONDS = 600.0
"""Time for an operation on a whole index: a clone, a refresh, a block of its writes."""
_PLACE_SECONDS = 60.0
"""Time in which a cluster must find a place for the shards of a new index; a clone has hard links to the old files."""
_BUILD_SETTINGS: dict[str, Any] = {
    "index.number_of_replicas": 0,
    "index.auto_expand_replicas": False,
    "index.refresh_interval": "-1",
}
_COPY_POLL_SECONDS = 5
_COPY_POLLS = 4
"""Polls without any copy under way after which an index is used with fewer copies than it should have."""
_MAX_SHARDS = 8


class NameTaken(EngineError):
    """The name of an index belongs to something in the cluster that shanxi has not made."""


def current_generation(client: ClusterClient, name: str) -> str:
    """Return the generation that the alias `name` stands for; empty if there is none yet.

    Raise `NameTaken` if something else has the name.
    """
    answer = client.request("GET", f"/_alias/{name}", accept=(200, 404))
    found: list[str] = [index for index, value in answer.items() if isinstance(value, dict) and "aliases" in value]
    if not found:
        if client.exists(f"/{name}"):
            raise NameTaken(f"{name} is an index of the cluster that shanxi has not made; choose another name")
        return ""
    if len(found) > 1 or not is_generation(name, found[0]):
        raise NameTaken(f"{name} is an alias of the cluster that shanxi has not made; choose another name")
    return found[0]


def generation_exists(client: ClusterClient, generation: str) -> bool:
    """Return True if both indexes of a generation exist."""
    return client.exists(f"/{generation}") and client.exists(f"/{words_name(generation)}")


def unneeded_indexes(client: ClusterClient, name: str, kept: Iterable[str]) -> list[str]:
    """Return the indexes of the generations of `name` that are not in `kept`, unfinished ones included."""
    every = client.request("GET", f"/{name}-gen-*/_alias")
    wanted = {index for generation in kept for index in (generation, words_name(generation))}
    return sorted(index for index in every if is_part_of_generation(name, index) and index not in wanted)


def create_generation(client: ClusterClient, generation: str, aliases: tuple[str, str], body: Any, words: Any) -> None:
    """Create a generation without articles; `body` and `words` are the settings and mappings of its two indexes.

    `aliases` are those by which the two are written.
    """
    for index, alias, whole in zip((generation, words_name(generation)), aliases, (body, words), strict=True):
        _make_index(client, index, "PUT", f"/{index}", {**whole, "aliases": {alias: {}}})


def clone_generation(client: ClusterClient, base: str, generation: str, aliases: tuple[str, str]) -> None:
    """Create a generation as a clone of `base`, which is not written any more. Raise `IndexUnusable` if it is gone."""
    for old, new, alias in zip((base, words_name(base)), (generation, words_name(generation)), aliases, strict=True):
        block_writes(client, old)
        body = {"settings": {**_BUILD_SETTINGS, "index.blocks.write": None}, "aliases": {alias: {}}}
        _make_index(client, new, "POST", f"/{old}/_clone/{new}", body)


def block_writes(client: ClusterClient, index: str) -> None:
    """Refuse further writes to an index, and wait for those under way."""
    client.request("PUT", f"/{index}/_block/write", deadline=LONG_SECONDS)


def settle_generation(client: ClusterClient, generation: str, check: Callable[[], None]) -> None:
    """Make a written generation searchable and unchangeable, and wait until other nodes have copies of it.

    `check` is called from time to time, and raises if this builder must give up.
    """
    both = f"{generation},{words_name(generation)}"
    refresh_generation(client, generation)
    _finish(client, generation, "_flush?force=true")  # without it, a copy indexes every document again
    block_writes(client, both)
    client.request("PUT", f"/{both}/_settings", {"index": {"auto_expand_replicas": "0-1"}}, deadline=LONG_SECONDS)
    idle = 0
    while idle < _COPY_POLLS:
        check()
        path = f"/_cluster/health/{both}?wait_for_status=green&timeout={_COPY_POLL_SECONDS}s"
        health = client.request("GET", path, accept=(200, 408), deadline=4 * _COPY_POLL_SECONDS)
        if health["status"] == "green":
            return
        idle = 0 if health["initializing_shards"] else idle + 1


def refresh_generation(client: ClusterClient, generation: str) -> None:
    """Let searches of a generation see what has been written."""
    _finish(client, generation, "_refresh")


def remove_indexes(client: ClusterClient, indexes: Iterable[str]) -> None:
    """Remove indexes; some of them may be gone."""
    for index in indexes:
        client.request("DELETE", f"/{index}?ignore_unavailable=true", deadline=LONG_SECONDS)


def _finish(client: ClusterClient, generation: str, operation: str) -> None:
    path = f"/{generation},{words_name(generation)}/{operation}"
    answer = client.request("POST", path, deadline=LONG_SECONDS)
    if answer["_shards"]["failed"]:
        raise EngineError(f"the cluster could not finish {generation} ({operation}); check its health and disks")


def _make_index(client: ClusterClient, index: str, method: str, path: str, body: Any) -> None:
    """Make an index, and wait until its shards have a place. One that exists is ours: the request was repeated."""
    options = f"wait_for_active_shards=all&timeout={_PLACE_SECONDS:g}s"
    try:
        answer = client.request(method, f"{path}?{options}", body, deadline=2 * _PLACE_SECONDS)
        placed = bool(answer["shards_acknowledged"])
    except ClusterRefusal as error:
        if error.kind != "resource_already_exists_exception":
            raise
        wanted = f"wait_for_status=green&timeout={_PLACE_SECONDS:g}s"
        health = client.request("GET", f"/_cluster/health/{index}?{wanted}", accept=(200, 408))
        placed = not health["timed_out"]
    if not placed:
        raise EngineError(f"the cluster has found no place for {index} in {_PLACE_SECONDS:g} s; check its disks")


def suitable_shards(client: ClusterClient) -> int:
    """Return the number of shards of a new index: one for each node that keeps data, so that all work."""
    try:
        nodes = client.request("GET", "/_cluster/health?filter_path=number_of_data_nodes")["number_of_data_nodes"]
    except ClusterRefusal:  # the user may have no right to monitor
        nodes = 1
    return max(1, min(int(nodes), _MAX_SHARDS))
