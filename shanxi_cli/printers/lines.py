"""The forms for shell scripts: a line an article, the same bytes whatever the window. No Rich here."""

from typing import TextIO

from shanxi_cli.clean import clean_line
from shanxi_cli.model import Results


class LinesPrinter:
    """`id<TAB>date<TAB>title`; the date is EDTF and empty for an undated article."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def results(self, results: Results) -> None:
        """A line a hit."""
        for hit in results.hits:
            article = hit.article
            fields = (article.id, article.date, article.title)
            self._out.write("\t".join(clean_line(field) for field in fields) + "\n")


class IdsPrinter:
    """The id alone."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def results(self, results: Results) -> None:
        """A line a hit."""
        for hit in results.hits:
            self._out.write(clean_line(hit.article.id) + "\n")
