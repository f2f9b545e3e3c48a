"""A folder held open by its handle: what was looked at is what is opened, whatever is done to its name meanwhile.

Whoever may write the folder above can put another in the place of this one between two looks by
path. By handle the second look is at the same folder, and what is in it only its owner can change.
It knows nothing of what the files are.
"""

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

_DIRECTORY_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_WRITE_FLAGS = os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC


class DirectoryHandle:
    """A folder and the plain files in it, by name. Every method raises `OSError` as the system does.

    `path` is where it was when it was opened, for messages and for whoever needs no certainty.
    """

    def __init__(self, path: str | Path) -> None:
        """Opens a folder; a link to one is not followed."""
        self.path = Path(path)
        self.handle = os.open(path, _DIRECTORY_FLAGS)

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Gives the handle back; the files that were opened stay open. Closing twice is nothing."""
        handle, self.handle = getattr(self, "handle", -1), -1
        if handle >= 0:
            os.close(handle)

    def names(self) -> list[str]:
        """The names of all that is in the folder, sorted."""
        return sorted(os.listdir(self.handle))

    def has(self, name: str) -> bool:
        """True when there is something of that name."""
        try:
            self.stat(name)
        except FileNotFoundError:
            return False
        return True

    def stat(self, name: str = "") -> os.stat_result:
        """What the system says of a file, links not followed; of the folder itself without a name."""
        return os.stat(name, dir_fd=self.handle, follow_symlinks=False) if name else os.fstat(self.handle)

    def open(self, name: str) -> int:
        """A handle to read a plain file with; a link is not followed and a FIFO not waited for."""
        handle = os.open(name, _READ_FLAGS, dir_fd=self.handle)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise FileNotFoundError(f"{name} is no plain file")
        return handle

    def create(self, name: str) -> int:
        """A handle to write and read an empty file with, which only its owner may read or write."""
        return os.open(name, _WRITE_FLAGS, 0o600, dir_fd=self.handle)

    def read(self, name: str) -> bytes:
        """All bytes of a plain file."""
        with os.fdopen(self.open(name), "rb") as file:
            return file.read()

    def checksum(self, name: str) -> str:
        """The SHA-256 of a plain file."""
        with os.fdopen(self.open(name), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def seal(self, name: str) -> None:
        """Waits until the bytes of a file are on the disk, and lets nobody but its owner read or write it."""
        handle = self.open(name)
        try:
            os.fchmod(handle, 0o600)
            os.fsync(handle)
        finally:
            os.close(handle)

    def sync(self) -> None:
        """Waits until the names in the folder are on the disk."""
        os.fsync(self.handle)

    def remove(self, name: str) -> None:
        """Takes a file out of the folder."""
        os.unlink(name, dir_fd=self.handle)

    def rename(self, old: str, new: str) -> None:
        """Gives a file another name, in place of what has it."""
        os.rename(old, new, src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def subfolder(self, name: str) -> "DirectoryHandle":
        """A folder in this one, made if it is not there."""
        with suppress(FileExistsError):
            os.mkdir(name, 0o700, dir_fd=self.handle)
        inner = object.__new__(DirectoryHandle)
        inner.path = self.path / name
        inner.handle = os.open(name, _DIRECTORY_FLAGS, dir_fd=self.handle)
        return inner
