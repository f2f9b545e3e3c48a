"""Pointer: the file in the folder of a local generation that leads to its generation in the cluster.

The folder has no other data of the engine; beside the pointer it has the manifest of the corpus, as any generation.
"""

import json
import os
from typing import Any

from shanxi_cli.engines.opensearch.descriptor import IndexTotals
from shanxi_cli.engines.opensearch.index_names import build_alias, generation_name
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.util.dirfd import DirectoryHandle
from shanxi_cli.util.frozen_record import Record

POINTER_FILE = "REMOTE.json"
_FORMAT = 1


class RemotePointer(Record):
    """A generation in the cluster.

    `suffix` are the 16 digits that end its name, `base` is the generation that it continues, or empty. `number` is that
    of its builder. `totals` are those of the articles that it has, `joins` the number of times that parts were joined.
    """

    name: str
    suffix: str
    base: str
    number: int
    totals: IndexTotals = IndexTotals(0, 0, 0)
    joins: int = 0

    @property
    def generation(self) -> str:
        """Name of the index of its articles."""
        return generation_name(self.name, self.suffix)

    @property
    def before(self) -> str:
        """Name of the generation that has what was there before the parts of the next join; empty if nothing was."""
        return self.generation if self.joins else self.base

    @property
    def aliases(self) -> tuple[str, str]:
        """The aliases by which articles and words are written."""
        alias = build_alias(self.name, self.suffix)
        return alias, f"{alias}-words"


def save_pointer(folder: DirectoryHandle, pointer: RemotePointer) -> None:
    """Write the pointer of a folder; the file before, perhaps a hard link to that of another, stays as it is."""
    temporary = f"{POINTER_FILE}.new"
    with os.fdopen(folder.create(temporary), "wb") as file:
        file.write(json.dumps({"format": _FORMAT, **vars(pointer)}, separators=(",", ":")).encode())
    folder.rename(temporary, POINTER_FILE)


def find_pointer(folder: DirectoryHandle) -> RemotePointer | None:
    """Return the pointer of a folder; None if it has none. Raise `IndexUnusable` for a damaged one."""
    if not folder.has(POINTER_FILE):
        return None
    try:
        read: dict[str, Any] = json.loads(folder.read(POINTER_FILE))
        if read.pop("format") != _FORMAT:
            raise IndexUnusable(f"{POINTER_FILE} of the index has another format")
        return RemotePointer(**{**read, "totals": IndexTotals(*map(int, read["totals"]))})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexUnusable(f"{POINTER_FILE} of the index is damaged") from error


def load_pointer(folder: DirectoryHandle) -> RemotePointer:
    """Return the pointer of a folder. Raise `IndexUnusable` if it has none or a damaged one."""
    pointer = find_pointer(folder)
    if pointer is None:
        raise IndexUnusable(f"{POINTER_FILE} of the index is missing")
    return pointer
