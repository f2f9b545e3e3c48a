"""The program in a checkout of its own, as it is run: this one, and another to compare it with."""

import compileall
import os
import sys
from pathlib import Path
from typing import NamedTuple

from speeds.archives import BENCH, Archive

PROJECT = BENCH.parent


class Program(NamedTuple):
    """A checkout, and the name that it has in tables."""

    name: str
    checkout: Path

    def prepare(self) -> None:
        """Compiles it to bytecode, as any second run finds it."""
        compileall.compile_dir(str(self.checkout / "shanxi_cli"), quiet=2)

    def index_of(self, archive: Archive) -> Path:
        """Where its index of an archive is kept."""
        return archive.place / f"index-{self.name}"

    def command(self, *arguments: str) -> list[str]:
        """A command line of it."""
        return [sys.executable, "-m", "shanxi_cli", *arguments]

    def environment(self, archive: Archive, index: Path | None = None) -> dict[str, str]:
        """What its commands, and the modules of this bench, need to work on an archive."""
        return {
            **environment(archive.place, self.checkout),
            "SHANXI_CORPUS": f"{archive.folder}{os.pathsep}{archive.extra}",
            "SHANXI_INDEX": str(index or self.index_of(archive)),
            "SHANXI_TIMEOUT": "0",
        }


def environment(home: Path, checkout: Path = PROJECT) -> dict[str, str]:
    """An environment in which `shanxi_cli` is that of a checkout, `speeds` is this one, and nobody's settings count."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHANXI_", "XDG_", "PAPIS_"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    found = {"PYTHONPATH": f"{checkout}{os.pathsep}{BENCH}", "PYTHONSAFEPATH": "1"}  # and not in the current folder
    return {**kept, **found, "HOME": str(home), "TERM": "xterm-256color"}
