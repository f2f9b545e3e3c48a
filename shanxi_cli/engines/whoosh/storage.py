"""Whoosh storage over a directory file descriptor, so that the files opened are the files that were checked.

Whoosh's own `FileStorage` opens files by path. Between the checks of a generation and the loading of its
pickles, a user who may write the parent folder could replace it.
"""

import os
from typing import Any

from whoosh.filedb.filestore import ReadOnlyError, Storage
from whoosh.filedb.structfile import StructFile

from shanxi_cli.engines.whoosh.mmap_files import map_file
from shanxi_cli.util.dirfd import DirectoryHandle

_SEGMENT_SUFFIX = ".seg"


class _NoLock:
    """Lock without effect: `indexing.store` lets one process build at a time already."""

    def acquire(self, blocking: bool = False) -> bool:  # noqa: FBT001, FBT002 -- the interface of Whoosh
        return True

    def release(self) -> None:
        pass


class FolderStorage(Storage):  # type: ignore[misc]
    """Whoosh storage over a `DirectoryHandle`. Several can write into one folder if their `part` numbers differ."""

    supports_mmap = False  # segments are mapped here: `mmap_files`

    def __init__(self, folder: DirectoryHandle, *, readonly: bool = False, part: int = 0) -> None:
        self._folder = folder
        self._readonly = readonly
        self._part = part
        self._opened: list[StructFile] = []

    def create_file(self, name: str, mode: str = "wb", **options: Any) -> StructFile:
        """Create a file for writing."""
        self._require_writable()
        file = os.fdopen(self._folder.create(name), mode)
        created = StructFile(file, name=name)
        created.write, created.tell = (
            file.write,
            file.tell,
        )  # not through methods of Python: several calls for each term
        self._opened.append(created)
        return created

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open an existing file for reading; every read of a finished index is verified (`mmap_files`)."""
        if self._readonly or name.endswith(_SEGMENT_SUFFIX):
            opened = map_file(self._folder.open(name), name, self._folder.page_checksums(name))
        else:
            opened = StructFile(os.fdopen(self._folder.open(name), "rb"), name=name, **options)
        self._opened.append(opened)
        return opened

    def close_all(self) -> None:
        """Close the files that Whoosh leaves open when it fails or is interrupted."""
        for opened in self._opened:
            if not opened.is_closed:
                opened.close()

    def list(self) -> list[str]:
        """Return the names of all files."""
        return self._folder.names()

    def file_exists(self, name: str) -> bool:
        """Return True if the file exists."""
        return self._folder.has(name)

    def file_length(self, name: str) -> int:
        """Return the size of a file in bytes."""
        return self._folder.stat(name).st_size

    def file_modified(self, name: str) -> float:
        """Return the mtime of a file in seconds since 1970."""
        return self._folder.stat(name).st_mtime

    def delete_file(self, name: str) -> None:
        """Delete a file."""
        self._require_writable()
        self._folder.remove(name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002
        """Rename a file; with `safe`, raise `NameError` if `newname` exists."""
        self._require_writable()
        if safe and self.file_exists(newname):
            raise NameError(f"there is a file {newname}")
        self._folder.rename(oldname, newname)

    def lock(self, name: str) -> _NoLock:
        """Return a lock that is always free."""
        return _NoLock()

    def temp_storage(self, name: str | None = None) -> "FolderStorage":
        """Return a storage in a subfolder, for files needed only while writing."""
        self._require_writable()
        return _TemporaryStorage(self._folder, f"{name or 'temporary'}.{self._part}", self._opened)

    def _require_writable(self) -> None:
        if self._readonly:
            raise ReadOnlyError


class _TemporaryStorage(FolderStorage):
    """Storage of a temporary folder; Whoosh opens and destroys the same one twice."""

    def __init__(self, parent: DirectoryHandle, name: str, opened: list[StructFile]) -> None:
        super().__init__(parent.subfolder(name))
        self._opened = opened
        self._parent = parent
        self._name = name

    def destroy(self) -> None:
        """Delete the folder and its files."""
        try:
            for name in self.list():
                self.delete_file(name)
            os.rmdir(self._name, dir_fd=self._parent.fd)
        except FileNotFoundError:
            pass
        self._folder.close()
