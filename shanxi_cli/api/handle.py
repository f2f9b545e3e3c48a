"""The life of an archive in a Python program: opening, refreshing and closing it, and its articles by id."""

import os
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from shanxi_cli.answers.retrying_reader import RetryingReader
from shanxi_cli.api import reading
from shanxi_cli.api.arguments import choose_member
from shanxi_cli.archive import ArchiveContext, OpenedArchive
from shanxi_cli.errors import UsageError
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import CitationStyle
from shanxi_cli.output.citation_styles import format_citations
from shanxi_cli.paths import ArchiveChoice, Locations, locate_choice

T = TypeVar("T")
Folder = str | os.PathLike[str]
_MAX_NOTICES = 100
"""Notices that are kept: a program may refresh an archive for months."""


class ArchiveHandle:
    """An archive that is open, without the queries of `Archive`."""

    def __init__(self, locations: Locations, reader: RetryingReader, notices: deque[str]) -> None:
        self._locations = locations
        self._reader = reader
        self._notices = notices
        self._closed = False

    @classmethod
    def open(
        cls,
        *,
        archive: str | None = None,
        corpus: Folder | Iterable[Folder] | None = None,
        index: Folder | None = None,
        exclude: Iterable[str] = (),
        progress: Callable[[int, int], None] | None = None,
        insecure: bool = False,
    ) -> Self:
        """Open an archive, and bring its index up to date or build it.

        `archive` is a name of the configuration (docs/configuration.md). Without it, `corpus` and `index` it is the one
        of the command line, as its environment variables and its configuration say. `index` may be the address of an
        index that a cluster keeps (docs/opensearch.md), which is only read without a corpus; `insecure` allows `http`
        to another machine. `exclude` has patterns of files to leave out. `progress` is called with the files read and
        their number while an index is built. Raise `LocationError` for a folder or a name of an archive that does not
        exist, `IndexBusy` while another process builds the first index.
        """
        folders = [corpus] if isinstance(corpus, str | os.PathLike) else corpus or ()
        names = [os.fspath(folder) for folder in folders]
        index_name = None if index is None else os.fspath(index)
        choice = ArchiveChoice(names, index_name or "", tuple(exclude), archive or "", insecure)
        locations = locate_choice(choice, os.environ)
        notices: deque[str] = deque(maxlen=_MAX_NOTICES)
        notices.extend(filter(None, [locations.notice]))
        context = ArchiveContext(locations, notices.append, progress or (lambda done, total: None))
        opened = cls(locations, RetryingReader(context), notices)
        opened._run(lambda _: None)
        return opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Release the files and the memory of the archive; a query raises `UsageError` afterwards."""
        self._closed = True
        self._reader.close()

    def refresh(self) -> bool:
        """Read what has changed in the articles since the archive was opened; return False if nothing has.

        Rows that were returned before stay as they are. An index held in memory is not updated: open the archive again.
        """
        self._run(lambda _: None)
        return self._reader.refresh()

    def __len__(self) -> int:
        """Return the number of articles."""
        return self._run(lambda opened: opened.engine.article_count())

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {os.pathsep.join(self._locations.corpus)}{' (closed)' if self._closed else ''}>"

    @property
    def corpus(self) -> tuple[Path, ...]:
        """The folders of the articles, in order."""
        return tuple(map(Path, self._locations.corpus))

    @property
    def index(self) -> Path:
        """The folder of the index; another one is used where this one cannot be written, and `notices` says so."""
        return self._locations.index

    @property
    def notices(self) -> tuple[str, ...]:
        """Notices from opening the archive: that the index was built, rebuilt, or could not be updated."""
        return tuple(self._notices)

    def article(self, id: str) -> Article:  # the name that rows have
        """Return the article with this id, or with the only id that begins with it.

        Raise `NoSuchArticle` or `AmbiguousArticle`.
        """
        return self.articles([id])[0]

    def articles(self, ids: Iterable[str]) -> tuple[Article, ...]:
        """Return articles by their ids, in this order; raise as `article` does."""
        names = reading.list_ids(ids)
        return self._run(lambda opened: reading.list_articles(opened, names))

    def cite(self, ids: str | Iterable[str], style: CitationStyle | str = CitationStyle.TEXT) -> str:
        """Return citations of articles: `text`, `bibtex`, `csl-json`, `ris`, `apa` or `chicago`."""
        chosen = choose_member(CitationStyle, style, "style")
        return format_citations(self.articles([ids] if isinstance(ids, str) else ids), chosen)

    def _run(self, query: Callable[[OpenedArchive], T]) -> T:
        if self._closed:
            raise UsageError("the archive is closed; open it again")
        return self._reader.run(query)
