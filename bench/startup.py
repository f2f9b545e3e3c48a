"""Measure cold starts as ratios to a Typer program of two empty commands.

    python bench/startup.py [--runs 15]

Each command is a new process whose output is discarded; the commands take turns, and the medians of wall time and of
CPU time, which varies less under load, are printed. The package is compiled to bytecode first, and the index of the
shipped articles is built in a folder of its own. Peers that are not installed are listed and not measured.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from speeds.archives import SHIPPED_SIZE, Archive, archive
from speeds.processes import Cost, median, run
from speeds.programs import PROJECT, Program
from speeds.startup import HELLO, REFERENCE
from speeds.tools import TOOLS

SHANXI = Program("shanxi", PROJECT)


def commands(hello: str) -> dict[str, list[str]]:
    """Return the commands by name."""
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        REFERENCE: [sys.executable, hello, "hello"],
        "shanxi --version": SHANXI.command("--version"),
        "shanxi show <TAB>": SHANXI.command("--complete", "bash", "shanxi show ", ""),
        "shanxi --help": SHANXI.command("--help"),
        "shanxi search -f lines": SHANXI.command("search", "photovoltaic", "-f", "lines"),
        "shanxi search, terminal": SHANXI.command("search", "photovoltaic", "--no-pager"),
    }


def peers(of: Archive, environment: dict[str, str]) -> dict[str, list[str]]:
    """Return the same search by the installed peers."""
    found = {}
    for tool in TOOLS.values():
        if tool.version():
            tool.prepare(of, environment)
            found[tool.NAME] = tool.command(of)
    return found


def main() -> int:
    """Print one line per command: median in milliseconds, and the ratio to the reference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    SHANXI.prepare()
    with tempfile.TemporaryDirectory() as place:
        hello = Path(place) / "hello.py"
        hello.write_text(HELLO)
        shipped = archive(SHIPPED_SIZE, Path(place))
        environment = SHANXI.environment(shipped)
        of = {**commands(str(hello)), **peers(shipped, environment)}
        run(SHANXI.command("index"), environment)
        costs: dict[str, list[Cost]] = {name: [] for name in of}
        for turn in range(runs + 1):
            for name, command in of.items():
                cost = run(command, environment, on_terminal=name.endswith("terminal"))
                if turn:  # the first one fills caches
                    costs[name].append(cost)
    medians = {name: median(some) for name, some in costs.items()}
    base = medians[REFERENCE]
    print(f"{'medians of ' + str(runs) + ' runs':<28}{'ms':>8}{'ratio':>8}{'CPU ms':>10}{'ratio':>8}")
    for name, (wall, cpu, *_) in medians.items():
        print(f"{name:<28}{wall * 1000:>8.1f}{wall / base.wall:>8.2f}{cpu * 1000:>10.1f}{cpu / base.cpu:>8.2f}")
    missing = [tool.NAME for tool in TOOLS.values() if not tool.version()]
    if missing:
        print("not installed, not measured: " + ", ".join(missing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
