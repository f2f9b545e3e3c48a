"""`index` and `status`: bringing the index up to date, and telling how things stand."""

import sys
import time
from pathlib import Path

from shanxi_cli.archive import State
from shanxi_cli.cli.context import locations
from shanxi_cli.cli.messages import notify
from shanxi_cli.cli.options.common import Building, Settings, Where
from shanxi_cli.engines.base import open_backend
from shanxi_cli.errors import LocationError
from shanxi_cli.indexing.builder import Failure, Report, failures, update
from shanxi_cli.indexing.change_detection import survey
from shanxi_cli.indexing.manifest import Remembered, coverage
from shanxi_cli.output import ProgressPrinter, make_progress
from shanxi_cli.output.jsonl import SCHEMA, to_json
from shanxi_cli.paths import Locations
from shanxi_cli.util.sanitize import clean_line


def build_index(building: Building, where: Where, settings: Settings) -> int:
    """Updates the index and prints what was done; 2 when a file is no article, else 0."""
    at = locations(where, settings)
    progress = make_progress(sys.stderr)
    try:
        try:
            report = _update(at, at.index, building, progress)
        except LocationError as error:
            if at.fallback is None:
                raise
            notify(f"{error}; using {at.fallback}")
            report = _update(at, at.fallback, building, progress)
    finally:
        progress.close()
    _print_report(report)
    return 2 if report.failed else 0


def _update(at: Locations, index: Path, building: Building, progress: ProgressPrinter) -> Report:
    backend = open_backend()
    rebuild, wait, jobs = building.rebuild, building.wait, building.jobs
    return update(index, at.corpus, backend, rebuild=rebuild, wait=wait, progress=progress, processes=jobs)[1]


def _print_report(report: Report) -> None:
    for name in ("added", "changed", "removed", "failed"):
        print(f"{name:<9}{len(getattr(report, name)):>9,}")
    print(f"{'articles':<9}{report.total:>9,}")
    for failure in report.failed:
        notify(_failure_line(failure))


def _failure_line(failure: Failure) -> str:
    place = f"{failure.path}:{failure.line}" if failure.line else failure.path
    return f"{place}: {failure.reason}" + ("; its last good version is searched" if failure.kept else "")


def print_status(json: bool, where: Where, settings: Settings) -> int:
    """Prints how archive and index stand, building nothing; 2 when a file is no article, else 0."""
    at = locations(where, settings)
    state = State(at, open_backend(), at.index)
    if state.generation is None and at.fallback and at.fallback.is_dir():
        other = State(at, open_backend(), at.fallback)
        state = other if other.generation else state
    known = state.known()
    failed = failures(known)
    shown = _facts(at, state, known, failed)
    if json:
        print(to_json(shown))
    else:
        _print_facts(shown)
    return 2 if failed else 0


def _facts(at: Locations, state: State, known: Remembered, failed: tuple[Failure, ...]) -> dict[str, object]:
    then = {entry.source[:2]: entry.source for entry in known.entries}
    # Where nothing has changed, every file was asked already and is what it was.
    now = {source[:2]: source for source in survey(at.corpus, known).files} if state.stale else then
    built = state.generation.built // 1_000_000_000 if state.generation else None
    return {
        "schema": SCHEMA,
        "corpus": list(at.corpus),
        "index": str(state.index),
        "built": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(built)) if built is not None else None,
        "unusable": state.unusable or None,
        "up_to_date": not state.stale,
        **coverage(known)._asdict(),
        "stale": {
            "added": len(now.keys() - then.keys()),
            "changed": sum(1 for key in now.keys() & then.keys() if now[key] != then[key]),
            "removed": len(then.keys() - now.keys()),
        },
        "failed": [failure._asdict() for failure in failed],
    }


def _print_facts(facts: dict[str, object]) -> None:
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
    rows += [("failed", _failure_line(Failure(**failure))) for failure in failed]
    for name, value in rows:
        print(f"{name:<10}{clean_line(str(value))}")
