"""Versions of a cluster: which of them the engine supports.

Tested with OpenSearch 2.19. OpenSearch 3 has, by its list of breaking changes, the same interface for what the engine
uses (new are a limit of 512 bytes for ids in bulk requests and one for the depth of nested queries), so it is accepted,
untried. Elasticsearch is refused: it names other settings and paths, and none of its versions was tried.
"""

from typing import Any

from shanxi_cli.errors import EngineError
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.sanitize import sanitize_line

SUPPORTED_MAJORS = (2, 3)
_NAMES = {"opensearch": "OpenSearch", "elasticsearch": "Elasticsearch"}
_WANTED = "shanxi needs OpenSearch 2 or 3"


class ClusterVersion(Record):
    """A distribution (`opensearch`, `elasticsearch`) and its number (`2.19.6`), as the node that was asked has them."""

    distribution: str
    number: str

    @property
    def supported(self) -> bool:
        """True for a version that the engine can use."""
        major = self.number.partition(".")[0]
        return self.distribution == "opensearch" and major.isdecimal() and int(major) in SUPPORTED_MAJORS

    def __str__(self) -> str:
        return f"{_NAMES.get(self.distribution, self.distribution)} {self.number}"


def parse_version(answer: Any) -> ClusterVersion | None:
    """Return the version in the answer to `GET /`; None if it has none: no cluster answered.

    Elasticsearch does not name its distribution.
    """
    version = answer.get("version") if isinstance(answer, dict) else None
    if not isinstance(version, dict) or not isinstance(version.get("number"), str):
        return None
    named = version.get("distribution")
    distribution = sanitize_line(named.strip()) if isinstance(named, str) else "elasticsearch"
    return ClusterVersion(distribution, sanitize_line(version["number"]))


def require_supported(node: str, version: ClusterVersion | None) -> ClusterVersion:
    """Return `version`. Raise `EngineError` if the engine does not support it, or there is none."""
    if version is None:
        raise EngineError(f"{node} answers, but is no OpenSearch; {_WANTED}")
    if not version.supported:
        raise EngineError(f"the cluster at {node} is {version}, which is not supported; {_WANTED}")
    return version
