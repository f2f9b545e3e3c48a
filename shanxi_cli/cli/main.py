"""Entry point: run a command line, and print the error that ends it. Commands return statuses of their own.

    0    found, done
    1    nothing found, no such article
    2    error: usage, query, folder, file, index
    130  interrupted

A closed pipe (`| head -1`) is 0. Stdout has the answer and nothing else. Any exception that is not named here is left
to `__main__`, which reports it with status 2.
"""

import errno
import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from shanxi_cli.cli.app import build_command_group
from shanxi_cli.cli.messages import advise, print_error, print_notice
from shanxi_cli.errors import EngineError, NoSuchArticle, ShanxiError

FOUND, NOTHING, WRONG, INTERRUPTED = 0, 1, 2, 130

_SMALLEST_WINDOW = {"COLUMNS": 20, "LINES": 1}
_LARGEST_WINDOW = 10_000
"""Sizes that `COLUMNS` and `LINES` may set; in fewer columns tables lose rows."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name; None: the process's own) and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if os.name != "posix":
        print("shanxi: shanxi runs on Linux and macOS", file=sys.stderr)
        return WRONG
    try:
        _configure_streams()
        _ignore_unusable_window_size()
        status = _run_command(arguments)
        sys.stdout.flush()
        return status
    except ShanxiError as error:
        print_error(error, arguments)
        return NOTHING if isinstance(error, NoSuchArticle) else WRONG
    except typer.TyperException as error:
        print_error(error, arguments)
        return WRONG
    except BrokenPipeError:
        _discard_output()
        return FOUND
    except OSError as error:
        _discard_output()
        where = f": {error.filename}" if error.filename else ""
        print_error(ShanxiError(f"{error.strerror or error}{where}"), arguments)
        return WRONG
    except (KeyboardInterrupt, typer.Abort) as interrupt:
        if str(interrupt):
            print_notice(str(interrupt))
        return INTERRUPTED


def _run_command(arguments: list[str]) -> int:
    """Run a command line, or print help on stderr where it is empty; completion is answered without Typer's parsing."""
    if arguments[:1] == ["--complete"]:
        from shanxi_cli.cli.completion.complete import print_completions

        return print_completions(arguments[1:], build_command_group)
    # The command alone, where the line begins with it; `help` describes all.
    group = build_command_group([name for name in arguments[:1] if name != "help"])
    if not arguments:
        from shanxi_cli.cli.help_format import render_help, style_help

        context = typer.Context(group, info_name="shanxi", **group.context_settings)
        print(style_help(render_help(group, context), sys.stderr), file=sys.stderr)
        return WRONG
    try:
        with group.make_context("shanxi", arguments) as context:
            return _invoke(group, context)
    except typer.Exit as done:
        return done.exit_code


def _invoke(group: Any, context: typer.Context) -> int:
    """Run the command of a line. Where time was too short the error names the variable, if none names the option."""
    try:
        # Not `group(...)`: that would answer a closed pipe with status 1 before we could.
        return int(group.invoke(context) or FOUND)
    except EngineError as error:
        if error.slow and context.invoked_subcommand != "index":  # the times of a build are fixed
            advise(error, "raise SHANXI_TIMEOUT")
        raise


def _configure_streams() -> None:
    """Write UTF-8 into pipes whatever the locale, and escape characters that a terminal cannot show.

    Python has None for a stream that was closed before the start. /dev/null takes its number, so that the first file
    that we open does not get the number of a standard stream; stdin is empty, and stdout refuses to be written.
    """
    number = os.open(os.devnull, os.O_RDWR)
    while number < 3:
        number = os.open(os.devnull, os.O_RDWR)
    os.close(number)
    sys.stdin = sys.stdin or io.StringIO()
    sys.stdout = sys.stdout or _ClosedOutput()
    if sys.stderr is None or sys.stderr is sys.__stderr__:
        encoding = sys.stderr.encoding if sys.stderr else "utf-8"
        messages = io.BufferedWriter(_MessageFile(2, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(messages, encoding=encoding, line_buffering=True)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


class _ClosedOutput(io.StringIO):
    """Takes the place of a stdout that was closed before the start."""

    def write(self, text: str, /) -> int:
        if text:
            raise OSError(errno.EBADF, "cannot print the answer: stdout is closed")
        return 0


class _MessageFile(io.FileIO):
    """Stderr. A message that cannot be written (full disk, closed pipe) changes neither the answer nor the status."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError:
            return len(data)


def _ignore_unusable_window_size() -> None:
    """Remove `COLUMNS` and `LINES` from the environment unless they are the size of a window that can show something.

    Some shells and containers export 0. Rich, the help and the pager then use the size of the terminal.
    """
    for name, smallest in _SMALLEST_WINDOW.items():
        value = os.environ.get(name, "")
        plain = value.isascii() and value.isdigit() and len(value) <= len(str(_LARGEST_WINDOW))
        if value and not (plain and smallest <= int(value) <= _LARGEST_WINDOW):
            del os.environ[name]


def _discard_output() -> None:
    """Send what Python would still flush at its end to /dev/null, if stdout cannot be written any more."""
    try:
        sys.stdout.flush()
    except OSError:
        number = sys.stdout.fileno()
        os.close(number)  # first: there may be no other descriptor left
        null = os.open(os.devnull, os.O_WRONLY)
        if null != number:
            os.dup2(null, number)
