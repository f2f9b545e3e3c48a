"""Pages that were imported: the raw bytes of each, and the record of what was made from it.

    FOLDER/.pages/raw/page-000.txt            the page, as it was imported
    FOLDER/.pages/records/page-000.txt.json   its record: ids, the hash of each article's file, the text of no article
    FOLDER/.pages/texts/4f1c...               the name of the page that has this text, whatever its file is called

An earlier layout had the first two together in `.pages`; it is still read. A file is written to a temporary name and
renamed. The temporary files of a process that was killed are removed by the next import.
"""

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from shanxi_cli.errors import PageError
from shanxi_cli.importers.text import decode_text
from shanxi_cli.util.files import replace_file

PAGES_FOLDER = ".pages"
_RECORD_FORMAT = 2
_MAX_NAME_BYTES = 180
_MAX_TEXTS = 50
_TEMPORARY_NAME_PATTERN = re.compile(r"\.(?:shanxi-)?[a-z0-9_]{8}\.new")


class PageEntry(NamedTuple):
    """Record of an article: its id, the slug of its headline, the SHA-256 of its file, and that of the one before.

    `earlier` is empty except while an import replaces the file, when either may be there.
    """

    id: str
    slug: str
    sha256: str
    earlier: str = ""


class StoredPage(NamedTuple):
    """A page: the name it is kept under, its articles at the last import, and the keys of the texts it has had."""

    name: str
    entries: Sequence[PageEntry] = ()
    texts: Sequence[str] = ()


class PageStore:
    """The pages of a corpus folder."""

    def __init__(self, folder: Path) -> None:
        self._root = folder / PAGES_FOLDER

    def find_page(self, name: str, raw: bytes, slugs: Sequence[str]) -> StoredPage:
        """Return the page that has this text under any name; else the one of this file name and one of its headlines.

        Else return a page without entries, with a name that is free.
        """
        if known := self._find_text(raw):
            return known
        plain = _make_file_name(name)
        stem, dot, ending = plain.rpartition(".")
        digest = hashlib.sha256(raw).hexdigest()[:8]
        distinct = f"{stem}-{digest}.{ending}" if dot else f"{plain}-{digest}"
        for candidate in (plain, distinct):
            page = self._read_record(candidate)
            if page is None:
                return StoredPage(candidate)
            if candidate == distinct or {entry.slug for entry in page.entries} & set(slugs):
                return page
        raise AssertionError

    def keep_page(self, page: StoredPage, raw: bytes, unused: Sequence[str]) -> None:
        """Write a page and its record. Raise `LocationError` if that fails.

        A process that is killed here leaves no record, or a complete one.
        """
        key = _make_text_key(raw)
        texts = [*(text for text in page.texts if text != key), key][-_MAX_TEXTS:]
        articles = [{name: value for name, value in entry._asdict().items() if value} for entry in page.entries]
        record: dict[str, Any] = {
            "format": _RECORD_FORMAT,
            "texts": texts,
            "articles": [{"sha256": "", **article} for article in articles],
            "left": list(unused),
        }
        content = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        for path, data in (
            (self._root / "raw" / page.name, raw),
            (self._root / "texts" / key, page.name.encode()),
            (self._root / "records" / f"{page.name}.json", content.encode("utf-8", "backslashreplace")),
        ):
            if _read_bytes(path) != data:
                replace_file(path, data)

    def make_folders(self) -> None:
        """Create the folders of the store."""
        for name in ("raw", "records", "texts"):
            (self._root / name).mkdir(parents=True, exist_ok=True)

    def remove_temporary_files(self, folders: Iterable[Path]) -> None:
        """Remove what a killed import left in the store and in `folders`; the caller holds the lock."""
        for folder in {*folders, self._root, *(self._root / name for name in ("raw", "records", "texts"))}:
            try:
                with os.scandir(folder) as entries:
                    leftovers = [entry for entry in entries if _TEMPORARY_NAME_PATTERN.fullmatch(entry.name)]
                for entry in leftovers:
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid():
                        os.unlink(entry.path)
            except OSError:
                continue  # swept by a later import

    def _find_text(self, raw: bytes) -> StoredPage | None:
        key = _make_text_key(raw)
        name = _read_bytes(self._root / "texts" / key).decode("utf-8", "replace")
        if name and name == _make_file_name(name):
            page = self._read_record(name)
            if page is None:
                return StoredPage(name)  # killed before its record was written
            if key in page.texts or not page.entries:
                return page
        return self._find_old_page(raw)

    def _find_old_page(self, raw: bytes) -> StoredPage | None:
        """Return the page with these bytes in the earlier layout."""
        try:
            with os.scandir(self._root) as entries:
                names = [e.name for e in entries if e.is_file() and e.stat().st_size == len(raw)]
        except OSError:
            return None
        same = [name for name in sorted(names) if _read_bytes(self._root / name) == raw]
        return next((page for name in same if (page := self._read_record(name))), None)

    def _read_record(self, name: str) -> StoredPage | None:
        """Return the page kept under a name; None if there is none. A damaged record has no entries."""
        path = self._root / "records" / f"{name}.json"
        if not path.exists():
            path = self._root / f"{name}.json"
            if not (path.is_file() and (self._root / name).is_file()):
                return None
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            entries = [
                PageEntry(str(item["id"]), str(item["slug"]), str(item["sha256"]), str(item.get("earlier", "")))
                for item in record["articles"]
            ]
            return StoredPage(name, entries, [str(text) for text in record.get("texts", ())])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return StoredPage(name)


def _make_file_name(name: str) -> str:
    """Return a name that is safe as a file name and short enough for its companions."""
    plain = re.sub(r"[^\w. -]", "_", name).lstrip(".-") or "page"
    if len(plain.encode()) > _MAX_NAME_BYTES:
        digest = hashlib.sha256(plain.encode()).hexdigest()[:8]
        stem, _, ending = plain.rpartition(".")
        ending = f".{ending}" if stem and len(ending) < 10 else ""
        plain = plain.encode()[: _MAX_NAME_BYTES - 30].decode("utf-8", "ignore") + f"-{digest}{ending}"
    return plain


def _make_text_key(raw: bytes) -> str:
    """Return a key of the text of a page: white space, line ends and encoding make no difference."""
    try:
        text = decode_text(raw, "")
        raw = " ".join(text.split()).encode("utf-8", "surrogatepass")
    except PageError:
        pass
    return hashlib.sha256(raw).hexdigest()[:40]


def _read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; empty if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
