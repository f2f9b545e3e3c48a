"""One run of a command: the settings from options, environment and terminal, and the archive they name.

Settings are read here, at the edge, and passed inward as plain values.
"""

import io
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TypeVar

from shanxi_cli.archive import Archive, ArchiveContext, RetryingReader
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import ArchiveOptions, ColorMode, GlobalOptions, TerminalOptions, TimeoutOptions
from shanxi_cli.cli.timeout import time_limit
from shanxi_cli.errors import UsageError
from shanxi_cli.output import TerminalStyle, make_progress_printer
from shanxi_cli.paths import Locations, locate_archive

T = TypeVar("T")
DEFAULT_PAGER = "less -FRX"
_MAX_LINE_BYTES = 10_000_000  # bytes


def resolve_locations(where: ArchiveOptions, settings: GlobalOptions) -> Locations:
    """Where archive and index are for this run."""
    return locate_archive(where.corpus or settings.corpus, where.index or settings.index, os.environ)


class Session:
    """A run of a command: questions to its archive, and what is said on stderr on the way, unless `quiet`.

    Of the time of a question alone `patience` is the limit: bringing an index up to date takes what it takes.
    """

    def __init__(self, at: Locations, patience: TimeoutOptions | None = None, quiet: bool = False) -> None:
        self._progress = make_progress_printer(sys.stderr)
        self._reader = RetryingReader(ArchiveContext(at, self._say, self._progress))
        self._patience = patience
        self._quiet = quiet
        self._failed = 0

    def ask(self, question: Callable[[Archive], T]) -> T:
        """What `question` finds. It prints nothing, for it may be asked twice: see `archive.Reader`."""

        def within_time(archive: Archive) -> T:
            self._progress.close()
            self._tell_failures(archive.outline.failed)
            with time_limit(self._patience.timeout if self._patience else 0):
                return question(archive)

        try:
            return self._reader.ask(within_time)
        finally:
            self._progress.close()

    def _say(self, message: str) -> None:
        self._progress.close()
        if not self._quiet:
            print_notice(message)

    def _tell_failures(self, failed: int) -> None:
        if failed and failed != self._failed:
            files = "1 file" if failed == 1 else f"{failed:,} files"
            self._say(f"{files} could not be read as articles: see shanxi status")
        self._failed = failed


def choose_terminal_style(style: TerminalOptions, settings: GlobalOptions) -> TerminalStyle:
    """Whether the terminal form is styled: as asked for, else by FORCE_COLOR, TERM and the terminal.

    NO_COLOR takes the colours and leaves bold and underline; Rich sees to that.
    """
    match style.color or settings.color or ColorMode.AUTO:
        case ColorMode.ALWAYS:
            return TerminalStyle.STYLED
        case ColorMode.NEVER:
            return TerminalStyle.PLAIN
        case ColorMode.AUTO:
            forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
            able = sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
            return TerminalStyle.STYLED if forced or able else TerminalStyle.PLAIN


def choose_pager(style: TerminalOptions) -> list[str]:
    """The pager as a list of words; empty when there is to be none."""
    if style.no_pager or not sys.stdout.isatty():
        return []
    named = os.environ.get("SHANXI_PAGER", os.environ.get("PAGER", DEFAULT_PAGER))
    try:
        words = shlex.split(named)
    except ValueError as error:
        raise UsageError(f"the pager cannot be read: {named}") from error
    return [] if words in ([], ["cat"]) else words


@contextmanager
def open_lines(file: str) -> Iterator[Iterator[str]]:
    """The lines of a file (`-`: stdin) without their ends, as UTF-8 whatever the locale; other bytes become U+FFFD.

    A line that is longer than any query or id comes in pieces, so that a file without line ends fills no memory.
    """
    stdin = getattr(sys.stdin, "buffer", None) or io.BytesIO()
    with nullcontext(stdin) if file == "-" else open(file, "rb") as source:
        lines = iter(lambda: source.readline(_MAX_LINE_BYTES), b"")
        yield (line.decode("utf-8-sig", "replace").rstrip("\r\n") for line in lines)


def read_ids(file: str) -> list[str]:
    """The ids in a file (`-`: stdin): the first field of each line, so that the lines of a search do."""
    with open_lines(file) as lines:
        return [line.split("\t")[0].strip() for line in lines if line.strip()]
