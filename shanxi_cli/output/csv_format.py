"""CSV for spreadsheets: RFC 4180, with a header, and no cell that a spreadsheet would evaluate as a formula."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from shanxi_cli.output.table import DataTable, RowWriter, flatten_value
from shanxi_cli.util.sanitize import sanitize_line

_FORMULA_STARTS = ("=", "+", "-", "@")


def escape_cell(value: Any) -> Any:
    """Return a value as a cell. Text that begins like a formula gets an apostrophe before it; numbers stay numbers.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = sanitize_line(flatten_value(value))
    return f"'{text}" if text.lstrip().startswith(_FORMULA_STARTS) else text


def write_rows(out: TextIO, header: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write a header and rows; lines end with CR LF, as the RFC requires."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([escape_cell(value) for value in row])


class CsvWriter(RowWriter):
    """Writes a header and one record per row."""

    def write(self, table: DataTable) -> None:
        """See `RowWriter`."""
        default = tuple(table.columns) if table.csv_columns is None else table.csv_columns
        names = self._choose(table.columns, default)
        write_rows(self._out, names, ([table.columns[name](row) for name in names] for row in table.rows))
