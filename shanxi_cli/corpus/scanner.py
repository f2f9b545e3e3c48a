"""Corpus scanner: list the article files of a corpus with their stat results, and open one without leaving the corpus.

Listing opens folders only, never files.
"""

import errno
import os
import stat
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from shanxi_cli.util.frozen_record import Record

ARTICLE_SUFFIX = ".md"
_NOT_ARTICLES = {"readme.md"}

_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_PASS_FLAGS = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_LINK_ERRNOS = {errno.ELOOP, errno.ENOTDIR, errno.EMLINK}
"""Errors of opening a link with `O_NOFOLLOW`, on Linux and elsewhere."""

StatRow = tuple[str, int, int, int, int]
"""A `SourceFile` without its root, as a plain tuple, because every command makes one per file."""


class SourceFile(NamedTuple):
    """A corpus file that should be an article: its path and its stat result.

    `path` is relative to `root`; bytes that are not UTF-8 are escaped by Python's `surrogateescape`.
    Times are in nanoseconds.
    """

    root: str
    path: str
    size: int
    mtime: int
    ctime: int
    inode: int

    @property
    def full(self) -> str:
        """Path to open."""
        return os.path.join(self.root, self.path)

    @property
    def id(self) -> str:
        """Id of its article: the stem of the file name, in NFC; empty for a folder."""
        if self.is_folder:
            return ""
        # As UTF-8 in every locale, so that the index does not depend on it.
        stem = os.fsencode(os.path.basename(self.path)[: -len(ARTICLE_SUFFIX)]).decode("utf-8", "surrogateescape")
        return unicodedata.normalize("NFC", stem)

    @property
    def is_folder(self) -> bool:
        """True for a folder that cannot be read; its path ends with a slash."""
        return is_folder_path(self.path)


class RefusedFile(OSError):
    """A file that is never read as an article, whatever it contains; `str()` is the reason."""


def open_source(source: SourceFile) -> int:
    """Open a corpus file for reading, without blocking, and return its descriptor.

    A link is followed within the corpus only. No other link is followed on the way, not even one that replaces a folder
    or the file while it is being opened. Raises `RefusedFile` for anything but a regular file inside the corpus, and
    `OSError` if the system refuses.
    """
    try:
        return _open_beneath(source.root, source.path)
    except RefusedFile:
        raise
    except OSError as error:
        if error.errno not in _LINK_ERRNOS:
            raise
    root, target = os.path.realpath(source.root), os.path.realpath(source.full)
    if os.path.commonpath((root, target)) != root:
        raise RefusedFile("a link to a file outside the corpus; copy the file instead")
    return _open_beneath(root, os.path.relpath(target, root))


def _open_beneath(root: str, path: str) -> int:
    """Open the regular file at a relative path, folder by folder and without following links."""
    *folders, name = path.split("/")
    folder = os.open(root, _PASS_FLAGS)
    try:
        for inner in folders:
            outer, folder = folder, os.open(inner, _PASS_FLAGS, dir_fd=folder)
            os.close(outer)
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISLNK(status.st_mode):  # which opening refuses
            _refuse_irregular(status)  # before it is opened: opening a device can have side effects
        handle = os.open(name, _FILE_FLAGS, dir_fd=folder)
    finally:
        os.close(folder)
    try:
        _refuse_irregular(os.fstat(handle))
    except BaseException:
        os.close(handle)
        raise
    return handle


def _refuse_irregular(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise RefusedFile("not a regular file; remove it from the corpus")


def is_folder_path(path: str) -> bool:
    """Return `SourceFile.is_folder` for a path."""
    return path.endswith("/")


def iterate_sources(root: str) -> Iterator[SourceFile]:
    """Yield the files below `root`, in the order of `scan_root`."""
    return (SourceFile(root, *row) for row in scan_root(root).files)


class CorpusListing(Record):
    """Stat rows of the article files below a root, and of all folders, including the root (whose path is empty).

    Both are sorted by path. The row of a folder was read before its entries.
    """

    files: list[StatRow]
    folders: list[StatRow]


def scan_root(root: str) -> CorpusListing:
    """List the article files below `root`, except files and folders that begin with a dot.

    Links to folders are not followed. A link to a file has the size and times of its target, or its own if it is
    broken. A folder that cannot be read becomes a source of its own, from which no article can be read: its files are
    unknown, not deleted.
    """
    files: list[StatRow] = []
    folders: list[StatRow] = []
    pending = [""]
    while pending:
        folder = pending.pop()
        folders.append(stat_folder(root, folder))
        try:
            subfolders, rows = _scan_directory(root, folder)
        except FileNotFoundError:
            continue  # deleted since it was listed
        except OSError:
            files += _lstat_source(folder or "./", os.path.join(root, folder))
            continue
        pending += subfolders
        files += rows
    return CorpusListing(sorted(files), sorted(folders))


def stat_folder(root: str, folder: str) -> StatRow:
    """Return the stat row of a folder, whose times change if a file in it is added, removed or renamed.

    Its size is always 0. The row of a missing folder is all zeros.
    """
    try:
        status = os.stat(os.path.join(root, folder))
    except OSError:
        return folder, 0, 0, 0, 0
    return folder, 0, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def list_folder_files(root: str, folder: str) -> list[StatRow]:
    """Return the sorted stat rows of the article files directly in a folder; empty if it cannot be read."""
    try:
        return sorted(_scan_directory(root, folder)[1])
    except OSError:
        return []


def stat_source(source: SourceFile) -> SourceFile | None:
    """Return the current stat of a source file, or None if it was deleted."""
    try:
        status = os.stat(source.full)
    except OSError:
        return next((SourceFile(source.root, *row) for row in _lstat_source(source.path, source.full)), None)
    return SourceFile(*source[:2], status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _scan_directory(root: str, folder: str) -> tuple[list[str], list[StatRow]]:
    """Return the subfolders and the article files of a folder; their paths begin with its own (`001/`, or empty).

    Every command runs this loop over every file. `stat(name, dir_fd=...)` takes two thirds of the time of
    `stat(path)`, and two threads are slower than one (measured 2026-11 on CPython 3.11, two cores).
    """
    folders, rows = [], []
    # Without its last slash, which would follow a link that has replaced the folder.
    dir_fd = os.open(os.path.join(root, folder[:-1]), _FOLDER_FLAGS)
    try:
        with os.scandir(dir_fd) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{name}/")
                    continue
                if not name.endswith(ARTICLE_SUFFIX) or name.lower() in _NOT_ARTICLES:
                    continue
                try:
                    status = os.stat(name, dir_fd=dir_fd)
                except OSError:
                    rows += _lstat_source(folder + name, name, dir_fd)
                    continue
                rows.append((folder + name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    finally:
        os.close(dir_fd)
    return folders, rows


def _lstat_source(path: str, name: str, dir_fd: int | None = None) -> list[StatRow]:
    """Return the row of `path` (`name` relative to `dir_fd`) if `stat` failed: of a broken link, or all zeros.

    Return an empty list if the file was deleted.
    """
    try:
        status = os.stat(name, dir_fd=dir_fd, follow_symlinks=False)
    except FileNotFoundError:
        return []
    except OSError:
        return [(path, 0, 0, 0, 0)]
    return [(path, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)]
