"""What a cold start costs, as ratios to a Typer program of two empty commands.

    python bench/startup.py [--runs 15]

Each command is a new process, output thrown away; the commands take turns and the medians of their
wall times are printed. The package is compiled to bytecode first, as any second run finds it, and
the index of the shipped articles is built in a folder of its own.
"""

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import shanxi_cli

HELLO = """
import typer
app = typer.Typer()
@app.command()
def hello() -> None: ...
@app.command()
def goodbye() -> None: ...
app()
"""
REFERENCE = "a Typer program"


def commands(hello: str) -> dict[str, list[str]]:
    """What is timed, by name."""
    shanxi = [sys.executable, "-m", "shanxi_cli"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        REFERENCE: [sys.executable, hello, "hello"],
        "shanxi --version": [*shanxi, "--version"],
        "shanxi show <TAB>": [*shanxi, "--complete", "bash", "shanxi show ", ""],
        "shanxi search -f lines": [*shanxi, "search", "photovoltaic", "-f", "lines"],
    }


def timed(command: list[str], environment: dict[str, str]) -> float:
    """The wall time of one process in seconds."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> int:
    """Prints a line a command: median in milliseconds, and over the reference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    compileall.compile_dir(str(Path(shanxi_cli.__file__).parent), quiet=2)
    with tempfile.TemporaryDirectory() as place:
        hello = Path(place) / "hello.py"
        hello.write_text(HELLO)
        environment = {**os.environ, "SHANXI_INDEX": f"{place}/index"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        of = commands(str(hello))
        subprocess.run([sys.executable, "-m", "shanxi_cli", "index"], env=environment, check=True, capture_output=True)
        for command in of.values():
            timed(command, environment)
        seconds: dict[str, list[float]] = {name: [] for name in of}
        for _ in range(runs):
            for name, command in of.items():
                seconds[name].append(timed(command, environment))
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    print(f"{'medians of ' + str(runs) + ' runs':<28}{'ms':>8}{'ratio':>8}")
    for name, median in medians.items():
        print(f"{name:<28}{median * 1000:>8.1f}{median / medians[REFERENCE]:>8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
