"""`doctor`: examine the archive and the index, and repair the index."""

import os
import sys
from pathlib import Path

from shanxi_cli.archive import choose_backend
from shanxi_cli.cli.context import cluster_timeout, merge_archive_options, resolve_locations
from shanxi_cli.cli.messages import print_notice, print_notice_if_any
from shanxi_cli.cli.no_results import list_archive_options
from shanxi_cli.cli.options.archive import DoctorOptions
from shanxi_cli.cli.options.common import ArchiveOptions, GlobalOptions
from shanxi_cli.doctor import examine_archive, repair_index
from shanxi_cli.doctor.article_checks import REPAIR_COMMAND, Examination
from shanxi_cli.doctor.findings import Finding, FindingState
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.store import current_generation
from shanxi_cli.output import make_progress_printer
from shanxi_cli.output.doctor_report import write_findings_json, write_findings_text
from shanxi_cli.paths import Locations
from shanxi_cli.settings.remote_address import format_address
from shanxi_cli.util.shell_words import quote_command


def run_doctor(options: DoctorOptions, settings: GlobalOptions) -> int:
    """Print the findings, each with what to do; exit status 0 when nothing is wrong, else 2."""
    locations = resolve_locations(options.archive, settings)
    print_notice_if_any(locations.notice)
    index = _find_active_index(locations)
    progress = make_progress_printer(sys.stderr)
    timeout = cluster_timeout(os.environ)
    backend = choose_backend(locations, timeout)
    where = locations.corpus, index, backend, options.full, progress, locations.excluded
    checks = Examination(*where, remote=locations.remote, timeout=timeout)
    try:
        findings = list(examine_archive(checks))
        repaired = repair_index(checks, findings) if options.repair else ""
        if repaired:
            findings = list(examine_archive(checks))
    finally:
        progress.close()
    findings = [_name_archive(finding, merge_archive_options(options.archive, settings)) for finding in findings]
    sound = all(finding.state is not FindingState.WRONG for finding in findings)
    if repaired:
        print_notice(repaired)
    if options.json:
        shown = format_address(locations.remote) if locations.remote else str(index)
        write_findings_json(sys.stdout, findings, shown, sound=sound)
    else:
        write_findings_text(sys.stdout, findings)
    return 0 if sound else 2


def _name_archive(finding: Finding, archive: ArchiveOptions) -> Finding:
    """Return a finding whose advice repairs the archive that was examined; no advice if its name cannot be printed."""
    if REPAIR_COMMAND not in finding.advice:
        return finding
    command = quote_command([*REPAIR_COMMAND.split(), *list_archive_options(archive)])
    return finding._replace(advice=finding.advice.replace(REPAIR_COMMAND, command) if command else "")


def _find_active_index(locations: Locations) -> Path:
    """Return the index directory that a search would use."""
    if locations.fallback is None or not locations.fallback.is_dir():
        return locations.index
    try:
        return locations.index if current_generation(locations.index) else locations.fallback
    except IndexUnusable:
        return locations.index
