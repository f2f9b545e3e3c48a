"""A directory held open by its file descriptor, so that renaming or replacing it cannot redirect later accesses.

Whoever may write to the parent directory can replace this one between two accesses by path. Accesses through the
descriptor (`dir_fd`) always reach the same directory, and only its owner can change its content. What the files
mean is not known here.
"""

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

_DIRECTORY_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_WRITE_FLAGS = os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC


class DirectoryHandle:
    """A directory and the regular files in it, by name. Every method may raise `OSError`.

    `fd` is the descriptor of the directory, -1 once closed. `path` is where the directory was when it was opened:
    for messages, and for accesses that may be redirected. `sealed` has the page checksums of the files of a folder that
    is finished, None for a file that has been compared whole; without it the folder is being written.
    """

    sealed: Mapping[str, str | None] | None = None

    def __init__(self, path: str | Path) -> None:
        """Open a directory without following a symbolic link."""
        self.path = Path(path)
        self.fd = os.open(path, _DIRECTORY_FLAGS)

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Close the descriptor; files opened through it stay open. Idempotent."""
        fd, self.fd = getattr(self, "fd", -1), -1
        if fd >= 0:
            os.close(fd)

    def names(self) -> list[str]:
        """Return the names of all entries, sorted."""
        return sorted(os.listdir(self.fd))

    def has(self, name: str) -> bool:
        """Return True if there is an entry of that name."""
        try:
            self.stat(name)
        except FileNotFoundError:
            return False
        return True

    def stat(self, name: str = "") -> os.stat_result:
        """Return the stat result of an entry, links not followed; without a name that of the directory."""
        return os.stat(name, dir_fd=self.fd, follow_symlinks=False) if name else os.fstat(self.fd)

    def open(self, name: str) -> int:
        """Open a regular file for reading and return its descriptor. Links are not followed; a FIFO does not block."""
        fd = os.open(name, _READ_FLAGS, dir_fd=self.fd)
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            os.close(fd)
            raise FileNotFoundError(f"{name} is no plain file")
        return fd

    def create(self, name: str) -> int:
        """Create or truncate a file with mode 0600; return a descriptor for writing and reading."""
        return os.open(name, _WRITE_FLAGS, 0o600, dir_fd=self.fd)

    def read(self, name: str) -> bytes:
        """Return the content of a regular file."""
        with os.fdopen(self.open(name), "rb") as file:
            return file.read()

    def checksum(self, name: str) -> str:
        """Return the SHA-256 of a regular file in hexadecimal."""
        with os.fdopen(self.open(name), "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def compute_page_checksums(self, name: str) -> str:
        """Return the checksums of the pages of a regular file (`util.page_checksums`)."""
        from shanxi_cli.util.page_checksums import compute_page_checksums  # for writing

        with os.fdopen(self.open(name), "rb") as file:
            return compute_page_checksums(file)

    def page_checksums(self, name: str) -> str | None:
        """Return the checksums that a reader of the file must compare; None if there is nothing to compare.

        Raises `FileNotFoundError` for a file that is not one of a finished folder.
        """
        if self.sealed is None:
            return None
        if name not in self.sealed:
            raise FileNotFoundError(f"{name} is not part of the folder")
        return self.sealed[name]

    def seal(self, name: str) -> None:
        """Set the mode of a file to 0600 and fsync it."""
        fd = self.open(name)
        try:
            os.fchmod(fd, 0o600)
            os.fsync(fd)
        finally:
            os.close(fd)

    def sync(self) -> None:
        """Fsync the directory: make creations, renames and removals durable."""
        os.fsync(self.fd)

    def remove(self, name: str) -> None:
        """Delete a file."""
        os.unlink(name, dir_fd=self.fd)

    def rename(self, old: str, new: str) -> None:
        """Rename a file, replacing any file called `new`."""
        os.rename(old, new, src_dir_fd=self.fd, dst_dir_fd=self.fd)

    def subfolder(self, name: str) -> "DirectoryHandle":
        """Open a subdirectory, creating it with mode 0700 if it does not exist."""
        with suppress(FileExistsError):
            os.mkdir(name, 0o700, dir_fd=self.fd)
        inner = object.__new__(DirectoryHandle)
        inner.path = self.path / name
        inner.fd = os.open(name, _DIRECTORY_FLAGS, dir_fd=self.fd)
        return inner
