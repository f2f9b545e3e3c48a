"""Options of `search` and `list`."""

from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import (
    CollapseOption,
    FilterOptions,
    FormatOptions,
    OffsetOption,
    QueryArgument,
    SessionOptions,
)
from shanxi_cli.model.results import HitOrder
from shanxi_cli.output import Format


class HitOptions(FilterOptions):
    """Choice and order of the hits."""

    limit: Annotated[
        Optional[int],
        typer.Option(
            "-n", "--limit", min=0, metavar="N", help="Show at most N; 0 for all (default: 10 on a terminal, else all)."
        ),
    ] = None
    offset: OffsetOption = 0
    sort: Annotated[
        Optional[HitOrder], typer.Option("--sort", help="Sort order (default: relevance; newest for list).")
    ] = None
    collapse: CollapseOption = None


class HitFormatOptions(FormatOptions):
    """Output options of a list of articles."""

    form: Annotated[
        Optional[Format], typer.Option("-f", "--format", help="Output format (default: terminal; lines when piped).")
    ] = None
    ids: Annotated[bool, typer.Option("-l", "--ids", help="Print only the ids, one per line.")] = False
    budget: Annotated[
        Optional[int],
        typer.Option("--budget", min=100, metavar="WORDS", help="Most words of -f context (default: 2000)."),
    ] = None


class ListOptions(OptionGroup):
    """List articles, newest first; all of the words must match.

    Examples:
        shanxi list
        shanxi list place:Yuncheng
        shanxi list tourism date:2022.. --sort oldest
    """

    hits: HitOptions = HitOptions()
    format: HitFormatOptions = HitFormatOptions()
    session: SessionOptions = SessionOptions()
    query: QueryArgument = None


class SearchOptions(ListOptions):
    """Find articles, best first; any of the words may match.

    Examples:
        shanxi search photovoltaic
        shanxi search coal mine --all -n 3
        shanxi search 'robots place:Taiyuan date:2021'
        shanxi search exports -l | xargs shanxi show
    """

    expand: Annotated[
        bool,
        typer.Option("--expand", help="Rank by 20 typical words of the first 10 articles too, and print them."),
    ] = False
    semantic: Annotated[
        Optional[bool],
        typer.Option(
            "--semantic/--no-semantic", help="Rank by meaning too, and offer what is near (extra; index --semantic)."
        ),
    ] = None
    only_words: Annotated[
        bool, typer.Option("--only-words", help="With --semantic, leave out articles without a typed word.")
    ] = False
    batch: Annotated[
        Optional[str],
        typer.Option(
            "--batch",
            metavar="FILE",
            help="Read queries from FILE, one per line (- for stdin), and print counts for each.",
        ),
    ] = None
