"""Report of an exception that no part of the program expected: one line on stderr, and status 2, not 1.

Used where memory or file descriptors may be exhausted and an import may fail, so this module imports nothing of the
package at its top, and writes to descriptor 2 without a buffer.
"""

import os
import sys
from collections.abc import Sequence

CRASHED = 2
"""The exit status."""

DEBUG_VARIABLE = "SHANXI_DEBUG"
"""Environment variable that, if it is `1`, adds the traceback."""

_ADVICE = f"please report it, with the traceback that {DEBUG_VARIABLE}=1 adds"
_MAX_MESSAGE_CHARACTERS = 300


def report_crash(error: BaseException, arguments: Sequence[str]) -> int:
    """Print one line that names the exception and asks to report it; return the exit status.

    With `--json` among the `arguments` the line is an object, as for any other error.
    """
    line = f"shanxi: internal error; {_ADVICE}\n"
    try:
        line = _format_line(error, arguments)
        if os.environ.get(DEBUG_VARIABLE) == "1":
            line = _format_traceback(error) + line
    except Exception:  # the cause may be that memory is exhausted: then the line is the constant one
        sys.unraisablehook = lambda _: None
    _write_stderr(line)
    return CRASHED


def _format_line(error: BaseException, arguments: Sequence[str]) -> str:
    if isinstance(error, MemoryError):
        message = f"out of memory; free some or raise the limit (ulimit -v); if there is enough, {_ADVICE}"
    elif isinstance(error, ImportError):
        message = f"cannot load a part of the program: {_describe(error)}; check the installation, or {_ADVICE}"
    else:
        message = f"internal error: {_describe(error)}; {_ADVICE}"
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "--json" in options:
        import json  # a crash is rare

        return json.dumps({"schema": 1, "error": {"message": message}}) + "\n"
    return f"shanxi: {message}\n"


def _describe(error: BaseException) -> str:
    """Return the class and the message of an exception on one line; the message may have text of an article."""
    from shanxi_cli.util.sanitize import sanitize_line  # a crash is rare

    text = sanitize_line(str(error))[:_MAX_MESSAGE_CHARACTERS].strip().rstrip(".")
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _format_traceback(error: BaseException) -> str:
    import traceback  # only on request

    from shanxi_cli.util.sanitize import sanitize_text

    return "".join(map(sanitize_text, traceback.format_exception(error)))


def _write_stderr(text: str) -> None:
    """Write to descriptor 2; without one, or where it cannot be written, the exit status is all that is left."""
    try:  # noqa: SIM105  # `contextlib` may be an import too many
        os.write(2, text.encode("utf-8", "backslashreplace"))
    except OSError:
        pass
