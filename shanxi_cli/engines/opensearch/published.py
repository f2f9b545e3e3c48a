"""Opening an index of a cluster by its name: without a corpus, a lock or a folder of this machine."""

from typing import TYPE_CHECKING, Any

from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.engines.opensearch.descriptor import MANIFEST_CHUNKS, Descriptor, load_descriptor, read_chunks
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.http.failures import require_whole
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.edtf import format_day
from shanxi_cli.util.frozen_record import Record

if TYPE_CHECKING:
    from shanxi_cli.engines.base import Engine

_MAX_COMPLETED = 10_000
"""Ids offered to a shell; it gives their prefixes where they are many. A cluster gives no more hits in one answer."""


class PublishedGeneration(Record):
    """Description of the generation that an index of a cluster has now.

    `name` is that of the generation, `built` is in nanoseconds since 1970, `builder` is who built it, or empty.
    `summary` is the summary of the manifest as plain JSON values, without what only a builder needs.
    """

    name: str
    identity: EngineIdentity
    built: int
    builder: str
    articles: int
    summary: Any


def find_published(remote: RemoteIndex, timeout: float) -> PublishedGeneration:
    """Implement `engines.remote.find_published`."""
    return _describe(load_descriptor(ClusterClient(remote, timeout), remote.name))


def open_published(remote: RemoteIndex, timeout: float) -> "tuple[Engine, PublishedGeneration]":
    """Implement `engines.remote.open_published`."""
    from shanxi_cli.engines.opensearch.engine import OpenSearchEngine
    from shanxi_cli.engines.opensearch.fingerprint import index_identity

    client = ClusterClient(remote, timeout)
    found = load_descriptor(client, remote.name)
    if found.identity != index_identity():
        raise IndexUnusable(
            f"the index {remote.name} was built by another version of shanxi; read it with that version, or bring it up"
            " to date with this one: shanxi index"
        )
    return OpenSearchEngine(client, found.generation, found.totals), _describe(found)


def load_published_manifest(remote: RemoteIndex, timeout: float, name: str) -> Any:
    """Implement `engines.remote.load_published_manifest`."""
    return read_chunks(ClusterClient(remote, timeout), name, MANIFEST_CHUNKS)


def complete_published_ids(remote: RemoteIndex, timeout: float, prefix: str) -> dict[str, str]:
    """Implement `engines.remote.complete_published_ids`; one request, whose hits are limited."""
    query = {"prefix": {"id": prefix}} if prefix else {"exists": {"field": "id"}}
    body = {"query": query, "size": _MAX_COMPLETED, "track_total_hits": True, "sort": ["id", "first", "last"]}
    shown = {"_source": False, "stored_fields": "_none_"}
    answer = ClusterClient(remote, timeout).request("POST", f"/{remote.name}/_search", {**body, **shown})
    found = require_whole(answer)["hits"]
    if found["total"]["value"] > _MAX_COMPLETED:
        return {}
    rows = (hit["sort"] for hit in found["hits"])
    return {article_id: format_day(first) if 0 < first == last else "" for article_id, first, last in rows}


def sample_published(remote: RemoteIndex, timeout: float, name: str, size: int) -> list[int]:
    """Implement `engines.remote.sample_published`."""
    anyhow = {"query": {"exists": {"field": "n"}}, "random_score": {}, "boost_mode": "replace"}
    body = {"query": {"function_score": anyhow}, "size": size, "_source": False, "docvalue_fields": ["n"]}
    answer = require_whole(ClusterClient(remote, timeout).request("POST", f"/{name}/_search", body))
    return [int(hit["fields"]["n"][0]) for hit in answer["hits"]["hits"]]


def _describe(found: Descriptor) -> PublishedGeneration:
    return PublishedGeneration(
        found.generation, found.identity, found.built, found.builder, found.totals.articles, found.summary
    )
