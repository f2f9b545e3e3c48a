"""What a cold start costs, as ratios to a Typer program of two empty commands.

    python bench/startup.py [--runs 15]

Each command is a new process, output thrown away; the commands take turns and the medians of their
wall times are printed. The package is compiled to bytecode first, as any second run finds it, and
the index of the shipped articles is built in a folder of its own. Peers are measured where they
are installed, over the same articles, and named where they are not.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from speeds.archives import SHIPPED_SIZE, Archive, archive
from speeds.processes import run
from speeds.programs import PROJECT, Program
from speeds.start import HELLO, REFERENCE
from speeds.tools import TOOLS

SHANXI = Program("shanxi", PROJECT)


def commands(hello: str) -> dict[str, list[str]]:
    """What is timed, by name."""
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
    """The same search by other programs, those that are installed."""
    found = {}
    for tool in TOOLS.values():
        if tool.version():
            tool.prepare(of, environment)
            found[tool.NAME] = tool.command(of)
    return found


def main() -> int:
    """Prints a line a command: median in milliseconds, and over the reference."""
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
        seconds: dict[str, list[float]] = {name: [] for name in of}
        for turn in range(runs + 1):
            for name, command in of.items():
                wall = run(command, environment, on_terminal=name.endswith("terminal")).wall
                if turn:  # the first one fills caches
                    seconds[name].append(wall)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    print(f"{'medians of ' + str(runs) + ' runs':<28}{'ms':>8}{'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:<28}{median * 1000:>8.1f}{median / medians[REFERENCE]:>8.2f}")
    missing = [tool.NAME for tool in TOOLS.values() if not tool.version()]
    if missing:
        print("not installed, not measured: " + ", ".join(missing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
