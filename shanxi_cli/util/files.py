"""Files that are replaced whole or not at all."""

import os
import tempfile
from pathlib import Path

from shanxi_cli.errors import LocationError


def replace_file(path: Path, data: bytes) -> None:
    """Write a temporary file and rename it, so that readers see the old or the new file, complete.

    Raise `LocationError` if it cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".shanxi-", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(temporary, 0o666 & ~current_umask())
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise LocationError(f"cannot write {path}: {error.strerror}") from error


def current_umask() -> int:
    """Return the permissions that new files do not get."""
    umask = os.umask(0)
    os.umask(umask)
    return umask
