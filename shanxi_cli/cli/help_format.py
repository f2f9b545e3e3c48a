"""Help as plain text: usage, description, examples, options; the options that all commands share come last.

Typer's own styled help imports Rich, which takes longer than a search. Here headings and names are styled
afterwards, by their place in the line.
"""

import inspect
import os
import re
from collections.abc import Iterator
from typing import Any, TextIO

from shanxi_cli.cli.options.common import COMMON_OPTIONS
from shanxi_cli.util.frozen_record import Record

# Not compiled here: only help on a terminal uses them.
_HEADING = r"(?m)^(Usage|[A-Z][a-z ]+):"
_NAME = r"(?m)^  (-\S.*?|\[?[A-Z]+\S*|[a-z]+)(?=  |$)"
_EXAMPLE = r"(?m)^  shanxi \S.*$"
_BOLD, _CYAN, _RESET = "\x1b[1m", "\x1b[36m", "\x1b[0m"


class HelpText(Record):
    """The help of a command in parts: one sentence, further sentences or empty, and lines of examples."""

    summary: str
    details: str
    examples: list[str]


def split_help(command: Any) -> HelpText:
    """Split the docstring of a command, whose examples follow a line `Examples:`."""
    about, _, examples = inspect.cleandoc(command.help or "").partition("Examples:\n")
    summary, _, details = about.strip().partition("\n\n")
    lines = inspect.cleandoc(examples).splitlines()
    return HelpText(" ".join(summary.split()), " ".join(details.split()), lines)


def describe_parameter(param: Any, context: Any) -> tuple[str, str] | None:
    """Return the names of an option or argument with its value, and its help; None for a hidden one.

    Defaults and limits are written in the help itself, so those that Typer would add are left out.
    """
    record = param.get_help_record(context)
    return (record[0], " ".join((param.help or "").split())) if record else None


def group_commands(group: Any) -> dict[str, dict[str, Any]]:
    """Return the commands by name under the heading of each, both in the order of declaration."""
    headings: dict[str, dict[str, Any]] = {}
    for name, command in group.commands.items():
        if not command.hidden:
            headings.setdefault(command.rich_help_panel, {})[name] = command
    return headings


def render_help(command: Any, context: Any) -> str:
    """Return the help of a command, or of the program with a list of its commands, as plain text."""
    formatter = context.make_formatter()
    command.format_usage(context, formatter)
    text = split_help(command)
    for paragraph in filter(None, (text.summary, text.details)):
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(paragraph)
    if text.examples:
        with formatter.section("Examples"):
            formatter.write("".join(f"  {line}\n" for line in text.examples))
    for heading, rows in _sections(command, context):
        with formatter.section(heading):
            formatter.write_dl(rows)
    return str(formatter.getvalue()).rstrip("\n")


def _sections(command: Any, context: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the sections behind the description that have rows: arguments and options, or commands and options."""
    sections: dict[str, list[tuple[str, str]]] = {}
    if hasattr(command, "commands"):
        for heading, commands in group_commands(command).items():
            sections[heading] = [(name, split_help(each).summary) for name, each in commands.items()]
        own = COMMON_OPTIONS
    else:
        sections = {"Arguments": [], "Options": []}
        own = "Options"
    common: list[tuple[str, str]] = []
    for param in command.get_params(context):
        record = describe_parameter(param, context)
        if record is None:
            continue
        if param.param_type_name == "argument":
            sections["Arguments"].append(record)
        elif own == COMMON_OPTIONS or is_common_option(param):
            common.append(record)
        else:
            sections[own].append(record)
    sections[COMMON_OPTIONS] = common
    yield from ((heading, rows) for heading, rows in sections.items() if rows)


def is_common_option(param: Any) -> bool:
    """Return True for an option that every command has: where the archive is, how the terminal is used, help."""
    return param.rich_help_panel == COMMON_OPTIONS or "--help" in param.opts


def style_help(text: str, stream: TextIO) -> str:
    """Return help with bold headings and coloured names where `stream` is a terminal that shows them."""
    if not stream.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM", "") in ("", "dumb"):
        return text
    about, separator, rest = text.partition("\n\n")
    rest = re.sub(_EXAMPLE, rf"{_CYAN}\g<0>{_RESET}", rest)
    rest = re.sub(_NAME, rf"  {_CYAN}\1{_RESET}", rest)
    return re.sub(_HEADING, rf"{_BOLD}\g<0>{_RESET}", about + separator + rest)
