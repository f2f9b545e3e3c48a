"""`index` and `status`: bringing the index up to date, and telling how things stand."""

import sys
import time
from pathlib import Path

from shanxi_cli.archive import IndexStatus
from shanxi_cli.cli.context import resolve_locations
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import ArchiveOptions, GlobalOptions, IndexOptions
from shanxi_cli.engines.base import open_backend
from shanxi_cli.errors import LocationError
from shanxi_cli.indexing.builder import FileFailure, UpdateOptions, UpdateReport, list_failures, update_index
from shanxi_cli.indexing.change_detection import scan_corpus
from shanxi_cli.indexing.manifest import Manifest, compute_coverage
from shanxi_cli.output import ProgressPrinter, make_progress_printer
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.paths import Locations
from shanxi_cli.util.sanitize import sanitize_line


def build_index(building: IndexOptions, where: ArchiveOptions, settings: GlobalOptions) -> int:
    """Updates the index and prints what was done; 2 when a file is no article, else 0."""
    at = resolve_locations(where, settings)
    progress = make_progress_printer(sys.stderr)
    try:
        try:
            report = _update_index_folder(at, at.index, building, progress)
        except LocationError as error:
            if at.fallback is None:
                raise
            print_notice(f"{error}; using {at.fallback}")
            report = _update_index_folder(at, at.fallback, building, progress)
    finally:
        progress.close()
    _print_report(report)
    return 2 if report.failed else 0


def _update_index_folder(at: Locations, index: Path, building: IndexOptions, progress: ProgressPrinter) -> UpdateReport:
    options = UpdateOptions(building.rebuild, building.wait, progress, building.jobs)
    return update_index(index, at.corpus, open_backend(), options)[1]


def _print_report(report: UpdateReport) -> None:
    for name in ("added", "changed", "removed", "failed"):
        print(f"{name:<9}{len(getattr(report, name)):>9,}")
    print(f"{'articles':<9}{report.total:>9,}")
    for failure in report.failed:
        print_notice(_format_failure(failure))


def _format_failure(failure: FileFailure) -> str:
    place = f"{failure.path}:{failure.line}" if failure.line else failure.path
    return f"{place}: {failure.reason}" + ("; its last good version is searched" if failure.kept else "")


def print_status(json: bool, where: ArchiveOptions, settings: GlobalOptions) -> int:
    """Prints how archive and index stand, building nothing; 2 when a file is no article, else 0."""
    at = resolve_locations(where, settings)
    state = IndexStatus(at, open_backend(), at.index)
    if state.generation is None and at.fallback and at.fallback.is_dir():
        other = IndexStatus(at, open_backend(), at.fallback)
        state = other if other.generation else state
    known = state.load_manifest()
    failed = list_failures(known)
    shown = _collect_status(at, state, known, failed)
    if json:
        print(to_json(shown))
    else:
        _print_status_lines(shown)
    return 2 if failed else 0


def _collect_status(
    at: Locations, state: IndexStatus, known: Manifest, failed: tuple[FileFailure, ...]
) -> dict[str, object]:
    then = {entry.source[:2]: entry.source for entry in known.entries}
    # Where nothing has changed, every file was asked already and is what it was.
    now = {source[:2]: source for source in scan_corpus(at.corpus, known).files} if state.stale else then
    built = state.generation.built // 1_000_000_000 if state.generation else None
    return {
        "schema": SCHEMA_VERSION,
        "corpus": list(at.corpus),
        "index": str(state.index),
        "built": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(built)) if built is not None else None,
        "unusable": state.unusable_reason or None,
        "up_to_date": not state.stale,
        **compute_coverage(known)._asdict(),
        "stale": {
            "added": len(now.keys() - then.keys()),
            "changed": sum(1 for key in now.keys() & then.keys() if now[key] != then[key]),
            "removed": len(then.keys() - now.keys()),
        },
        "failed": [failure._asdict() for failure in failed],
    }


def _print_status_lines(facts: dict[str, object]) -> None:
    corpus, stale, failed = facts["corpus"], facts["stale"], facts["failed"]
    assert isinstance(corpus, list) and isinstance(stale, dict) and isinstance(failed, list)
    waiting = ", ".join(f"{number:,} {what}" for what, number in stale.items() if number)
    state = f"built {facts['built']}" if facts["built"] else "not built yet"
    if facts["unusable"]:
        state = f"{facts['unusable']}; the next search builds it again"
    elif facts["built"] and not facts["up_to_date"]:
        state += f"; stale: {waiting or 'other folders'} (the next search brings it up to date)"
    elif facts["built"]:
        state += "; up to date"
    undated = f", {facts['undated']:,} undated" if facts["undated"] else ""
    covered = f", from {facts['first_day']} to {facts['last_day']}" if facts["first_day"] else ""
    rows = [("archive", folder) for folder in corpus]
    rows += [("index", f"{facts['index']}"), ("", state), ("articles", f"{facts['articles']:,}{undated}{covered}")]
    rows += [("failed", _format_failure(FileFailure(**failure))) for failure in failed]
    for name, value in rows:
        print(f"{name:<10}{sanitize_line(str(value))}")
