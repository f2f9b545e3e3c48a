"""`browse`: an archive on a full screen, and the ids of the articles that were chosen there."""

import os
import subprocess
import sys
from importlib.util import find_spec

from shanxi_cli.answers.query_plans import read_today
from shanxi_cli.answers.retrying_reader import RetryingReader
from shanxi_cli.archive import ArchiveContext
from shanxi_cli.browse.answers import ArchiveBrowser, BrowseQuery
from shanxi_cli.cli.context import merge_archive_options, resolve_locations
from shanxi_cli.cli.messages import print_notice_if_any
from shanxi_cli.cli.no_results import list_archive_options
from shanxi_cli.cli.options.browse import BrowseOptions, ScreenTheme
from shanxi_cli.cli.options.common import ArchiveOptions, GlobalOptions
from shanxi_cli.cli.query_args import decode_argument, join_query_words
from shanxi_cli.errors import ShanxiError, UsageError
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import CitationStyle
from shanxi_cli.output import make_progress_printer
from shanxi_cli.output.citation_styles import format_citations
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.search.saved_edit import add_search
from shanxi_cli.search.saved_searches import SavedSearch
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.startup import spread_gc
from shanxi_cli.util.unicode import normalize_nfc

_TERMINAL = "/dev/tty"


def run_browse(options: BrowseOptions, settings: GlobalOptions) -> int:
    """Show the screen, then print the ids that were chosen; exit status 0 for at least one, else 1."""
    _check_terminal()
    from shanxi_cli.browse.app import DARK, LIGHT, BrowseActions, BrowseApp  # with Textual, which is an extra
    from shanxi_cli.browse.tty_driver import TerminalDriver

    text = join_query_words([decode_argument(word) for word in options.query or ()]) or ""
    query = BrowseQuery(text, WordOperator.ALL if options.any_word is False else WordOperator.ANY, options.sort)
    archive = merge_archive_options(options.archive, settings)
    reader = _open_reader(options, settings)
    actions = BrowseActions(lambda article_id: _open_source(article_id, archive), _save, _cite)
    accepts = not sys.stdout.isatty()
    app = BrowseApp(ArchiveBrowser(reader.run), actions, query, accepts=accepts, driver_class=TerminalDriver)
    app.theme = LIGHT if _is_light(options.theme) else DARK
    sys.setswitchinterval(0.0005)  # a key does not wait for the thread that searches
    spread_gc()
    chosen = app.run()
    for article_id in chosen or ():
        print(sanitize_line(article_id))
    return 0 if chosen else 1


def _check_terminal() -> None:
    """Raise `UsageError` without the extra, or without a terminal."""
    if find_spec("textual") is None:
        raise UsageError(
            "browse needs an extra: pip install 'shanxi[browse]' (in a checkout: '.[browse]'); docs/browse.md has a"
            " recipe for fzf instead"
        )
    try:
        os.close(os.open(_TERMINAL, os.O_RDWR | os.O_NOCTTY))
    except OSError:
        raise UsageError("browse needs a terminal; in a script use shanxi search") from None
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise UsageError("browse needs a terminal that can move the cursor; this one is TERM=dumb or unset")


def _open_reader(options: BrowseOptions, settings: GlobalOptions) -> RetryingReader:
    """Return a reader of the archive, opened and brought up to date."""
    progress = make_progress_printer(sys.stderr)
    locations = resolve_locations(options.archive, settings)
    print_notice_if_any(locations.notice)
    reader = RetryingReader(ArchiveContext(locations, lambda message: None, progress))
    try:
        reader.run(lambda archive: None)
    finally:
        progress.close()
    return reader


def _is_light(theme: ScreenTheme) -> bool:
    """Return True for a light theme: the one of the option, else that of `COLORFGBG` (`0;15`: black on white)."""
    if theme is not ScreenTheme.AUTO:
        return theme is ScreenTheme.LIGHT
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return background in ("7", "15")


def _open_source(article_id: str, archive: ArchiveOptions) -> None:
    """Open an article as `shanxi open` does, in a process that cannot write on the screen."""
    command = [sys.executable, "-m", "shanxi_cli", *list_archive_options(archive), "open", article_id]
    done = subprocess.run(  # noqa: S603  # this program
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.splitlines() or ["it could not be opened"]
        raise ShanxiError(lines[0].removeprefix("shanxi: "))


def _save(name: str, query: BrowseQuery) -> None:
    """Save the search of the screen under a name."""
    add_search(SavedSearch(normalize_nfc(name), query.text, query.words, query.order), read_today(), force=False)


def _cite(article: Article) -> str:
    return format_citations([article], CitationStyle.TEXT)
