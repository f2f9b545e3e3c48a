"""The files of a corpus that should be articles. It looks at folders and never opens a file."""

import os
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

ARTICLE_SUFFIX = ".md"
_NOT_ARTICLES = {"readme.md"}

StatRow = tuple[str, int, int, int, int]
"""A `SourceFile` without its root, as a plain tuple: every command makes one for each file."""


class SourceFile(NamedTuple):
    """A file of a corpus that should be an article: where it is, and what `stat` says of it.

    `path` is relative to `root` and, where it is not UTF-8, has its bytes escaped by Python's
    `surrogateescape`. Times are in nanoseconds.
    """

    root: str
    path: str
    size: int
    mtime: int
    ctime: int
    inode: int

    @property
    def full(self) -> str:
        """The path to open."""
        return os.path.join(self.root, self.path)

    @property
    def id(self) -> str:
        """The id of the article that it holds: its stem, in NFC."""
        if self.is_folder:
            return ""
        # As UTF-8 whatever the locale says, so that an index is the same in every locale.
        stem = os.fsencode(os.path.basename(self.path)[: -len(ARTICLE_SUFFIX)]).decode("utf-8", "surrogateescape")
        return unicodedata.normalize("NFC", stem)

    @property
    def is_folder(self) -> bool:
        """True for a folder that could not be looked into; its path ends with a slash."""
        return is_folder_path(self.path)


def is_folder_path(path: str) -> bool:
    """`Source.is_folder`, of a path alone."""
    return path.endswith("/")


def iterate_sources(root: str) -> Iterator[SourceFile]:
    """The files that `scan_root` finds below `root`, in its order."""
    return (SourceFile(root, *row) for row in scan_root(root).files)


class CorpusListing(NamedTuple):
    """The article files below a root, and the folders that were looked into, itself among them (its path is empty).

    Both are sorted by path. What is known of a folder was asked before it was looked into.
    """

    files: list[StatRow]
    folders: list[StatRow]


def scan_root(root: str) -> CorpusListing:
    """The article files below `root`; folders and files that begin with a dot are left out.

    Links to folders are not followed; a link to a file has the size and times of that file, or its
    own when it leads nowhere. A folder that cannot be looked into is given as a source of its own,
    which no article can be read from: what is in it is not gone, it is not known.
    """
    files: list[StatRow] = []
    folders: list[StatRow] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        folders.append(stat_folder(root, folder))
        try:
            inner, found = _scan_directory(root, folder)
        except FileNotFoundError:
            continue  # gone since it was listed
        except OSError:
            files += _lstat_source(folder or "./", os.path.join(root, folder))
            continue
        waiting += inner
        files += found
    return CorpusListing(sorted(files), sorted(folders))


def stat_folder(root: str, folder: str) -> StatRow:
    """What there is to know of a folder without looking into it: its times change when a name in it does.

    Its size is no part of that. A folder that is not there has no times.
    """
    try:
        found = os.stat(os.path.join(root, folder))
    except OSError:
        return folder, 0, 0, 0, 0
    return folder, 0, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def list_folder_files(root: str, folder: str) -> list[StatRow]:
    """The article files in one folder, not in those below it, sorted; none where it cannot be looked into."""
    try:
        return sorted(_scan_directory(root, folder)[1])
    except OSError:
        return []


def stat_source(source: SourceFile) -> SourceFile | None:
    """What `stat` says now of the file of a source; None when it is gone."""
    try:
        found = os.stat(source.full)
    except OSError:
        return next((SourceFile(source.root, *row) for row in _lstat_source(source.path, source.full)), None)
    return SourceFile(*source[:2], found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _scan_directory(root: str, folder: str) -> tuple[list[str], list[StatRow]]:
    """The folders in one folder, and the article files; its own path (`001/`, or empty) begins theirs.

    Every command goes through this loop for every file. To ask for a file by its name in an open
    folder takes two thirds of the time of asking by path, and two threads take longer than one
    (measured 2026-11 on CPython 3.11, two cores).
    """
    folders, rows = [], []
    with os.scandir(os.path.join(root, folder)) as entries:
        held = os.open(os.path.join(root, folder), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{name}/")
                elif name.endswith(ARTICLE_SUFFIX) and name.lower() not in _NOT_ARTICLES:
                    try:
                        found = os.stat(name, dir_fd=held)
                    except OSError:
                        rows += _lstat_source(folder + name, name, held)
                        continue
                    rows.append((folder + name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
        finally:
            os.close(held)
    return folders, rows


def _lstat_source(path: str, name: str, held: int | None = None) -> list[StatRow]:
    """What there is to know of `path` (`name` in the folder `held`) where asking failed; nothing when it is gone."""
    try:
        found = os.stat(name, dir_fd=held, follow_symlinks=False)
    except FileNotFoundError:
        return []
    except OSError:
        return [(path, 0, 0, 0, 0)]
    return [(path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)]
