"""CSV for spreadsheets: RFC 4180, with a header, and no cell that a spreadsheet would evaluate as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from shanxi_cli.output.table import DataTable, RowWriter, flatten_value
from shanxi_cli.util.sanitize import sanitize_line

_FORMULA_SIGNS = (
    "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"  # also full-width and small: East Asian spreadsheets
)
_FORMULA = re.compile(rf'(?:^|[;,\t])[\s"]*(?=[{_FORMULA_SIGNS}])')
"""Text before a formula: at the start of the cell, or after a character that separates cells in some locales."""


def escape_cell(value: Any) -> Any:
    """Return a value as a cell. Numbers stay numbers; text that would be a formula gets an apostrophe before it.

    So does each part that would be one if the line were split at semicolons, commas or tabs, whatever the quotes: a
    spreadsheet splits at the list separator of its locale, where a quote inside a cell means nothing.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = sanitize_line(flatten_value(value))
    return _FORMULA.sub(_insert_apostrophe, text)


def _insert_apostrophe(match: re.Match[str]) -> str:
    separator = match[0][:1] if match[0][:1] in (";", ",") else ""
    return f"{separator}'{match[0][len(separator) :]}"


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
