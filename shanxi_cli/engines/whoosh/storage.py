"""Where Whoosh keeps its files: in a folder that is held by its handle, so that what was checked is what is opened.

Whoosh's own `FileStorage` works by path. Between the look at a generation and the opening of its
pickles somebody who may write the folder above could have put another one in its place.
"""

import os
from typing import Any

from whoosh.filedb.filestore import ReadOnlyError, Storage
from whoosh.filedb.structfile import StructFile

from shanxi_cli.util.dirfd import DirectoryHandle


class _NoLock:
    """The store lets one process at a time build; Whoosh need not see to it again."""

    def acquire(self, blocking: bool = False) -> bool:
        return True

    def release(self) -> None:
        pass


class FolderStorage(Storage):  # type: ignore[misc]
    """A Whoosh storage over a `DirectoryHandle`. Several may write into one, each as a `part` of its own."""

    supports_mmap = True

    def __init__(self, folder: DirectoryHandle, readonly: bool = False, part: int = 0) -> None:
        self._folder = folder
        self._readonly = readonly
        self._part = part
        self._opened: list[StructFile] = []

    def create_file(self, name: str, mode: str = "wb", **options: Any) -> StructFile:
        """A new file, for writing."""
        self._check()
        created = StructFile(os.fdopen(self._folder.create(name), mode), name=name)
        self._opened.append(created)
        return created

    def open_file(self, name: str, **options: Any) -> StructFile:
        """A file that is there, for reading."""
        opened = StructFile(os.fdopen(self._folder.open(name), "rb"), name=name, **options)
        self._opened.append(opened)
        return opened

    def abandon(self) -> None:
        """Closes the files that Whoosh has left open, as it does where it stumbles or is interrupted."""
        for opened in self._opened:
            if not opened.is_closed:
                opened.close()

    def list(self) -> list[str]:
        """The names of all files."""
        return self._folder.names()

    def file_exists(self, name: str) -> bool:
        """True when there is a file of that name."""
        return self._folder.has(name)

    def file_length(self, name: str) -> int:
        """The size of a file in bytes."""
        return self._folder.stat(name).st_size

    def file_modified(self, name: str) -> float:
        """When a file was written, in seconds since 1970."""
        return self._folder.stat(name).st_mtime

    def delete_file(self, name: str) -> None:
        """Takes a file away."""
        self._check()
        self._folder.remove(name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Gives a file another name; with `safe` one that no file has."""
        self._check()
        if safe and self.file_exists(newname):
            raise NameError(f"there is a file {newname}")
        self._folder.rename(oldname, newname)

    def lock(self, name: str) -> _NoLock:
        """What Whoosh takes for a lock."""
        return _NoLock()

    def temp_storage(self, name: str | None = None) -> "FolderStorage":
        """A storage below this one, for what is only needed while writing."""
        self._check()
        return _TemporaryStorage(self._folder, f"{name or 'temporary'}.{self._part}", self._opened)

    def _check(self) -> None:
        if self._readonly:
            raise ReadOnlyError


class _TemporaryStorage(FolderStorage):
    """A folder that goes away with what is in it; Whoosh asks for the same one twice and destroys it twice."""

    def __init__(self, parent: DirectoryHandle, name: str, opened: list[StructFile]) -> None:
        super().__init__(parent.subfolder(name))
        self._opened = opened
        self._parent = parent
        self._name = name

    def destroy(self) -> None:
        """Removes the folder and its files."""
        try:
            for name in self.list():
                self.delete_file(name)
            os.rmdir(self._name, dir_fd=self._parent.fd)
        except FileNotFoundError:
            pass
        self._folder.close()
