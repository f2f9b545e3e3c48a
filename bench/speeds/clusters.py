"""Checkouts of shanxi that keep the index of an archive in a cluster, and what that costs the nodes."""

import json
import urllib.request
from pathlib import Path
from typing import Any

from speeds.archives import Archive
from speeds.programs import Program


class OnCluster(Program):
    """A checkout whose indexes are in the cluster at `urls`, separated by commas: the last field of a subclass."""

    urls: str

    @classmethod
    def at(cls, checkout: Path, urls: str) -> "OnCluster":
        """Return the checkout with the nodes of a cluster."""
        return type(cls.__name__, (cls,), {"urls": urls})("on OpenSearch", checkout)  # type: ignore[no-any-return]

    def index_of(self, archive: Archive) -> Any:
        """Return the address of its index of an archive."""
        return f"{self.urls}/shanxi-bench-{archive.size}"

    def node(self) -> str:
        """Return the address of the first node."""
        return self.urls.split(",")[0]

    def processor_seconds(self) -> float:
        """Return the processor time that all nodes have used since their start."""
        nodes = _ask(self.node(), "/_nodes/stats/process?filter_path=nodes.*.process.cpu.total_in_millis")["nodes"]
        return sum(float(each["process"]["cpu"]["total_in_millis"]) for each in nodes.values()) / 1000

    def size_of(self, archive: Archive) -> int:
        """Return the bytes of the index without the copies on other nodes."""
        name = self.index_of(archive).rpartition("/")[2]
        found = _ask(self.node(), f"/_alias/{name}")
        stats = _ask(self.node(), f"/{next(iter(found))}*/_stats/store?filter_path=_all.primaries.store.size_in_bytes")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])


def _ask(node: str, path: str) -> Any:
    with urllib.request.urlopen(node + path, timeout=30) as answer:  # of the user of the bench
        return json.load(answer)
