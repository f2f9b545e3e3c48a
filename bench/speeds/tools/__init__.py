"""The peers that are command-line programs, each a file of its own: they are started, as we are."""

from typing import Protocol

from speeds.archives import Archive
from speeds.tools import of_papis, of_sqlite_utils, ripgrep


class Tool(Protocol):
    """A program that searches the articles. A module that has these is one."""

    NAME: str
    """How tables name the command."""
    MOST: int
    """Of how many articles it is tried at most, so that preparing it takes minutes and not hours."""

    def version(self) -> str:
        """Which version is installed; empty for none."""
        ...

    def prepare(self, archive: Archive, environment: dict[str, str]) -> None:
        """Makes what it searches, where that is not made yet."""
        ...

    def command(self, archive: Archive) -> list[str]:
        """Its search for the rare word."""
        ...


TOOLS: dict[str, Tool] = {"sqlite-utils": of_sqlite_utils, "papis": of_papis, "rg": ripgrep}
"""By the name of the program."""


def versions() -> dict[str, str]:
    """The version of each; empty where it is not installed."""
    return {name: tool.version() for name, tool in TOOLS.items()}
