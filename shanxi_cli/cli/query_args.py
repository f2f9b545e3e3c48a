"""Which arguments are options and which are words of the query: `-coal` is a word, `-c` is an option.

An argument that begins with one hyphen and is not exactly a short option of the command belongs to
the query, so short options are never clustered nor glued to their value (`-n 5`, not `-n5`). After
`--` everything is the query.
"""

import os
from collections.abc import Iterable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from shanxi_cli.cli.messages import print_notice
from shanxi_cli.errors import UsageError
from shanxi_cli.util.unicode import replace_surrogates

_COMMON_SHORT_OPTIONS = ("-c", "-f", "-l", "-n", "-q", "-0")
"""Options of `search`: where a command has none of that name, nobody means a word of one letter."""


class QueryCommand(TyperCommand):
    """A command whose arguments are a query."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Typer's own parsing, after the words of the query have been put behind `--`."""
        flags: set[str] = set()
        valued: set[str] = set()
        for param in self.get_params(ctx):
            names = [*getattr(param, "opts", ()), *getattr(param, "secondary_opts", ())]
            if param.param_type_name == "option":
                is_flag = getattr(param, "is_flag", False) or getattr(param, "count", False)
                (flags if is_flag else valued).update(names)
        separated = separate_options(args, flags, valued)
        for word in separated[separated.index("--") + 1 :] if "--" not in args and "--" in separated else ():
            if word in _COMMON_SHORT_OPTIONS:
                raise UsageError(f"{ctx.info_name} has no option {word}; a word that must not be there comes after --")
            if advice := expand_short_options(word, flags, valued):
                print_notice(f"{word} is taken as a word that must not be there; for the option write {advice}")
        return super().parse_args(ctx, separated)


def expand_short_options(word: str, flags: set[str], valued: set[str]) -> str:
    """How to write what looks like short options in one word (`-n5`, `-lc`); empty when it does not."""
    if len(word) < 3 or word[0] != "-":
        return ""
    if word[:2] in valued and word[2:].lstrip("=").isdigit():
        return f"{word[:2]} {word[2:].lstrip('=')}"
    each = [f"-{letter}" for letter in word[1:]]
    return " ".join(each) if len(each) < 4 and all(name in flags | valued for name in each) else ""


def infer_phrase(words: list[str]) -> str:
    """The phrase that was probably meant by one argument of several plain words: the shell took its quotes."""
    plain = len(words) == 1 and all(part.isalnum() for part in words[0].split())
    return f'"{words[0]}"' if plain and " " in words[0].strip() else ""


def decode_argument(text: str) -> str:
    """An argument as it was typed, which is UTF-8 whatever the locale says; bytes that are not become U+FFFD."""
    try:
        return text if text.isascii() else os.fsencode(text).decode("utf-8", "replace")
    except UnicodeEncodeError:  # typed nowhere: given to `main` by a program
        return replace_surrogates(text)


def separate_options(args: Iterable[str], flags: set[str], valued: set[str]) -> list[str]:
    """`args` as options first (those of `valued` with their values), then `--`, then the words of the query."""
    options: list[str] = []
    words: list[str] = []
    rest = iter(args)
    for arg in rest:
        if arg == "--":
            words += map(decode_argument, rest)
        elif arg.startswith("--") or arg in flags or arg in valued:
            options.append(arg)
            if arg in valued:
                value = next(rest, None)
                if value is None:
                    return options  # Typer says which option lacks its value
                options.append(value)
        else:
            words.append(decode_argument(arg))
    return [*options, "--", *words]


class CommandGroup(TyperGroup):
    """The group of all commands; a word that is none of them is taken for a forgotten `search`."""

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """Typer's own, but where it has no suggestion the message gives one."""
        try:
            return super().resolve_command(ctx, args)
        except typer.TyperException as error:
            if "Did you mean" not in error.message:
                words = " ".join(args)
                error.message = f"there is no command {args[0]}; to search, write: shanxi search {words}"
            raise
