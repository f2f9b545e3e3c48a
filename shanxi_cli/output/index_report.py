"""Reports of an index: the counts of an update, and the status of archive and index."""

import time
from collections.abc import Sequence
from typing import TextIO

from shanxi_cli.indexing.builder import UpdateReport
from shanxi_cli.indexing.file_failures import FileFailure
from shanxi_cli.indexing.manifest import Coverage
from shanxi_cli.output.file_report import FileGroup, format_group, group_failures, summarize_failures
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.text import pluralize


class StaleFiles(Record):
    """Number of files that differ from the index."""

    added: int
    changed: int
    removed: int


class ClusterStatus(Record):
    """Index as a cluster has it: its generation, the time of its build (seconds since 1970), and who built it.

    `builder` is empty if that is not known.
    """

    generation: str
    built: int
    builder: str


class StatusReport(Record):
    """Status of an archive and its index.

    `built` is in seconds since 1970 (UTC), None for an index that was never built. `unusable` is the reason why the
    index cannot be read, or empty. `not_articles` have no text of their own, `left_out` were not read. `gone` is the
    number of cached indexes whose archives are gone. The dates of `warned` cannot be read.

    `cluster` is what a cluster has of the index, None for one in a folder. With `only_read` the files of the articles
    are on another machine: `corpus` are its folders, `up_to_date` is not known, and files are counted but not listed.
    """

    corpus: Sequence[str]
    index: str
    built: int | None
    unusable: str
    up_to_date: bool
    coverage: Coverage
    stale: StaleFiles
    failed: Sequence[FileFailure]
    not_articles: Sequence[FileGroup] = ()
    left_out: Sequence[FileGroup] = ()
    gone: int = 0
    warned: Sequence[FileFailure] = ()
    cluster: ClusterStatus | None = None
    only_read: bool = False
    failed_count: int = 0
    warned_count: int = 0

    @property
    def built_at(self) -> str | None:
        """Time of the build in ISO 8601."""
        return None if self.built is None else format_time(self.built)


def format_time(seconds: int) -> str:
    """Return a time in seconds since 1970 in ISO 8601."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def write_update_text(out: TextIO, report: UpdateReport) -> None:
    """Write the counts of an update."""
    for name in ("added", "changed", "removed", "failed"):
        out.write(f"{name:<9}{len(getattr(report, name)):>9,}\n")
    out.write(f"{'articles':<9}{report.total:>9,}\n")


def write_status_json(out: TextIO, report: StatusReport) -> None:
    """Write the status as one JSON object."""
    stale = report.stale
    status = {
        "schema": SCHEMA_VERSION,
        "corpus": list(report.corpus),
        "index": report.index,
        "built": report.built_at,
        "unusable": report.unusable or None,
        "up_to_date": None if report.only_read else report.up_to_date,
        **report.coverage._asdict(),
        "stale": {"added": stale.added, "changed": stale.changed, "removed": stale.removed},
        "failed": [failure._asdict() for failure in report.failed],
        "failed_by_reason": [group.to_json() for group in group_failures(report.failed)],
        "not_articles": [group.to_json() for group in report.not_articles],
        "left_out": [group.to_json() for group in report.left_out],
        "gone_indexes": report.gone,
        "warnings": [failure._asdict() for failure in report.warned],
        "warnings_by_reason": [group.to_json() for group in group_failures(report.warned)],
        "cluster": _make_cluster_object(report),
    }
    out.write(to_json(status) + "\n")


def _make_cluster_object(report: StatusReport) -> dict[str, object] | None:
    cluster = report.cluster
    if cluster is None:
        return None
    return {
        "generation": cluster.generation,
        "built": format_time(cluster.built),
        "builder": cluster.builder or None,
        "only_read": report.only_read,
        "failed": report.failed_count,
        "warnings": report.warned_count,
    }


def write_status_text(out: TextIO, report: StatusReport) -> None:
    """Write the status for people, a row of label and value per line."""
    coverage = report.coverage
    undated = f", {coverage.undated:,} undated" if coverage.undated else ""
    days = f", from {coverage.first_day} to {coverage.last_day}" if coverage.first_day else ""
    rows = [("archive", folder) for folder in report.corpus]
    rows += [("index", report.index), ("", _format_index_state(report))]
    if cluster := report.cluster:
        by = f" by {cluster.builder}" if cluster.builder else ""
        rows += [("cluster", f"{cluster.generation}, built {format_time(cluster.built)}{by}")]
    rows += [("articles", f"{coverage.articles:,}{undated}{days}")]
    rows += [("failed", line) for line in summarize_failures(report.failed)]
    rows += [("warning", line) for line in summarize_failures(report.warned)]
    rows += [(label, _format_count(label, count)) for label, count in _counted_files(report) if count]
    rows += [("no text", format_group(group)) for group in report.not_articles]
    rows += [("left out", format_group(group)) for group in report.left_out]
    if report.gone:
        count = pluralize(report.gone, "cached index")
        rows += [("unused", f"{count} of archives that are gone; shanxi index --prune removes them")]
    for label, value in rows:
        out.write(f"{label:<10}{sanitize_line(value)}\n")


def _counted_files(report: StatusReport) -> list[tuple[str, int]]:
    return [("failed", report.failed_count), ("warning", report.warned_count)] if report.only_read else []


def _format_count(label: str, count: int) -> str:
    what = "could not be read as articles" if label == "failed" else "have a warning"
    return f"{pluralize(count, 'file')} {what}; shanxi status names them where the files are"


def _format_index_state(report: StatusReport) -> str:
    if report.only_read:
        return "only read: the files are elsewhere, so it is not known whether they have changed since"
    if report.unusable:
        return f"{report.unusable}; the next search rebuilds it"
    if report.built is None:
        return "not built yet"
    if report.up_to_date:
        return f"built {report.built_at}; up to date"
    stale = report.stale
    counts = {"added": stale.added, "changed": stale.changed, "removed": stale.removed}
    changes = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    return f"built {report.built_at}; stale: {changes or 'other folders'} (the next search updates it)"
