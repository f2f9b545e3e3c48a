"""Facts of a report about itself: query, archive, time of making, and what its reader has to know."""

from collections.abc import Sequence

from shanxi_cli.explore.dossier import Dossier
from shanxi_cli.model.article import Article
from shanxi_cli.output.labels import format_date_line
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.text import pluralize


class ReportDetails(Record):
    """Origin of a report.

    `query` is the query as typed with its dates, empty for every article; `command` the command line; `made` the local
    time with its zone, ISO 8601; `program` name and version. `coverage` says what the archive has, in a sentence;
    `notices` are those about the query: corrections, words that no article has, an outdated index.
    """

    title: str
    query: str
    command: str
    made: str
    program: str
    coverage: str
    notices: Sequence[str] = ()


LEGEND = (
    "Figures, quotes, speakers and derived names are read from the text by rules, which can be wrong: compare them with"
    " the sentence beside them before you print them.",
    "A figure with ~ is printed as about or nearly that much, with < or > as less or more. A period in brackets is the"
    " date of the article, because the text names none.",
    "A speaker in brackets is not named in the sentence but was identified by other sentences of the article.",
    "Dates like 2021-06-15..2021-07-20 are uncertain: the article was printed on one of these days.",
    "Names with (derived) were found in the text; the others are from the archive's own records.",
)
"""Sentences about what is uncertain, the same in every format."""


FACET_HEADINGS = {
    "place": "Places",
    "person": "People",
    "org": "Organisations",
    "publication": "Publications",
    "section": "Sections",
    "author": "Authors",
}
"""Field of a facet -> heading."""

NARROW_HINT = "narrow the query to see the others"


def summarize_counts(dossier: Dossier) -> list[tuple[str, str]]:
    """Return what a dossier has as pairs of a number and what it counts."""
    numbers = [
        (dossier.total, "article"),
        (dossier.figure_count, "figure"),
        (dossier.quote_count, "quote"),
    ]
    return [(f"{number:,}", pluralize(number, noun).split(" ", 1)[1]) for number, noun in numbers]


def describe_left_out(shown: int, total: int, noun: str, how: str = "") -> str:
    """Return that only the first rows are shown, and `how` to get the others; empty where all are."""
    if shown >= total:
        return ""
    return f"The first {shown:,} of {pluralize(total, noun)} are shown" + (f"; {how}" if how else "") + "."


def list_derived_names(article: Article) -> list[tuple[str, str]]:
    """Return the kinds of names that are derived from the text, each with its names."""
    kinds = zip(("Places", "People", "Organisations"), article.derived, strict=True)
    return [(kind, ", ".join(names)) for kind, names in kinds if names]


def list_doubts(article: Article) -> list[str]:
    """Return what is uncertain about an article, a sentence each."""
    doubts = [f"Date: {format_date_line(article)}."] if article.date_note else []
    doubts += ["A retelling, not the newspaper's own words."] if article.is_retelling else []
    doubts += [f"To check, from the import: {passage}" for passage in article.unsure]
    return doubts
