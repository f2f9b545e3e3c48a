"""Names of files and folders: which are articles, which are left out, and the id that a path gives. Opens nothing.

An id depends on the path of its own file alone, so that a file that comes or goes never renames another article:

    coal-town.md               coal-town           a file of the corpus folder itself
    004/coal-town.md           coal-town           a page folder of three digits, as newspaper archives have them
    guide/install.md           guide/install       any other folder is part of the id
    guide/index.md             guide               index.md, _index.md and README.md are their folder
    guide/index.fr.md          guide.fr
"""

import os
import re
import unicodedata

ARTICLE_SUFFIXES = (".md", ".markdown", ".mdx", ".txt")
IGNORED_FOLDERS = frozenset(
    "node_modules bower_components vendor _vendor public _site _build __pycache__ venv site-packages".split()
)
"""Folders of other programs: what they install, and what they make of the articles."""

_SUFFIX = re.compile(r"\.(?:md|markdown|mdx|txt)\Z", re.IGNORECASE)
_PAGE_FOLDER = re.compile(r"\d{3}\Z", re.ASCII)
_INDEX_NAME = re.compile(r"(?:_?index|readme)(?P<language>\.[a-z]{2,3}(?:[-_][a-z0-9]{2,8})?)?\Z", re.IGNORECASE)
_NOT_PROSE = re.compile(
    r"(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?|robots|humans|security|ads|app-ads|llms(?:-full)?|cmakelists"
    r"|licen[cs]es?|copying|notice|manifest|sources|top_level|entry_points|dependency_links|sitemap|urllist|keybase|cname"
    r"|version|\d*[-_.]?google[0-9a-f]*|bingsiteauth|wordlist|stopwords|vocabulary|dictionary|spelling",
    re.IGNORECASE,
)


def is_article_name(name: str) -> bool:
    """Return True for a file name with the suffix of an article, in any case."""
    return name.endswith(".md") or name.lower().endswith(ARTICLE_SUFFIXES)


def is_no_prose(name: str) -> bool:
    """Return True for the name of a text file that is written for programs, such as `requirements.txt`."""
    return name.lower().endswith(".txt") and bool(_NOT_PROSE.fullmatch(name[:-4]))


def is_index_path(path: str) -> bool:
    """Return True for a file that stands for its folder: `index.md`, `_index.md`, `README.md`."""
    return bool(_INDEX_NAME.match(_strip_suffix(os.path.basename(path))))


def make_article_id(root: str, path: str) -> str:
    """Return the id of the article at `path`, relative to its corpus folder `root`, in NFC."""
    folder, _, name = path.rpartition("/")
    stem = _strip_suffix(name)
    parts = [part for part in folder.split("/") if part]
    if match := _INDEX_NAME.match(stem):
        stem = (parts.pop() if parts else os.path.basename(root) or stem) + (match["language"] or "")
    parts = [part for part in parts if not _PAGE_FOLDER.match(part)]
    # As UTF-8 in every locale, so that the index does not depend on it.
    text = os.fsencode("/".join([*parts, stem])).decode("utf-8", "surrogateescape")
    return (
        text
        if text.isascii()
        else unicodedata.normalize("NFC", re.sub(r"[\u00a0\u2000-\u200a\u202f\u3000]", " ", text))
    )


def _strip_suffix(name: str) -> str:
    match = _SUFFIX.search(name)
    return name[: match.start()] if match else name
