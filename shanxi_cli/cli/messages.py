"""Errors and notices on stderr: one line each, with the place of the mistake for a query; objects under `--json`."""

import shutil
import sys
from collections.abc import Sequence

from shanxi_cli.errors import AmbiguousArticle, ArticleError, EngineError, QueryError
from shanxi_cli.util.sanitize import sanitize_line

NO_DERIVED_HINT = "--no-derived leaves them out"
"""Words behind a number of derived names, or of articles found by them."""
_CONTEXT_CHARACTERS = 60
"""Characters of a long query shown on either side of the mistake."""


def print_error(error: Exception, arguments: Sequence[str]) -> None:
    """Print an error as text, or as an object where `--json` is an option of the command line."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "--json" in options:
        import json

        print(json.dumps({"schema": 1, "error": _make_error_object(error)}), file=sys.stderr)
    else:
        first, *rest = format_error_lines(error)
        print("\n".join([*_fold_line(first), *rest]), file=sys.stderr)


def advise(error: EngineError, advice: str) -> None:
    """Add how a command is given more time to the message of an error that is `slow`."""
    error.args = (f"{error}, or {advice}", *error.args[1:])
    error.slow = False


def print_notice(message: str) -> None:
    """Print one line that is no error."""
    print_footer(f"shanxi: {sanitize_line(message)}")


def print_footer(line: str) -> None:
    """Print a line on stderr, on a terminal between its words as lines of the window."""
    print("\n".join(_fold_line(line)), file=sys.stderr)


def _fold_line(line: str) -> list[str]:
    """Return a line as lines that fit into the terminal of stderr; commands, which people paste, are not broken."""
    if not sys.stderr.isatty():
        return [line]
    from shanxi_cli.util.display_width import display_width
    from shanxi_cli.util.word_wrap import wrap_words

    window = shutil.get_terminal_size().columns
    if display_width(line) <= window:
        return [line]
    lines = [""]
    for part in line.split("; "):
        longer = f"{lines[-1]}; {part}" if lines[-1] else part
        if display_width(longer) <= window - 1:
            lines[-1] = longer
            continue
        lines[-1] += ";" if lines[-1] else ""
        folded = [part] if "shanxi " in part.removeprefix("shanxi: ") else wrap_words(part, window - 1, "  ")
        lines = [*filter(None, lines), *folded]
    return lines


def print_notice_if_any(message: str) -> None:
    """Print a notice behind the answer on stdout; nothing for an empty one."""
    if message:
        sys.stdout.flush()
        print_notice(message)


def format_error_lines(error: Exception) -> list[str]:
    """Return an error as the lines that are printed."""
    format_message = getattr(error, "format_message", None)  # Typer's errors
    # Ours have no full stop; a last dot of theirs may be part of a command line or a path.
    message = format_message().rstrip(".") if format_message else str(error)
    shown = [f"shanxi: {sanitize_line(_lower_first_letter(message))}"]
    if isinstance(error, QueryError) and error.query:
        shown += _format_error_location(error)
    return shown


def _lower_first_letter(message: str) -> str:
    return message[:1].lower() + message[1:] if message[1:2].islower() else message


def _format_error_location(error: QueryError) -> list[str]:
    """Return the query, carets under the mistake, and the hint; a long query is cut around the mistake."""
    start, end = error.start, min(error.end, max(len(error.query), error.start + 1))
    low, high = max(0, start - _CONTEXT_CHARACTERS), min(len(error.query), start + _CONTEXT_CHARACTERS)
    lead = "… " if low else ""
    before = lead + sanitize_line(error.query[low:start])
    from shanxi_cli.util.display_width import display_width

    mistake = sanitize_line(error.query[start : min(end, high)])
    after = sanitize_line(error.query[min(end, high) : high]) + (" …" if high < len(error.query) else "")
    shown = ["  " + before + mistake + after, "  " + " " * display_width(before) + "^" * max(1, display_width(mistake))]
    return shown + ([f"  {sanitize_line(error.hint)}"] if error.hint else [])


def _make_error_object(error: Exception) -> dict[str, object]:
    shown: dict[str, object] = {"message": format_error_lines(error)[0].removeprefix("shanxi: ")}
    match error:
        case QueryError():
            shown |= {"query": error.query, "start": error.start, "end": error.end, "hint": error.hint or None}
        case AmbiguousArticle():
            shown["candidates"] = list(error.candidates)
        case ArticleError():
            shown |= {"path": error.path, "line": error.line or None}
    return shown
