"""Command-line programs to compare with, one module each; they are started as `shanxi` is."""

from typing import Protocol

from speeds.archives import Archive
from speeds.tools import papis_tool, ripgrep_tool, sqlite_utils_tool


class Tool(Protocol):
    """A program that searches the articles. A module with these names satisfies it."""

    NAME: str
    """The command's name in tables."""
    MOST: int
    """The largest archive it is measured on, so that its preparation takes minutes and not hours."""

    def version(self) -> str:
        """Return the installed version; empty when it is not installed."""
        ...

    def prepare(self, archive: Archive, environment: dict[str, str]) -> None:
        """Create the data it searches, unless it exists."""
        ...

    def command(self, archive: Archive) -> list[str]:
        """Return its command to search for the rare word."""
        ...


TOOLS: dict[str, Tool] = {"sqlite-utils": sqlite_utils_tool, "papis": papis_tool, "rg": ripgrep_tool}
"""Tools by the name of the program."""


def versions() -> dict[str, str]:
    """The version of each; empty where it is not installed."""
    return {name: tool.version() for name, tool in TOOLS.items()}
