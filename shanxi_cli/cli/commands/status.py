"""`status`: paths, and whether the index is current."""

import os
import sys

from shanxi_cli.archive import IndexStatus, choose_backend
from shanxi_cli.caches import find_gone_archives
from shanxi_cli.cli.context import resolve_locations
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.archive import StatusOptions
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.corpus.other_files import describe_no_articles
from shanxi_cli.corpus.reader import display_path
from shanxi_cli.corpus.scanner import scan_root
from shanxi_cli.indexing.change_detection import scan_corpus
from shanxi_cli.indexing.file_failures import list_failures, list_warnings
from shanxi_cli.indexing.manifest import Manifest, compute_coverage
from shanxi_cli.output.file_report import FileGroup, group_paths
from shanxi_cli.output.index_report import StaleFiles, StatusReport, write_status_json, write_status_text
from shanxi_cli.paths import Locations, cache_folder


def run_status(options: StatusOptions, settings: GlobalOptions) -> int:
    """Print the status without building anything; exit status 2 when a file is no article, else 0."""
    locations = resolve_locations(options.archive, settings)
    report = _make_status_report(locations, _find_active_index(locations))
    write_status = write_status_json if options.json else write_status_text
    write_status(sys.stdout, report)
    if not options.json and not report.coverage.articles and not scan_corpus(locations.corpus, None).files:
        print_notice(describe_no_articles(locations.corpus))
    return 2 if report.failed else 0


def _find_active_index(locations: Locations) -> IndexStatus:
    """Return the status of the index, or of the one in the fallback directory where only that was built."""
    backend = choose_backend(locations)
    status = IndexStatus(locations, backend, locations.index, ask_engine=True)
    if status.generation is None and locations.fallback and locations.fallback.is_dir():
        fallback = IndexStatus(locations, backend, locations.fallback, ask_engine=True)
        return fallback if fallback.generation else status
    return status


def _make_status_report(locations: Locations, status: IndexStatus) -> StatusReport:
    manifest = status.load_manifest()
    return StatusReport(
        corpus=locations.corpus,
        index=str(status.index),
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
