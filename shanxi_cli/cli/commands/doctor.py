"""`doctor`: whether archive and index are sound, and putting an index right."""

import sys
from pathlib import Path

from shanxi_cli.cli.context import resolve_locations
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import ArchiveOptions, DoctorOptions, GlobalOptions
from shanxi_cli.doctor import Examination, Finding, FindingState, examine_archive, repair_index
from shanxi_cli.engines.base import open_backend
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.store import current_generation
from shanxi_cli.output import make_progress_printer
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.paths import Locations
from shanxi_cli.util.sanitize import sanitize_line


def print_findings(examination: DoctorOptions, where: ArchiveOptions, settings: GlobalOptions) -> int:
    """Prints what was found, a line each, with what to do; 0 when all is sound, else 2."""
    at = resolve_locations(where, settings)
    index = _find_active_index(at)
    progress = make_progress_printer(sys.stderr)
    checks = Examination(at.corpus, index, open_backend(), examination.full, progress)
    try:
        findings = list(examine_archive(checks))
        done = repair_index(checks, findings) if examination.repair else ""
        if done:
            findings = list(examine_archive(checks))
    finally:
        progress.close()
    sound = all(finding.state is not FindingState.WRONG for finding in findings)
    if done:
        print_notice(done)
    if examination.json:
        shown = [{**finding._asdict(), "state": finding.state.value} for finding in findings]
        print(to_json({"schema": SCHEMA_VERSION, "index": str(index), "sound": sound, "findings": shown}))
    else:
        for finding in findings:
            _print_finding(finding)
    return 0 if sound else 2


def _print_finding(finding: Finding) -> None:
    print(f"{finding.state.value:<7}{finding.subject:<11}{sanitize_line(finding.message)}")
    if finding.advice:
        print(f"{'':<18}{sanitize_line(finding.advice)}")


def _find_active_index(at: Locations) -> Path:
    """The index folder that a search would use."""
    if at.fallback is None or not at.fallback.is_dir():
        return at.index
    try:
        return at.index if current_generation(at.index) else at.fallback
    except IndexUnusable:
        return at.index
