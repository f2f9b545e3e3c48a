"""Results of saved searches on a terminal: a heading for each search, and its hits below it."""

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import RenderableType
from rich.text import Text

from shanxi_cli.output.base import SavedResults, TerminalStyle
from shanxi_cli.output.terminal import ID_STYLE, META_STYLE, TITLE_STYLE, TerminalPrinter
from shanxi_cli.output.terminal_text import WrappedText
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.text import pluralize


class TerminalSavedPrinter(TerminalPrinter):
    """Prints the hits of all searches, numbered through, so that `@N` is one of them."""

    def __init__(self, out: TextIO, style: TerminalStyle, pager: list[str], extra: Sequence[str]) -> None:
        super().__init__(out, style, pager)
        self._names_changes = "change" in extra

    def searches(self, searches: Sequence[SavedResults]) -> None:
        """See `output.protocols.SavedPrinter`."""
        self._print_blocks(list(self._blocks(searches)))

    def _blocks(self, searches: Sequence[SavedResults]) -> Iterator[RenderableType]:
        width = len(str(sum(len(each.results.hits) for each in searches)))
        rank = 0
        for each in searches:
            yield _lay_out_heading(each)
            yield Text()
            for hit in each.results.hits:
                rank += 1
                if self._names_changes and each.news:
                    yield Text(each.news[hit.article.id].value, style=ID_STYLE)
                yield self._hit(replace_fields(hit, rank=rank), width)


def _lay_out_heading(each: SavedResults) -> Text:
    """Return `coal-datong · coal place:Datong · showing 10 of 12 new articles`."""
    total, shown = each.results.total, len(each.results.hits)
    articles = pluralize(total, "new article" if each.news else "article")
    if 0 < shown < total:
        articles = f"showing {shown:,} of {articles}"
    heading = WrappedText(sanitize_line(each.search.name), style=TITLE_STYLE)
    heading.append(f" · {sanitize_line(each.search.query)} · {articles if total else 'no articles'}", META_STYLE)
    return heading
