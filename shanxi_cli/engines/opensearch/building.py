"""Steps of a build in a cluster: a generation is begun, published or discarded, under a lease."""

import json
import os
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.engines.opensearch.descriptor import (
    MANIFEST_CHUNKS,
    SUMMARY_CHUNKS,
    Descriptor,
    dump_descriptor,
    load_descriptor,
    read_chunks,
    readers_summary,
    write_chunks,
)
from shanxi_cli.engines.opensearch.generations import (
    clone_generation,
    create_generation,
    current_generation,
    remove_indexes,
    settle_generation,
    suitable_shards,
    unneeded_indexes,
)
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.http.failures import ClusterRefusal
from shanxi_cli.engines.opensearch.index_names import words_name
from shanxi_cli.engines.opensearch.lease import HeldLease, own_identity
from shanxi_cli.engines.opensearch.mapping import (
    article_mapping,
    article_settings,
    vocabulary_mapping,
    vocabulary_settings,
)
from shanxi_cli.engines.opensearch.pointer import RemotePointer, find_pointer, load_pointer, save_pointer
from shanxi_cli.errors import EngineError, IndexBusy, IndexUnusable
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import replace_fields

_MISSING_ALIAS = "aliases_not_found_exception"
_SNAPSHOT_FILE = "MANIFEST.json"
"""The file that describes a local generation; it has the time of the build."""


def begin_generation(client: ClusterClient, name: str, lease: HeldLease, folder: DirectoryHandle) -> None:
    """Prepare a generation for `folder`: a new one, or a clone of that to which its pointer leads.

    What builders that died have left is removed first. Raise `IndexUnusable` if the generation to continue is not the
    current one of the index.
    """
    current = current_generation(client, name)
    old = find_pointer(folder)
    if old and old.generation != current:
        raise IndexUnusable(f"the index {name} in the cluster is no longer {old.generation}")
    with suppress(ClusterRefusal):  # an index of which a snapshot is being taken cannot be removed: next time
        remove_unneeded(client, name, lease)
    suffix = _new_suffix(folder.path.name, old)
    pointer = RemotePointer(name, suffix, current if old else "", lease.number)
    save_pointer(folder, replace_fields(pointer, totals=old.totals) if old else pointer)
    if old:
        clone_generation(client, current, pointer.generation, pointer.aliases)
        return
    articles = {"settings": article_settings(suitable_shards(client), 0), "mappings": article_mapping()}
    words = {"settings": vocabulary_settings(0), "mappings": vocabulary_mapping()}
    create_generation(client, pointer.generation, pointer.aliases, articles, words)


def publish_generation(
    client: ClusterClient, lease: HeldLease, folder: DirectoryHandle, identity: EngineIdentity
) -> None:
    """Make the generation of `folder` the current one, at once, unless another builder has taken over: `IndexBusy`."""
    pointer = load_pointer(folder)
    previous = current_generation(client, pointer.name)
    summary: dict[str, Any] = {}
    for kind in (MANIFEST_CHUNKS, SUMMARY_CHUNKS):
        if folder.has(kind):
            lease.check()
            value = json.loads(folder.read(kind))
            write_chunks(client, pointer.aliases[1], kind, value)
            summary = readers_summary(value) if kind == SUMMARY_CHUNKS else summary
    built, builder = _built_at(folder), own_identity().describe()
    descriptor = Descriptor(
        pointer.generation, identity, built, lease.number, previous, pointer.totals, summary, builder
    )
    client.request("PUT", f"/{pointer.generation}/_mapping", {"_meta": dump_descriptor(descriptor)})
    settle_generation(client, pointer.generation, lease.check)
    _move_alias(client, lease, pointer, pointer.base or previous)
    # It is published, even if another builder takes over right now; the next one removes what is left.
    with suppress(EngineError, IndexBusy, IndexUnusable):
        remove_unneeded(client, pointer.name, lease)


def discard_generation(client: ClusterClient, folder: DirectoryHandle) -> None:
    """Remove the generation of `folder` from the cluster, unless readers may need it; it may be gone already.

    That of a damaged pointer is not known; the next builder removes it.
    """
    pointer = None
    with suppress(IndexUnusable):
        pointer = find_pointer(folder)
    if pointer is None:
        return
    words = words_name(pointer.generation)
    # A request to publish that nobody answered may yet be carried out. It takes this alias away, and so does this one:
    # whichever comes second fails, and what was published is not removed.
    unpublished = {"remove": {"index": words, "alias": pointer.aliases[1], "must_exist": True}}
    kept = _unless_moved(pointer.name, _needed_generations(client, pointer.name)[:1])
    removal = {"remove_index": {"index": pointer.generation}}
    with suppress(ClusterRefusal, IndexUnusable):
        client.request("POST", "/_aliases", {"actions": [*kept, unpublished, removal]})
    if pointer.generation not in _needed_generations(client, pointer.name):
        remove_indexes(client, (pointer.generation, words))


def remove_unneeded(client: ClusterClient, name: str, lease: HeldLease) -> None:
    """Remove all generations but the current one and the one before, which readers may still have open."""
    while unneeded := unneeded_indexes(client, name, needed := _needed_generations(client, name)):
        removals = [{"remove_index": {"index": index}} for index in unneeded]
        try:
            lease.change([*_unless_moved(name, needed[:1]), *removals])
        except IndexUnusable:
            pass  # the request was repeated, or a person has removed one: look again
        except ClusterRefusal as error:
            if error.kind != _MISSING_ALIAS:
                raise


def _unless_moved(name: str, current: Sequence[str]) -> list[dict[str, Any]]:
    """Return actions that fail if the alias `name` is no longer that of the generation in `current`, if there is one.

    A node that does not hear of the others says what was.
    """
    alias = [{"index": generation, "alias": name} for generation in current]
    return [*({"remove": {**each, "must_exist": True}} for each in alias), *({"add": each} for each in alias)]


def _move_alias(client: ClusterClient, lease: HeldLease, pointer: RemotePointer, previous: str) -> None:
    """Make the generation of `pointer` the current one, in place of `previous` (empty: there was none)."""
    actions = [
        *_unless_moved(pointer.name, [previous] if previous else []),
        {"remove": {"index": f"{pointer.name}-gen-*", "alias": pointer.name}},
        {"add": {"index": pointer.generation, "alias": pointer.name}},
        {"remove": {"index": pointer.generation, "alias": pointer.aliases[0]}},
        {"remove": {"index": words_name(pointer.generation), "alias": pointer.aliases[1]}},
    ]
    try:
        lease.change(actions)
    except ClusterRefusal:
        if current_generation(client, pointer.name) != pointer.generation:  # else the request was repeated
            raise


def adopt_generation(client: ClusterClient, name: str, folder: DirectoryHandle) -> tuple[Any, Any]:
    """Write a pointer to the current generation into `folder`; return the manifest of its corpus and the summary."""
    descriptor = load_descriptor(client, name)
    suffix = descriptor.generation.removeprefix(f"{name}-gen-")
    save_pointer(folder, RemotePointer(name, suffix, descriptor.previous, descriptor.number, descriptor.totals))
    manifest = read_chunks(client, descriptor.generation, MANIFEST_CHUNKS)
    return manifest, read_chunks(client, descriptor.generation, SUMMARY_CHUNKS)


def _needed_generations(client: ClusterClient, name: str) -> list[str]:
    """Return the current generation and the one before; fewer if there are fewer."""
    current = current_generation(client, name)
    if not current:
        return []
    try:
        previous = load_descriptor(client, current).previous
    except IndexUnusable:  # of another version: which was before is not known, or not needed
        previous = ""
    return [current, previous] if previous else [current]


def _new_suffix(folder_name: str, old: RemotePointer | None) -> str:
    """Return the suffix of a generation: that of the name of its folder, so that a person finds one by the other."""
    found = re.search(r"-([0-9a-f]{16})\Z", folder_name)
    return found[1] if found and not (old and old.suffix == found[1]) else os.urandom(8).hex()


def _built_at(folder: DirectoryHandle) -> int:
    """Return the time of the build in nanoseconds: that of the local generation."""
    if folder.has(_SNAPSHOT_FILE):
        return int(json.loads(folder.read(_SNAPSHOT_FILE))["built"])
    return time.time_ns()
