"""Views on the terminal: bars, concordances and lists, laid out to the window."""

from collections.abc import Sequence
from typing import assert_never

from rich.console import RenderableType
from rich.text import Text

from shanxi_cli.model.results import Mark
from shanxi_cli.model.views import (
    Collocates,
    Concordance,
    ConcordanceLine,
    Facet,
    Facets,
    SimilarArticle,
    SimilarArticles,
    TermList,
    Timeline,
    TimelineBucket,
    View,
    YearMentions,
)
from shanxi_cli.output.labels import format_copy_count, format_date, format_date_range
from shanxi_cli.output.terminal import (
    ID_STYLE,
    MARK_STYLE,
    META_STYLE,
    TITLE_STYLE,
    TerminalPrinter,
    highlight_marks,
    join_facts,
    rank_block,
)
from shanxi_cli.output.terminal_bars import COLUMN_GAP, BarRow, lay_out_bars, lay_out_headed_bars, pad_text
from shanxi_cli.output.terminal_text import WrappedText
from shanxi_cli.output.views import left_context, right_context
from shanxi_cli.util import edtf
from shanxi_cli.util.display_width import ELLIPSIS, display_width, truncate_end
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.shell_words import quote_word
from shanxi_cli.util.text import pluralize
from shanxi_cli.util.word_wrap import break_word, wrap_words

_MAX_ID_COLUMNS = 24
_FACT_COLUMNS = 13
"""Columns of the label of a fact below a timeline."""


class TerminalViewPrinter(TerminalPrinter):
    """Prints views to a window of any width."""

    def show(self, view: View) -> None:
        """See `ViewPrinter`."""
        window = self._console.width
        match view:
            case Facets():
                self._print_lines(lay_out_bars(_facet_rows(view), window))
            case Timeline():
                self._print_lines([*_timeline_lines(view, window), *_timeline_facts(view, window)])
            case YearMentions():
                self._print_lines(lay_out_bars(_year_rows(view), window))
            case Concordance():
                self._print_lines(_concordance_lines(list(view.lines), view.width, window))
            case Collocates():
                self._print_lines(lay_out_headed_bars(_COLLOCATE_HEADER, _collocate_rows(view), window))
            case TermList():
                self._print_lines(lay_out_headed_bars(_TERM_HEADER, _term_rows(view), window))
            case SimilarArticles():
                self._print_blocks([_lay_out_similar(row, len(str(view.rows[-1].rank))) for row in view.rows])
            case _:
                assert_never(view)


# Bars

_COLLOCATE_HEADER = ("word", "near", "occurrences", "expected", "score")
_TERM_HEADER = ("word", "articles", "occurrences", "per million")


def _facet_rows(view: Facets) -> list[BarRow]:
    most = max((row.articles for row in view.rows), default=0)
    return [
        BarRow(
            sanitize_line(row.value),
            [f"{row.articles:,}"],
            row.articles / most,
            Text(quote_word(row.part) + _format_derived(row), META_STYLE),
        )
        for row in view.rows
    ]


def _format_derived(row: Facet) -> str:
    """Return a mark for a value with articles where it is derived from the text: `(derived)`, `(5 derived)`."""
    if not row.derived:
        return ""
    return "  (derived)" if row.derived == row.articles else f"  ({row.derived:,} derived)"


def _year_rows(view: YearMentions) -> list[BarRow]:
    most = max((row.sentences for row in view.rows), default=0)
    return [BarRow(str(row.year), [f"{row.sentences:,}"], row.sentences / most) for row in view.rows]


def _collocate_rows(view: Collocates) -> list[BarRow]:
    most = max((row.score for row in view.rows), default=0.0) or 1.0
    return [
        BarRow(
            sanitize_line(row.word),
            [f"{row.near:,}", f"{row.occurrences:,}", f"{row.expected:,.1f}", f"{row.score:,.1f}"],
            row.score / most,
        )
        for row in view.rows
    ]


def _term_rows(view: TermList) -> list[BarRow]:
    most = max((row.occurrences for row in view.rows), default=0) or 1
    return [
        BarRow(
            sanitize_line(row.word),
            [f"{row.articles:,}", f"{row.occurrences:,}", f"{row.per_million:,.1f}"],
            row.occurrences / most,
        )
        for row in view.rows
    ]


def _timeline_lines(view: Timeline, window: int) -> list[Text]:
    measures = [_measure_period(period) for period in view.periods]
    most = max((value for value, _ in measures), default=0.0) or 1.0
    rows = [
        BarRow(period.name, numbers, value / most)
        for period, (value, numbers) in zip(view.periods, measures, strict=True)
    ]
    if not rows or len(rows[0].numbers) == 1:
        return lay_out_bars(rows, window)
    header = ("articles", "matches") if view.periods[0].among is None else ("articles", "in total", "share")
    return lay_out_headed_bars(("period", *header), rows, window)


def _timeline_facts(view: Timeline, window: int) -> list[Text]:
    """Return an empty line, then the first and last article and the longest gap; no lines without any of them."""
    facts = {
        label: f"{format_date_range(reference.date)}  {reference.article}"
        for label, reference in (("first", view.earliest), ("last", view.latest))
        if reference
    }
    if view.silence:
        first, last = view.silence.first, view.silence.last
        days = last - first + 1
        span = f"{edtf.format_day(first)} to {edtf.format_day(last)}"
        facts["longest gap"] = f"{span}, {pluralize(days, 'day')}"
    indent = " " * _FACT_COLUMNS
    lines: list[Text] = []
    for label, fact in facts.items():
        top, *rest = wrap_words(sanitize_line(fact), window - _FACT_COLUMNS)
        lines += [Text(f"{label:<{_FACT_COLUMNS}}", META_STYLE).append(top), *(Text(indent + line) for line in rest)]
    return [Text(), *lines] if lines else []


def _measure_period(period: TimelineBucket) -> tuple[float, list[str]]:
    """Return the value of a period's bar, and the numbers before it."""
    count = f"{'~' if period.uncertain else ''}{_format_number(period.articles)}"
    if period.among is not None:
        share = period.share or 0.0
        return share, [count, _format_number(period.among), f"{100 * share:.1f}%"]
    if period.hits is not None:
        return period.hits, [count, _format_number(period.hits)]
    return period.articles, [count]


def _format_number(value: float) -> str:
    return f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"


# Text


def _concordance_lines(lines: Sequence[ConcordanceLine], width: int | None, window: int) -> list[Text]:
    """Return a line per match: id, text before, match, text after, with the matches in one column.

    `width` is the number of columns on either side of the match (None: as many as fit into the window).
    """
    id_width = min(
        max((display_width(sanitize_line(line.article.id)) for line in lines), default=0),
        _MAX_ID_COLUMNS,
        window // 4,
    )
    match_width = min(
        max((display_width(sanitize_line(_matched_text(line))) for line in lines), default=0), window // 3
    )
    room = max(window - id_width - len(COLUMN_GAP) - match_width - 2, 2)
    left_width = room // 2 if width is None else width
    shown = []
    for line in lines:
        match = _lay_out_match(line, match_width)
        spare = room - left_width + match_width - display_width(match.plain) + 2
        before = _left_words(line, left_width)
        source = f" ({line.field})" if line.field == "keyword" else ""
        after = _right_words(line, max(spare - len(source), 0) if width is None else width)
        name = break_word(sanitize_line(line.article.id), id_width)[0]
        text = Text(pad_text(name, id_width), ID_STYLE)
        context = Text(COLUMN_GAP + " " * (left_width - display_width(before)) + before)
        shown.append(
            Text().append_text(text).append_text(context.append_text(match).append(after).append(source, META_STYLE))
        )
    return shown


def _left_words(line: ConcordanceLine, columns: int) -> str:
    """Return the whole words before a match that fit into `columns`; text without spaces is cut anywhere."""
    text = left_context(line, columns + 1)
    if display_width(text) <= columns:
        return text
    return text.partition(" ")[2] if " " in text else left_context(line, columns)


def _right_words(line: ConcordanceLine, columns: int) -> str:
    """Return the whole words behind a match that fit into `columns`, as `_left_words`."""
    text = right_context(line, columns + 1)
    if display_width(text) <= columns:
        return text
    return text.rpartition(" ")[0] if " " in text else right_context(line, columns)


def _lay_out_match(line: ConcordanceLine, width: int) -> Text:
    """Return the match with its marks, truncated to `width` columns."""
    marks = [Mark(mark.start - line.start, mark.end - line.start) for mark in line.marks]
    match = highlight_marks(_matched_text(line), marks)
    if display_width(match.plain) <= width:
        return match
    return Text(truncate_end(match.plain, width, ELLIPSIS), MARK_STYLE)


def _matched_text(line: ConcordanceLine) -> str:
    return line.text[line.start : line.end]


def _lay_out_similar(row: SimilarArticle, rank_width: int) -> RenderableType:
    article = row.article
    copy = "near-duplicate" if row.copy else ""
    facts = [format_date(article), article.publication, article.edition, copy, format_copy_count(len(row.alike))]
    lines = [
        WrappedText(sanitize_line(article.title), TITLE_STYLE),
        WrappedText(sanitize_line(article.id), ID_STYLE),
        WrappedText(join_facts(facts), META_STYLE),
        WrappedText(sanitize_line(", ".join(row.words)), overflow="fold"),
    ]
    return rank_block(row.rank, rank_width, lines)
