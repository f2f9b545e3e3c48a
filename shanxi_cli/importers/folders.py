"""Folders to import: the files in them that could be read, in order of their names."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_PASSED_OVER = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .jp2 .css .js .mjs .map .woff .woff2 .ttf .eot .mp3 .mp4 "
    ".avi .mov .wav .exe .dll .so .py .pyc .db .sqlite .lock .log".split()
)
"""Extensions of files that are no pages; a file that is named on the command line is read whatever its name."""
_CHECKSUMS = re.compile(
    r".*manifest[\w-]*\.txt|bagit\.txt|bag-info\.txt|.*\.(?:md5|sha1|sha256|sha512)(?:\.txt)?|.*checksums?\.txt"
)
_ISSUE = re.compile(rb"<(?:\w+:)?(?:mets|DIDL)[\s/>]")
_HREF = re.compile(rb"""(?:href|filename|\bref)\s*=\s*["'](?:file://)?([^"'<>:]+\.xml)["']""")
_ARTICLES = re.compile(rb"""TYPE\s*=\s*["']ARTICLE["']|DIDL""", re.IGNORECASE)
_HEAD_BYTES = 4_000
_MAX_ISSUE_BYTES = 50_000_000
_MAX_FILES = 200_000


class FolderFiles(NamedTuple):
    """Paths of the files of a folder, and how many were passed over by extension."""

    files: list[str]
    passed_over: Counter[str]


def list_folder_files(folder: str) -> FolderFiles:
    """Return the files below a folder, without hidden ones, parts of saved pages, and the files of an issue.

    The ALTO and text files that a METS or DIDL file names are read with it. Links to folders are not followed. Raise
    `OSError` if the folder cannot be listed.
    """
    found = FolderFiles([], Counter())
    os.listdir(folder)  # `os.walk` is silent about a folder that cannot be read
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith("_files"))
        for name in sorted(name for name in names if not name.startswith(".")):
            ending = os.path.splitext(name)[1].lower()
            if ending in _PASSED_OVER or is_checksum_list(name):
                found.passed_over[ending] += 1
            elif len(found.files) < _MAX_FILES:
                found.files.append(os.path.join(path, name))
    parts = _find_issue_parts(found.files)
    found.passed_over.update(os.path.splitext(file)[1].lower() for file in parts)
    return found._replace(files=[file for file in found.files if file not in parts])


def _find_issue_parts(files: Sequence[str]) -> set[str]:
    """Return the files that the issues among files name, and issues without articles whose files another names."""
    named: dict[str, set[str]] = {}
    whole: set[str] = set()
    for file in files:
        if file.lower().endswith(".xml") and (content := _read_issue(file)):
            base = os.path.dirname(file)
            hrefs = (href.decode("utf-8", "replace") for href in _HREF.findall(content))
            named[file] = {os.path.normpath(os.path.join(base, href.replace("\\", "/"))) for href in hrefs}
            if _ARTICLES.search(content):
                whole.add(file)
    parts = {part for names in named.values() for part in names} - set(named)
    of_whole = {part for file in whole for part in named[file]}
    bare = {file for file in named if file not in whole and named[file] & of_whole}
    return (parts & set(files)) | bare


def is_checksum_list(name: str) -> bool:
    """Return True for the name of a list of checksums, as deliveries of libraries have them."""
    return bool(_CHECKSUMS.fullmatch(name.lower()))


def has_issue_root(content: bytes) -> bool:
    """Return True for the content of a METS or DIDL file."""
    return bool(_ISSUE.search(content[:_HEAD_BYTES]))


def _read_issue(file: str) -> bytes:
    """Return the bytes of a METS or DIDL file; empty for any other."""
    try:
        if os.path.getsize(file) > _MAX_ISSUE_BYTES:
            return b""
        with open(file, "rb") as handle:
            head = handle.read(_HEAD_BYTES)
            return head + handle.read() if has_issue_root(head) else b""
    except OSError:
        return b""  # reading it says why


def describe_passed_over(counts: Counter[str]) -> str:
    """Return the extensions with their numbers: `.png 3, .css 1`; empty for none."""
    return ", ".join(f"{ending} {count:,}" for ending, count in counts.most_common())
