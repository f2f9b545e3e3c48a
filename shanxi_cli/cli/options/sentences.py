"""Options of `figures` and `quotes`, which list what the matching sentences contain."""

from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import (
    ChartOption,
    FilterOptions,
    QueryArgument,
    RowFormatOptions,
    RowIdsOption,
    SessionOptions,
)
from shanxi_cli.model.options import FigureGrouping, FigureOrder, QuoteGrouping, QuoteOrder, Scope
from shanxi_cli.model.quote import Voice


class ScopeOptions(FilterOptions):
    """Articles to search, and the scope that the words of a query have to share."""

    scope: Annotated[
        Scope,
        typer.Option(
            "--in", help="Text that has to contain the words, places and people of the query (default: sentence)."
        ),
    ] = Scope.SENTENCE


class FigureRowOptions(RowFormatOptions):
    """Output options of a table whose `--explain` explains the rows too, in every format."""

    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the query is parsed, and which rules read each figure.")
    ] = False


class FigureOptions(OptionGroup):
    """List the figures in the matching sentences.

    Each figure comes with its unit, period and source.

    Examples:
        shanxi figures households
        shanxi figures money:1bn.. --sort value
        shanxi figures trade --unit percent --group-by year
        shanxi figures --by 'Yang Xia'
        shanxi figures photovoltaic --in paragraph -f csv > pv.csv
        shanxi figures investment --explain
        shanxi figures trade --unit percent --chart trade.svg
        shanxi figures --check
    """

    unit: Annotated[
        Optional[str], typer.Option("--unit", metavar="UNIT", help="Only figures in UNIT, or counts of UNIT.")
    ] = None
    least: Annotated[
        Optional[str],
        typer.Option("--at-least", "--min", metavar="NUMBER", help="Only figures of NUMBER or more: 500, 1bn, 500mu."),
    ] = None
    most: Annotated[
        Optional[str], typer.Option("--at-most", "--max", metavar="NUMBER", help="Only figures of NUMBER or less.")
    ] = None
    by: Annotated[
        Optional[str],
        typer.Option("--by", metavar="NAME", help="Only figures that NAME, or a name with this part, is quoted with."),
    ] = None
    scope: ScopeOptions = ScopeOptions()
    sort: Annotated[Optional[FigureOrder], typer.Option("--sort", help="Sort order (default: date).")] = None
    group_by: Annotated[
        Optional[FigureGrouping],
        typer.Option("--group-by", help="Print count, minimum, median and maximum of each group."),
    ] = None
    check: Annotated[bool, typer.Option("--check", help="Print only figures that contradict each other.")] = False
    chart: ChartOption = None
    ids: RowIdsOption = False
    rows: FigureRowOptions = FigureRowOptions()
    session: SessionOptions = SessionOptions()
    query: QueryArgument = None


class QuoteOptions(OptionGroup):
    """List quotes with their speakers.

    Each quote of a matching sentence shows how its speaker was identified.

    Examples:
        shanxi quotes coal
        shanxi quotes --by 'Yang Xia'
        shanxi quotes market --org 'Jinbo Biology' --kind direct
        shanxi quotes place:Jinzhong --in article --group-by speaker
        shanxi quotes tourism --in paragraph -f csv > tourism.csv
    """

    by: Annotated[
        Optional[str], typer.Option("--by", metavar="NAME", help="Only speakers with NAME as their name or part of it.")
    ] = None
    org: Annotated[
        Optional[str], typer.Option("--org", metavar="NAME", help="Only the organisation NAME and its people.")
    ] = None
    voice: Annotated[
        Optional[Voice], typer.Option("--kind", help="Only direct quotations, or only indirect speech.")
    ] = None
    scope: ScopeOptions = ScopeOptions()
    sort: Annotated[Optional[QuoteOrder], typer.Option("--sort", help="Sort order (default: date).")] = None
    group_by: Annotated[
        Optional[QuoteGrouping], typer.Option("--group-by", help="Print the number of quotes of each group.")
    ] = None
    ids: RowIdsOption = False
    rows: RowFormatOptions = RowFormatOptions()
    session: SessionOptions = SessionOptions()
    query: QueryArgument = None
