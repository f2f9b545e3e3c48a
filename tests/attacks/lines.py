"""Command lines for every command, option and value that the program has, so that a new one is tried too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from shanxi_cli.cli.app import build_command_group

NEVER = {"--corpus", "--index", "--help", "-h", "--version", "--rebuild", "--repair"}
"""Options that say where things are, do not answer, or change something."""

UNTRIED = {"browse", "mcp", "open"}
"""Commands with a screen, a protocol or another program, which have tests of their own against hostile articles."""

VALUES = {
    "--fields": "id,title,date,author,publication,section,page,edition,type,places,passage,score",
    "--match": "coal",
    "--unit": "CNY",
    "--timeout": "60",
    "-n": "3",
}
"""What an option is given whose values cannot be listed."""


def command_lines(words: list[str], ids: list[str], file: Path) -> Iterator[list[str]]:
    """Each command by itself, with each option, and with each value of an option that has few.

    Arguments are `words` where a query is expected and `ids` where articles are.
    """
    group: Any = build_command_group(())
    for name, command in sorted(group.commands.items()):
        params = command.get_params(typer.Context(command, info_name=name))
        if name in UNTRIED:
            continue
        arguments = [part for param in params for part in _argument(param, words, ids)]
        yield [name, *arguments]
        for param in params:
            if param.param_type_name == "option" and not NEVER.intersection(param.opts):
                yield from ([name, *option, *_with(param, arguments)] for option in _options(param, file))


def _with(param: Any, arguments: list[str]) -> list[str]:
    return [] if "--batch" in param.opts else arguments


def _argument(param: Any, words: list[str], ids: list[str]) -> list[str]:
    if param.param_type_name != "argument":
        return []
    if choices := getattr(param.type, "choices", None):
        return [str(next(iter(choices)))]
    return {"query": words, "article": ids, "topic": ["query"]}.get(param.name, [])


def _options(param: Any, file: Path) -> Iterator[list[str]]:
    name = param.opts[0]
    if getattr(param, "is_flag", False):
        yield from ([each] for each in (*param.opts[:1], *param.secondary_opts[:1]))
    elif choices := getattr(param.type, "choices", None):
        values = (str(getattr(choice, "value", choice)) for choice in choices)
        yield from ([name, value] for value in values if value != "docx")  # a file, not text
    elif "FILE" in (param.metavar or ""):
        yield [name, str(file)]
    else:
        yield [name, VALUES.get(name, "1")]
