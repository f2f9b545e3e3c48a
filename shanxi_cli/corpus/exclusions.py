"""Patterns of files that are left out: of `.shanxiignore` in a corpus folder and its subfolders, and of `--exclude`.

All have the syntax of `.gitignore`. Files `.gitignore` themselves are not read: what must not be published can be worth
finding. `pathspec` is imported only where there are patterns. Functions that list files take the patterns of
`--exclude`, which hold for all corpus folders, as `excluded`.
"""

import os
import stat
from collections.abc import Sequence
from typing import Any

IGNORE_FILE = ".shanxiignore"
_MAX_BYTES = 100_000


def read_patterns(root: str, excluded: tuple[str, ...]) -> tuple[str, ...]:
    """Return the patterns for a corpus folder; those of `--exclude` come last and win."""
    return (*_read_ignore_file(os.path.join(root, IGNORE_FILE)), *excluded)


def _read_ignore_file(path: str, dir_fd: int | None = None) -> list[str]:
    """Return the lines of an ignore file (`path` relative to `dir_fd`); none if it cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=dir_fd)
    except OSError:
        return []
    with os.fdopen(handle, "rb") as file:
        is_regular = stat.S_ISREG(os.fstat(handle).st_mode)
        text = file.read(_MAX_BYTES).decode("utf-8-sig", "replace") if is_regular else ""
    return text.splitlines()


class PathFilter:
    """The patterns of a corpus folder, ready to match: of its own ignore file, of `--exclude`, and of subfolders."""

    def __init__(self, root: str, excluded: tuple[str, ...]) -> None:
        self._spec = _compile_patterns(read_patterns(root, excluded))
        self._excluded = _compile_patterns(excluded)
        self._inner: dict[str, Any] = {}

    def enter_folder(self, folder: str, dir_fd: int) -> None:
        """Read the ignore file of a subfolder that is about to be listed; its path ends with a slash."""
        if folder and (lines := _read_ignore_file(IGNORE_FILE, dir_fd)):
            self._inner[folder] = _compile_patterns(lines)

    @property
    def has_patterns(self) -> bool:
        """True if there is any pattern, in a folder that was entered or above."""
        return bool(self._spec or self._inner)

    def check(self, path: str) -> bool | None:
        """Return True to leave a path out (a folder with its slash), False to keep it, None if nothing matches.

        As in git, the patterns of an inner folder win over those of an outer one; those of `--exclude` win over all.
        """
        if self._inner and (found := self._check_inner(path)) is not None:
            return found
        return self._spec.check_file(path).include if self._spec else None

    def _check_inner(self, path: str) -> bool | None:
        folders = [path[: at + 1] for at, char in enumerate(path[:-1]) if char == "/"]
        specs = [(folder, self._inner[folder]) for folder in reversed(folders) if folder in self._inner]
        if specs and self._excluded:
            specs.insert(0, ("", self._excluded))
        results = (spec.check_file(path[len(folder) :]).include for folder, spec in specs)
        return next((bool(include) for include in results if include is not None), None)


def _compile_patterns(patterns: Sequence[str]) -> Any:
    """Return the specification of some patterns, None if there are none."""
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec  # lazy: few archives have patterns

    return GitIgnoreSpec.from_lines(patterns)
