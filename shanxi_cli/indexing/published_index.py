"""An index that a cluster keeps, opened by those who only read it, with its summary as one of a folder has."""

from typing import TYPE_CHECKING

from shanxi_cli.engines.first_seen import connect_first_seen
from shanxi_cli.engines.remote import open_published
from shanxi_cli.indexing.manifest import ManifestSummary, parse_manifest_summary
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.frozen_record import Record

if TYPE_CHECKING:
    from shanxi_cli.engines.base import Engine


class OpenedIndex(Record):
    """An engine of the generation `name`, and the summary of the manifest of its corpus."""

    engine: "Engine"
    summary: ManifestSummary
    name: str


def state_folders(remote: RemoteIndex, roots: tuple[str, ...]) -> tuple[str, ...]:
    """Return what names the state of a reader: what was reported and first seen, of an index built from `roots`.

    The folders are of another machine, where the user may have an archive of the same name; the nodes of a cluster
    change.
    """
    return (f"index {remote.name}", *roots)


def open_published_index(remote: RemoteIndex, timeout: float) -> OpenedIndex:
    """Open the current generation of an index.

    Raise `IndexUnusable` if the cluster has none that this program can read, and `EngineError` if it does not answer
    within `timeout` seconds (0: no limit).
    """
    engine, published = open_published(remote, timeout)
    summary = parse_manifest_summary(published.summary)
    return OpenedIndex(connect_first_seen(engine, state_folders(remote, summary.roots)), summary, published.name)
