"""Zip files, read in memory: names, and members up to a limit."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from shanxi_cli.errors import PageError
from shanxi_cli.importers.input_files import MAX_FILE_BYTES

MAX_MEMBERS = 10_000


def list_zip_names(data: bytes) -> list[str]:
    """Return the names of the files in a zip file; empty if it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [info.filename for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


def read_zip_member(data: bytes, name: str, shown: str) -> bytes:
    """Return one file of a zip file. Raise `PageError` if it is missing, locked, broken or too large."""
    return dict(iter_zip_members(data, [name], shown))[name]


def iter_zip_members(data: bytes, names: list[str], shown: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of files in a zip file; raise `PageError` as `read_zip_member` does."""
    if len(names) > MAX_MEMBERS:
        raise PageError(shown, f"{len(names):,} files in it; a zip file may have {MAX_MEMBERS:,}")
    left = MAX_FILE_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in names:
                with archive.open(name) as member:
                    content = member.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise PageError(shown, f"more than {MAX_FILE_BYTES:,} bytes when unpacked; split it")
                yield name, content
    except KeyError as error:
        raise PageError(shown, f"a damaged file: there is no {name} in it") from error
    except RuntimeError as error:  # a password
        raise PageError(shown, "it needs a password; save it without one") from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise PageError(shown, f"a damaged zip file: {error}") from error
    except zlib.error as error:
        raise PageError(shown, f"a damaged zip file: {error}") from error
