"""Cold starts: every command is a new process, and the commands of all sizes take turns."""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from speeds.archives import Archive
from speeds.processes import Cost, median, run
from speeds.programs import Program, environment
from speeds.tables import Table, milliseconds, ratio
from speeds.tools import Tool

HELLO = """
import typer
app = typer.Typer()
@app.command()
def hello() -> None: ...
@app.command()
def goodbye() -> None: ...
app()
"""
PASS, REFERENCE = "python -c pass", "a Typer program"
VERSION, LINES, MANY, TERMINAL, SHOW = (
    "shanxi version",
    "shanxi search -f lines",
    "shanxi search -f lines -n 20, common word",
    "shanxi search, terminal",
    "shanxi show",
)

NOTES = (
    "Medians on the clock and of processor time, each with its ratio to a Typer program of two empty commands.",
    "MB: the most of any run. Searches are for a rare word, in a pipe, but where something else is said.",
)


class Start(NamedTuple):
    """A command that is measured. `who` is a checkout of shanxi or a tool; `size` 0 means no archive."""

    what: str
    who: str
    size: int
    command: list[str]
    environment: dict[str, str]


def measure(
    archives: Sequence[Archive], programs: Sequence[Program], tools: Sequence[Tool], runs: int
) -> list[tuple[Start, Cost]]:
    """Measure each command; the indexes must exist and the tools be installed."""
    with tempfile.TemporaryDirectory() as place:
        starts = [*_interpreters(Path(place)), *_ours(archives, programs), *_tools(archives, tools)]
        costs: dict[int, list[Cost]] = {n: [] for n in range(len(starts))}
        for turn in range(runs + 1):
            for n, start in enumerate(starts):
                cost = run(start.command, start.environment, on_terminal=start.what == TERMINAL)
                if turn:  # the first one fills caches
                    costs[n].append(cost)
    return [(start, median(costs[n])) for n, start in enumerate(starts)]


def costs_by_key(measured: Sequence[tuple[Start, Cost]]) -> Mapping[tuple[str, str, int], Cost]:
    """Return the costs by command, program and size."""
    return {(start.what, start.who, start.size): cost for start, cost in measured}


def table(measured: Sequence[tuple[Start, Cost]]) -> Table:
    """Return a table with one row per command."""
    [base] = [cost for start, cost in measured if start.what == REFERENCE]
    rows = [["", "articles", "ms", "ratio", "CPU ms", "ratio", "MB"]]
    for start, cost in measured:
        rows.append(
            [
                start.what + (f" ({start.who})" if start.who else ""),
                f"{start.size:,}" if start.size else "",
                milliseconds(cost.wall),
                ratio(cost.wall, base.wall),
                milliseconds(cost.cpu),
                ratio(cost.cpu, base.cpu),
                f"{cost.memory:.0f}",
            ]
        )
    return Table("Cold starts", NOTES, rows)


def _interpreters(place: Path) -> list[Start]:
    hello = place / "hello.py"
    hello.write_text(HELLO)
    plain = environment(place)
    return [
        Start(PASS, "", 0, [sys.executable, "-c", "pass"], plain),
        Start(REFERENCE, "", 0, [sys.executable, str(hello), "hello"], plain),
    ]


def _ours(archives: Sequence[Archive], programs: Sequence[Program]) -> list[Start]:
    starts = [
        Start(VERSION, each.name, 0, each.command("--version"), each.environment(archives[0])) for each in programs
    ]
    for archive in archives:
        words = archive.words
        of = {
            LINES: ["search", words.rare, "-f", "lines"],
            MANY: ["search", words.common, "-f", "lines", "-n", "20"],
            TERMINAL: ["search", words.rare, "--no-pager"],
            SHOW: ["show", archive.sources()[0].id],
        }
        starts += [
            Start(what, each.name, archive.size, each.command(*arguments), each.environment(archive))
            for what, arguments in of.items()
            for each in programs
        ]
    return starts


def _tools(archives: Sequence[Archive], tools: Sequence[Tool]) -> list[Start]:
    return [_of_tool(tool, archive) for archive in archives for tool in tools if archive.size <= tool.MOST]


def _of_tool(tool: Tool, archive: Archive) -> Start:
    home = archive.place
    tool.prepare(archive, environment(home))
    return Start(tool.NAME, "", archive.size, tool.command(archive), environment(home))
