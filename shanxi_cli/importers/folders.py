"""Folders to import: the files in them that could be read, in order of their names."""

import os
import re
from collections import Counter
from typing import NamedTuple

_PASSED_OVER = frozenset(
    ".png .jpg .jpeg .gif .webp .svg .ico .bmp .tif .tiff .jp2 .css .js .mjs .map .woff .woff2 .ttf .eot .mp3 .mp4 "
    ".avi .mov .wav .exe .dll .so .py .pyc .db .sqlite .lock .log".split()
)
"""Extensions of files that are no pages; a file that is named on the command line is read whatever its name."""
_ISSUE = re.compile(r"(?:mets|didl)[^/]*\.xml\Z")
"""Names of files that describe an issue, beside which its ALTO and text files are not read again."""
_MAX_FILES = 200_000


class FolderFiles(NamedTuple):
    """Paths of the files of a folder, and how many were passed over by extension."""

    files: list[str]
    passed_over: Counter[str]


def list_folder_files(folder: str) -> FolderFiles:
    """Return the files below a folder, without hidden ones, parts of saved pages, and the ALTO files of an issue.

    Links to folders are not followed. Raise `OSError` if the folder cannot be listed.
    """
    found = FolderFiles([], Counter())
    os.listdir(folder)  # `os.walk` is silent about a folder that cannot be read
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith("_files"))
        visible = sorted(name for name in names if not name.startswith("."))
        issues = [name for name in visible if _ISSUE.search(name.lower())]
        if issues:
            folders[:] = [name for name in folders if name.lower() not in ("alto", "ocr", "text", "pages", "page")]
        for name in visible:
            ending = os.path.splitext(name)[1].lower()
            if ending in _PASSED_OVER or (issues and ending == ".xml" and name not in issues):
                found.passed_over[ending] += 1
            elif len(found.files) < _MAX_FILES:
                found.files.append(os.path.join(path, name))
    return found


def describe_passed_over(counts: Counter[str]) -> str:
    """Return the extensions with their numbers: `.png 3, .css 1`; empty for none."""
    return ", ".join(f"{ending} {count:,}" for ending, count in counts.most_common())
