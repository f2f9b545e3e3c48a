"""The forms for shell scripts: a line an article, the same bytes whatever the window. No Rich here."""

from typing import TextIO

from shanxi_cli.model.nouns import Results
from shanxi_cli.output.columns import flat, values
from shanxi_cli.util.sanitize import clean_line


class LinesPrinter:
    """The chosen columns with a tab between; what is absent is empty. `end` ends each line."""

    def __init__(self, out: TextIO, columns: tuple[str, ...], end: str) -> None:
        self._out = out
        self._columns = columns
        self._end = end

    def results(self, results: Results) -> None:
        """A line a hit."""
        for hit in results.hits:
            cells = (clean_line(flat(value)) for value in values(hit, self._columns))
            self._out.write("\t".join(cells) + self._end)
