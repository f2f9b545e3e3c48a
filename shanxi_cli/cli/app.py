"""Command table: the heading, options and class of each command.

The docstring of a command's options is its help. `search` runs `commands.search.run_search(options, settings)`; its
module is imported only then, so that `--version` and help import none of them.
"""

import copy
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

import typer

from shanxi_cli.cli.command_classes import CommandGroup, PlainCommand, QueryCommand
from shanxi_cli.cli.option_groups import OptionGroup, expand_option_groups
from shanxi_cli.cli.options import archive, articles, explore, import_, search, sentences
from shanxi_cli.cli.options.common import GlobalOptions


class CommandEntry(NamedTuple):
    """One command of the table."""

    heading: str
    name: str
    options: type[OptionGroup]
    cls: type[PlainCommand] = PlainCommand
    takes_context: bool = False
    """Pass the context of the program too: `help` reads the other commands from it."""

    @property
    def function(self) -> str:
        """Full name of the function that runs the command."""
        module = f"{self.name}_" if self.name == "import" else self.name
        return f"shanxi_cli.cli.commands.{module}.run_{self.name}"


COMMANDS = (
    CommandEntry("Search", "search", search.SearchOptions, QueryCommand),
    CommandEntry("Search", "list", search.ListOptions, QueryCommand),
    CommandEntry("Read and cite", "show", articles.ShowOptions),
    CommandEntry("Read and cite", "cite", articles.CiteOptions),
    CommandEntry("Read and cite", "similar", explore.SimilarOptions),
    CommandEntry("Explore", "figures", sentences.FigureOptions, QueryCommand),
    CommandEntry("Explore", "quotes", sentences.QuoteOptions, QueryCommand),
    CommandEntry("Explore", "facets", explore.FacetOptions, QueryCommand),
    CommandEntry("Explore", "timeline", explore.TimelineOptions, QueryCommand),
    CommandEntry("Explore", "kwic", explore.ConcordanceOptions, QueryCommand),
    CommandEntry("Explore", "terms", explore.TermsOptions),
    CommandEntry("Archive", "import", import_.ImportOptions),
    CommandEntry("Archive", "index", archive.IndexOptions),
    CommandEntry("Archive", "status", archive.StatusOptions),
    CommandEntry("Archive", "doctor", archive.DoctorOptions),
    CommandEntry("Help", "help", archive.HelpOptions, takes_context=True),
    CommandEntry("Help", "fields", archive.FieldsOptions),
    CommandEntry("Help", "completion", archive.CompletionOptions),
)
"""All commands, in the order of help and of completion."""

app = typer.Typer(
    name="shanxi",
    cls=CommandGroup,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback(help=GlobalOptions.__doc__)
@expand_option_groups
def shanxi(ctx: typer.Context, options: GlobalOptions) -> int:
    """Keep the options before the command for the command."""
    ctx.obj = options
    return 0


def _make_runner(entry: CommandEntry) -> Callable[..., int]:
    """Return the function that Typer calls for a command."""

    def run(ctx: typer.Context, options: Any) -> int:
        module, _, name = entry.function.rpartition(".")
        context = (ctx.parent,) if entry.takes_context else ()
        status: int = getattr(import_module(module), name)(options, ctx.obj, *context)
        return status

    run.__name__ = entry.name
    run.__doc__ = entry.options.__doc__
    run.__annotations__["options"] = entry.options
    return expand_option_groups(run)


for _entry in COMMANDS:
    app.command(_entry.name, cls=_entry.cls, rich_help_panel=_entry.heading)(_make_runner(_entry))


def build_command_group(words: Sequence[str]) -> Any:
    """Return Typer's group with the commands that occur in `words`; all, where none does.

    Building one takes a third of a millisecond.
    """
    needed = copy.copy(app)
    needed.registered_commands = [
        info for info in app.registered_commands if info.name in words
    ] or app.registered_commands
    return typer.main.get_command(needed)
