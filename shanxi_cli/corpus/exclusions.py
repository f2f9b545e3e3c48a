"""Patterns of files that are left out: of `.shanxiignore` in a corpus folder, and of `--exclude`.

Both have the syntax of `.gitignore`. `pathspec` is imported only where there are patterns. Functions that list files
take the patterns of `--exclude`, which hold for all corpus folders, as `excluded`.
"""

import os
import stat

IGNORE_FILE = ".shanxiignore"
_MAX_BYTES = 100_000


def read_patterns(root: str, excluded: tuple[str, ...]) -> tuple[str, ...]:
    """Return the patterns for a corpus folder; those of `--exclude` come last and win."""
    try:
        handle = os.open(os.path.join(root, IGNORE_FILE), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return excluded
    with os.fdopen(handle, "rb") as file:
        is_regular = stat.S_ISREG(os.fstat(handle).st_mode)
        text = file.read(_MAX_BYTES).decode("utf-8-sig", "replace") if is_regular else ""
    return (*text.splitlines(), *excluded)


class PathFilter:
    """The patterns of a corpus folder, ready to match."""

    def __init__(self, root: str, excluded: tuple[str, ...]) -> None:
        self._spec = None
        if patterns := read_patterns(root, excluded):
            from pathspec import GitIgnoreSpec  # lazy: few archives have patterns

            self._spec = GitIgnoreSpec.from_lines(patterns)

    def check(self, path: str) -> bool | None:
        """Return True to leave a path out (a folder with its slash), False to keep it, None if nothing matches."""
        return self._spec.check_file(path).include if self._spec else None
