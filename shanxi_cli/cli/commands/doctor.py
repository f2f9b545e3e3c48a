"""`doctor`: whether archive and index are sound, and putting an index right."""

import sys
from pathlib import Path

from shanxi_cli.cli.context import locations
from shanxi_cli.cli.messages import notify
from shanxi_cli.cli.options.common import Examination, Settings, Where
from shanxi_cli.doctor import Finding, State, examine, repair
from shanxi_cli.engines.base import open_backend
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing.store import current
from shanxi_cli.output import make_progress
from shanxi_cli.output.jsonl import SCHEMA, to_json
from shanxi_cli.paths import Locations
from shanxi_cli.util.sanitize import clean_line


def print_examination(examination: Examination, where: Where, settings: Settings) -> int:
    """Prints what was found, a line each, with what to do; 0 when all is sound, else 2."""
    at = locations(where, settings)
    index = _in_use(at)
    backend = open_backend()
    progress = make_progress(sys.stderr)
    try:
        findings = list(examine(at.corpus, index, backend, examination.full, progress))
        done = repair(at.corpus, index, backend, findings, progress) if examination.repair else ""
        if done:
            findings = list(examine(at.corpus, index, backend, examination.full, progress))
    finally:
        progress.close()
    sound = all(finding.state is not State.WRONG for finding in findings)
    if done:
        notify(done)
    if examination.json:
        shown = [{**finding._asdict(), "state": finding.state.value} for finding in findings]
        print(to_json({"schema": SCHEMA, "index": str(index), "sound": sound, "findings": shown}))
    else:
        for finding in findings:
            _print(finding)
    return 0 if sound else 2


def _print(finding: Finding) -> None:
    print(f"{finding.state.value:<7}{finding.subject:<11}{clean_line(finding.message)}")
    if finding.advice:
        print(f"{'':<18}{clean_line(finding.advice)}")


def _in_use(at: Locations) -> Path:
    """The index folder that a search would use."""
    if at.fallback is None or not at.fallback.is_dir():
        return at.index
    try:
        return at.index if current(at.index) else at.fallback
    except IndexUnusable:
        return at.index
