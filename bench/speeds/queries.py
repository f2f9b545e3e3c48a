"""Warm queries: every engine keeps an index open in a process of its own, and they take turns."""

import contextlib
import json
import math
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from speeds.archives import Archive
from speeds.benchmarks import Kind
from speeds.programs import Program, environment
from speeds.query_worker import MEMORY, OURS
from speeds.tables import Table, milliseconds, ratio

NOTES = (
    "Cells: milliseconds, median and p95 (of fewer than 20 runs: the slowest); behind them the median over that of the",
    "first column.",
    "All matches are put in order, their articles are not read; the text of the query is parsed each time, and shanxi",
    "has forgotten the postings and scores of earlier queries. The first ten are read and counted too.",
    "Facets: matches are counted and not put in order (by stock whoosh3 they are).",
    "Ten snippets: of ten articles that were found before (SQLite: found again); they are read, but where it says that",
    "the texts are at hand, which is for one word.",
)


class Measured(NamedTuple):
    """The result of a benchmark on an engine: the number of matches, and the seconds of each run."""

    found: int
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """Seconds: the smallest that 95 of 100 runs do not exceed."""
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]


class Answers(NamedTuple):
    """Results of each engine by benchmark (None: not supported), and its memory in MB at the end.

    Seconds are CPU time when `of_processor` is true, wall time otherwise.
    """

    of: dict[str, dict[Kind, Measured | None]]
    memory: dict[str, float]
    of_processor: bool


def measure(
    archive: Archive,
    work: Path,
    programs: Sequence[Program],
    indexes: Mapping[str, Path],
    runs: int,
    of_processor: bool,
) -> Answers:
    """Run every benchmark `runs` times on the programs and the peers, in turns."""
    some: dict[str, dict[Kind, list[Any]]] = defaultdict(lambda: defaultdict(list))
    with contextlib.ExitStack() as stack:
        engines = {}
        for program in programs:
            open_program = _answering(OURS, archive, work, program.index_of(archive), program.environment(archive))
            engines[program.name] = stack.enter_context(open_program)
        for name, index in indexes.items():
            open_peer = _answering(name, archive, work, index, environment(archive.place))
            engines[name] = stack.enter_context(open_peer)
        for turn in range(runs + 1):
            for kind in Kind:
                for name, process in engines.items():
                    answer = _ask(process, kind.name)
                    if turn:  # the first one fills caches
                        some[name][kind].append(answer)
        memory = {name: float(_ask(process, MEMORY)) for name, process in engines.items()}
    measured = {name: {kind: _measured(each, of_processor) for kind, each in of.items()} for name, of in some.items()}
    return Answers(measured, memory, of_processor)


def table(archive: Archive, answers: Answers) -> Table:
    """Return a table with one row per benchmark and one column per engine."""
    first, *others = answers.of
    rows = [["", "found", first, *others]]
    for kind in Kind:
        base = answers.of[first][kind]
        assert base is not None
        cells = [_cell(base)]
        for name in others:
            of = answers.of[name][kind]
            cells.append("-" if of is None else f"{_cell(of)} ×{ratio(of.median, base.median)}")
        rows.append([kind.value, f"{base.found:,}", *cells])
    rows.append(["most memory, MB", "", *(f"{answers.memory[name]:.0f}" for name in (first, *others))])
    title = f"Warm queries, {archive.size:,} articles" + (", time of the processor" if answers.of_processor else "")
    return Table(title, [*NOTES, *_differing(answers)], rows)


def _cell(of: Measured) -> str:
    return f"{milliseconds(of.median)} / {milliseconds(of.p95)}"


def _differing(answers: Answers) -> list[str]:
    """List the engines with other numbers of matches: peers search title and body alone, by their own rules."""
    first, *others = answers.of
    lines = []
    for name in others:
        some = [
            f"{kind.value}: {of.found:,}"
            for kind, of in answers.of[name].items()
            if of is not None and (base := answers.of[first][kind]) is not None and of.found != base.found
        ]
        if some:
            lines.append(f"{name} found others: {'; '.join(some)}.")
    return lines


def _measured(answers: list[Any], of_processor: bool) -> Measured | None:
    if answers[0] is None:
        return None
    [found] = {found for found, _, _ in answers}
    return Measured(found, tuple(cpu if of_processor else wall for _, wall, cpu in answers))


@contextlib.contextmanager
def _answering(
    name: str, archive: Archive, work: Path, index: Path, environment: dict[str, str]
) -> "Iterator[subprocess.Popen[str]]":
    command = [sys.executable, "-m", "speeds.query_worker", name, str(archive.size), str(work), str(index)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def _ask(process: "subprocess.Popen[str]", what: str) -> Any:
    assert process.stdin and process.stdout
    process.stdin.write(f"{what}\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{' '.join(map(str, process.args))} ended at {what}")  # type: ignore[arg-type]
    return json.loads(line)
