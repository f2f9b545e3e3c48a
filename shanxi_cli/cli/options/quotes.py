"""The options of `quotes`."""

from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.model.options import QuoteGrouping, QuoteOrder, Scope
from shanxi_cli.model.quote import Voice


class QuoteOptions(OptionGroup):
    """Which quotes, and in which order."""

    by: Annotated[
        Optional[str], typer.Option("--by", metavar="NAME", help="Only of speakers with this name, or part of a name.")
    ] = None
    org: Annotated[
        Optional[str], typer.Option("--org", metavar="NAME", help="Only of this organisation and its people.")
    ] = None
    voice: Annotated[Optional[Voice], typer.Option("--kind", help="Only quotations, or only the writer's words.")] = (
        None
    )
    any_word: Annotated[
        bool, typer.Option("--any/--all", help="Plain words: any of them have to stand there, or all.")
    ] = False
    scope: Annotated[Scope, typer.Option("--in", help="Where the words stand together, with the quote.")] = (
        Scope.SENTENCE
    )
    sort: Annotated[Optional[QuoteOrder], typer.Option("--sort", help="The order of the quotes. [date]")] = None
    group_by: Annotated[
        Optional[QuoteGrouping], typer.Option("--group-by", help="Only how many quotes, and of which kind.")
    ] = None
    limit: Annotated[
        Optional[int],
        typer.Option("-n", "--limit", min=0, metavar="N", help="At most N; 0 for all. [20 on a terminal, else all]"),
    ] = None
