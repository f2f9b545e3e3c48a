"""Printers: results, articles, tables and import reports in each output format.

Printers lay out values that are already computed; they do not search, read the corpus or choose exit statuses.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO

from shanxi_cli.errors import UsageError
from shanxi_cli.output.base import (
    DEFAULT_BUDGET,
    ArticleFormat,
    Format,
    ImportedArticle,
    ImportedPage,
    ImportFormat,
    SilentProgress,
    TableFormat,
    TerminalStyle,
)

if TYPE_CHECKING:
    from shanxi_cli.output.protocols import (
        ArticlePrinter,
        FiguresPrinter,
        IdPrinter,
        ImportPrinter,
        ProgressPrinter,
        QuotesPrinter,
        ResultsPrinter,
        SavedPrinter,
        ViewPrinter,
    )

__all__ = [
    "DEFAULT_BUDGET",
    "ArticleFormat",
    "Format",
    "ImportFormat",
    "ImportedArticle",
    "ImportedPage",
    "TableFormat",
    "TerminalStyle",
    "annotate_rows",
    "make_article_printer",
    "make_context_printer",
    "make_figures_printer",
    "make_id_printer",
    "make_import_printer",
    "make_progress_printer",
    "make_quotes_printer",
    "make_results_printer",
    "make_saved_printer",
    "make_view_printer",
    "write_batch_table",
]

_CLASSES: Mapping[Enum, str] = {
    Format.TERMINAL: "terminal:TerminalPrinter",
    Format.LINES: "tsv:TsvWriter",
    Format.IDS: "tsv:TsvWriter",
    Format.CSV: "csv_format:CsvWriter",
    Format.JSONL: "jsonl:JsonlWriter",
    Format.CONTEXT: "context:ContextPrinter",
    TableFormat.LINES: "tsv:TsvWriter",
    TableFormat.CSV: "csv_format:CsvWriter",
    TableFormat.JSONL: "jsonl:JsonlWriter",
    ArticleFormat.TERMINAL: "terminal:TerminalPrinter",
    ArticleFormat.TEXT: "text:TextPrinter",
    ArticleFormat.MARKDOWN: "text:MarkdownPrinter",
    ArticleFormat.JSONL: "jsonl:ArticleJsonlPrinter",
    ImportFormat.TERMINAL: "import_report:ImportTextPrinter",
    ImportFormat.JSONL: "import_report:ImportJsonlPrinter",
}
"""The class of each format, as `module:Class` in this package, imported when it is used. Lines, ids, csv and jsonl of
hits and tables are row writers, the others are printers."""


_EXPLAIN_PRINTERS = {ImportFormat.TERMINAL: "ExplainTextPrinter", ImportFormat.JSONL: "ExplainJsonlPrinter"}


def make_results_printer(
    form: Format, out: TextIO, style: TerminalStyle, pager: list[str], fields: str | None = None, end: str = "\n"
) -> "ResultsPrinter":
    """Return the printer of hits in a format. Rich is imported for the terminal format alone.

    `style` and `pager` (empty: no pager) apply to the terminal. `fields` names the columns of lines, csv and jsonl
    (None: the defaults of the format); `end` ends each line or id. Raise `UsageError` for an unknown column, and for
    `fields` or `end` with a format that does not take them.
    """
    _check_columns(form, fields, end)
    printer: ResultsPrinter
    if form is Format.TERMINAL:
        printer = _load(form)(out, style, pager)
    elif form is Format.CONTEXT:
        printer = _load(form)(out)
    else:
        writer = _load(form)(out, "id" if form is Format.IDS else fields, end)
        printer = _load("hits:HitTablePrinter")(writer)
    return printer


def make_saved_printer(
    form: Format,
    terminal: tuple[TextIO, TerminalStyle, list[str]],
    fields: str | None,
    end: str,
    extra: Sequence[str],
) -> "SavedPrinter":
    """Return the printer of results of saved searches; arguments and errors as of `make_results_printer`.

    `terminal` has the stream, the style and the pager; `extra` the columns besides those of hits: `search`, `change`.
    """
    _check_columns(form, fields, end)
    if form is Format.CONTEXT:
        raise UsageError("-f context is for search")
    printer: SavedPrinter
    if form is Format.TERMINAL:
        printer = _load("terminal_saved:TerminalSavedPrinter")(*terminal, extra)
    else:
        ids = form is Format.IDS
        writer = _load(form)(terminal[0], "id" if ids else fields, end)
        printer = _load("saved:SavedTablePrinter")(writer, extra, each_once=ids)
    return printer


def _check_columns(form: Format, fields: str | None, end: str) -> None:
    if fields is not None and form in (Format.TERMINAL, Format.IDS, Format.CONTEXT):
        raise UsageError(f"--fields is for lines, csv and jsonl, not {form.value}")
    if end != "\n" and form not in (Format.LINES, Format.IDS):
        raise UsageError(f"--null is for lines and ids, not {form.value}")


def make_context_printer(
    out: TextIO, budget: int, query: str, fields: str | None = None, end: str = "\n"
) -> "ResultsPrinter":
    """Return the printer of passages within `budget` words; `query` is as typed. Raise as `make_results_printer`."""
    _check_columns(Format.CONTEXT, fields, end)
    printer: ResultsPrinter = _load(Format.CONTEXT)(out, budget, query)
    return printer


def make_article_printer(form: ArticleFormat, out: TextIO, style: TerminalStyle, pager: list[str]) -> "ArticlePrinter":
    """Return the printer of whole articles in a format; arguments as of `make_results_printer`."""
    printer: ArticlePrinter
    printer = _load(form)(out, style, pager) if form is ArticleFormat.TERMINAL else _load(form)(out)
    return printer


def make_figures_printer(
    form: TableFormat, out: TextIO, style: TerminalStyle, pager: list[str], fields: str | None = None, end: str = "\n"
) -> "FiguresPrinter":
    """Return the printer of figures in a format; arguments and errors as of `make_results_printer`."""
    classes = "terminal_figures:TerminalFiguresPrinter", "figures:FigureTablePrinter"
    printer: FiguresPrinter = _make_table_printer(form, (out, style, pager), (out, fields, end), classes)
    return printer


def make_quotes_printer(
    form: TableFormat, out: TextIO, style: TerminalStyle, pager: list[str], fields: str | None = None, end: str = "\n"
) -> "QuotesPrinter":
    """Return the printer of quotes in a format; arguments and errors as of `make_results_printer`."""
    classes = "terminal_quotes:TerminalQuotesPrinter", "quotes:QuoteTablePrinter"
    printer: QuotesPrinter = _make_table_printer(form, (out, style, pager), (out, fields, end), classes)
    return printer


def make_view_printer(
    form: TableFormat, out: TextIO, style: TerminalStyle, pager: list[str], fields: str | None = None, end: str = "\n"
) -> "ViewPrinter":
    """Return the printer of views in a format; arguments and errors as of `make_results_printer`."""
    classes = "terminal_views:TerminalViewPrinter", "views:ViewTablePrinter"
    printer: ViewPrinter = _make_table_printer(form, (out, style, pager), (out, fields, end), classes)
    return printer


def make_id_printer(out: TextIO, part: slice, fields: str | None = None, end: str = "\n") -> "IdPrinter":
    """Return the printer of the ids of articles that rows are from, each once; `part` of them is printed."""
    if fields is not None:
        raise UsageError("--fields is for lines, csv and jsonl, not ids")
    printer: IdPrinter = _load("ids:ArticleIdPrinter")(out, part, end)
    return printer


def _make_table_printer(
    form: TableFormat,
    terminal: tuple[TextIO, TerminalStyle, list[str]],
    writer: tuple[TextIO, str | None, str],
    classes: tuple[str, str],
) -> Any:
    """Return the printer of the first of two classes for the terminal, else of the second, with a row writer."""
    _, fields, end = writer
    if fields is not None and form is TableFormat.TERMINAL:
        raise UsageError("--fields is for lines, csv and jsonl, not terminal")
    if end != "\n" and form is not TableFormat.LINES:
        raise UsageError(f"--null is for lines, not {form.value}")
    if form is TableFormat.TERMINAL:
        return _load(classes[0])(*terminal)
    return _load(classes[1])(_load(form)(*writer))


def make_import_printer(form: ImportFormat, out: TextIO, *, explain: bool = False) -> "ImportPrinter":
    """Return the printer of import reports in a format, or of the decisions about each block."""
    printer: ImportPrinter = _load(f"import_report:{_EXPLAIN_PRINTERS[form]}" if explain else form)(out)
    return printer


def make_progress_printer(err: TextIO) -> "ProgressPrinter":
    """Return a progress bar for a terminal, or a silent display for any other stream."""
    if not err.isatty():
        return SilentProgress()
    printer: ProgressPrinter = _load("progress:ProgressBar")(err)
    return printer


def annotate_rows(printer: object, notes: Mapping[str, Any]) -> None:
    """Add keys and values to each JSON object that a printer of rows writes; other formats have no place for them."""
    if notes and (writer := getattr(printer, "writer", None)) is not None:
        writer.notes = notes


def write_batch_table(out: TextIO, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print counts of many queries for people; see `terminal_batch`."""
    _load("terminal_batch:write_batch_table")(out, names, rows)


def _load(name: Enum | str) -> Any:
    """Import the class of a format, or of `module:Class`."""
    module, _, member = (name if isinstance(name, str) else _CLASSES[name]).partition(":")
    return getattr(import_module(f"{__name__}.{module}"), member)
