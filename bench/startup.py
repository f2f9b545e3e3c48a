"""What a cold start costs, as ratios to a Typer program of two empty commands.

    python bench/startup.py [--runs 15]

Each command is a new process, output thrown away; the commands take turns and the medians of their
wall times are printed, and of their processor times (user and system), which vary less beside other
work. The package is compiled to bytecode first, as any second run finds it, and the index of the
shipped articles is built in a folder of its own. Peers are measured where they are installed, over
the same articles, and named where they are not.
"""

import argparse
import compileall
import contextlib
import json
import os
import pty
import shutil
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
ARTICLES = Path(__file__).parent.parent / "corpus"


def commands(hello: str) -> dict[str, list[str]]:
    """What is timed, by name."""
    shanxi = [sys.executable, "-m", "shanxi_cli"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        REFERENCE: [sys.executable, hello, "hello"],
        "shanxi --version": [*shanxi, "--version"],
        "shanxi show <TAB>": [*shanxi, "--complete", "bash", "shanxi show ", ""],
        "shanxi --help": [*shanxi, "--help"],
        "shanxi search -f lines": [*shanxi, "search", "photovoltaic", "-f", "lines"],
        "shanxi search, terminal": [*shanxi, "search", "photovoltaic", "--no-pager"],
    }


def peers(place: Path) -> dict[str, list[str]]:
    """The same search by other programs that start an interpreter for it; those that are installed."""
    found = {}
    if sqlite_utils := shutil.which("sqlite-utils"):
        database = str(place / "articles.db")
        rows = "\n".join(json.dumps({"path": str(p), "text": p.read_text()}) for p in ARTICLES.rglob("*.md"))
        subprocess.run([sqlite_utils, "insert", database, "a", "-", "--nl"], input=rows, text=True, check=True)
        subprocess.run([sqlite_utils, "enable-fts", database, "a", "text", "--fts5"], check=True)
        found["sqlite-utils search"] = [sqlite_utils, "search", database, "a", "photovoltaic", "-c", "path"]
    if papis := shutil.which("papis"):
        found["papis --version"] = [papis, "--version"]
    return found


def timed(command: list[str], environment: dict[str, str], on_terminal: bool = False) -> tuple[float, float]:
    """Wall and processor time of one process in seconds, with its streams on a pseudo-terminal or thrown away."""
    start = time.perf_counter()
    if not on_terminal:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    else:
        ours, theirs = pty.openpty()
        process = subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        with contextlib.suppress(OSError):  # Linux says so when the other side is closed
            while os.read(ours, 65536):
                pass
        os.close(ours)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def main() -> int:
    """Prints a line a command: median in milliseconds, and over the reference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    compileall.compile_dir(str(Path(shanxi_cli.__file__).parent), quiet=2)
    with tempfile.TemporaryDirectory() as place:
        hello = Path(place) / "hello.py"
        hello.write_text(HELLO)
        environment = {**os.environ, "SHANXI_INDEX": f"{place}/index", "SHANXI_CORPUS": str(ARTICLES), "HOME": place}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        of = {**commands(str(hello)), **peers(Path(place))}
        subprocess.run([sys.executable, "-m", "shanxi_cli", "index"], env=environment, check=True, capture_output=True)
        for name, command in of.items():
            timed(command, environment, name.endswith("terminal"))
        seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in of}
        for _ in range(runs):
            for name, command in of.items():
                seconds[name].append(timed(command, environment, name.endswith("terminal")))
    medians = {name: [statistics.median(kind) for kind in zip(*times, strict=True)] for name, times in seconds.items()}
    print(f"{'medians of ' + str(runs) + ' runs':<28}{'ms':>8}{'ratio':>8}{'CPU ms':>10}{'ratio':>8}")
    for name, (wall, used) in medians.items():
        reference = medians[REFERENCE]
        print(
            f"{name:<28}{wall * 1000:>8.1f}{wall / reference[0]:>8.2f}{used * 1000:>10.1f}{used / reference[1]:>8.2f}"
        )
    missing = [name for name in ("sqlite-utils", "papis") if not shutil.which(name)]
    if missing:
        print("not installed, not measured: " + ", ".join(missing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
