"""The command line. Only here errors are printed and exit statuses chosen.

    0    found, done
    1    nothing found, no such article
    2    anything wrong: usage, query, folder, file, index
    130  interrupted

A closed pipe (`| head -1`) is 0. What is printed on stdout is the answer and nothing else.
"""

import io
import os
import sys
from collections.abc import Sequence

import typer

from shanxi_cli.cli.app import build_command_group, run_completion
from shanxi_cli.cli.messages import print_error, print_notice
from shanxi_cli.errors import NoSuchArticle, ShanxiError

FOUND, NOTHING, WRONG, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command line (without the program's name; None: the process's own) and gives its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if os.name != "posix":
        print("shanxi: shanxi runs on Linux and macOS", file=sys.stderr)
        return WRONG
    _configure_streams()
    try:
        status = run_completion(arguments[1:]) if arguments[:1] == ["--complete"] else _run_command(arguments)
        sys.stdout.flush()
        return status
    except ShanxiError as error:
        print_error(error, arguments)
        return NOTHING if isinstance(error, NoSuchArticle) else WRONG
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # no command: its message is the help
            print(error.format_message(), file=sys.stderr)
            return WRONG
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
        if str(interrupt):  # somebody on the way had something to say
            print_notice(str(interrupt))
        return INTERRUPTED


def _run_command(arguments: list[str]) -> int:
    # The verb alone, where the line begins with it; `help` tells of all.
    command = build_command_group([verb for verb in arguments[:1] if verb != "help"])
    try:
        # Not `command(...)`: that would answer a closed pipe with status 1 before we could.
        with command.make_context("shanxi", arguments) as context:
            return int(command.invoke(context) or FOUND)
    except typer.Exit as done:
        return done.exit_code


def _configure_streams() -> None:
    """UTF-8 into pipes whatever the locale, and no traceback for a character that a terminal cannot show.

    Python has None for a stream that was closed before the start. An empty one takes its place, and
    /dev/null its number, lest the first file that we open be taken for it.
    """
    number = os.open(os.devnull, os.O_RDWR)
    while number < 3:
        number = os.open(os.devnull, os.O_RDWR)
    os.close(number)
    sys.stdin = sys.stdin or io.StringIO()
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _discard_output() -> None:
    """If stdout cannot be written any more, what Python would still flush at its end goes nowhere."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
