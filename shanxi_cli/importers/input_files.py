"""Files to import: looked at before they are opened, and read up to a limit."""

import os
import stat
from typing import BinaryIO

from shanxi_cli.errors import PageError

MAX_FILE_BYTES = 400_000_000
"""Most bytes of a file, of stdin, and of all ALTO files of an issue together."""

_KINDS = (
    (stat.S_ISDIR, "a folder without files that can be imported"),
    (stat.S_ISFIFO, "a named pipe; read it with: shanxi import - < PIPE"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
)


def read_input_file(path: str, shown: str, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return the bytes of a regular file.

    Raise `PageError`, without reading, for anything else and for more than `limit` bytes; it never waits for a pipe.
    """
    try:
        _check_status(os.stat(path), shown, limit)  # opening a device can have side effects
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            _check_status(os.fstat(file.fileno()), shown, limit)
            return read_limited(file, shown, limit)
    except OSError as error:
        raise PageError(shown, f"cannot be read: {error.strerror}") from error
    except ValueError as error:  # a path with a NUL
        raise PageError(shown, f"cannot be read: {error}") from error


def read_limited(file: BinaryIO, shown: str, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return all bytes of an open file. Raise `PageError` as soon as there are more than `limit`."""
    data = bytearray()
    while chunk := file.read(min(1 << 20, limit + 1 - len(data))):
        data += chunk
        if len(data) > limit:
            raise PageError(shown, f"more than {limit:,} bytes; split it")
    return bytes(data)


def _check_status(status: os.stat_result, shown: str, limit: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise PageError(shown, next((what for test, what in _KINDS if test(status.st_mode)), "not a regular file"))
    if status.st_size > limit:
        raise PageError(shown, f"{status.st_size:,} bytes; a file may have {limit:,}; split it")
