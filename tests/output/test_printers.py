"""The dispatch of printers: every format has one, and only formats with columns take `--fields`."""

import io
from collections.abc import Callable
from enum import Enum

import pytest

from shanxi_cli.errors import UsageError
from shanxi_cli.model.results import Results
from shanxi_cli.model.views import TermEntry, TermList
from shanxi_cli.output import (
    ArticleFormat,
    Format,
    ImportFormat,
    TableFormat,
    TerminalStyle,
    make_article_printer,
    make_figures_printer,
    make_import_printer,
    make_progress_printer,
    make_quotes_printer,
    make_results_printer,
    make_view_printer,
)

PRINTERS = [
    *((make_results_printer, form) for form in Format),
    *((make_article_printer, form) for form in ArticleFormat),
    *((make, form) for make in (make_figures_printer, make_quotes_printer, make_view_printer) for form in TableFormat),
]


@pytest.mark.parametrize(
    ("make", "form"), PRINTERS, ids=lambda item: item.value if isinstance(item, Enum) else item.__name__
)
def test_make_printer_knows_every_format(make: Callable[..., object], form: Enum) -> None:
    assert make(form, io.StringIO(), TerminalStyle.PLAIN, [])


@pytest.mark.parametrize("form", ImportFormat)
def test_make_import_printer_knows_every_format(form: ImportFormat) -> None:
    assert make_import_printer(form, io.StringIO())


def test_make_results_printer_rejects_unknown_columns() -> None:
    with pytest.raises(UsageError, match="unknown column titel; did you mean title"):
        make_results_printer(Format.CSV, io.StringIO(), TerminalStyle.PLAIN, [], "titel")


def test_hits_without_results_print_only_a_csv_header() -> None:
    out = io.StringIO()
    make_results_printer(Format.CSV, out, TerminalStyle.PLAIN, [], "id,title").results(Results(0, ()))
    assert out.getvalue() == "id,title\r\n"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (TableFormat.LINES, "coal\t2\t3\t0.5\n"),
        (TableFormat.CSV, "word,articles,occurrences,per_million\r\ncoal,2,3,0.5\r\n"),
        (
            TableFormat.JSONL,
            '{"schema": 1, "word": "coal", "articles": 2, "occurrences": 3, "per_million": 0.5}\n',
        ),
    ],
    ids=["lines", "csv", "jsonl"],
)
def test_view_printers_write_the_same_rows(form: TableFormat, expected: str) -> None:
    out = io.StringIO()
    make_view_printer(form, out, TerminalStyle.PLAIN, []).show(TermList((TermEntry("coal", 2, 3, 0.5),), 1))
    assert out.getvalue() == expected


def test_progress_is_silent_without_a_terminal() -> None:
    err = io.StringIO()
    progress = make_progress_printer(err)
    progress(1, 2)
    progress.close()
    assert err.getvalue() == ""
