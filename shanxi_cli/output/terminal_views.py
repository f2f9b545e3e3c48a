"""Views for people, by Rich: bars, concordances and lists, laid out to the window."""

import shlex
from collections.abc import Iterable, Sequence
from typing import assert_never

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from shanxi_cli.model.results import Mark
from shanxi_cli.model.views import (
    Collocates,
    Concordance,
    ConcordanceLine,
    Facets,
    SimilarArticle,
    SimilarArticles,
    TermList,
    Timeline,
    TimelineBucket,
    View,
    YearMentions,
)
from shanxi_cli.output.bars import draw_bar
from shanxi_cli.output.labels import format_copy_count, format_date, format_date_range
from shanxi_cli.output.terminal import MARK_STYLE, TerminalPrinter, highlight_marks
from shanxi_cli.output.views import left_context, right_context
from shanxi_cli.util import edtf
from shanxi_cli.util.display_width import ELLIPSIS, display_width, truncate_end
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.text import pluralize

_META_STYLE = "dim"
_ID_STYLE = "cyan"
_BAR_STYLE = "blue"
_TITLE_STYLE = "bold"
_COLUMN_GAP = "  "
_LONGEST_BAR, _SHORTEST_BAR = 40, 5
_MAX_ID_COLUMNS = 24
_FACT_COLUMNS = 9
"""Columns of the name of a fact."""


class TerminalViewPrinter(TerminalPrinter):
    """Views in a window of any width."""

    def show(self, view: View) -> None:
        """See `ViewPrinter`."""
        match view:
            case Facets():
                self._print(self._facets(view))
            case Timeline():
                self._print(self._timeline(view))
            case YearMentions():
                self._print(self._years(view))
            case Concordance():
                self._print(self._concordance(list(view.lines), view.width))
            case Collocates():
                self._print(self._collocates(view))
            case TermList():
                self._print(self._vocabulary(view))
            case SimilarArticles():
                self._show([self._neighbour(row, len(str(view.rows[-1].rank))) for row in view.rows])
            case _:
                assert_never(view)

    def _print(self, lines: Iterable[Text]) -> None:
        """Lines that are laid out already, to the width of the window."""
        self._show(list(lines), as_they_are=True)

    # Bars

    def _facets(self, view: Facets) -> list[Text]:
        names = [sanitize_line(row.value) for row in view.rows]
        most = max((row.articles for row in view.rows), default=0)
        queries = [sanitize_line(shlex.quote(row.part)) if row.part else "" for row in view.rows]
        return self._barred(
            names,
            [[f"{row.articles:,}"] for row in view.rows],
            [row.articles / most for row in view.rows],
            [Text(query, _META_STYLE) for query in queries],
        )

    def _timeline(self, view: Timeline) -> list[Text]:
        values = [_measure_period(row) for row in view.periods]
        most = max((value for value, _ in values), default=0.0) or 1.0
        names, numbers = [row.name for row in view.periods], [texts for _, texts in values]
        shares = [value / most for value, _ in values]
        if numbers and len(numbers[0]) > 1:
            header = ["articles", "matches"] if view.periods[0].among is None else ["articles", "of", "share"]
            lines = self._headed("period", header, names, numbers, shares)
        else:
            lines = self._barred(names, numbers, shares)
        facts = {
            name: f"{format_date_range(mention.date)}  {mention.article}"
            for name, mention in (("first", view.earliest), ("last", view.latest))
            if mention
        }
        if view.silence:
            first, last = view.silence.first, view.silence.last
            days = last - first + 1
            facts["silence"] = f"{edtf.format_day(first)} to {edtf.format_day(last)}, {pluralize(days, 'day')}"
        room = self._console.width - _FACT_COLUMNS
        told = [
            Text(f"{name:<{_FACT_COLUMNS}}", _META_STYLE).append(truncate_end(sanitize_line(fact), room))
            for name, fact in facts.items()
        ]
        return [*lines, *([Text()] if told else []), *told]

    def _years(self, view: YearMentions) -> list[Text]:
        most = max((row.sentences for row in view.rows), default=0)
        return self._barred(
            [str(row.year) for row in view.rows],
            [[f"{row.sentences:,}"] for row in view.rows],
            [row.sentences / most for row in view.rows],
        )

    def _barred(
        self,
        names: Sequence[str],
        numbers: Sequence[Sequence[str]],
        shares: Sequence[float],
        behind: Sequence[Text] = (),
    ) -> list[Text]:
        """A line each: name, numbers, a bar, and what stands behind it, which is never cut."""
        window = self._console.width
        name_width = min(max(map(display_width, names), default=0), window // 3)
        number_widths = [max(map(len, column)) for column in zip(*numbers, strict=True)]
        taken = name_width + sum(number_widths) + len(_COLUMN_GAP) * (len(number_widths) + 1)
        if behind:  # a very long one makes its own line longer than the window, and no bar shorter
            taken += len(_COLUMN_GAP) + min(max(display_width(text.plain) for text in behind), window // 3)
        cells = max(_SHORTEST_BAR, min(_LONGEST_BAR, window - taken))
        lines = []
        for n, name in enumerate(names):
            line = Text(_pad_text(truncate_end(name, name_width, ELLIPSIS), name_width))
            for number, number_width in zip(numbers[n], number_widths, strict=True):
                line.append(_COLUMN_GAP + number.rjust(number_width), _TITLE_STYLE)
            bar = draw_bar(shares[n], cells)
            line.append(_COLUMN_GAP).append(bar, _BAR_STYLE)
            if behind:
                line.append(" " * (cells - len(bar)) + _COLUMN_GAP).append_text(behind[n])
            lines.append(line)
        return lines

    # Text

    def _concordance(self, lines: Sequence[ConcordanceLine], asked: int | None) -> list[Text]:
        """Id, text before, place, text behind: the places one below the other."""
        window = self._console.width
        ids = min(
            max((display_width(sanitize_line(line.article.id)) for line in lines), default=0),
            _MAX_ID_COLUMNS,
            window // 4,
        )
        longest = min(
            max((display_width(sanitize_line(_matched_text(line))) for line in lines), default=0), window // 3
        )
        room = max(window - ids - len(_COLUMN_GAP) - longest - 2, 2)
        left_width = room // 2 if asked is None else asked
        shown = []
        for line in lines:
            before = left_context(line, left_width)
            line_ = Text(_pad_text(truncate_end(sanitize_line(line.article.id), ids), ids), _ID_STYLE)
            text = Text(_COLUMN_GAP + " " * (left_width - display_width(before)) + before)
            match = highlight_marks(
                _matched_text(line), [Mark(m.start - line.start, m.end - line.start) for m in line.marks]
            )
            if display_width(match.plain) > longest:
                match = Text(truncate_end(match.plain, longest, ELLIPSIS), MARK_STYLE)
            rest = room - left_width + longest - display_width(match.plain) + 2 if asked is None else asked
            text.append_text(match).append(right_context(line, max(rest, 0)))
            shown.append(Text().append_text(line_).append_text(text))
        return shown

    def _collocates(self, view: Collocates) -> list[Text]:
        rows = [
            [row.word, f"{row.near:,}", f"{row.occurrences:,}", f"{row.expected:,.1f}", f"{row.score:,.1f}"]
            for row in view.rows
        ]
        return self._table(["word", "near", "of", "by chance", "score"], rows, [row.score for row in view.rows])

    def _vocabulary(self, view: TermList) -> list[Text]:
        rows = [[row.word, f"{row.articles:,}", f"{row.occurrences:,}", f"{row.per_million:,.1f}"] for row in view.rows]
        return self._table(
            ["word", "articles", "occurrences", "per million"], rows, [row.occurrences for row in view.rows]
        )

    def _table(self, header: Sequence[str], rows: Sequence[Sequence[str]], values: Sequence[float]) -> list[Text]:
        """Columns under their names, the first to the left and the others to the right, and a bar each."""
        if not rows:
            return []
        most = max(values) or 1.0
        names, numbers = [sanitize_line(row[0]) for row in rows], [row[1:] for row in rows]
        return self._headed(header[0], header[1:], names, numbers, [value / most for value in values])

    def _headed(
        self,
        name: str,
        header: Sequence[str],
        names: Sequence[str],
        numbers: Sequence[Sequence[str]],
        shares: Sequence[float],
    ) -> list[Text]:
        lines = self._barred([name, *names], [header, *numbers], [0.0, *shares])
        lines[0] = Text(lines[0].plain.rstrip(), _META_STYLE)
        return lines

    def _neighbour(self, row: SimilarArticle, rank_width: int) -> RenderableType:
        article = row.article
        copy = "nearly the same text" if row.copy else ""
        facts = [format_date(article), article.publication, article.edition, copy, format_copy_count(len(row.alike))]
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(width=rank_width, justify="right", style=_META_STYLE)
        block.add_column(overflow="fold")
        lines = [
            Text(sanitize_line(article.title), _TITLE_STYLE),
            Text(sanitize_line(article.id), _ID_STYLE),
            Text(sanitize_line(" · ".join(fact for fact in facts if fact)), _META_STYLE),
            Text(sanitize_line(", ".join(row.words)), overflow="fold"),
            Text(),
        ]
        block.add_row(str(row.rank), Group(*lines))
        return block


def _matched_text(line: ConcordanceLine) -> str:
    return line.text[line.start : line.end]


def _pad_text(text: str, columns: int) -> str:
    return text + " " * (columns - display_width(text))


def _measure_period(row: TimelineBucket) -> tuple[float, list[str]]:
    """What the bar of a period shows, and the numbers before it."""
    count = f"{'~' if row.uncertain else ''}{_format_number(row.articles)}"
    if row.among is not None:
        share = row.share or 0.0
        return share, [count, _format_number(row.among), f"{100 * share:.1f}%"]
    if row.hits is not None:
        return row.hits, [count, _format_number(row.hits)]
    return row.articles, [count]


def _format_number(value: float) -> str:
    return f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"
