"""Ids of the articles that rows are from, one per line."""

from collections.abc import Iterable
from itertools import islice
from typing import Any, TextIO

from shanxi_cli.model.views import Concordance, SimilarArticles, View
from shanxi_cli.util.sanitize import sanitize_line


class ArticleIdPrinter:
    """Prints each id once, on a line of its own."""

    def __init__(self, out: TextIO, part: slice, end: str) -> None:
        self._out = out
        self._part = part
        self._end = end

    def show(self, view: View) -> None:
        """See `output.protocols.IdPrinter`."""
        assert isinstance(view, (Concordance, SimilarArticles))
        self.ids(view.lines if isinstance(view, Concordance) else view.rows)

    def ids(self, rows: Iterable[Any]) -> None:
        """See `output.protocols.IdPrinter`."""
        ids = dict.fromkeys(row.article.id for row in rows)
        for article in islice(ids, self._part.start, self._part.stop):
            self._out.write(sanitize_line(article) + self._end)
