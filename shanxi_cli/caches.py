"""Indexes in the user's cache whose archives are gone: finds and removes them.

An index is recognised by itself: the name of its folder begins with a hash of the corpus folders that it was built
for, which are recorded in it. Anything else in the cache is left alone. An archive is gone if one of its folders is,
because no command can ask for it then. A corpus on a disk that is not connected counts as gone; its next search
builds the index again.
"""

import json
import os
import re
import stat
from pathlib import Path

from shanxi_cli.errors import IndexUnusable
from shanxi_cli.indexing import store
from shanxi_cli.indexing.lock import lock_index
from shanxi_cli.indexing.snapshot import SUMMARY_FILE, read_regular_file
from shanxi_cli.paths import cached_index_name

_CACHED_NAME = r"[0-9a-f]{16}(?:-[0-9a-f]{16})?\Z"


def find_gone_archives(caches: Path) -> list[Path]:
    """Return the index folders in `caches` whose archives are gone."""
    try:
        names = sorted(os.listdir(caches))
    except OSError:
        return []
    return [caches / name for name in names if re.match(_CACHED_NAME, name) and _is_gone(caches / name)]


def remove_gone_archive(index: Path) -> bool:
    """Remove an index, and return True, if its archive is still gone.

    Raises `IndexBusy` while another process is building it, and `LocationError` if it contains other files or cannot be
    removed.
    """
    with lock_index(index, 0, create=False):
        if not _is_gone(index):
            return False
        store.remove_index(index)
    return True


def _is_gone(index: Path) -> bool:
    return any(_is_missing(folder) for folder in _read_corpus_folders(index))


def _is_missing(folder: str) -> bool:
    """Return True if nothing is there; False if only the way to it is closed, or anything else fails."""
    try:
        os.stat(folder)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _read_corpus_folders(index: Path) -> tuple[str, ...]:
    """Return the corpus folders of an index of our own; empty for anything else."""
    try:
        status = os.lstat(index)
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
            return ()
        builds = sorted(name for name in os.listdir(index) if name.startswith("gen-"))
    except OSError:
        return ()
    for name in builds:
        try:
            folders = json.loads(read_regular_file(index / name / SUMMARY_FILE))["roots"]
            if cached_index_name(folders) == index.name.partition("-")[0]:
                return tuple(folders)
        except (OSError, IndexUnusable, ValueError, KeyError, TypeError, RecursionError):
            continue  # a damaged build says nothing
    return ()
