"""Imported articles into a corpus: which id each is given, what is written, and what is left as a person made it.

    FOLDER/coal-town-plants-trees.md         an article
    FOLDER/.pages/page-000.txt               the raw page, as it was imported
    FOLDER/.pages/page-000.txt.json          what was made of it: ids, the hash of each file as it was written, and
                                             captions and other text of the page that went into no article

A page is known by its name and by a headline that it had before, so that the same page imported again changes nothing,
a better conversion of it takes its place, and another page of the same name is kept beside it. A file whose hash is not
the one remembered was edited by a person. Files are written beside and renamed.
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
    """What became of an article."""

    ADDED = "added"
    CHANGED = "changed"  # the file was as it had been written, and now is another
    UNCHANGED = "unchanged"
    KEPT = "kept"  # a person has edited the file; it was left as it is
    REPLACED = "replaced"  # a person had edited the file, and --replace was given


class FiledArticle(NamedTuple):
    """An article with its id, and what became of it."""

    article: Article
    outcome: FilingOutcome


class _PageEntry(NamedTuple):
    """What a page's manifest remembers of an article: its id, the slug of its headline, the hash of its file."""

    id: str
    slug: str
    sha256: str


def slugify_title(title: str) -> str:
    """A title as an id: small letters and digits with hyphens, no apostrophes; `untitled` where nothing is left."""
    plain = unicodedata.normalize("NFKD", title).replace("’", "").replace("'", "").lower()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = unicodedata.normalize("NFC", re.sub(r"[\W_]+", "-", plain)).strip("-")
    if len(plain) > MAX_ID_LENGTH:
        plain = plain[: MAX_ID_LENGTH + 1].rpartition("-")[0] or plain[:MAX_ID_LENGTH]
    while len(plain.encode()) > 200:
        plain = plain[:-1]
    return plain or "untitled"


@contextmanager
def open_corpus_writer(folder: Path, dry: bool) -> Iterator["CorpusWriter"]:
    """The folder to file into; it is made, and held against other imports, with the first page filed, unless `dry`."""
    if folder.exists() and not folder.is_dir():
        raise LocationError(f"{folder} is not a folder")
    shelf = CorpusWriter(folder, dry)
    try:
        yield shelf
    finally:
        shelf.close()


METADATA_OPTIONS = ("date", "publication", "section", "page")
"""What the options of an import can tell of an article."""


class CorpusWriter:
    """A corpus folder while pages are filed into it."""

    def __init__(self, folder: Path, dry: bool) -> None:
        self.folder = folder
        self._dry = dry
        self._paths: dict[str, Path] = {}
        self._lock: int | None = None
        self._look()

    def close(self) -> None:
        """Lets another import have the folder."""
        if self._lock is not None:
            os.close(self._lock)

    def _look(self) -> None:
        if self.folder.is_dir():
            for source in iterate_sources(str(self.folder)):
                self._paths.setdefault(source.id, Path(source.full))

    def _hold(self) -> None:
        """Makes the folder and waits until no other import holds it; what that one has filed is seen then."""
        if self._dry or self._lock is not None:
            return
        try:
            (self.folder / PAGES_FOLDER).mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.folder / PAGES_FOLDER / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise LocationError(f"cannot write into {self.folder}: {error.strerror}") from error
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._look()

    def file(
        self,
        name: str,
        raw: bytes,
        articles: Sequence[Article],
        left: Sequence[str],
        over: bool,
        told: Collection[str] = (),
    ) -> list[FiledArticle]:
        """Files the articles of the page `name` (a file's name) and keeps `raw` and what was `left` of it beside them.

        `over`: also over files that a person has edited. `told` are the fields that were said this time; others of
        `METADATA_OPTIONS` stay as they were said at an earlier import of the page.
        """
        if articles:
            self._hold()
        page, made = self._page(name, raw, [slugify_title(article.title) for article in articles])
        waiting: dict[str, list[_PageEntry]] = {}
        for each in made:
            waiting.setdefault(each.slug, []).append(each)
        filed: list[FiledArticle] = []
        now: list[_PageEntry] = []
        for article in articles:
            stem = slugify_title(article.title)
            before = waiting[stem].pop(0) if waiting.get(stem) else None
            article = replace_fields(article, id=before.id if before else self._free(stem), source=page)
            article = self._as_told_before(article, before, told) if before else article
            outcome, digest = self._write(article, before, over)
            filed.append(FiledArticle(article, outcome))
            now.append(_PageEntry(article.id, stem, digest))
        gone = [each for rest in waiting.values() for each in rest]  # what an earlier conversion had, and its file has
        if not self._dry and articles:
            self._keep(page, raw, [*now, *gone], left)
        return filed

    def _as_told_before(self, article: Article, before: _PageEntry, told: Collection[str]) -> Article:
        """An article with what an earlier import was told of it (its date, say) and this one is not."""
        try:
            data = self._paths[article.id].read_bytes()
            old = parse_article(data, article.id, before.id)
        except (KeyError, OSError, ArticleError):
            return article
        if hashlib.sha256(data).hexdigest() != before.sha256:
            return article
        return replace_fields(
            article, **{n: getattr(old, n) for n in METADATA_OPTIONS if n not in told and getattr(old, n)}
        )

    def _page(self, name: str, raw: bytes, slugs: Sequence[str]) -> tuple[str, list[_PageEntry]]:
        """The name under which a page is kept, and what was made of it before."""
        plain = re.sub(r"[^\w. -]", "_", name).lstrip(".-") or "page"
        stem, dot, ending = plain.rpartition(".")
        digest = hashlib.sha256(raw).hexdigest()[:8]
        apart = f"{stem}-{digest}.{ending}" if dot else f"{plain}-{digest}"
        for candidate in (plain, apart):
            if not (self.folder / PAGES_FOLDER / f"{candidate}.json").exists():
                return candidate, []
            made = self._manifest(candidate)
            same = self._raw(candidate) == raw
            if same or {each.slug for each in made} & set(slugs):
                return candidate, made
        return apart, self._manifest(apart)

    def _raw(self, page: str) -> bytes:
        try:
            return (self.folder / PAGES_FOLDER / page).read_bytes()
        except OSError:
            return b""

    def _manifest(self, page: str) -> list[_PageEntry]:
        try:
            told = json.loads((self.folder / PAGES_FOLDER / f"{page}.json").read_text(encoding="utf-8"))
            return [_PageEntry(str(each["id"]), str(each["slug"]), str(each["sha256"])) for each in told["articles"]]
        except (OSError, ValueError, KeyError, TypeError):
            return []  # without it every file counts as a person's

    def _free(self, stem: str) -> str:
        """The slug, or the slug with the first number from 2 that no article of the folder has."""
        number, candidate = 1, stem
        while candidate in self._paths:
            number += 1
            candidate = f"{stem}-{number}"
        return candidate

    def _write(self, article: Article, before: _PageEntry | None, over: bool) -> tuple[FilingOutcome, str]:
        """Writes an article, unless its file is as it would be, or a person's. Gives the hash of what is ours there."""
        data = format_article(article).encode()
        digest = hashlib.sha256(data).hexdigest()
        path = self._paths.get(article.id, self.folder / f"{article.id}.md")
        try:
            there = path.read_bytes()
        except FileNotFoundError:
            there = None
        outcome = FilingOutcome.ADDED
        if there is not None:
            edited = before is None or hashlib.sha256(there).hexdigest() != before.sha256
            if there == data:
                outcome = FilingOutcome.UNCHANGED
            elif edited and not over:
                outcome, digest = FilingOutcome.KEPT, before.sha256 if before else ""
            else:
                outcome = FilingOutcome.REPLACED if edited else FilingOutcome.CHANGED
        self._paths[article.id] = path
        if outcome not in (FilingOutcome.UNCHANGED, FilingOutcome.KEPT) and not self._dry:
            _replace_file(path, data)
        return outcome, digest

    def _keep(self, page: str, raw: bytes, made: Sequence[_PageEntry], left: Sequence[str]) -> None:
        articles = [each._asdict() for each in made]
        told: dict[str, Any] = {"format": _MANIFEST_FORMAT, "articles": articles, "left": list(left)}
        manifest = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
        for name, data in ((page, raw), (f"{page}.json", manifest)):
            path = self.folder / PAGES_FOLDER / name
            try:
                same = path.read_bytes() == data
            except OSError:
                same = False
            if not same:
                _replace_file(path, data)


def _replace_file(path: Path, data: bytes) -> None:
    """Writes a file beside and renames it, so that a reader sees the old or the new one, whole."""
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.chmod(beside, 0o666 & ~_current_umask())
            os.replace(beside, path)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as error:
        raise LocationError(f"cannot write {path}: {error.strerror}") from error


def _current_umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now
