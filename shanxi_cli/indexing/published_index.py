"""An index that a cluster keeps, opened by those who only read it, with its summary as one of a folder has."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shanxi_cli.corpus.reader import display_path
from shanxi_cli.engines.first_seen import connect_first_seen
from shanxi_cli.engines.remote import find_published, load_published_manifest, open_published
from shanxi_cli.errors import IndexUnusable, LocationError
from shanxi_cli.indexing.manifest import ManifestSummary, list_article_checksums, parse_manifest_summary
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.text import pluralize

if TYPE_CHECKING:
    from shanxi_cli.engines.base import Engine


class OpenedIndex(Record):
    """An engine of the generation `name` of `remote`, and the summary of the manifest of its corpus.

    `state` names what this user was reported and has first seen. Without a corpus these are the name of the index and
    the folders of its builder: this machine may have the same folders, and the nodes of a cluster change.
    """

    engine: "Engine"
    summary: ManifestSummary
    name: str
    remote: RemoteIndex
    state: tuple[str, ...]

    def load_checksums(self) -> Mapping[str, str]:
        """Return the SHA-256 of the file of each article, as indexed, by id: a long answer for a large corpus."""
        return list_article_checksums(load_published_manifest(self.remote, _MANIFEST_TIMEOUT, self.name))


_MANIFEST_TIMEOUT = 60.0
"""Seconds for the manifest: 10 MB for a hundred thousand articles."""


def open_published_index(remote: RemoteIndex, timeout: float, roots: tuple[str, ...] = ()) -> OpenedIndex:
    """Open the current generation of an index.

    Raise `IndexUnusable` if the cluster has none that this program can read, or one of other corpus folders than
    `roots` (empty: of any), and `EngineError` if it does not answer within `timeout` seconds (0: no limit).
    """
    engine, published = open_published(remote, timeout)
    summary = parse_manifest_summary(published.summary)
    if roots and roots != summary.roots:
        raise IndexUnusable("the index is of other corpus folders")
    state = roots or (f"index {remote.name}", *summary.roots)
    return OpenedIndex(connect_first_seen(engine, state), summary, published.name, remote, state)


def find_generation(remote: RemoteIndex, timeout: float) -> str:
    """Return the name of the current generation of an index; raise as `open_published_index` does."""
    return find_published(remote, timeout).name


def describe_other_folders(remote: RemoteIndex, timeout: float, roots: tuple[str, ...]) -> str:
    """Return a clause that says of which corpus folders an index is, if not of `roots`; empty if it is, or if none is.

    Raise `EngineError` if the cluster does not answer within `timeout` seconds (0: no limit).
    """
    try:
        summary = parse_manifest_summary(find_published(remote, timeout).summary)
    except IndexUnusable:
        return ""  # there is none yet, or none that this program can read
    if summary.roots == roots:
        return ""
    count = pluralize(summary.coverage.articles, "article")
    return f"the index {remote.name} is of {', '.join(map(display_path, summary.roots))} ({count})"


def require_own_folders(remote: RemoteIndex, timeout: float, roots: tuple[str, ...]) -> None:
    """Raise `LocationError` if an index is of other corpus folders: others read it, and only `index` may replace it."""
    if before := describe_other_folders(remote, timeout, roots):
        raise LocationError(f"{before}, not of this corpus; only shanxi index replaces it")


def is_published(remote: RemoteIndex, timeout: float) -> bool:
    """Return True if a cluster has an index that this program can read.

    Raise `EngineError` if it does not answer within `timeout` seconds (0: no limit).
    """
    try:
        find_published(remote, timeout)
    except IndexUnusable:
        return False
    return True
