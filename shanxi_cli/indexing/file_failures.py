"""Files of a manifest that are refused, or whose articles are not all that the files say."""

from typing import NamedTuple

from shanxi_cli.corpus.reader import display_path
from shanxi_cli.indexing.manifest import Manifest


class FileFailure(NamedTuple):
    """A file that is not a valid article: path, line, reason, and whether its last good version is still searched."""

    path: str
    line: int
    reason: str
    kept: bool


def list_failures(manifest: Manifest) -> tuple[FileFailure, ...]:
    """Return the files of a manifest that are not valid articles."""
    return tuple(
        FileFailure(display_path(e.source.full), e.line, e.error, bool(e.id)) for e in manifest.entries if e.error
    )


def list_warnings(manifest: Manifest) -> tuple[FileFailure, ...]:
    """Return the files of a manifest whose article is indexed in spite of a date that cannot be read."""
    return tuple(
        FileFailure(display_path(e.source.full), e.line, f"{e.warning}; {describe_date(e.date)}", kept=False)
        for e in manifest.entries
        if e.warning
    )


def describe_date(date: str) -> str:
    """Return what an article whose date cannot be read is searched by; `date` is its next best one, or empty."""
    return f"it is searched as of {date}" if date else "it is searched without a date"
