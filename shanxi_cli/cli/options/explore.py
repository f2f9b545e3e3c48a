"""The options that each of the commands that look round has of its own."""

from typing import Annotated, Any, Optional

import typer

from shanxi_cli.cli.option_groups import Group
from shanxi_cli.cli.options.common import Among, Collapse, Patience, Rows, Settings, Style, Where
from shanxi_cli.model.nouns import Level, LineOrder, Unit, WordOrder
from shanxi_cli.util.frozen_record import Record

FACETED = (
    *("place", "person", "org", "keyword", "author", "publication", "section", "page", "type", "edition"),
    *("year", "month"),
)
"""What can be counted by; a test compares it with what is."""

Field = Annotated[str, typer.Argument(metavar="FIELD", help=f"What to count by: {', '.join(FACETED)}.")]
Article = Annotated[str, typer.Argument(metavar="ARTICLE", help="An id, how it begins, or @3 (third hit shown).")]


class Question(Record):
    """What one command line asks: verb (with words of its own behind it), words (empty: every article), options."""

    verb: str
    text: str
    among: Among
    rows: Rows
    style: Style
    patience: Patience
    where: Where
    settings: Settings


def question(verb: str, words: list[str] | None, *options: Any) -> Question:
    """The question of a command line; `options` are the other values of `Question`, in their order."""
    return Question(verb, " ".join(words or ()).strip(), *options)


class Counting(Group):
    """What facets leave out."""

    least: Annotated[int, typer.Option("--min", min=1, metavar="N", help="Only values of N articles or more.")] = 1
    level: Annotated[
        Optional[Level], typer.Option("--level", help="Count places as their cities, districts and counties with them.")
    ] = None


class Over(Group):
    """What a timeline counts, and by what."""

    by: Annotated[
        Optional[Unit], typer.Option("--by", help="The length of a period. [the shortest with 40 periods or fewer]")
    ] = None
    hits: Annotated[bool, typer.Option("--hits", help="Count the places that match, too.")] = False
    share: Annotated[bool, typer.Option("--share", help="Of all articles of the period, how many match.")] = False
    mentioned: Annotated[
        bool, typer.Option("--years-mentioned", help="Count the years that the sentences that match speak of.")
    ] = False


class Lines(Group):
    """The lines of a concordance, or the words beside its places."""

    width: Annotated[
        Optional[int],
        typer.Option("--width", min=1, max=1000, metavar="N", help="Columns of text on either side. [the window; 50]"),
    ] = None
    sort: Annotated[Optional[LineOrder], typer.Option("--sort", help="The order of the lines. [date]")] = None
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


class Words(Group):
    """Which words of the vocabulary, and in which order."""

    field: Annotated[str, typer.Option("--field", metavar="FIELD", help="The words of this field alone.")] = ""
    prefix: Annotated[str, typer.Option("--prefix", metavar="LETTERS", help="Only words that begin so.")] = ""
    sort: Annotated[WordOrder, typer.Option("--sort", help="The order of the words.")] = WordOrder.COUNT
    least: Annotated[int, typer.Option("--min", min=1, metavar="N", help="Only words that stand there N times.")] = 1


class Near(Group):
    """Which of the nearest articles."""

    collapse: Collapse = None
