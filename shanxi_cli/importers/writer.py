"""Writer of imported articles: assigns ids, writes files, and keeps files that a person has edited.

    FOLDER/coal-town-plants-trees.md         an article
    FOLDER/.pages/page-000.txt               the raw page, as it was imported
    FOLDER/.pages/page-000.txt.json          its manifest: ids, the hash of each file as it was written, and the
                                             captions and other text of the page that went into no article

A page is identified by its name and a headline it had before: the same page imported again changes nothing, a better
conversion replaces it, and another page of the same name is kept beside it. A file whose hash differs from the manifest
was edited by a person. Files are written to a temporary name and renamed.
"""

import fcntl
import hashlib
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from shanxi_cli.corpus.reader import format_article, parse_article
from shanxi_cli.corpus.scanner import iterate_sources
from shanxi_cli.errors import ArticleError, LocationError
from shanxi_cli.model.article import Article
from shanxi_cli.util.frozen_record import replace_fields

PAGES_FOLDER = ".pages"
MAX_ID_LENGTH = 100
_MANIFEST_FORMAT = 1


class FilingOutcome(Enum):
    """Outcomes of filing an article."""

    ADDED = "added"
    CHANGED = "changed"  # our file was replaced by another version
    UNCHANGED = "unchanged"
    KEPT = "kept"  # a person has edited the file; it was not changed
    REPLACED = "replaced"  # a person had edited the file, and --replace was given


class FiledArticle(NamedTuple):
    """An article with its id, and the outcome of filing it."""

    article: Article
    outcome: FilingOutcome


class _PageEntry(NamedTuple):
    """Manifest entry of an article: its id, the slug of its headline, the SHA-256 of its file."""

    id: str
    slug: str
    sha256: str


def slugify_title(title: str) -> str:
    """Return an id for a title: lower-case letters and digits with hyphens; `untitled` if nothing is left."""
    plain = unicodedata.normalize("NFKD", title).replace("’", "").replace("'", "").lower()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = unicodedata.normalize("NFC", re.sub(r"[\W_]+", "-", plain)).strip("-")
    if len(plain) > MAX_ID_LENGTH:
        plain = plain[: MAX_ID_LENGTH + 1].rpartition("-")[0] or plain[:MAX_ID_LENGTH]
    while len(plain.encode()) > 200:
        plain = plain[:-1]
    return plain or "untitled"


@contextmanager
def open_corpus_writer(folder: Path, *, dry: bool) -> Iterator["CorpusWriter"]:
    """Open a folder to file pages into, and release it at the end.

    The first page filed creates and locks the folder, unless `dry`. Raise `LocationError` if it is not a folder.
    """
    if folder.exists() and not folder.is_dir():
        raise LocationError(f"{folder} is not a folder")
    writer = CorpusWriter(folder, dry=dry)
    try:
        yield writer
    finally:
        writer.close()


METADATA_OPTIONS = ("date", "publication", "section", "page")
"""Fields of an article that the options of an import set."""


class CorpusWriter:
    """A corpus folder into which pages are filed."""

    def __init__(self, folder: Path, *, dry: bool) -> None:
        self.folder = folder
        self._dry = dry
        self._paths: dict[str, Path] = {}
        self._lock: int | None = None
        self._scan()

    def close(self) -> None:
        """Release the lock for other imports."""
        if self._lock is not None:
            os.close(self._lock)

    def _scan(self) -> None:
        if self.folder.is_dir():
            for source in iterate_sources(str(self.folder)):
                self._paths.setdefault(source.id, Path(source.full))

    def _acquire_lock(self) -> None:
        """Create the folder, wait for the lock, and read the articles again that another import wrote."""
        if self._dry or self._lock is not None:
            return
        try:
            (self.folder / PAGES_FOLDER).mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.folder / PAGES_FOLDER / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LocationError(f"cannot write into {self.folder}: {error.strerror}") from error
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._scan()

    def file(
        self,
        name: str,
        raw: bytes,
        articles: Sequence[Article],
        unused: Sequence[str],
        *,
        overwrite: bool,
        given: Collection[str] = (),
    ) -> list[FiledArticle]:
        """File the articles of the page `name` (a file name) with its `raw` bytes and its `unused` text.

        `overwrite`: replace files that a person has edited. `given` are the fields set this time; other fields of
        `METADATA_OPTIONS` keep the values of an earlier import of the page.
        """
        if articles:
            self._acquire_lock()
        page, made = self._find_page(name, raw, [slugify_title(article.title) for article in articles])
        entries_by_slug: dict[str, list[_PageEntry]] = {}
        for entry in made:
            entries_by_slug.setdefault(entry.slug, []).append(entry)
        filed: list[FiledArticle] = []
        entries: list[_PageEntry] = []
        for article in articles:
            stem = slugify_title(article.title)
            before = entries_by_slug[stem].pop(0) if entries_by_slug.get(stem) else None
            article = replace_fields(article, id=before.id if before else self._find_free_id(stem), source=page)
            article = self._keep_earlier_metadata(article, before, given) if before else article
            outcome, digest = self._write_article(article, before, overwrite=overwrite)
            filed.append(FiledArticle(article, outcome))
            entries.append(_PageEntry(article.id, stem, digest))
        # Articles that only an earlier conversion had: their files remain.
        unmatched = [entry for rest in entries_by_slug.values() for entry in rest]
        if not self._dry and articles:
            self._keep_page(page, raw, [*entries, *unmatched], unused)
        return filed

    def _keep_earlier_metadata(self, article: Article, before: _PageEntry, given: Collection[str]) -> Article:
        """Return the article with the metadata of an earlier import that this one does not give."""
        try:
            data = self._paths[article.id].read_bytes()
            earlier = parse_article(data, article.id, before.id)
        except (KeyError, OSError, ArticleError):
            return article
        if hashlib.sha256(data).hexdigest() != before.sha256:
            return article
        return replace_fields(
            article, **{n: getattr(earlier, n) for n in METADATA_OPTIONS if n not in given and getattr(earlier, n)}
        )

    def _find_page(self, name: str, raw: bytes, slugs: Sequence[str]) -> tuple[str, list[_PageEntry]]:
        """Return the file name of a page, and its manifest entries from an earlier import."""
        plain = re.sub(r"[^\w. -]", "_", name).lstrip(".-") or "page"
        stem, dot, ending = plain.rpartition(".")
        digest = hashlib.sha256(raw).hexdigest()[:8]
        distinct = f"{stem}-{digest}.{ending}" if dot else f"{plain}-{digest}"
        for candidate in (plain, distinct):
            if not (self.folder / PAGES_FOLDER / f"{candidate}.json").exists():
                return candidate, []
            entries = self._read_manifest(candidate)
            unchanged = self._read_raw_page(candidate) == raw
            if unchanged or {entry.slug for entry in entries} & set(slugs):
                return candidate, entries
        return distinct, self._read_manifest(distinct)

    def _read_raw_page(self, page: str) -> bytes:
        try:
            return (self.folder / PAGES_FOLDER / page).read_bytes()
        except OSError:
            return b""

    def _read_manifest(self, page: str) -> list[_PageEntry]:
        try:
            manifest = json.loads((self.folder / PAGES_FOLDER / f"{page}.json").read_text(encoding="utf-8"))
            return [
                _PageEntry(str(entry["id"]), str(entry["slug"]), str(entry["sha256"])) for entry in manifest["articles"]
            ]
        except (OSError, ValueError, KeyError, TypeError):
            return []  # without a manifest every file counts as edited by a person

    def _find_free_id(self, stem: str) -> str:
        """Return the slug, or the slug with the first free number from 2."""
        number, candidate = 1, stem
        while candidate in self._paths:
            number += 1
            candidate = f"{stem}-{number}"
        return candidate

    def _write_article(
        self, article: Article, before: _PageEntry | None, *, overwrite: bool
    ) -> tuple[FilingOutcome, str]:
        """Write an article unless its file is current or edited; return the outcome and the hash of our version."""
        data = format_article(article).encode()
        digest = hashlib.sha256(data).hexdigest()
        path = self._paths.get(article.id, self.folder / f"{article.id}.md")
        try:
            current = path.read_bytes()
        except FileNotFoundError:
            current = None
        outcome = FilingOutcome.ADDED
        if current is not None:
            edited = before is None or hashlib.sha256(current).hexdigest() != before.sha256
            if current == data:
                outcome = FilingOutcome.UNCHANGED
            elif edited and not overwrite:
                outcome, digest = FilingOutcome.KEPT, before.sha256 if before else ""
            else:
                outcome = FilingOutcome.REPLACED if edited else FilingOutcome.CHANGED
        self._paths[article.id] = path
        if outcome not in (FilingOutcome.UNCHANGED, FilingOutcome.KEPT) and not self._dry:
            _replace_file(path, data)
        return outcome, digest

    def _keep_page(self, page: str, raw: bytes, entries: Sequence[_PageEntry], unused: Sequence[str]) -> None:
        articles = [entry._asdict() for entry in entries]
        content: dict[str, Any] = {"format": _MANIFEST_FORMAT, "articles": articles, "left": list(unused)}
        manifest = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
        for name, data in ((page, raw), (f"{page}.json", manifest)):
            path = self.folder / PAGES_FOLDER / name
            try:
                same = path.read_bytes() == data
            except OSError:
                same = False
            if not same:
                _replace_file(path, data)


def _replace_file(path: Path, data: bytes) -> None:
    """Write a temporary file and rename it, so that readers see the old or the new file, complete.

    Raise `LocationError` if it cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(temporary, 0o666 & ~_current_umask())
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise LocationError(f"cannot write {path}: {error.strerror}") from error


def _current_umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
