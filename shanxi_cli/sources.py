"""The files of a corpus that should be articles. It looks at folders and never opens a file."""

import os
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

SUFFIX = ".md"
_NOT_ARTICLES = {"readme.md"}


class Source(NamedTuple):
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
        stem = os.fsencode(os.path.basename(self.path)[: -len(SUFFIX)]).decode("utf-8", "surrogateescape")
        return unicodedata.normalize("NFC", stem)

    @property
    def is_folder(self) -> bool:
        """True for a folder that could not be looked into; its path ends with a slash."""
        return self.path.endswith("/")


def sources(root: str) -> Iterator[Source]:
    """The article files below `root`, sorted by path; folders and files that begin with a dot are left out.

    Links to folders are not followed; a link to a file has the size and times of that file, or its
    own when it leads nowhere. A folder that cannot be looked into is given as a source of its own,
    which no article can be read from: what is in it is not gone, it is not known.
    """
    for path in sorted(_paths(root)):
        try:
            found = _stat(os.path.join(root, path))
        except FileNotFoundError:
            continue  # gone since it was listed
        except OSError:
            yield Source(root, path, 0, 0, 0, 0)
            continue
        yield Source(root, path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _paths(root: str) -> Iterator[str]:
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(os.path.join(root, folder)))
        except FileNotFoundError:
            continue
        except OSError:
            yield (folder or ".") + "/"
            continue
        for entry in entries:
            path = os.path.join(folder, entry.name)
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif entry.name.endswith(SUFFIX) and entry.name.lower() not in _NOT_ARTICLES:
                yield path


def _stat(path: str) -> os.stat_result:
    try:
        return os.stat(path)
    except OSError:
        return os.stat(path, follow_symlinks=False)
