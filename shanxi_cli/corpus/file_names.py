"""Names of files and folders: which are articles, which are left out, and the id that a path gives. Opens nothing.

An id depends on the path of its own file alone, so that a file that comes or goes never renames another article:

    coal-town.md               coal-town           a file of the corpus folder itself
    004/coal-town.md           coal-town           a page folder of three digits, as newspaper archives have them
    guide/install.md           guide/install       any other folder is part of the id
    guide/index.md             guide               index.md, _index.md and README.md are their folder
    guide/index.fr.md          guide.fr
    guide/install.txt          guide/install.txt   text keeps its suffix, and may lie beside Markdown of its name
"""

import os
import re
import unicodedata

ARTICLE_SUFFIXES = (".md", ".markdown", ".mdx", ".txt")
_KEPT_SUFFIX = ".txt"
IGNORED_FOLDERS = frozenset(
    "node_modules bower_components vendor _vendor public _site _build __pycache__ venv site-packages".split()
)
"""Folders of other programs: what they install, and what they make of the articles."""

# Patterns are strings, compiled by the first name that needs them: a search lists files at every start.
_INDEX_PREFIXES = ("index", "_index", "readme")
_INDEX_NAME = r"(?i)(?:_?index|readme)(?P<language>\.[a-z]{2,3}(?:[-_][a-z0-9]{2,8})?)?\Z"
_NOT_PROSE = (
    r"(?i)(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?|robots|humans|security|ads|app-ads|llms(?:-full)?|cmakelists"
    r"|licen[cs]es?|copying|notice|manifest|sources|top_level|entry_points|dependency_links|sitemap|urllist|keybase|cname"
    r"|version|\d*[-_.]?google[0-9a-f]*|bingsiteauth|wordlist|stopwords|vocabulary|dictionary|spelling"
)


def is_article_name(name: str) -> bool:
    """Return True for a file name with the suffix of an article, in any case."""
    return name.endswith(".md") or name.lower().endswith(ARTICLE_SUFFIXES)


def is_plain_text(path: str) -> bool:
    """Return True for a file of plain text, in which nothing is Markdown."""
    return path[-len(_KEPT_SUFFIX) :].lower() == _KEPT_SUFFIX


def is_no_prose(name: str) -> bool:
    """Return True for the name of a text file that is written for programs, such as `requirements.txt`."""
    return is_plain_text(name) and bool(re.fullmatch(_NOT_PROSE, name[:-4]))


def is_index_path(path: str) -> bool:
    """Return True for a file that stands for its folder: `index.md`, `_index.md`, `README.md`."""
    return bool(_match_index_name(strip_suffix(os.path.basename(path))))


def make_article_id(root: str, path: str) -> str:
    """Return the id of the article at `path`, relative to its corpus folder `root`, in NFC."""
    folder, _, name = path.rpartition("/")
    stem = strip_suffix(name)
    parts = [part for part in folder.split("/") if part]
    if match := _match_index_name(stem):
        stem = (parts.pop() if parts else os.path.basename(root) or stem) + (match["language"] or "")
    if is_plain_text(name):
        stem += _KEPT_SUFFIX
    parts = [part for part in parts if not _is_page_folder(part)]
    # As UTF-8 in every locale, so that the index does not depend on it.
    text = os.fsencode("/".join([*parts, stem])).decode("utf-8", "surrogateescape")
    return (
        text
        if text.isascii()
        else unicodedata.normalize("NFC", re.sub(r"[\u00a0\u2000-\u200a\u202f\u3000]", " ", text))
    )


def _match_index_name(stem: str) -> re.Match[str] | None:
    return re.match(_INDEX_NAME, stem) if stem.lower().startswith(_INDEX_PREFIXES) else None


def _is_page_folder(name: str) -> bool:
    return len(name) == 3 and name.isascii() and name.isdigit()


def strip_suffix(name: str) -> str:
    """Return a file name, or an id, without the suffix of an article."""
    lower = name.lower()
    suffix = next((suffix for suffix in ARTICLE_SUFFIXES if lower.endswith(suffix)), "")
    return name[: len(name) - len(suffix)]
