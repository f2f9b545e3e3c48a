"""`rg`: a scan of all files, without stems, ranking or index."""

from speeds.archives import Archive
from speeds.tools.installed import printed, program

NAME = "rg --files-with-matches"
MOST = 1_000_000


def version() -> str:
    """See `Tool.version`."""
    found = program("rg")
    return printed([found, "--version"]) if found else ""


def prepare(archive: Archive, environment: dict[str, str]) -> None:
    """See `Tool.prepare`: nothing is to be made."""


def command(archive: Archive) -> list[str]:
    """See `Tool.command`."""
    name = program("rg") or "rg"
    # Archives that are made lie in a folder that git, and so ripgrep, ignores.
    options = ["--files-with-matches", "--ignore-case", "--word-regexp", "--no-ignore"]
    return [name, *options, archive.words.rare, str(archive.folder)]
