"""What is on a disk when the power goes: POSIX promises the bytes of a file that was fsynced, and the names in
a folder that was fsynced, and nothing else.

Two disks are modelled, the strictest, and the commonest, which keeps names in order but not bytes.
"""

import os
from collections.abc import Iterator
from enum import Enum
from pathlib import Path


class Loss(Enum):
    """What has not reached the disk."""

    EVERYTHING = "bytes and names that were not fsynced"
    BYTES = "bytes that were not fsynced"


class Disk:
    """The disk under a folder: `happened` is told every operation, `image` puts down what a power loss would leave."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._bytes: dict[int, bytes] = {}  # by inode
        self._names: dict[int, dict[str, int]] = {}  # of a folder, by inode
        for folder, _, files in os.walk(root):
            self._sync_folder(folder)
            for name in files:
                self._sync_file(os.path.join(folder, name))

    def happened(self, what: str, path: str) -> None:
        """An operation on a path below the root was carried out."""
        if what in ("create", "mkdir") and os.path.exists(path):
            number = os.stat(path).st_ino  # which may have been that of something that is gone
            self._bytes.pop(number, None)
            self._names.pop(number, None)
            if what == "mkdir":
                self._names[number] = {}
        elif what == "fsync" and os.path.isdir(path):
            self._sync_folder(path)
        elif what == "fsync":
            self._sync_file(path)

    def image(self, loss: Loss, target: Path) -> None:
        """The files and folders that are left, in a new folder `target`."""
        self._put(self._root, os.stat(self._root).st_ino, loss, target, self._inodes())

    def _put(self, path: str, inode: int, loss: Loss, target: Path, alive: dict[int, os.stat_result]) -> None:
        target.mkdir(mode=0o700)
        names = self._names.get(inode, {}) if loss is Loss.EVERYTHING else _names(path)
        for name, number in names.items():
            if number in self._names:
                self._put(os.path.join(path, name), number, loss, target / name, alive)
                continue
            (target / name).write_bytes(self._bytes.get(number, b""))
            (target / name).chmod(0o600)
            if number in alive:
                os.utime(target / name, ns=(alive[number].st_atime_ns, alive[number].st_mtime_ns))

    def _inodes(self) -> dict[int, os.stat_result]:
        return {found.st_ino: found for path in _files(self._root) for found in (os.stat(path),)}

    def _sync_folder(self, path: str) -> None:
        self._names[os.stat(path).st_ino] = _names(path)

    def _sync_file(self, path: str) -> None:
        self._bytes[os.stat(path).st_ino] = Path(path).read_bytes()


def _names(path: str) -> dict[str, int]:
    with os.scandir(path) as entries:
        return {entry.name: entry.inode() for entry in entries}


def _files(root: str) -> Iterator[str]:
    for folder, _, names in os.walk(root):
        yield from (os.path.join(folder, name) for name in names)
