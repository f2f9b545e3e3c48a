"""`mcp`: the archive as tools for an assistant, on stdin and stdout."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from shanxi_cli.api.archive import Archive
from shanxi_cli.cli.context import merge_archive_options
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.cli.options.mcp import McpOptions
from shanxi_cli.cli.timeout import time_limit
from shanxi_cli.errors import UsageError
from shanxi_cli.output import make_progress_printer

_INTERRUPTED = 130
_EXTRA = ("mcp", "mcp_types", "anyio")


def run_mcp(options: McpOptions, settings: GlobalOptions) -> int:
    """Serve until stdin is closed; exit status 0. Only the protocol is written on stdout."""
    try:
        from shanxi_cli.mcp_server.protocol import serve_archive  # an extra
    except ImportError as error:
        if (error.name or "").split(".")[0] not in _EXTRA:
            raise
        raise UsageError(
            "to serve assistants, install the extra: pip install 'shanxi[mcp]' (in a checkout: '.[mcp]')"
        ) from error
    named = merge_archive_options(options.archive, settings)
    progress = make_progress_printer(sys.stderr)
    with Archive.open(
        archive=named.archive_name,
        corpus=named.corpus,
        index=named.index,
        exclude=named.exclude or (),
        insecure=named.insecure,
        progress=progress,
    ) as archive:
        progress.close()
        for notice in archive.notices:
            print_notice(notice)
        if sys.stdin.isatty():
            print_notice("waiting for an assistant on stdin; its configuration is in docs/assistants.md")
        message = f"timed out after {options.timeout:g} s; narrow the query, or ask for fewer rows"
        with _exit_on_interrupt():
            serve_archive(archive, lambda: time_limit(options.timeout, message))
    return 0


@contextmanager
def _exit_on_interrupt() -> Iterator[None]:
    """End the process at an interrupt: a thread of the SDK waits for a line on stdin, and cannot be cancelled."""

    def stop(number: int, frame: FrameType | None) -> None:
        os._exit(_INTERRUPTED)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
