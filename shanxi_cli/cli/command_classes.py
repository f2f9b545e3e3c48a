"""Typer's command and group classes with our help, and with arguments that are a query: `-coal` is a word.

An argument that begins with one hyphen and is not exactly a short option of the command belongs to
the query, so short options are never clustered nor joined to their value (`-n 5`, not `-n5`). After
`--` everything is the query.
"""

import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from shanxi_cli.cli.help_format import render_help, split_help, style_help
from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.query_args import expand_short_options, separate_options
from shanxi_cli.errors import UsageError

_COMMON_SHORT_OPTIONS = ("-c", "-f", "-l", "-n", "-q", "-0")
"""Short options of `search`: in a command without them, a word of one letter is a mistake and no word to exclude."""


class PlainCommand(TyperCommand):
    """A command with our help."""

    def get_help(self, ctx: Any) -> str:
        """Return the help as it is printed on stdout."""
        return style_help(render_help(self, ctx), sys.stdout)

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first sentence of the help, never cut."""
        return split_help(self).summary


class QueryCommand(PlainCommand):
    """A command whose arguments are a query."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Parse as Typer does, after moving the words of the query behind `--`."""
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
                raise UsageError(f"{ctx.info_name} has no option {word}; to exclude a word, put it after --")
            if advice := expand_short_options(word, flags, valued):
                print_notice(f"{word} is read as a word to exclude; for the options write {advice}")
        return super().parse_args(ctx, separated)


class CommandGroup(TyperGroup):
    """The group of all commands; an unknown word is answered with `search`, its likely meaning."""

    def get_help(self, ctx: Any) -> str:
        """Return the help as it is printed on stdout."""
        return style_help(render_help(self, ctx), sys.stdout)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """Find the command as Typer does, with a suggestion in the message where Typer has none."""
        try:
            return super().resolve_command(ctx, args)
        except typer.TyperException as error:
            if "Did you mean" not in error.message:
                from shanxi_cli.util.shell_words import quote_command  # only for a suggestion

                command = quote_command(["shanxi", "search", *args])
                advice = f"; to search, write: {command}" if command else ""
                raise UsageError(f"there is no command {args[0]}{advice}") from error
            raise
