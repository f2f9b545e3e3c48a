"""The form for spreadsheets: RFC 4180, a header, and no cell that a spreadsheet would take for a formula."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from shanxi_cli.model.results import Results
from shanxi_cli.output.columns import column_values, flatten_value
from shanxi_cli.util.sanitize import sanitize_line

_FORMULA_STARTS = ("=", "+", "-", "@")


def escape_cell(value: Any) -> Any:
    """A value as a cell. Text that begins like a formula gets an apostrophe before it; numbers stay numbers.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = sanitize_line(flatten_value(value))
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) else text


def write_rows(out: TextIO, header: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """A header and rows; lines end with CR LF as the RFC says."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([escape_cell(value) for value in row])


class CsvPrinter:
    """A row a hit, of the columns that were chosen."""

    def __init__(self, out: TextIO, columns: tuple[str, ...]) -> None:
        self._out = out
        self._columns = columns

    def results(self, results: Results) -> None:
        """The header, and a row a hit."""
        write_rows(self._out, self._columns, (column_values(hit, self._columns) for hit in results.hits))
