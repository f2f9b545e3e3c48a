"""Findings of an examination: for people, or one JSON object."""

from collections.abc import Sequence
from typing import TextIO

from shanxi_cli.doctor.findings import Finding
from shanxi_cli.output.jsonl import SCHEMA_VERSION, to_json
from shanxi_cli.util.sanitize import sanitize_line


def write_findings_text(out: TextIO, findings: Sequence[Finding]) -> None:
    """Write a line a finding, with a second one where there is something to do."""
    for finding in findings:
        out.write(f"{finding.state.value:<7}{finding.subject:<11}{sanitize_line(finding.message)}\n")
        if finding.advice:
            out.write(f"{'':<18}{sanitize_line(finding.advice)}\n")


def write_findings_json(out: TextIO, findings: Sequence[Finding], index: str, *, sound: bool) -> None:
    """Write all findings as one JSON object."""
    rows = [{**finding._asdict(), "state": finding.state.value} for finding in findings]
    out.write(to_json({"schema": SCHEMA_VERSION, "index": index, "sound": sound, "findings": rows}) + "\n")
