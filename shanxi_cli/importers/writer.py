"""Writer of imported articles: assigns ids, writes files, and keeps files that a person has edited.

A page is identified by its text, or by its name and a headline it had before: the same page imported again changes
nothing, a better conversion replaces it, and another page of the same name is kept beside it. A file whose hash differs
from the record of its page (`page_store`) was edited by a person.

The record is written before the articles: an import that is killed, or that fills the disk, can be repeated. Each
article is read back, as the archive reads it, before it is written.
"""

import fcntl
import hashlib
import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from shanxi_cli.corpus.file_names import is_index_path
from shanxi_cli.corpus.reader import check_article, format_article, parse_article
from shanxi_cli.corpus.scanner import iterate_sources
from shanxi_cli.errors import ArticleError, LocationError
from shanxi_cli.importers.page_store import PAGES_FOLDER, PageEntry, PageStore, StoredPage
from shanxi_cli.model.article import Article
from shanxi_cli.util.files import replace_file
from shanxi_cli.util.frozen_record import replace_fields

MAX_ID_LENGTH = 100


class FilingOutcome(Enum):
    """Outcomes of filing an article."""

    ADDED = "added"
    CHANGED = "changed"  # our file was replaced by another version
    UNCHANGED = "unchanged"
    KEPT = "kept"  # a person has edited the file; it was not changed
    REPLACED = "replaced"  # a person had edited the file, and --replace was given
    REFUSED = "refused"  # the archive could not read it; it was not written


class FiledArticle(NamedTuple):
    """An article with its id, the outcome of filing it, and why it was refused."""

    article: Article
    outcome: FilingOutcome
    problem: str = ""


class _Plan(NamedTuple):
    """An article to be filed: its file, the bytes to be written (empty for none), and its entry in the record."""

    filed: FiledArticle
    path: Path
    data: bytes
    entry: PageEntry


def slugify_title(title: str) -> str:
    """Return an id for a title: lower-case letters and digits with hyphens; `untitled` if nothing is left."""
    plain = unicodedata.normalize("NFKD", title).replace("’", "").replace("'", "").lower()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = unicodedata.normalize("NFC", re.sub(r"[\W_]+", "-", plain)).strip("-")
    if len(plain) > MAX_ID_LENGTH:
        plain = plain[: MAX_ID_LENGTH + 1].rpartition("-")[0] or plain[:MAX_ID_LENGTH]
    while len(plain.encode()) > 200:
        plain = plain[:-1]
    if is_index_path(plain):
        plain += "-page"  # a file `index.md` would have the id of its folder
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
        self._last_numbers: dict[str, int] = {}
        self._pages = PageStore(folder)
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
        """Create the folder, wait for the lock, read the articles again that another import wrote, and sweep."""
        if self._dry or self._lock is not None:
            return
        try:
            self._pages.make_folders()
            self._lock = os.open(self.folder / PAGES_FOLDER / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LocationError(f"cannot write into {self.folder}: {error.strerror}") from error
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._scan()
        self._pages.remove_temporary_files({self.folder, *(path.parent for path in self._paths.values())})

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
        `METADATA_OPTIONS` keep the values of an earlier import of the page. An article that the archive would not read
        is refused, and the others are filed.
        """
        if articles:
            self._acquire_lock()
        slugs = [slugify_title(article.title) for article in articles]
        page = self._pages.find_page(name, raw, slugs)
        waiting: dict[str, list[PageEntry]] = {}
        for entry in page.entries or self._recognise_articles(page.name, slugs):
            if not self._belongs_to_other_page(entry, page.name):
                waiting.setdefault(entry.slug, []).append(entry)
        plans: list[_Plan] = []
        for article, stem in zip(articles, slugs, strict=True):
            before = waiting[stem].pop(0) if waiting.get(stem) else None
            article = replace_fields(article, id=before.id if before else self._find_free_id(stem), source=page.name)
            article = self._keep_earlier_metadata(article, before, given) if before else article
            plans.append(self._plan_article(article, stem, before, overwrite=overwrite))
        if not self._dry and articles:
            # Articles that only an earlier conversion had: their files remain.
            self._write(page, raw, plans, [entry for rest in waiting.values() for entry in rest], unused)
        return [plan.filed for plan in plans]

    def _write(
        self,
        page: StoredPage,
        raw: bytes,
        plans: Sequence[_Plan],
        unmatched: Sequence[PageEntry],
        unused: Sequence[str],
    ) -> None:
        """Write the record of a page, and then its articles."""
        entries = [plan.entry for plan in plans if plan.filed.outcome is not FilingOutcome.REFUSED]
        if not entries:
            return
        self._pages.keep_page(page._replace(entries=[*entries, *unmatched]), raw, unused)
        for plan in plans:
            if plan.data:
                replace_file(plan.path, plan.data)
        if any(entry.earlier for entry in entries):
            done = [entry._replace(earlier="") for entry in entries]
            self._pages.keep_page(page._replace(entries=[*done, *unmatched]), raw, unused)

    def _recognise_articles(self, page: str, slugs: Sequence[str]) -> list[PageEntry]:
        """Return entries for files of a page that has no record, as an import by an earlier version left them."""
        entries = []
        for stem in dict.fromkeys(slugs):
            last = self._last_number(stem)
            numbers = range(max(1, last - slugs.count(stem) + 1), last + 1)
            ids = [stem if number == 1 else f"{stem}-{number}" for number in numbers]
            entries += [PageEntry(id, stem, "") for id in ids if self._read_source(id) == page]
        return entries

    def _belongs_to_other_page(self, entry: PageEntry, page: str) -> bool:
        """Return True if the id of an article that was never written has since been given to another page's."""
        path = self._paths.get(entry.id)
        if path is None or _hash_file(path) in (entry.sha256, entry.earlier):
            return False
        return self._read_source(entry.id) not in ("", page)

    def _read_source(self, article_id: str) -> str:
        """Return the page that an article says it is from; empty if it does not say."""
        try:
            return parse_article(self._paths[article_id].read_bytes(), article_id, article_id).source
        except (KeyError, OSError, ArticleError):
            return ""

    def _keep_earlier_metadata(self, article: Article, before: PageEntry, given: Collection[str]) -> Article:
        """Return the article with the metadata of an earlier import that this one does not give."""
        try:
            data = self._paths[article.id].read_bytes()
            earlier = parse_article(data, article.id, before.id)
        except (KeyError, OSError, ArticleError):
            return article
        if hashlib.sha256(data).hexdigest() not in (before.sha256, before.earlier):
            return article
        return replace_fields(
            article, **{n: getattr(earlier, n) for n in METADATA_OPTIONS if n not in given and getattr(earlier, n)}
        )

    def _last_number(self, stem: str) -> int:
        """Return the number of the last article with a slug, counted from 1 without gaps; 0 for none."""
        number = self._last_numbers.get(stem, 0)
        while (stem if number == 0 else f"{stem}-{number + 1}") in self._paths:
            number += 1
        self._last_numbers[stem] = number
        return number

    def _find_free_id(self, stem: str) -> str:
        """Return the slug, or the slug with the first free number from 2."""
        number = self._last_number(stem) + 1
        return stem if number == 1 else f"{stem}-{number}"

    def _plan_article(self, article: Article, stem: str, before: PageEntry | None, *, overwrite: bool) -> _Plan:
        """Return what is to be written for an article; nothing if its file is current or edited, or it is refused."""
        path = self._paths.get(article.id, self.folder / f"{article.id}.md")
        data = format_article(article).encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).hexdigest()
        try:
            check_article(data, article.id, str(path))
        except ArticleError as error:
            refused = FiledArticle(article, FilingOutcome.REFUSED, error.reason)
            return _Plan(refused, path, b"", PageEntry(article.id, stem, ""))
        current = _hash_file(path)
        outcome, earlier = FilingOutcome.ADDED, ""
        if current:
            edited = before is None or current not in (before.sha256, before.earlier)
            if current == digest:
                outcome = FilingOutcome.UNCHANGED
            elif edited and not overwrite:
                outcome, digest = FilingOutcome.KEPT, before.sha256 if before else ""
            else:
                outcome, earlier = FilingOutcome.REPLACED if edited else FilingOutcome.CHANGED, current
        self._paths[article.id] = path
        written = outcome not in (FilingOutcome.UNCHANGED, FilingOutcome.KEPT)
        entry = PageEntry(article.id, stem, digest, earlier)
        return _Plan(FiledArticle(article, outcome), path, data if written else b"", entry)


def _hash_file(path: Path) -> str:
    """Return the SHA-256 of a file; empty if there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
