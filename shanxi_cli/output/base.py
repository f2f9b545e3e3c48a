"""Output formats and the protocols that printers implement.

No printer is imported here: commands need the formats at every start.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from shanxi_cli.util.frozen_record import Record

if TYPE_CHECKING:
    from shanxi_cli.extraction.quantities.consistency import QuantityConflict
    from shanxi_cli.importers.writer import FilingOutcome
    from shanxi_cli.matching.article_marks import MarkedArticle
    from shanxi_cli.model.article import Article
    from shanxi_cli.model.options import FigureGrouping, QuoteGrouping
    from shanxi_cli.model.quantity import Figure, FigureSummary, Quantity
    from shanxi_cli.model.quote import Quote, QuoteSummary
    from shanxi_cli.model.results import Results
    from shanxi_cli.model.views import View
    from shanxi_cli.search.saved_searches import SavedSearch
    from shanxi_cli.segmentation.page import Page
    from shanxi_cli.state.reported import News


class Format(Enum):
    """Formats of a list of hits."""

    TERMINAL = "terminal"  # for people: titles, passages, marks
    LINES = "lines"  # id, date and title, separated by tabs, one article per line
    IDS = "ids"  # the id alone, one per line
    CSV = "csv"  # for spreadsheets, with a header
    JSONL = "jsonl"  # one JSON object per line
    CONTEXT = "context"  # passages with ids and dates for pasting, within a number of words


DEFAULT_BUDGET = 2_000
"""Words of the format `context`."""


class TableFormat(Enum):
    """Formats of figures, quotes, facets, timelines, concordances and the other tables."""

    TERMINAL = "terminal"  # for people: laid out to the window, with bars or sentences
    LINES = "lines"  # one row per line, separated by tabs
    CSV = "csv"  # for spreadsheets, with a header
    JSONL = "jsonl"  # one JSON object per line


class ArticleFormat(Enum):
    """Formats of a whole article."""

    TERMINAL = "terminal"  # for people: laid out to the window
    TEXT = "text"  # plain text, one paragraph per line
    MARKDOWN = "markdown"  # the file format of the archive
    JSONL = "jsonl"  # one JSON object per line


class ImportFormat(Enum):
    """Formats of an import report."""

    TERMINAL = "terminal"  # for people: one block per page
    JSONL = "jsonl"  # one JSON object per article


class TerminalStyle(Enum):
    """Permission to use colour and bold on the terminal."""

    PLAIN = "plain"
    STYLED = "styled"


class ImportedArticle(Record):
    """An imported article, with what became of its file and how often its text names each of its places."""

    article: "Article"
    outcome: "FilingOutcome"
    places: tuple[tuple[str, int], ...]


class ImportedPage(Record):
    """An imported page: its articles with their ids, the page they were read from, and a problem for the user."""

    name: str
    filed: tuple[ImportedArticle, ...]
    page: "Page"
    problem: str = ""


class SavedResults(Record):
    """The results of a saved search. `news` has the reason for each id where news alone are printed, else nothing."""

    search: "SavedSearch"
    results: "Results"
    news: "Mapping[str, News]"


class SavedPrinter(Protocol):
    """Prints the hits of saved searches."""

    def searches(self, searches: "Sequence[SavedResults]") -> None:
        """Print the hits of all of them; print nothing if there are no searches."""
        ...


class ResultsPrinter(Protocol):
    """Prints the hits of a query."""

    def results(self, results: "Results") -> None:
        """Print all hits; print nothing when there are none."""
        ...


class ArticlePrinter(Protocol):
    """Prints whole articles."""

    def articles(self, articles: "Iterable[MarkedArticle]") -> None:
        """Print the articles, with their marks where the format has any."""
        ...


class FiguresPrinter(Protocol):
    """Prints figures, counts of figures, or conflicts between figures."""

    def figures(self, figures: "Sequence[Figure]") -> None:
        """Print the figures."""
        ...

    def summaries(self, summaries: "Sequence[FigureSummary]", by: "FigureGrouping") -> None:
        """Print the counts of figures."""
        ...

    def flags(self, flags: "Sequence[tuple[QuantityConflict, Sequence[Quantity]]]") -> None:
        """Print the conflicts, each with the quantities that contradict each other."""
        ...


class QuotesPrinter(Protocol):
    """Prints quotes, or counts of quotes."""

    def quotes(self, quotes: "Sequence[Quote]") -> None:
        """Print the quotes."""
        ...

    def summaries(self, summaries: "Sequence[QuoteSummary]", by: "QuoteGrouping") -> None:
        """Print the counts of quotes."""
        ...


class ViewPrinter(Protocol):
    """Prints facets, a timeline, a concordance or another view."""

    def show(self, view: "View") -> None:
        """Print the rows of a view, and its summary where the format has one."""
        ...


class IdPrinter(Protocol):
    """Prints the ids of the articles that rows are from."""

    def show(self, view: "View") -> None:
        """Print the ids of a view of matches or of articles."""
        ...

    def ids(self, rows: "Iterable[Figure] | Iterable[Quote]") -> None:
        """Print the ids of figures or quotes."""
        ...


class ImportPrinter(Protocol):
    """Prints the report of an import."""

    def page(self, imported: ImportedPage) -> None:
        """Print the report of one page."""
        ...


class ProgressPrinter(Protocol):
    """Displays the progress of a build on stderr, and removes the display at the end."""

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` files have been read."""
        ...

    def close(self) -> None:
        """Remove the display."""
        ...


class SilentProgress:
    """Displays no progress: stderr is not a terminal."""

    def __call__(self, done: int, total: int) -> None:
        """See `ProgressPrinter`."""

    def close(self) -> None:
        """See `ProgressPrinter`."""
