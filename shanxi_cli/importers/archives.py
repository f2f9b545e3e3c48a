"""Zip files of exports or pages: each file in them is read by itself."""

import os
from collections.abc import Callable, Iterator

from shanxi_cli.errors import PageError
from shanxi_cli.importers.text import ImportedPart
from shanxi_cli.importers.zip_files import iter_zip_members, list_zip_names
from shanxi_cli.segmentation.page import Page

PartReader = Callable[[str, bytes], Iterator[ImportedPart]]
"""A function of the name and the bytes of a file that yields its parts."""

_IGNORED_NAMES = ("__MACOSX/", ".DS_Store", "Thumbs.db")


def read_zip_parts(data: bytes, shown: str, read: PartReader) -> Iterator[ImportedPart]:
    """Yield the parts of each file in a zip file; one that cannot be read is the problem of its part.

    Raise `PageError` if there is nothing to read.
    """
    names = [name for name in list_zip_names(data) if not _is_ignored(name)]
    if not names:
        raise PageError(shown, "an empty zip file")
    for name, content in iter_zip_members(data, names, shown):
        label = f"{shown}: {name}"
        try:
            for part in read(name, content):
                part_name = part.name.removeprefix(name).strip()
                yield part._replace(name=f"{label} {part_name}".strip())
        except PageError as error:
            yield ImportedPart(label, "", Page(()), error.reason)


def _is_ignored(name: str) -> bool:
    base = os.path.basename(name)
    return name.startswith(_IGNORED_NAMES[0]) or base in _IGNORED_NAMES or base.startswith(".")
