"""One run of a command: settings from options, environment and terminal, and the archive that they name.

Settings are read here, at the edge, and passed inward as plain values.
"""

import io
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TypeVar

from shanxi_cli.answers.retrying_reader import RetryingReader
from shanxi_cli.archive import ArchiveContext, OpenedArchive
from shanxi_cli.cli.messages import advise, print_notice
from shanxi_cli.cli.options.common import ArchiveOptions, ColorMode, GlobalOptions, SessionOptions, TerminalOptions
from shanxi_cli.cli.timeout import time_limit
from shanxi_cli.errors import EngineError, UsageError
from shanxi_cli.output import TerminalStyle, make_progress_printer
from shanxi_cli.paths import ArchiveChoice, Locations, locate_choice
from shanxi_cli.util.text import pluralize

T = TypeVar("T")
DEFAULT_PAGER = "less -FRX"
_CLUSTER_TIMEOUT = 10.0
"""Seconds for an answer of a cluster, for commands without `--timeout`."""
_MAX_LINE_BYTES = 10_000_000  # bytes


def merge_archive_options(archive: ArchiveOptions, settings: GlobalOptions) -> ArchiveOptions:
    """Return the options that name archive and index; those behind the command override those before it."""
    return ArchiveOptions(
        archive_name=archive.archive_name or settings.archive_name,
        corpus=archive.corpus or settings.corpus,
        index=archive.index or settings.index,
        exclude=archive.exclude or settings.exclude,
        insecure=archive.insecure or settings.insecure,
    )


def choose_archive_parts(archive: ArchiveOptions, settings: GlobalOptions) -> ArchiveChoice:
    """Return the names that the options give."""
    named = merge_archive_options(archive, settings)
    return ArchiveChoice(
        *(named.corpus or (), named.index or "", named.exclude or (), named.archive_name or ""), insecure=named.insecure
    )


def resolve_locations(archive: ArchiveOptions, settings: GlobalOptions) -> Locations:
    """Return the directories of archive and index."""
    return locate_choice(choose_archive_parts(archive, settings), os.environ)


def cluster_timeout(environ: Mapping[str, str]) -> float:
    """Return the seconds for an answer of a cluster (0: no limit), for commands without `--timeout`.

    Raise `UsageError` if SHANXI_TIMEOUT is no such number.
    """
    named = environ.get("SHANXI_TIMEOUT", "")
    try:
        seconds = float(named or _CLUSTER_TIMEOUT)
    except ValueError:
        seconds = -1.0
    if not seconds >= 0:  # nor NaN
        raise UsageError(f"SHANXI_TIMEOUT={named}: not a number of seconds; 0 is no limit")
    return seconds


class Session:
    """Queries of one command to its archive, with progress and notices on stderr unless `quiet`.

    `timeout` (seconds; 0 and None: none) limits a query alone, and each answer of a cluster (None: `cluster_timeout`);
    updating the index first is not limited. Opening an index that is only read is part of the query. Without `routine`
    nothing is said about an index that was updated, nor about files that are no articles.
    """

    def __init__(
        self, locations: Locations, timeout: float | None = None, *, quiet: bool = False, routine: bool = True
    ) -> None:
        self._progress = make_progress_printer(sys.stderr)
        update = self._notify if routine else _say_nothing
        patience = cluster_timeout(os.environ) if timeout is None else timeout
        self._reader = RetryingReader(ArchiveContext(locations, self._notify, self._progress, update, patience))
        self._only_read = locations.remote is not None and not locations.corpus
        self._routine = routine
        self._has_option = timeout is not None
        self._timeout = timeout or 0
        self._quiet = quiet
        self._failed = 0
        if locations.notice:
            self._notify(locations.notice)

    def run(self, query: Callable[[OpenedArchive], T]) -> T:
        """Return the result of `query`, which must not print: it may run twice, see `answers.retrying_reader`."""

        def run_within_time(archive: OpenedArchive) -> T:
            self._progress.close()
            self._notify_failures(archive.summary.failed)
            with time_limit(0 if self._only_read else self._timeout):
                return query(archive)

        try:
            with self._limit_all():
                return self._reader.run(run_within_time)
        except EngineError as error:
            if error.slow and self._has_option:
                advise(error, "raise --timeout")
            raise
        finally:
            self._progress.close()

    def _limit_all(self) -> AbstractContextManager[None]:
        """Limit opening and query together, where nothing is built."""
        if not self._only_read or not self._timeout:
            return nullcontext()
        advice = "narrow the query, raise --timeout (0 disables it), or examine the cluster with shanxi doctor"
        return time_limit(self._timeout, f"timed out after {self._timeout:g} s; {advice}")

    def _notify(self, message: str) -> None:
        self._progress.close()
        if not self._quiet:
            print_notice(message)

    def _notify_failures(self, failed: int) -> None:
        if failed and failed != self._failed and self._routine:
            self._notify(f"{pluralize(failed, 'file')} could not be read as articles: see shanxi status")
        self._failed = failed


def _say_nothing(message: str) -> None:
    """Take the place of a notice."""


def open_session(options: SessionOptions, settings: GlobalOptions, *, quiet: bool = False) -> Session:
    """Return the session of a command that queries the archive."""
    return Session(resolve_locations(options.archive, settings), options.timeout, quiet=quiet)


def choose_terminal_style(terminal: TerminalOptions, settings: GlobalOptions) -> TerminalStyle:
    """Return the style that `--color` names, else that of FORCE_COLOR, TERM and the terminal.

    NO_COLOR removes the colours and keeps bold and underline; Rich does that.
    """
    match terminal.color or settings.color or ColorMode.AUTO:
        case ColorMode.ALWAYS:
            return TerminalStyle.STYLED
        case ColorMode.NEVER:
            return TerminalStyle.PLAIN
        case ColorMode.AUTO:
            forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
            capable = sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
            return TerminalStyle.STYLED if forced or capable else TerminalStyle.PLAIN


def choose_pager(terminal: TerminalOptions) -> list[str]:
    """Return the pager as a list of words; empty for none, as on a terminal that cannot move the cursor."""
    if terminal.no_pager or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return []
    command = os.environ.get("SHANXI_PAGER", os.environ.get("PAGER", DEFAULT_PAGER))
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise UsageError(f"cannot parse the pager command: {command}") from error
    return [] if words in ([], ["cat"]) else words


@contextmanager
def open_lines(file: str) -> Iterator[Iterator[str]]:
    """Open the lines of a file (`-`: stdin) without their ends, as UTF-8 whatever the locale; others become U+FFFD.

    A line of more than `_MAX_LINE_BYTES` comes in pieces, so that a file without line ends does not fill the memory.
    """
    stdin = getattr(sys.stdin, "buffer", None) or io.BytesIO()
    with nullcontext(stdin) if file == "-" else open(file, "rb") as source:
        lines = iter(lambda: source.readline(_MAX_LINE_BYTES), b"")
        yield (line.decode("utf-8-sig", "replace").rstrip("\r\n") for line in lines)


def read_ids(file: str) -> list[str]:
    """Return the ids in a file (`-`: stdin): the first tab-separated field of each line, as `search` prints them."""
    with open_lines(file) as lines:
        return [line.split("\t")[0].strip() for line in lines if line.strip()]
