"""Zip files of exports, pages or issues, and files packed with gzip: what is in them is read by itself."""

import gzip
import io
import os
import tempfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, cast

from shanxi_cli.errors import PageError
from shanxi_cli.importers.folders import has_issue_root, is_checksum_list, list_folder_files
from shanxi_cli.importers.input_files import read_input_file, read_limited
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.zip_files import iter_zip_members, list_zip_names
from shanxi_cli.segmentation.page import Page

PartReader = Callable[[str, bytes, str], Iterator[ImportedPart]]
"""A function of the path, the bytes and the name in messages of a file that yields its parts."""

_IGNORED_NAMES = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def unpack_gzip(data: bytes, shown: str) -> bytes:
    """Return the content of a gzip file. Raise `PageError` for a damaged one, and for one larger than a file may be."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            return read_limited(cast("BinaryIO", packed), shown)
    except (EOFError, OSError, zlib.error) as error:
        raise PageError(shown, f"a damaged gzip file: {error}") from error


def read_zip_parts(data: bytes, shown: str, read: PartReader) -> Iterator[ImportedPart]:
    """Yield the parts of each file in a zip file; one that cannot be read is the problem of its part.

    A zip file of issues (METS, DIDL) is unpacked for the time of reading, for their files name each other. Raise
    `PageError` if there is nothing to read.
    """
    names = [name for name in list_zip_names(data) if not _is_ignored(name)]
    if not names:
        raise PageError(shown, "an empty zip file")
    members = iter_zip_members(data, names, shown)
    if any(name.lower().endswith(".xml") for name in names):
        contents = list(members)
        if any(has_issue_root(content) for _, content in contents):
            yield from _read_unpacked(contents, shown, read)
            return
        members = iter(contents)
    for name, content in members:
        yield from _read_member(f"{shown}: {name}", partial(read, name, content, name), name)


def _read_unpacked(contents: list[tuple[str, bytes]], shown: str, read: PartReader) -> Iterator[ImportedPart]:
    """Yield the parts of the files of a zip file, unpacked into a folder that is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="shanxi-") as folder:
        root = os.path.realpath(folder)
        for name, content in contents:
            path = os.path.realpath(os.path.join(root, name.replace("\\", "/")))
            if os.path.commonpath((path, root)) != root:
                raise PageError(shown, f"{name} would be unpacked outside its folder")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as target:
                target.write(content)
        for path in list_folder_files(root).files:
            name = os.path.relpath(path, root)
            yield from _read_member(f"{shown}: {name}", partial(_read_file, path, name, read), name)


def _read_file(path: str, name: str, read: PartReader) -> Iterator[ImportedPart]:
    return read(path, read_input_file(path, name), name)


def _read_member(label: str, read: Callable[[], Iterator[ImportedPart]], name: str) -> Iterator[ImportedPart]:
    try:
        for part in read():
            part_name = part.name.removeprefix(name).strip()
            yield part._replace(name=f"{label} {part_name}".strip())
    except PageError as error:
        yield ImportedPart(label, "", Page(()), error.reason)


def _is_ignored(name: str) -> bool:
    base = os.path.basename(name)
    is_system_file = name.startswith(_IGNORED_NAMES[0]) or base in _IGNORED_NAMES or base.startswith(".")
    return is_system_file or is_checksum_list(base)
