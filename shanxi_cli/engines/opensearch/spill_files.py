"""Spill files: rows that a build collects beside the generation, in files of its folder, so that memory is bounded.

They are removed before the generation is complete.
"""

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

from shanxi_cli.util.dirfd import DirectoryHandle

_SUFFIX = ".spill"
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode  # made once: `json.dumps` makes one for each call


def write_rows(folder: DirectoryHandle, name: str, rows: Iterable[Any]) -> None:
    """Write rows, a line of JSON each."""
    with os.fdopen(folder.create(name + _SUFFIX), "w", encoding="ascii") as file:
        file.writelines(_ENCODE(row) + "\n" for row in rows)


def read_rows(folder: DirectoryHandle, name: str) -> Iterator[Any]:
    """Yield the rows of a file in their order."""
    with os.fdopen(folder.open(name + _SUFFIX), encoding="ascii") as file:
        yield from map(json.loads, file)


def list_spilled(folder: DirectoryHandle, prefix: str) -> list[str]:
    """Return the names of the files that begin with `prefix`, sorted."""
    names = (name.removesuffix(_SUFFIX) for name in folder.names() if name.endswith(_SUFFIX))
    return [name for name in names if name.startswith(prefix)]


def remove_spilled(folder: DirectoryHandle) -> None:
    """Remove all spill files."""
    for name in list_spilled(folder, ""):
        folder.remove(name + _SUFFIX)
