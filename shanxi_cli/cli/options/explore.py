"""The options that each of the commands that look round has of its own."""

from typing import Annotated, Any, Optional

import typer

from shanxi_cli.cli.option_groups import OptionGroup
from shanxi_cli.cli.options.common import (
    ArchiveOptions,
    CollapseOption,
    FilterOptions,
    GlobalOptions,
    RowFormatOptions,
    TerminalOptions,
    TimeoutOptions,
)
from shanxi_cli.model.options import ConcordanceOrder, Level, TermOrder, Unit
from shanxi_cli.util.frozen_record import Record

FACET_FIELDS = (
    *("place", "person", "org", "keyword", "author", "publication", "section", "page", "type", "edition"),
    *("year", "month"),
)
"""What can be counted by; a test compares it with what is."""

FieldArgument = Annotated[str, typer.Argument(metavar="FIELD", help=f"What to count by: {', '.join(FACET_FIELDS)}.")]
ArticleArgument = Annotated[
    str, typer.Argument(metavar="ARTICLE", help="An id, how it begins, or @3 (third hit shown).")
]


class ExploreArguments(Record):
    """What one command line asks: verb (with words of its own behind it), words (empty: every article), options."""

    verb: str
    text: str
    among: FilterOptions
    rows: RowFormatOptions
    style: TerminalOptions
    patience: TimeoutOptions
    where: ArchiveOptions
    settings: GlobalOptions


def make_explore_arguments(verb: str, words: list[str] | None, *options: Any) -> ExploreArguments:
    """The question of a command line; `options` are the other values of `ExploreArguments`, in their order."""
    return ExploreArguments(verb, " ".join(words or ()).strip(), *options)


class FacetOptions(OptionGroup):
    """What facets leave out."""

    least: Annotated[int, typer.Option("--min", min=1, metavar="N", help="Only values of N articles or more.")] = 1
    level: Annotated[
        Optional[Level], typer.Option("--level", help="Count places as their cities, districts and counties with them.")
    ] = None


class TimelineOptions(OptionGroup):
    """What a timeline counts, and by what."""

    by: Annotated[
        Optional[Unit], typer.Option("--by", help="The length of a period. [the shortest with 40 periods or fewer]")
    ] = None
    hits: Annotated[bool, typer.Option("--hits", help="Count the places that match, too.")] = False
    share: Annotated[bool, typer.Option("--share", help="Of all articles of the period, how many match.")] = False
    mentioned: Annotated[
        bool, typer.Option("--years-mentioned", help="Count the years that the sentences that match speak of.")
    ] = False


class ConcordanceOptions(OptionGroup):
    """The lines of a concordance, or the words beside its places."""

    width: Annotated[
        Optional[int],
        typer.Option("--width", min=1, max=1000, metavar="N", help="Columns of text on either side. [the window; 50]"),
    ] = None
    sort: Annotated[Optional[ConcordanceOrder], typer.Option("--sort", help="The order of the lines. [date]")] = None
    collocates: Annotated[
        bool, typer.Option("--collocates", help="List the words that stand near the places, by log-likelihood.")
    ] = False
    window: Annotated[
        Optional[int],
        typer.Option("--window", min=1, max=100, metavar="N", help="Words on either side that count as near. [5]"),
    ] = None
    least: Annotated[
        Optional[int], typer.Option("--min", min=1, metavar="N", help="Only collocates that stand near N times. [2]")
    ] = None


class TermsOptions(OptionGroup):
    """Which words of the vocabulary, and in which order."""

    field: Annotated[str, typer.Option("--field", metavar="FIELD", help="The words of this field alone.")] = ""
    prefix: Annotated[str, typer.Option("--prefix", metavar="LETTERS", help="Only words that begin so.")] = ""
    sort: Annotated[TermOrder, typer.Option("--sort", help="The order of the words.")] = TermOrder.COUNT
    least: Annotated[int, typer.Option("--min", min=1, metavar="N", help="Only words that stand there N times.")] = 1


class SimilarOptions(OptionGroup):
    """Which of the nearest articles."""

    collapse: CollapseOption = None
