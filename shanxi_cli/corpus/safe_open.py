"""Opening files and folders of a corpus: no link leads out of it, whatever replaces a file or folder meanwhile."""

import errno
import os
import stat

_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_PASS_FLAGS = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_LINK_ERRNOS = {errno.ELOOP, errno.ENOTDIR, errno.EMLINK}
"""Errors of opening a link with `O_NOFOLLOW`, on Linux and elsewhere."""


class RefusedFile(OSError):
    """A file that is never read as an article, whatever it contains; `str()` is the reason."""


def open_file(root: str, path: str) -> int:
    """Open the file at a path relative to a corpus folder for reading, without blocking, and return its descriptor.

    A link is followed within the corpus only. No other link is followed on the way, not even one that replaces a folder
    or the file while it is being opened. Raises `RefusedFile` for anything but a regular file inside the corpus, and
    `OSError` if the system refuses.
    """
    try:
        return _open_beneath(root, path)
    except RefusedFile:
        raise
    except OSError as error:
        if error.errno not in _LINK_ERRNOS:
            raise
    base, target = resolve_links(root, path)
    if target is None:
        raise RefusedFile("a link to a file outside the corpus; copy the file instead")
    return _open_beneath(base, target)


def open_folder(root: str, folder: str) -> int:
    """Open a folder for listing and return its descriptor; a link is followed within the corpus only."""
    try:
        # Without its last slash, which would follow a link that has replaced the folder.
        return os.open(os.path.join(root, folder[:-1]), _FOLDER_FLAGS)
    except OSError as error:
        if error.errno not in _LINK_ERRNOS:
            raise
        base, target = resolve_links(root, folder)
        if target is None:
            raise
        return os.open(os.path.join(base, target), _FOLDER_FLAGS)


def resolve_links(root: str, path: str) -> tuple[str, str | None]:
    """Return root and path with every link resolved; no path if it leads out of the root."""
    base, target = os.path.realpath(root), os.path.realpath(os.path.join(root, path))
    return base, os.path.relpath(target, base) if os.path.commonpath((base, target)) == base else None


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
