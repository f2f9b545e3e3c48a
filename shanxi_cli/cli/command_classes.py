"""Typer's command and group classes with our help, and with arguments that are a query: `-coal` is a word."""

import sys
from typing import Any, TextIO

import typer
from typer.core import TyperCommand, TyperGroup

from shanxi_cli.cli.messages import print_notice
from shanxi_cli.cli.short_options import OptionTable, ValuedOption, separate_options
from shanxi_cli.errors import UsageError


def _format_help(command: Any, ctx: Any, stream: TextIO) -> str:
    from shanxi_cli.cli.help_format import render_help, style_help

    return style_help(render_help(command, ctx), stream)


def _first_sentence(command: Any) -> str:
    from shanxi_cli.cli.help_format import split_help

    return split_help(command).summary


class PlainCommand(TyperCommand):
    """A command with our help."""

    def get_help(self, ctx: Any) -> str:
        """Return the help as it is printed on stdout."""
        return _format_help(self, ctx, sys.stdout)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Parse as Typer does; an option that other commands have is refused with the reason why this one lacks it."""
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            from shanxi_cli.cli.options.absent import explain_absence  # only for an error

            reason = explain_absence(str(ctx.info_name), str(getattr(error, "option_name", "")))
            if reason:
                raise UsageError(reason) from error
            raise

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first sentence of the help, never cut."""
        return _first_sentence(self)


class QueryCommand(PlainCommand):
    """A command whose arguments are a query."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Parse as Typer does, after moving the words of the query behind `--`."""
        separated = separate_options(args, self._make_option_table(ctx))
        for notice in separated.notices:
            print_notice(notice)
        return super().parse_args(ctx, separated.join())

    def _make_option_table(self, ctx: typer.Context) -> OptionTable:
        flags: set[str] = set()
        valued: dict[str, ValuedOption] = {}
        for param in self.get_params(ctx):
            if param.param_type_name != "option":
                continue
            names = [*getattr(param, "opts", ()), *getattr(param, "secondary_opts", ())]
            if getattr(param, "is_flag", False) or getattr(param, "count", False):
                flags.update(names)
            else:
                valued.update(dict.fromkeys(names, _describe_value(param, ctx)))
        return OptionTable(str(ctx.info_name), frozenset(flags), valued)


def _describe_value(param: Any, ctx: typer.Context) -> ValuedOption:
    """Return a test for the values of an option that is a number or a choice; text is never glued to its option."""
    choices = tuple(map(str, getattr(param.type, "choices", ())))

    def accepts(text: str) -> bool:
        if choices:
            return text in choices
        try:
            return not isinstance(param.type.convert(text, param, ctx), str)
        except typer.TyperException:
            return False

    return ValuedOption(accepts, choices)


class CommandGroup(TyperGroup):
    """The group of all commands; an unknown word is answered with `search`, its likely meaning."""

    def get_help(self, ctx: Any) -> str:
        """Return the help as it is printed on stdout."""
        return _format_help(self, ctx, sys.stdout)

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first sentence of the help, never cut."""
        return _first_sentence(self)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Parse as Typer does; a group of commands without one is answered with its help, as the program is."""
        if not args and ctx.parent is not None and not ctx.resilient_parsing:
            print(_format_help(self, ctx, sys.stderr), file=sys.stderr)
            raise typer.Exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]
        """Find the command as Typer does, with a suggestion in the message where Typer has none."""
        try:
            return super().resolve_command(ctx, args)
        except typer.TyperException as error:
            if ctx.parent is not None and "Did you mean" not in error.message:
                raise UsageError(
                    f"there is no command {ctx.info_name} {args[0]}; see {ctx.command_path} --help"
                ) from error
            if "Did you mean" not in error.message:
                from shanxi_cli.util.shell_words import quote_command  # only for a suggestion

                command = quote_command(["shanxi", "search", *args])
                advice = f"; to search, write: {command}" if command else ""
                raise UsageError(f"there is no command {args[0]}{advice}") from error
            raise
