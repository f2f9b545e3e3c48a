"""The forms for shell scripts: a line an article, the same bytes whatever the window. No Rich here."""

from typing import TextIO

from shanxi_cli.model.results import Results
from shanxi_cli.output.columns import column_values, flatten_value
from shanxi_cli.util.sanitize import sanitize_line


class LinesPrinter:
    """The chosen columns with a tab between; what is absent is empty. `end` ends each line."""

    def __init__(self, out: TextIO, columns: tuple[str, ...], end: str) -> None:
        self._out = out
        self._columns = columns
        self._end = end

    def results(self, results: Results) -> None:
        """A line a hit."""
        for hit in results.hits:
            cells = (sanitize_line(flatten_value(value)) for value in column_values(hit, self._columns))
            self._out.write("\t".join(cells) + self._end)
