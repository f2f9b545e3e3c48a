"""Files that are not articles, summed up by reason: refused, without text of their own, or left out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from shanxi_cli.indexing.file_failures import FileFailure
from shanxi_cli.util.text import pluralize

_NUMBER = re.compile(r"\b[\d,]+(?= (?:characters|bytes))")
_MOST_NAMES = 3


class FileGroup(NamedTuple):
    """Files that share a reason, in corpus order; folders end with a slash."""

    reason: str
    paths: Sequence[str]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values: reason, number of files, and the first of them."""
        return {"reason": self.reason, "files": len(self.paths), "first": list(self.paths[:_MOST_NAMES])}


def group_paths(pairs: Sequence[tuple[str, str]]) -> list[FileGroup]:
    """Return pairs of path and reason by reason, the most frequent first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for path, reason in pairs:
        groups[reason].append(path)
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return [FileGroup(reason, paths) for reason, paths in ranked]


def group_failures(failures: Sequence[FileFailure]) -> list[FileGroup]:
    """Return refused files by kind of reason: `bad date`, whatever the date."""
    return group_paths([(failure.path, _reason_kind(failure.reason)) for failure in failures])


def format_failure(failure: FileFailure) -> str:
    """Return a file that could not be read, with its line and the reason."""
    place = f"{failure.path}:{failure.line}" if failure.line else failure.path
    return f"{place}: {failure.reason}" + ("; its last good version is searched" if failure.kept else "")


def summarize_failures(failures: Sequence[FileFailure]) -> Iterator[str]:
    """Yield a line for each kind of reason: of one file its own, else the number of files and the first of them."""
    first = {(failure.path, _reason_kind(failure.reason)): failure for failure in reversed(failures)}
    for reason, paths in group_failures(failures):
        line = format_failure(first[paths[0], reason])
        yield line if len(paths) == 1 else f"{len(paths):,} files: {reason}; the first: {line}"


def format_group(group: FileGroup) -> str:
    """Return `3 files: hidden (.git/, .obsidian/, ...)`."""
    names = ", ".join(group.paths[:_MOST_NAMES]) + (", ..." if len(group.paths) > _MOST_NAMES else "")
    folders = sum(1 for path in group.paths if path.endswith("/"))
    counts = [
        pluralize(number, noun)
        for number, noun in ((folders, "folder"), (len(group.paths) - folders, "file"))
        if number
    ]
    return f"{' and '.join(counts)}: {group.reason} ({names})"


def _reason_kind(reason: str) -> str:
    """Return a reason without what is of one file alone."""
    if reason.startswith("the same id as "):
        return "the same id as another file"
    if reason.startswith(("broken ", "cannot be read: ")):
        return reason.partition(";")[0]
    return _NUMBER.sub("too many", re.split(r"[:;]", reason)[0])
