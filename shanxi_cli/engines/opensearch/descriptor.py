"""Descriptor of a generation: all that a reader must know before its first query, in one request.

It is the `_meta` of the mapping, which a cluster gives together with the name that an alias stands for, so that both
are of one moment. What is larger, the manifest of the corpus and the groups of near-duplicates, is kept as chunks
beside the words.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any

from shanxi_cli.engines.identity import EngineIdentity
from shanxi_cli.engines.opensearch.http.client import ClusterClient
from shanxi_cli.engines.opensearch.index_names import is_generation, words_name
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.util.frozen_record import NamedTuple, Record

DESCRIPTOR_FORMAT = 1
MANIFEST_CHUNKS = "CORPUS.json"
"""Name of the chunks of the manifest of the corpus."""
SUMMARY_CHUNKS = "OUTLINE.json"
"""Name of the chunks of the complete summary of the manifest."""
NEAR_DUPLICATE_CHUNKS = "ALIKE.json"
"""Name of the chunks of the groups of near-duplicates: lists of the numbers of articles."""
_CHUNK_BYTES = 1_000_000


class IndexTotals(NamedTuple):
    """Sums over the articles of an index: their number, the words of all running text, and those of the titles."""

    articles: int
    words: int
    title_words: int

    def plus(self, other: "IndexTotals", sign: int = 1) -> "IndexTotals":
        """Return the totals of this and of other articles; with a `sign` of -1, without those."""
        return IndexTotals(*(own + sign * each for own, each in zip(self, other, strict=True)))


class Descriptor(Record):
    """Description of a generation.

    `built` is in nanoseconds since 1970; `number` is that of the builder; `previous` names the generation before, or is
    empty. `summary` is the summary of the corpus manifest as plain JSON values, without what only a builder needs.
    `builder` names the user, the machine and the process that built it.
    """

    generation: str
    identity: EngineIdentity
    built: int
    number: int
    previous: str
    totals: IndexTotals
    summary: dict[str, Any]
    builder: str = ""


def dump_descriptor(descriptor: Descriptor) -> dict[str, Any]:
    """Return a descriptor as the `_meta` of a mapping."""
    return {
        "format": DESCRIPTOR_FORMAT,
        "identity": list(vars(descriptor.identity).values()),
        "built": descriptor.built,
        "number": descriptor.number,
        "previous": descriptor.previous,
        "totals": list(descriptor.totals),
        "summary": descriptor.summary,
        "builder": descriptor.builder,
    }


def parse_descriptor(generation: str, meta: Any) -> Descriptor:
    """Return the descriptor in a `_meta`. Raise `IndexUnusable` if this program cannot read it."""
    try:
        if meta["format"] != DESCRIPTOR_FORMAT:
            raise IndexUnusable(
                f"the index {generation} has format {meta['format']}, this program reads {DESCRIPTOR_FORMAT}"
            )
        return Descriptor(
            generation,
            EngineIdentity(*map(str, meta["identity"])),
            int(meta["built"]),
            int(meta["number"]),
            str(meta["previous"]),
            IndexTotals(*map(int, meta["totals"])),
            dict(meta["summary"]),
            str(meta.get("builder", "")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise IndexUnusable(f"the index {generation} was not built by shanxi, or is incomplete") from error


def load_descriptor(client: ClusterClient, name: str) -> Descriptor:
    """Return the descriptor of the generation that `name`, its alias or its own name, stands for; in one request.

    Raise `IndexUnusable` if there is none, or none that this program can read.
    """
    answer = client.request("GET", f"/{name}?filter_path=*.mappings._meta")
    if not answer or not isinstance(answer, dict):  # an index without any `_meta` leaves nothing behind the filter
        raise IndexUnusable(f"the index {name} was not built by shanxi, or is incomplete")
    if len(answer) != 1:
        raise IndexUnusable(f"{name} stands for {len(answer)} indexes of the cluster instead of one")
    [(generation, found)] = answer.items()
    if name != generation and not is_generation(name, generation):
        raise IndexUnusable(f"{name} stands for {generation}, which is no index of shanxi")
    return parse_descriptor(generation, found["mappings"]["_meta"])


def readers_summary(summary: dict[str, Any]) -> dict[str, Any]:
    """Return the summary of a manifest without what is long and only needed beside the corpus.

    Empty are the states of files and folders, which tell a builder what has changed.
    """
    files: dict[str, Any] = {"roots": summary["roots"], "fields": [], "entries": []}
    return {**summary, "listing": "", "doubted": files, "folders": [], "looks": "", "unsettled": []}


def write_chunks(client: ClusterClient, alias: str, kind: str, value: Any) -> None:
    """Write a JSON value as chunks into the words of a generation, in place of what has that name there."""
    count = 0
    for count, chunk in enumerate(_split_chunks(value), 1):
        document = {"chunk": kind, "data": b64encode(chunk).decode()}
        client.request("PUT", f"/{alias}/_doc/chunk-{kind}-{count}?require_alias=true", document)
    client.request("PUT", f"/{alias}/_doc/chunk-{kind}?require_alias=true", {"chunk": kind, "count": count})


def read_chunks(client: ClusterClient, generation: str, kind: str) -> Any:
    """Return the JSON value that `write_chunks` wrote. Raise `IndexUnusable` if it is missing or damaged."""
    words = words_name(generation)
    inflate = zlib.decompressobj()
    parts = []
    try:
        count = _read_chunk(client, words, f"chunk-{kind}")["count"]
        for place in range(1, count + 1):
            parts.append(inflate.decompress(b64decode(_read_chunk(client, words, f"chunk-{kind}-{place}")["data"])))
        return json.loads(b"".join(parts))
    except (KeyError, TypeError, ValueError, zlib.error) as error:
        raise IndexUnusable(f"{kind} of the index {generation} is damaged") from error


def _read_chunk(client: ClusterClient, words: str, name: str) -> Any:
    answer = client.request("GET", f"/{words}/_doc/{name}", accept=(200, 404))
    if not answer.get("found"):
        raise IndexUnusable(f"{name} of the index {words} is missing")
    return answer["_source"]


def _split_chunks(value: Any) -> Iterator[bytes]:
    packed = zlib.compress(json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode(), 6)
    return (packed[at : at + _CHUNK_BYTES] for at in range(0, len(packed), _CHUNK_BYTES))
