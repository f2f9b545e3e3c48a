"""The door to the printers: what a printer is, and which there are. It knows how none of them works."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Protocol, TextIO

from shanxi_cli.errors import UsageError
from shanxi_cli.util.frozen_record import Record

if TYPE_CHECKING:  # the commands ask for the forms at every start, and for nothing else here
    from shanxi_cli.extraction.quantities.consistency import QuantityConflict
    from shanxi_cli.importers.writer import FilingOutcome
    from shanxi_cli.matching.highlighter import TextPattern
    from shanxi_cli.model.article import Article
    from shanxi_cli.model.options import FigureGrouping, QuoteGrouping
    from shanxi_cli.model.quantity import Figure, FigureSummary, Quantity
    from shanxi_cli.model.quote import Quote, QuoteSummary
    from shanxi_cli.model.results import Results
    from shanxi_cli.model.views import View
    from shanxi_cli.segmentation.page import Page


class Format(Enum):
    """The forms of a list of hits."""

    TERMINAL = "terminal"  # for people: titles, passages, marks
    LINES = "lines"  # id, date and title, a tab between, one article a line
    IDS = "ids"  # the id alone, one a line
    CSV = "csv"  # for spreadsheets, with a header
    JSONL = "jsonl"  # one JSON object a line


class TableFormat(Enum):
    """The forms of figures and quotes, and of all that looks round: facets, timelines, concordances ..."""

    TERMINAL = "terminal"  # for people: laid out to the window, with bars or sentences
    LINES = "lines"  # a tab between, one row a line
    CSV = "csv"  # for spreadsheets, with a header
    JSONL = "jsonl"  # one JSON object a line


class ArticleFormat(Enum):
    """The forms of a whole article."""

    TERMINAL = "terminal"  # for people: laid out to the window
    TEXT = "text"  # plain text, a paragraph a line
    MARKDOWN = "markdown"  # the file format of the archive
    JSONL = "jsonl"  # one JSON object a line


class ImportFormat(Enum):
    """The forms of the report of an import."""

    TERMINAL = "terminal"  # for people: a block a page
    JSONL = "jsonl"  # one JSON object an article


class ImportedPage(Record):
    """What became of a page: its articles with their ids, and what else there was to tell."""

    name: str
    filed: "tuple[tuple[Article, FilingOutcome], ...]"
    page: "Page"
    problem: str = ""


class TerminalStyle(Enum):
    """Whether the terminal printer may use colour and bold."""

    PLAIN = "plain"
    STYLED = "styled"


class ResultsPrinter(Protocol):
    """Shows the answer to a query."""

    def results(self, results: "Results") -> None:
        """Writes all hits; nothing for none."""
        ...


class ArticlePrinter(Protocol):
    """Shows whole articles."""

    def articles(self, articles: "Iterable[Article]", wanted: "Sequence[TextPattern]") -> None:
        """Writes the articles, with the places of `wanted` marked where the form has marks."""
        ...


class FiguresPrinter(Protocol):
    """Shows figures, counts of them, or those that do not agree."""

    def figures(self, figures: "Sequence[Figure]") -> None:
        """Writes the figures."""
        ...

    def summaries(self, summaries: "Sequence[FigureSummary]", by: "FigureGrouping") -> None:
        """Writes the counts of figures."""
        ...

    def flags(self, flags: "Sequence[tuple[QuantityConflict, Sequence[Quantity]]]") -> None:
        """Writes what does not agree, each with its quantities."""
        ...


class QuotesPrinter(Protocol):
    """Shows quotes, or counts of them."""

    def quotes(self, quotes: "Sequence[Quote]") -> None:
        """Writes the quotes."""
        ...

    def summaries(self, summaries: "Sequence[QuoteSummary]", by: "QuoteGrouping") -> None:
        """Writes the counts of quotes."""
        ...


class ViewPrinter(Protocol):
    """Shows facets, a timeline, a concordance and their like."""

    def show(self, view: "View") -> None:
        """Writes the rows of a view, and what else there is to tell of it."""
        ...


class ImportPrinter(Protocol):
    """Reports an import."""

    def page(self, imported: ImportedPage) -> None:
        """Writes what became of a page."""
        ...


class ProgressPrinter(Protocol):
    """Shows how far a build is, on stderr, and leaves nothing behind."""

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` files are read."""
        ...

    def close(self) -> None:
        """Takes the display away."""
        ...


def make_results_printer(
    form: Format, out: TextIO, look: TerminalStyle, pager: list[str], fields: str | None = None, end: str = "\n"
) -> ResultsPrinter:
    """The printer of a form. Rich is loaded for the terminal alone; `look` and `pager` (empty: none) are for it too.

    `fields` names the columns of lines, csv and jsonl (None: those of the form); `end` ends a line or an
    id. `UsageError` for a column that is none, or where the form has no columns.
    """
    if form is not Format.TERMINAL:
        from shanxi_cli.output.columns import DEFAULT_CSV_COLUMNS, DEFAULT_LINE_COLUMNS, choose_hit_columns
    if fields is not None and form in (Format.TERMINAL, Format.IDS):
        raise UsageError(f"--fields is for lines, csv and jsonl, not {form.value}")
    if end != "\n" and form not in (Format.LINES, Format.IDS):
        raise UsageError(f"--null is for lines and ids, not {form.value}")
    match form:
        case Format.TERMINAL:
            from shanxi_cli.output.terminal import TerminalPrinter

            return TerminalPrinter(out, look, pager)
        case Format.LINES:
            from shanxi_cli.output.tsv import LinesPrinter

            return LinesPrinter(out, choose_hit_columns(fields, DEFAULT_LINE_COLUMNS), end)
        case Format.IDS:
            from shanxi_cli.output.tsv import LinesPrinter

            return LinesPrinter(out, ("id",), end)
        case Format.CSV:
            from shanxi_cli.output.csv_format import CsvPrinter

            return CsvPrinter(out, choose_hit_columns(fields, DEFAULT_CSV_COLUMNS))
        case Format.JSONL:
            from shanxi_cli.output.jsonl import JsonlPrinter

            return JsonlPrinter(out, choose_hit_columns(fields, ()))


def make_article_printer(form: ArticleFormat, out: TextIO, look: TerminalStyle, pager: list[str]) -> ArticlePrinter:
    """The printer of a form of whole articles; as `make_results_printer`."""
    match form:
        case ArticleFormat.TERMINAL:
            from shanxi_cli.output.terminal import TerminalPrinter

            return TerminalPrinter(out, look, pager)
        case ArticleFormat.TEXT:
            from shanxi_cli.output.text import TextPrinter

            return TextPrinter(out)
        case ArticleFormat.MARKDOWN:
            from shanxi_cli.output.text import MarkdownPrinter

            return MarkdownPrinter(out)
        case ArticleFormat.JSONL:
            from shanxi_cli.output.jsonl import JsonlPrinter

            return JsonlPrinter(out)


def make_figures_printer(form: TableFormat, out: TextIO, look: TerminalStyle, pager: list[str]) -> FiguresPrinter:
    """The printer of a form of figures; as `make_results_printer`."""
    match form:
        case TableFormat.TERMINAL:
            from shanxi_cli.output.terminal_figures import TerminalFiguresPrinter

            return TerminalFiguresPrinter(out, look, pager)
        case TableFormat.LINES:
            from shanxi_cli.output.figures import FigureLinesPrinter

            return FigureLinesPrinter(out)
        case TableFormat.CSV:
            from shanxi_cli.output.figures import FigureCsvPrinter

            return FigureCsvPrinter(out)
        case TableFormat.JSONL:
            from shanxi_cli.output.figures import FigureJsonlPrinter

            return FigureJsonlPrinter(out)


def make_view_printer(
    form: TableFormat, out: TextIO, look: TerminalStyle, pager: list[str], fields: str | None = None, end: str = "\n"
) -> ViewPrinter:
    """The printer of a form of views; as `make_results_printer`."""
    if fields is not None and form is TableFormat.TERMINAL:
        raise UsageError("--fields is for lines, csv and jsonl, not terminal")
    if end != "\n" and form is not TableFormat.LINES:
        raise UsageError(f"--null is for lines, not {form.value}")
    match form:
        case TableFormat.TERMINAL:
            from shanxi_cli.output.terminal_views import TerminalViewPrinter

            return TerminalViewPrinter(out, look, pager)
        case TableFormat.LINES:
            from shanxi_cli.output.views import ViewLinesPrinter

            return ViewLinesPrinter(out, fields, end)
        case TableFormat.CSV:
            from shanxi_cli.output.views import ViewCsvPrinter

            return ViewCsvPrinter(out, fields)
        case TableFormat.JSONL:
            from shanxi_cli.output.views import ViewJsonlPrinter

            return ViewJsonlPrinter(out, fields)


def make_quotes_printer(form: TableFormat, out: TextIO, look: TerminalStyle, pager: list[str]) -> QuotesPrinter:
    """The printer of a form of quotes; as `make_results_printer`."""
    match form:
        case TableFormat.TERMINAL:
            from shanxi_cli.output.terminal_quotes import TerminalQuotesPrinter

            return TerminalQuotesPrinter(out, look, pager)
        case TableFormat.LINES:
            from shanxi_cli.output.quotes import QuoteLinesPrinter

            return QuoteLinesPrinter(out)
        case TableFormat.CSV:
            from shanxi_cli.output.quotes import QuoteCsvPrinter

            return QuoteCsvPrinter(out)
        case TableFormat.JSONL:
            from shanxi_cli.output.quotes import QuoteJsonlPrinter

            return QuoteJsonlPrinter(out)


def make_import_printer(form: ImportFormat, out: TextIO) -> ImportPrinter:
    """The printer of a form of the report of an import."""
    from shanxi_cli.output.import_report import ImportJsonlPrinter, ImportTextPrinter

    return ImportJsonlPrinter(out) if form is ImportFormat.JSONL else ImportTextPrinter(out)


def make_progress_printer(err: TextIO) -> ProgressPrinter:
    """A progress bar on a terminal, silence elsewhere."""
    if err.isatty():
        from shanxi_cli.output.progress import ProgressBar

        return ProgressBar(err)
    return _SilentProgress()


class _SilentProgress:
    def __call__(self, done: int, total: int) -> None:
        pass

    def close(self) -> None:
        pass
