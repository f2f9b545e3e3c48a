"""Options of the commands for saved searches."""

from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import (
    CollapseOption,
    JsonOption,
    OffsetOption,
    RowOptions,
    SessionOptions,
    TableFormatOption,
)
from shanxi_cli.model.results import HitOrder
from shanxi_cli.output import Format

_NamesArgument = Annotated[
    list[str], typer.Argument(metavar="NAME...", help="Names of saved searches; see shanxi saved list.")
]
_OptionalNamesArgument = Annotated[
    Optional[list[str]], typer.Argument(metavar="[NAME...]", help="Names of saved searches (default: all).")
]


class SavedOptions(OptionGroup):
    """Save searches under names, run them, and be told what is new.

    In any query, query:NAME stands for the saved search of that name.

    Examples:
        shanxi saved add coal-datong coal place:Datong
        shanxi saved run --new
        shanxi figures investment query:coal-datong
    """


class SavedAddOptions(OptionGroup):
    """Save a search under a name.

    Examples:
        shanxi saved add solar photovoltaic OR '"solar power"'
        shanxi saved add coal-datong coal place:Datong --since 2021 --sort newest
        shanxi saved add energy query:solar query:coal-datong
    """

    name: Annotated[str, typer.Argument(metavar="NAME", help="Name: letters, digits, hyphens, dots, underscores.")]
    any_word: Annotated[
        Optional[bool], typer.Option("--any/--all", help="Match any or all of the words (default: any).")
    ] = None
    since: Annotated[
        Optional[str], typer.Option("--since", metavar="DATE", help="Only articles of DATE or later: 2021-07, -30d.")
    ] = None
    until: Annotated[
        Optional[str], typer.Option("--until", metavar="DATE", help="Only articles of DATE or earlier.")
    ] = None
    sort: Annotated[Optional[HitOrder], typer.Option("--sort", help="Sort order (default: relevance).")] = None
    force: Annotated[bool, typer.Option("--force", help="Replace the search of that name.")] = False
    query: Annotated[
        Optional[list[str]], typer.Argument(metavar="QUERY...", help="Words or a query; see shanxi help query.")
    ] = None


class SavedListOptions(OptionGroup):
    """List the saved searches.

    Examples:
        shanxi saved list
        shanxi saved list --json
    """

    form: TableFormatOption = None
    json: JsonOption = False


class SavedShowOptions(OptionGroup):
    """Show saved searches: their queries, and how these are parsed.

    Examples:
        shanxi saved show coal-datong
    """

    names: _NamesArgument
    json: JsonOption = False


class SavedRemoveOptions(OptionGroup):
    """Remove saved searches, and what is remembered about them.

    Examples:
        shanxi saved remove coal-datong
    """

    names: _NamesArgument


class SavedRunOptions(OptionGroup):
    """Run saved searches, or print only what they have not reported yet.

    With --new, an article that was printed is not printed again. The exit status is 0 if any search has something to
    print, 1 if none has.

    Examples:
        shanxi saved run coal-datong
        shanxi saved run --new
        shanxi saved run --new --peek --json
    """

    new: Annotated[bool, typer.Option("--new", help="Only articles not reported before; remember them.")] = False
    peek: Annotated[bool, typer.Option("--peek", help="As --new, but remember nothing.")] = False
    changed: Annotated[
        bool, typer.Option("--changed", help="As --new, and articles that have changed since they were reported.")
    ] = False
    limit: Annotated[
        Optional[int],
        typer.Option(
            "-n",
            "--limit",
            min=0,
            metavar="N",
            help="Show at most N of each search; 0 for all (default: 10 on a terminal, else all).",
        ),
    ] = None
    offset: OffsetOption = 0
    sort: Annotated[
        Optional[HitOrder], typer.Option("--sort", help="Sort order (default: as saved, else relevance).")
    ] = None
    within: Annotated[
        Optional[str],
        typer.Option("--within", metavar="FILE", help="Search only the ids in FILE, one per line (- for stdin)."),
    ] = None
    collapse: CollapseOption = None
    rows: RowOptions = RowOptions()
    form: Annotated[
        Optional[Format], typer.Option("-f", "--format", help="Output format (default: terminal; lines when piped).")
    ] = None
    ids: Annotated[bool, typer.Option("-l", "--ids", help="Print only the ids, each once, one per line.")] = False
    session: SessionOptions = SessionOptions()
    names: _OptionalNamesArgument = None
