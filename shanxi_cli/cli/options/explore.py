"""Options of the commands that explore an archive: facets, timeline, kwic, terms and similar."""

from typing import Annotated, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import (
    ArticleFilterOptions,
    ChartOption,
    CollapseOption,
    FilterOptions,
    NameFilterOptions,
    PlainRowOptions,
    QueryArgument,
    RowFormatOptions,
    RowIdsOption,
    SessionOptions,
)
from shanxi_cli.model.options import ConcordanceOrder, FacetOrder, Level, Scope, TermOrder, Unit
from shanxi_cli.model.results import HitOrder

FACET_FIELDS = (
    *("place", "person", "org", "keyword", "author", "publication", "section", "page", "type", "edition"),
    *("year", "month"),
)
"""Fields that can be counted by; a test compares them with those that `explore.facets` knows."""


class FacetOptions(OptionGroup):
    """Count the matching articles by the values of a field.

    All of the words must match.

    Examples:
        shanxi facets place
        shanxi facets keyword coal --min 2
        shanxi facets year place:Taiyuan -f csv
        shanxi facets place coal --chart places.svg
    """

    field: Annotated[str, typer.Argument(metavar="FIELD", help=f"Field to count by: {', '.join(FACET_FIELDS)}.")]
    least: Annotated[
        int, typer.Option("--min", min=1, metavar="N", help="Only values found in N articles or more (default: 1).")
    ] = 1
    level: Annotated[
        Optional[Level],
        typer.Option("--level", help="Count only places of this level; a city includes its districts and counties."),
    ] = None
    sort: Annotated[
        Optional[FacetOrder], typer.Option("--sort", help="Sort order (default: count; value for year and month).")
    ] = None
    chart: ChartOption = None
    filter: FilterOptions = FilterOptions()
    rows: RowFormatOptions = RowFormatOptions()
    session: SessionOptions = SessionOptions()
    query: QueryArgument = None


class TimelineOptions(OptionGroup):
    """Count the matching articles by month, quarter or year.

    All of the words must match. All periods are shown; -n limits them.

    Examples:
        shanxi timeline coal
        shanxi timeline tourism --hits --by quarter
        shanxi timeline photovoltaic --share --by year
        shanxi timeline --years-mentioned poverty
        shanxi timeline coal --chart coal.png
    """

    by: Annotated[
        Optional[Unit],
        typer.Option(
            "--by", help="Length of a period (default: the shortest with 40 periods or fewer; in scripts, set it)."
        ),
    ] = None
    hits: Annotated[bool, typer.Option("--hits", help="Also count the matches in the text.")] = False
    share: Annotated[
        bool, typer.Option("--share", help="Print the share of all articles of the period that match.")
    ] = False
    mentioned: Annotated[
        bool, typer.Option("--years-mentioned", help="Count the years mentioned in the matching sentences.")
    ] = False
    scope: Annotated[
        Optional[Scope],
        typer.Option("--in", help="Text that has to contain the query, for --years-mentioned (default: sentence)."),
    ] = None
    chart: ChartOption = None
    filter: FilterOptions = FilterOptions()
    rows: RowFormatOptions = RowFormatOptions()
    session: SessionOptions = SessionOptions()
    query: QueryArgument = None


class ConcordanceOptions(OptionGroup):
    """Show every match in context, one per line.

    All of the words must match.

    Examples:
        shanxi kwic coal
        shanxi kwic '"foreign trade"' --sort right
        shanxi kwic 'photo*' -n 0 --width 30
        shanxi kwic coal --collocates
    """

    width: Annotated[
        Optional[int],
        typer.Option(
            "--width",
            min=1,
            max=1000,
            metavar="N",
            help="Columns of text on either side (default: as the window allows; 50).",
        ),
    ] = None
    sort: Annotated[Optional[ConcordanceOrder], typer.Option("--sort", help="Sort order (default: date).")] = None
    collocates: Annotated[
        bool, typer.Option("--collocates", help="List the words that occur near the matches, by log-likelihood.")
    ] = False
    window: Annotated[
        Optional[int],
        typer.Option("--window", min=1, max=100, metavar="N", help="Words on either side that are near (default: 5)."),
    ] = None
    least: Annotated[
        Optional[int],
        typer.Option("--min", min=1, metavar="N", help="Only collocates that occur near N times or more (default: 2)."),
    ] = None
    filter: FilterOptions = FilterOptions()
    ids: RowIdsOption = False
    rows: RowFormatOptions = RowFormatOptions()
    session: SessionOptions = SessionOptions()
    query: QueryArgument = None


class TermsOptions(OptionGroup):
    """List the words of the archive with their counts.

    Examples:
        shanxi terms
        shanxi terms --prefix photo
        shanxi terms --field place --sort word
        shanxi terms --since 2023 --prefix photo
    """

    field: Annotated[str, typer.Option("--field", metavar="FIELD", help="Only the words of FIELD.")] = ""
    prefix: Annotated[str, typer.Option("--prefix", metavar="LETTERS", help="Only words that begin with LETTERS.")] = ""
    sort: Annotated[TermOrder, typer.Option("--sort", help="Sort order (default: count).")] = TermOrder.COUNT
    least: Annotated[
        int, typer.Option("--min", min=1, metavar="N", help="Only words that occur N times or more (default: 1).")
    ] = 1
    code: Annotated[bool, typer.Option("--code", help="Also count the words in blocks of code.")] = False
    filter: NameFilterOptions = NameFilterOptions()
    rows: PlainRowOptions = PlainRowOptions()
    session: SessionOptions = SessionOptions()


class SimilarOptions(OptionGroup):
    """Find the articles most similar to one, and the words they share.

    Examples:
        shanxi similar rural-tourism
        shanxi similar @2 -n 3
        shanxi similar rural-tourism --semantic
    """

    article: Annotated[
        str,
        typer.Argument(metavar="ARTICLE", help="Article id, unique prefix, or @N for hit N of the last search."),
    ]
    sort: Annotated[
        Optional[HitOrder], typer.Option("--sort", help="Sort order of the most similar (default: relevance).")
    ] = None
    semantic: Annotated[
        bool, typer.Option("--semantic", help="Compare meanings instead of words (extra; index --semantic).")
    ] = False
    collapse: CollapseOption = None
    filter: ArticleFilterOptions = ArticleFilterOptions()
    ids: RowIdsOption = False
    rows: PlainRowOptions = PlainRowOptions()
    session: SessionOptions = SessionOptions()
