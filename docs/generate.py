"""Writes what of the documentation comes from the program itself: docs/commands.md, the output shown in
docs/explore.md, the pictures, the manual pages.

python docs/generate.py            writes them
python docs/generate.py --check    writes nothing; exit status 1 when one of them is not as it would be written
"""

import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS.parent))  # the program beside these pages, whatever else is installed

from manual import shanxi_1, shanxi_query_7  # noqa: E402

PICTURES = {
    "search.svg": ["search", "photovoltaic"],
    "figures.svg": ["figures", "investment", "--unit", "CNY", "--sort", "value", "-n", "5"],
}
COLUMNS = 92
CELL = 12.2  # Rich's width of a character in its SVG
_SPACE = "&#160;"
_INDENTED = re.compile(
    r'x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="(?P<length>[\d.]+)"(?P<rest>[^>]*)>'
    rf"(?P<spaces>(?:{_SPACE})+)(?=[^<])"
)


def shanxi(*arguments: str, **environment: str) -> str:
    """What a command prints on stdout, over the shipped articles."""
    with tempfile.TemporaryDirectory() as index:
        settled = {**os.environ, "SHANXI_INDEX": index, "SHANXI_CORPUS": str(DOCS.parent / "corpus"), **environment}
        command = [sys.executable, "-m", "shanxi_cli", *arguments]
        return subprocess.run(command, env=settled, check=True, capture_output=True, text=True).stdout


def commands() -> str:
    """The page of all commands: their help as it is printed."""
    overview = shanxi("--help", COLUMNS="100")
    names = re.findall(r"^  ([a-z]+)  +\S", overview, re.MULTILINE)
    pages = [("shanxi", overview), *((f"shanxi {name}", shanxi(name, "--help", COLUMNS="100")) for name in names)]
    body = "\n".join(f"## {title}\n\n```text\n{help_text}```\n" for title, help_text in pages)
    return f"# The commands\n\nMade by `docs/generate.py` from the program's own help; not to be edited.\n\n{body}"


def picture(command: list[str]) -> str:
    """A command as a terminal shows it, as SVG."""
    shown = shanxi(*command, "--format", "terminal", "--color", "always", COLUMNS=str(COLUMNS), TERM="xterm-256color")
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"\x1b[1m$\x1b[0m shanxi {' '.join(command)}\n{shown.rstrip()}"))
    return _INDENTED.sub(_moved, console.export_svg(title="shanxi", unique_id="shanxi")).rstrip() + "\n"


def sessions(name: str) -> str:
    """A page with the output of each `$ command` of its console blocks as it is, stdout and stderr."""
    text = (DOCS / name).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        command = Path(place) / "shanxi"
        command.write_text(f'#!/bin/sh\nexec {sys.executable} -m shanxi_cli "$@"\n', encoding="utf-8")
        command.chmod(0o700)
        settled = {"SHANXI_INDEX": f"{place}/index", "SHANXI_CORPUS": str(DOCS.parent / "corpus"), "HOME": place}
        environment = {**os.environ, **settled, "PATH": f"{place}:{os.environ['PATH']}"}
        environment["PYTHONPATH"] = str(DOCS.parent)
        environment.pop("COLUMNS", None)
        subprocess.run(["shanxi", "index"], env=environment, check=True, capture_output=True)

        def run(line: str) -> str:
            run = subprocess.run(["bash", "-c", line], env=environment, text=True, **_BOTH)
            return f"$ {line}\n{run.stdout}"

        def block(found: re.Match[str]) -> str:
            lines = [line[2:] for line in found[1].splitlines() if line.startswith("$ ")]
            return "```console\n" + "".join(map(run, lines)) + "```"

        return _CONSOLE.sub(block, text)


_CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_BOTH: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}


def _moved(found: re.Match[str]) -> str:
    """A text that begins with spaces, begun behind them: some viewers drop spaces at the beginning."""
    spaces = found["spaces"].count(_SPACE)
    x, length = float(found["x"]) + spaces * CELL, float(found["length"]) - spaces * CELL
    return f'x="{x:g}" y="{found["y"]}" textLength="{length:g}"{found["rest"]}>'


def dated(name: str, page: Callable[[str], str]) -> str:
    """A manual page with the date of the file that is there, or, where its text has changed, of today."""
    path = DOCS / name
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.search(r"^\.TH \S+ \d (\S+)", written, re.MULTILINE)
    unchanged = found and page(found[1]) == written
    return written if unchanged else page(datetime.now(UTC).date().isoformat())


def main(arguments: list[str]) -> int:
    """Writes or checks all of them."""
    stale = []
    made = {
        "commands.md": commands(),
        **{name: picture(command) for name, command in PICTURES.items()},
        "explore.md": sessions("explore.md"),
        "shanxi.1": dated("shanxi.1", shanxi_1),
        "shanxi-query.7": dated("shanxi-query.7", shanxi_query_7),
    }
    for name, text in made.items():
        path = DOCS / name
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"docs: not as the program is: {', '.join(stale)}; run python docs/generate.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
