"""Protocols that printers implement. Only type checkers need them: making the classes takes 0.3 ms."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from shanxi_cli.extraction.quantities.consistency import QuantityConflict
from shanxi_cli.matching.article_marks import MarkedArticle
from shanxi_cli.model.options import FigureGrouping, QuoteGrouping
from shanxi_cli.model.quantity import Figure, FigureSummary, Quantity
from shanxi_cli.model.quote import Quote, QuoteSummary
from shanxi_cli.model.results import Results
from shanxi_cli.model.views import View
from shanxi_cli.output.base import ImportedPage, SavedResults


class SavedPrinter(Protocol):
    """Prints the hits of saved searches."""

    def searches(self, searches: Sequence[SavedResults]) -> None:
        """Print the hits of all of them; print nothing if there are no searches."""
        ...


class ResultsPrinter(Protocol):
    """Prints the hits of a query."""

    def results(self, results: Results) -> None:
        """Print all hits; print nothing when there are none."""
        ...


class ArticlePrinter(Protocol):
    """Prints whole articles."""

    def articles(self, articles: Iterable[MarkedArticle]) -> None:
        """Print the articles, with their marks where the format has any."""
        ...


class FiguresPrinter(Protocol):
    """Prints figures, counts of figures, or conflicts between figures."""

    def figures(self, figures: Sequence[Figure]) -> None:
        """Print the figures."""
        ...

    def summaries(self, summaries: Sequence[FigureSummary], by: FigureGrouping) -> None:
        """Print the counts of figures."""
        ...

    def flags(self, flags: Sequence[tuple[QuantityConflict, Sequence[Quantity]]]) -> None:
        """Print the conflicts, each with the quantities that contradict each other."""
        ...


class QuotesPrinter(Protocol):
    """Prints quotes, or counts of quotes."""

    def quotes(self, quotes: Sequence[Quote]) -> None:
        """Print the quotes."""
        ...

    def summaries(self, summaries: Sequence[QuoteSummary], by: QuoteGrouping) -> None:
        """Print the counts of quotes."""
        ...


class ViewPrinter(Protocol):
    """Prints facets, a timeline, a concordance or another view."""

    def show(self, view: View) -> None:
        """Print the rows of a view, and its summary where the format has one."""
        ...


class IdPrinter(Protocol):
    """Prints the ids of the articles that rows are from."""

    def show(self, view: View) -> None:
        """Print the ids of a view of matches or of articles."""
        ...

    def ids(self, rows: Iterable[Figure] | Iterable[Quote]) -> None:
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
