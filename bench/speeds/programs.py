"""Checkouts of shanxi: this one, and another to compare it with."""

import compileall
import os
import sys
from pathlib import Path
from typing import NamedTuple

from speeds.archives import BENCH, Archive

PROJECT = BENCH.parent


class Program(NamedTuple):
    """A checkout with its name in tables."""

    name: str
    checkout: Path

    def prepare(self) -> None:
        """Compile it to bytecode, as any second run finds it."""
        compileall.compile_dir(str(self.checkout / "shanxi_cli"), quiet=2)

    def index_of(self, archive: Archive) -> Path:
        """Return the folder of its index of an archive."""
        return archive.place / f"index-{self.name}"

    def command(self, *arguments: str) -> list[str]:
        """Return a command line that runs it."""
        return [sys.executable, "-m", "shanxi_cli", *arguments]

    def environment(self, archive: Archive, index: Path | None = None) -> dict[str, str]:
        """Return the environment of its commands, and of the modules of this bench, for an archive."""
        return {
            **environment(archive.place, self.checkout),
            "SHANXI_CORPUS": f"{archive.folder}{os.pathsep}{archive.extra}",
            "SHANXI_INDEX": str(index or self.index_of(archive)),
            "SHANXI_TIMEOUT": "0",
        }


def environment(home: Path, checkout: Path = PROJECT) -> dict[str, str]:
    """Return an environment with the `shanxi_cli` of a checkout, this `speeds`, and no settings of the user."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHANXI_", "XDG_", "PAPIS_"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    found = {"PYTHONPATH": f"{checkout}{os.pathsep}{BENCH}", "PYTHONSAFEPATH": "1"}  # and not in the current folder
    return {**kept, **found, "HOME": str(home), "TERM": "xterm-256color"}
