"""Files of other kinds in folders without articles: what they are, so that an empty answer explains itself."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence

from shanxi_cli.corpus.file_names import ARTICLE_SUFFIXES, IGNORED_FOLDERS, is_article_name

_MAX_FILES = 20_000
"""Files after which the count ends: it is a hint."""
_MAX_KINDS = 5
_IMPORTED_SUFFIXES = frozenset((".pdf", ".html", ".htm", ".xml", ".csv", ".tsv", ".json", ".jsonl"))


def describe_no_articles(roots: Sequence[str]) -> str:
    """Return the message for folders without articles, with the kinds and numbers of their other files.

    Hidden folders, those of other programs and links to folders are not looked into.
    """
    message = "there are no articles in " + " or ".join(roots)
    kinds = Counter(kind for root in roots for kind in _iterate_kinds(root))
    if not kinds:
        return message
    total = min(sum(kinds.values()), _MAX_FILES)
    more = " or more" if total == _MAX_FILES else ""
    frequent = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))[:_MAX_KINDS]
    shown = ", ".join(f"{count:,} {kind or 'without a suffix'}" for kind, count in frequent)
    rest = ", ..." if len(kinds) > _MAX_KINDS else ""
    suffixes = f"{', '.join(ARTICLE_SUFFIXES[:-1])} and {ARTICLE_SUFFIXES[-1]}"
    advice = "; shanxi import makes articles of pages" if not _IMPORTED_SUFFIXES.isdisjoint(kinds) else ""
    files = "file" if total == 1 else "files"
    return f"{message}, but {total:,}{more} other {files}: {shown}{rest}; only {suffixes} are read{advice}"


def _iterate_kinds(root: str) -> Iterator[str]:
    """Yield the suffix of each file that is no article, in small letters."""
    found = 0
    for _, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in IGNORED_FOLDERS)
        for name in names:
            if name.startswith(".") or is_article_name(name):
                continue
            found += 1
            if found > _MAX_FILES:
                return
            yield os.path.splitext(name)[1].lower()
