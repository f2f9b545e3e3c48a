"""Patterns of files that are left out: of `.shanxiignore` in a corpus folder, and of `--exclude`.

Both have the syntax of `.gitignore`. `pathspec` is imported only where there are patterns.
"""

import os
import stat
from collections.abc import Sequence

IGNORE_FILE = ".shanxiignore"
_MAX_BYTES = 100_000
_excluded: tuple[str, ...] = ()


def set_excluded_patterns(patterns: Sequence[str]) -> None:
    """Set the patterns of `--exclude` for all corpus folders; called once, before anything is scanned."""
    global _excluded
    _excluded = tuple(patterns)


def read_patterns(root: str) -> tuple[str, ...]:
    """Return the patterns for a corpus folder; those of `--exclude` come last and win."""
    try:
        handle = os.open(os.path.join(root, IGNORE_FILE), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return _excluded
    with os.fdopen(handle, "rb") as file:
        is_regular = stat.S_ISREG(os.fstat(handle).st_mode)
        text = file.read(_MAX_BYTES).decode("utf-8-sig", "replace") if is_regular else ""
    return (*text.splitlines(), *_excluded)


class PathFilter:
    """The patterns of a corpus folder, ready to match."""

    def __init__(self, root: str) -> None:
        self._spec = None
        if patterns := read_patterns(root):
            from pathspec import GitIgnoreSpec  # lazy: few archives have patterns

            self._spec = GitIgnoreSpec.from_lines(patterns)

    def check(self, path: str) -> bool | None:
        """Return True to leave a path out (a folder with its slash), False to keep it, None if nothing matches."""
        return self._spec.check_file(path).include if self._spec else None
