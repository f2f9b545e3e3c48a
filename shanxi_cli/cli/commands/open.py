"""`open`: the source of an article in the program that the system has for it.

Nothing goes through a shell. Only addresses of the web are opened, and files of the archive by their absolute paths, so
that neither can be an option of the program.
"""

import os
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path

from shanxi_cli.archive import OpenedArchive
from shanxi_cli.cli.commands.path import find_sources, full_path
from shanxi_cli.cli.context import open_session, resolve_locations
from shanxi_cli.cli.history import resolve_reference
from shanxi_cli.cli.options.articles import OpenOptions, OpenTarget
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.query_args import decode_argument
from shanxi_cli.corpus.field_reader import clean_address
from shanxi_cli.corpus.scanner import SourceFile
from shanxi_cli.errors import UsageError
from shanxi_cli.importers.page_store import PAGES_FOLDER
from shanxi_cli.model.article import Article
from shanxi_cli.search.searcher import find_article
from shanxi_cli.util.sanitize import sanitize_line

_OPENERS = ("xdg-open", "open", "wslview")
"""Programs that open a file as the desktop would: of freedesktop, macOS and Windows' Linux."""


def run_open(options: OpenOptions, settings: GlobalOptions) -> int:
    """Open what the options choose, or print it; exit status 1 for an article that does not exist."""
    session = open_session(options.session, settings)
    locations = resolve_locations(options.session.archive, settings)

    def find(archive: OpenedArchive) -> tuple[Article, SourceFile | None]:
        article = find_article(archive.engine, resolve_reference(decode_argument(options.article)))
        return article, find_sources(archive, locations, [article.id])[article.id] if locations.corpus else None

    target = _choose_target(*session.run(find), options.what)
    if options.show:
        print(sanitize_line(target))
    elif target.startswith(("http:", "https:")):
        _open_address(target)
    else:
        _open_file(target)
    return 0


def _choose_target(article: Article, source: SourceFile | None, what: OpenTarget | None) -> str:
    """Return the address or the path to open. `UsageError` where the article has none of that kind.

    Without a `source` the files of the archive are on another machine.
    """
    if source is None:
        return _choose_address(article, what)
    if what is OpenTarget.PAGE:
        return _find_page(article, source)
    if what is not OpenTarget.FILE and (address := clean_address(article.url)):
        return address
    if what is OpenTarget.URL:
        raise UsageError(f"{article.id} has no address of the web; --what file opens its file")
    return full_path(source)


def _choose_address(article: Article, what: OpenTarget | None) -> str:
    if what in (None, OpenTarget.URL) and (address := clean_address(article.url)):
        return address
    reason = "" if what in (OpenTarget.FILE, OpenTarget.PAGE) else f"{article.id} has no address of the web, and "
    raise UsageError(f"{reason}the files of this archive are elsewhere: its index is only read; run it where they are")


def _find_page(article: Article, source: SourceFile) -> str:
    """Return the path of the page that an article was imported from."""
    if not article.source:
        raise UsageError(f"{article.id} was not imported from a page; --what file opens its file")
    pages = Path(source.root).resolve() / PAGES_FOLDER
    for folder in (pages / "raw", pages):  # the second: of an earlier layout
        page = (folder / article.source).resolve()
        if page.is_relative_to(pages) and page.is_file():
            return str(page)
    raise UsageError(f"{article.id}: its page {article.source} is not in {pages}")


def _open_address(address: str) -> None:
    if not webbrowser.open(address):
        raise UsageError(f"found no browser for {address}; set BROWSER, or add --print")


def _open_file(path: str) -> None:
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606  # a file of the archive by its absolute path
        return
    opener = next(filter(None, map(shutil.which, _OPENERS)), None)
    if opener is None:
        raise UsageError(f"found no program that opens files ({', '.join(_OPENERS)}); add --print for the path")
    done = subprocess.run([opener, path], check=False, stdin=subprocess.DEVNULL)  # noqa: S603  # without a shell
    if done.returncode:
        raise UsageError(f"{Path(opener).name} could not open {path} (status {done.returncode})")
