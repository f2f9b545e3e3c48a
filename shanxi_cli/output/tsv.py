"""Lines for shell scripts: one row per line, separated by tabs, independent of the window's width."""

from shanxi_cli.output.table import DataTable, RowWriter, flatten_value
from shanxi_cli.util.sanitize import sanitize_line


class TsvWriter(RowWriter):
    """Writes one row per line, with an empty cell for an absent value."""

    def write(self, table: DataTable) -> None:
        """See `RowWriter`."""
        getters = [table.columns[name] for name in self._choose(table.columns, table.line_columns)]
        for row in table.rows:
            self._out.write("\t".join(sanitize_line(flatten_value(get(row))) for get in getters) + self._end)
