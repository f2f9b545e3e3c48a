"""Entry point of `python -m shanxi_cli` and of the installed script `shanxi`.

Whatever fails here, before `cli.main` is imported or after it has returned, has a line and a status of ours: Python's
own status of an exception is 1, which scripts read as "nothing found".
"""

import os
import sys

_INTERRUPTED = 130


def main() -> int:
    """Run the command line of this process and return its exit status."""
    try:
        return _flush_streams(_run_command_line())
    except KeyboardInterrupt:  # too late for the handler in `cli.main`
        return _INTERRUPTED
    except Exception as error:
        return _flush_streams(_report(error))


def _report(error: Exception) -> int:
    try:
        from shanxi_cli.util.crash import report_crash

        return report_crash(error, sys.argv[1:])
    except Exception:  # not even memory for the module that reports
        try:  # noqa: SIM105  # as in `util.crash`
            os.write(
                2, b"shanxi: cannot start: out of memory or of open files; if there are enough, please report it\n"
            )
        except OSError:
            pass
        return 2


def _flush_streams(status: int) -> int:
    """Flush stdout and stderr; where that fails, end the process at once: Python would make the status 120."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        os._exit(status or 2)
    return status


try:
    from shanxi_cli.util.startup import tune_gc

    with tune_gc():
        from shanxi_cli.util.lazy_import import lazy_import

        # Typer imports these, or what it imports does, and a search uses none: 7 of 117 ms (2026-11, CPython 3.11).
        lazy_import(("subprocess", "tokenize", "textwrap", "ipaddress", "bz2", "lzma", "shlex", "signal"))
        from shanxi_cli.cli.main import main as _run_command_line
except KeyboardInterrupt:  # too early for the handler in `cli.main`
    sys.exit(_INTERRUPTED)
except Exception as failure:
    sys.exit(_flush_streams(_report(failure)))

if __name__ == "__main__":
    sys.exit(main())
