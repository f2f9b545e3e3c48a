"""`status`: paths, and whether the index is current."""

import os
import sys
from typing import TYPE_CHECKING

from shanxi_cli.archive import choose_backend
from shanxi_cli.caches import find_gone_archives
from shanxi_cli.cli.context import cluster_timeout, resolve_locations
from shanxi_cli.cli.messages import print_notice, print_notice_if_any
from shanxi_cli.cli.options.archive import StatusOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.corpus.other_files import describe_no_articles
from shanxi_cli.corpus.reader import display_path
from shanxi_cli.corpus.scanner import scan_root
from shanxi_cli.engines.remote import find_published
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.change_detection import scan_corpus
from shanxi_cli.indexing.file_failures import list_failures, list_warnings
from shanxi_cli.indexing.index_status import IndexStatus
from shanxi_cli.indexing.manifest import Manifest, compute_coverage, parse_manifest_summary
from shanxi_cli.model.remote_index import RemoteIndex
from shanxi_cli.output.file_report import FileGroup, group_paths
from shanxi_cli.output.index_report import ClusterStatus, StaleFiles, StatusReport, write_status_json, write_status_text
from shanxi_cli.paths import Locations, cache_folder
from shanxi_cli.settings.remote_address import format_address

if TYPE_CHECKING:
    from shanxi_cli.engines.opensearch.published import PublishedGeneration


def run_status(options: StatusOptions, settings: GlobalOptions) -> int:
    """Print the status without building anything; exit status 2 when a file is no article, else 0."""
    locations = resolve_locations(options.archive, settings)
    print_notice_if_any(locations.notice)
    only_read = locations.remote is not None and not locations.corpus
    report = _make_read_report(locations) if only_read else _make_local_report(locations)
    write_status = write_status_json if options.json else write_status_text
    write_status(sys.stdout, report)
    if only_read:
        return 2 if report.failed_count else 0
    if not options.json and not report.coverage.articles and not scan_corpus(locations.corpus, None).files:
        print_notice(describe_no_articles(locations.corpus))
    return 2 if report.failed else 0


def _find_active_index(locations: Locations) -> IndexStatus:
    """Return the status of the index, or of the one in the fallback directory where only that was built."""
    backend = choose_backend(locations, cluster_timeout(os.environ))
    status = IndexStatus(locations, backend, locations.index, ask_engine=True)
    if status.generation is None and locations.fallback and locations.fallback.is_dir():
        fallback = IndexStatus(locations, backend, locations.fallback, ask_engine=True)
        return fallback if fallback.generation else status
    return status


def _make_read_report(locations: Locations) -> StatusReport:
    """Return the status of an index of a cluster that is only read: what its builder has published."""
    remote = locations.remote
    assert remote
    published = find_published(remote, cluster_timeout(os.environ))
    summary = parse_manifest_summary(published.summary)
    cluster = _describe_published(published)
    return StatusReport(
        corpus=summary.roots,
        index=format_address(remote),
        built=cluster.built,
        unusable="",
        up_to_date=False,
        coverage=summary.coverage,
        stale=StaleFiles(0, 0, 0),
        failed=(),
        cluster=cluster,
        only_read=True,
        failed_count=summary.failed,
        warned_count=summary.warned,
    )


def _describe_published(published: "PublishedGeneration") -> ClusterStatus:
    return ClusterStatus(published.name, published.built // 1_000_000_000, published.builder)


def _find_cluster_status(remote: RemoteIndex | None) -> ClusterStatus | None:
    """Return what a cluster has of an index; None without a cluster, or before it has any."""
    try:
        return _describe_published(find_published(remote, cluster_timeout(os.environ))) if remote else None
    except IndexUnusable:
        return None


def _make_local_report(locations: Locations) -> StatusReport:
    status = _find_active_index(locations)
    manifest = status.load_manifest()
    return StatusReport(
        corpus=locations.corpus,
        index=format_address(locations.remote) if locations.remote else str(status.index),
        built=status.generation.built // 1_000_000_000 if status.generation else None,
        unusable=str(status.unusable_reason or ""),
        up_to_date=not status.stale,
        coverage=compute_coverage(manifest),
        stale=_count_stale_files(locations, status, manifest),
        failed=list_failures(manifest),
        not_articles=group_paths([(display_path(e.source.full), e.note) for e in manifest.entries if e.note]),
        warned=list_warnings(manifest),
        left_out=_group_left_out(locations),
        gone=len(find_gone_archives(cache_folder())),
        cluster=_find_cluster_status(locations.remote),
    )


def _group_left_out(locations: Locations) -> list[FileGroup]:
    listings = [(root, scan_root(root, locations.excluded)) for root in locations.corpus]
    pairs = [
        (os.path.join(root, path), reason.value) for root, listing in listings for path, reason in listing.left_out
    ]
    return group_paths([(display_path(path).rstrip("/") + "/" * path.endswith("/"), reason) for path, reason in pairs])


def _count_stale_files(locations: Locations, status: IndexStatus, manifest: Manifest) -> StaleFiles:
    indexed = {entry.source[:2]: entry.source for entry in manifest.entries}
    # Without a change every file was already stat'ed and found unchanged.
    files = scan_corpus(locations.corpus, manifest, locations.excluded).files if status.stale else ()
    current = {source[:2]: source for source in files} if status.stale else indexed
    return StaleFiles(
        added=len(current.keys() - indexed.keys()),
        changed=sum(1 for key in current.keys() & indexed.keys() if current[key] != indexed[key]),
        removed=len(indexed.keys() - current.keys()),
    )
