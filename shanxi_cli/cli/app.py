"""Command table: the heading, options and class of each command.

The docstring of a command's options is its help. `search` runs `commands.search.run_search(options, settings)`. Options
are imported only for the commands of the command line, and a command's module only when it runs.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import typer

from shanxi_cli.cli.command_classes import CommandGroup, PlainCommand, QueryCommand
from shanxi_cli.cli.option_groups import expand_option_groups
from shanxi_cli.cli.options.common import GlobalOptions
from shanxi_cli.util.frozen_record import NamedTuple


class CommandEntry(NamedTuple):
    """One command of the table; `options` is `module.Class` in `cli.options`.

    A name of two words is a command of a group: `saved add`.
    """

    heading: str
    name: str
    options: str
    cls: type[PlainCommand] = PlainCommand
    takes_context: bool = False
    """Pass the context of the program too: `help` reads the other commands from it."""

    @property
    def function(self) -> str:
        """Full name of the function that runs the command."""
        name = self.name.replace(" ", "_")
        module = f"{name}_" if name == "import" else name
        return f"shanxi_cli.cli.commands.{module}.run_{name}"

    def load_options(self) -> Any:
        """Return the class of the options, an `OptionGroup`."""
        return _load_options(self.options)


COMMANDS = (
    CommandEntry("Search", "search", "search.SearchOptions", QueryCommand),
    CommandEntry("Search", "list", "search.ListOptions", QueryCommand),
    CommandEntry("Search", "browse", "browse.BrowseOptions", QueryCommand),
    CommandEntry("Search", "saved add", "saved.SavedAddOptions", QueryCommand),
    CommandEntry("Search", "saved list", "saved.SavedListOptions"),
    CommandEntry("Search", "saved show", "saved.SavedShowOptions"),
    CommandEntry("Search", "saved remove", "saved.SavedRemoveOptions"),
    CommandEntry("Search", "saved run", "saved.SavedRunOptions"),
    CommandEntry("Read and cite", "show", "articles.ShowOptions"),
    CommandEntry("Read and cite", "cite", "articles.CiteOptions"),
    CommandEntry("Read and cite", "similar", "explore.SimilarOptions"),
    CommandEntry("Read and cite", "path", "articles.PathOptions"),
    CommandEntry("Read and cite", "open", "articles.OpenOptions"),
    CommandEntry("Explore", "figures", "sentences.FigureOptions", QueryCommand),
    CommandEntry("Explore", "quotes", "sentences.QuoteOptions", QueryCommand),
    CommandEntry("Explore", "facets", "explore.FacetOptions", QueryCommand),
    CommandEntry("Explore", "timeline", "explore.TimelineOptions", QueryCommand),
    CommandEntry("Explore", "kwic", "explore.ConcordanceOptions", QueryCommand),
    CommandEntry("Explore", "terms", "explore.TermsOptions"),
    CommandEntry("Hand over", "report", "report.ReportOptions", QueryCommand),
    CommandEntry("Hand over", "export", "export.ExportOptions", QueryCommand),
    CommandEntry("Hand over", "mcp", "mcp.McpOptions"),
    CommandEntry("Archive", "import", "import_.ImportOptions"),
    CommandEntry("Archive", "index", "archive.IndexOptions"),
    CommandEntry("Archive", "status", "archive.StatusOptions"),
    CommandEntry("Archive", "config", "archive.ConfigOptions"),
    CommandEntry("Archive", "doctor", "archive.DoctorOptions"),
    CommandEntry("Help", "help", "archive.HelpOptions", takes_context=True),
    CommandEntry("Help", "fields", "archive.FieldsOptions"),
    CommandEntry("Help", "completion", "archive.CompletionOptions"),
)
"""All commands, in the order of help and of completion."""

GROUPS = {"saved": "saved.SavedOptions"}
"""The groups of commands with two words -> the class whose docstring is the help of the group."""


def build_command_group(words: Sequence[str]) -> Any:
    """Return Typer's group with the commands that occur in `words`; all, where none does, but none for `--version`.

    Building one takes a third of a millisecond, and importing its options as much.
    """
    app = typer.Typer(
        name="shanxi",
        cls=CommandGroup,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(help=GlobalOptions.__doc__)(expand_option_groups(shanxi))
    entries = [entry for entry in COMMANDS if entry.name.split()[0] in words]
    if not entries and "--version" not in words:
        entries = list(COMMANDS)
    groups: dict[str, typer.Typer] = {}
    for entry in entries:
        first, _, name = entry.name.rpartition(" ")
        if first and first not in groups:
            groups[first] = _add_group(app, first, entry.heading)
        into = groups.get(first, app)
        heading = "Commands" if first else entry.heading
        into.command(name, cls=entry.cls, rich_help_panel=heading)(_make_runner(entry))
    command: Any = typer.main.get_command(app)
    if groups:  # Typer puts them last
        names = dict.fromkeys(entry.name.split()[0] for entry in entries)
        command.commands = {name: command.commands[name] for name in names}
    return command


def _add_group(app: typer.Typer, name: str, heading: str) -> typer.Typer:
    """Return a group of commands, added to those of the program."""
    group = typer.Typer(cls=CommandGroup, rich_markup_mode=None)
    app.add_typer(group, name=name, help=_load_options(GROUPS[name]).__doc__, rich_help_panel=heading)
    return group


def shanxi(ctx: typer.Context, options: GlobalOptions) -> int:
    """Keep the options before the command for the command."""
    ctx.obj = options
    return 0


def _load_options(name: str) -> Any:
    module, _, name = name.partition(".")
    return getattr(import_module(f"shanxi_cli.cli.options.{module}"), name)


def _make_runner(entry: CommandEntry) -> Callable[..., int]:
    """Return the function that Typer calls for a command."""

    def run(ctx: typer.Context, options: Any) -> int:
        module, _, name = entry.function.rpartition(".")
        context = (ctx.parent,) if entry.takes_context else ()
        status: int = getattr(import_module(module), name)(options, ctx.obj, *context)
        return status

    options = entry.load_options()
    run.__name__ = entry.name.replace(" ", "_")
    run.__doc__ = options.__doc__
    run.__annotations__["options"] = options
    return expand_option_groups(run)
