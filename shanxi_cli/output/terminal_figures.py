"""Figures on the terminal: values with bars, what they measure, and their sentences with the values marked."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from shanxi_cli.extraction.quantities.consistency import QuantityConflict
from shanxi_cli.matching.highlighter import merge_marks
from shanxi_cli.model.options import FigureGrouping
from shanxi_cli.model.quantity import Figure, FigureSummary, Quantity
from shanxi_cli.model.results import Mark
from shanxi_cli.output.bars import draw_bar
from shanxi_cli.output.labels import format_change, format_date
from shanxi_cli.output.quantity_text import format_quantity, shorten_number
from shanxi_cli.output.terminal import (
    BAR_STYLE,
    ID_STYLE,
    META_STYLE,
    TITLE_STYLE,
    TerminalPrinter,
    highlight_marks,
    join_facts,
)
from shanxi_cli.output.terminal_stacks import LEAST_TABLE_COLUMNS, stack_rows
from shanxi_cli.output.terminal_text import WrappedText
from shanxi_cli.util.sanitize import sanitize_line

_BAR_CELLS = 10


def draw_value_bars(values: Sequence[tuple[str, float]]) -> Iterator[str]:
    """Yield a bar for each (unit, value): its share of the unit's greatest value, empty for a unit with one value."""
    greatest: dict[str, float] = defaultdict(lambda: -inf)
    for unit, value in values:
        greatest[unit] = max(greatest[unit], value)
    number = Counter(unit for unit, _ in values)
    for unit, value in values:
        top = greatest[unit]
        share = value / top if number[unit] > 1 and top > 0 and value > 0 else 0.0
        yield draw_bar(share, _BAR_CELLS)


class TerminalFiguresPrinter(TerminalPrinter):
    """Prints figures to a window of any width."""

    def figures(self, figures: Sequence[Figure]) -> None:
        """See `FiguresPrinter`. A sentence is printed once, below the last of its consecutive figures."""
        if self._console.width < LEAST_TABLE_COLUMNS:
            self._print_blocks([block for run in _group_by_sentence(figures) for block in _stack_figures(run)])
            return
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(justify="right", style=TITLE_STYLE, overflow="fold", max_width=30)
        table.add_column(style=BAR_STYLE, no_wrap=True)
        table.add_column(overflow="fold", ratio=1)
        bars = draw_value_bars([(figure.quantity.unit, figure.quantity.value) for figure in figures])
        for run in _group_by_sentence(figures):
            for figure in run:
                below = _lay_out_sentence(run) if figure is run[-1] else []
                table.add_row(format_quantity(figure.quantity), next(bars), _lay_out_facts(figure, below))
        self._print_blocks([table] if figures else [])

    def summaries(self, summaries: Sequence[FigureSummary], by: FigureGrouping) -> None:
        """See `FiguresPrinter`."""
        if self._console.width < LEAST_TABLE_COLUMNS:
            self._print_blocks([*stack_rows(_SUMMARY_NAMES, map(_summary_cells, summaries), ID_STYLE)])
            return
        table = Table(box=None, padding=(0, 2, 0, 0), header_style=META_STYLE)
        if by is not FigureGrouping.UNIT:
            table.add_column(by.value, style=ID_STYLE, overflow="fold")
        table.add_column("unit", overflow="fold")
        for name in ("figures", "least", "median", "greatest"):
            table.add_column(name, justify="right", no_wrap=True)
        table.add_column(style=BAR_STYLE, no_wrap=True)
        bars = draw_value_bars([(summary.unit, summary.greatest) for summary in summaries])
        for summary, bar in zip(summaries, bars, strict=True):
            cells = [] if by is FigureGrouping.UNIT else [sanitize_line(summary.group)]
            cells += [
                sanitize_line(summary.unit),
                f"{summary.figures:,}",
                *map(shorten_number, (summary.least, summary.median, summary.greatest)),
                bar,
            ]
            table.add_row(*map(WrappedText, cells))
        self._print_blocks([table] if summaries else [])

    def flags(self, flags: Sequence[tuple[QuantityConflict, Sequence[Quantity]]]) -> None:
        """See `FiguresPrinter`."""
        blocks: list[RenderableType] = []
        for flag, _ in flags:
            place = f"{flag.article} · paragraph {flag.paragraph + 1} · {flag.kind.value}"
            blocks += [
                Text(sanitize_line(flag.reason), overflow="fold"),
                Padding(WrappedText(sanitize_line(place), style=META_STYLE), 0),
                Text(),
            ]
        self._print_blocks(blocks)


_SUMMARY_NAMES = ("group", "unit", "figures", "least", "median", "greatest")


def _summary_cells(summary: FigureSummary) -> list[str]:
    """Return the cells of a summary, without its unit where it is grouped by unit."""
    unit = "" if summary.group == summary.unit else sanitize_line(summary.unit)
    numbers = map(shorten_number, (summary.least, summary.median, summary.greatest))
    return [sanitize_line(summary.group) or "(none)", unit, f"{summary.figures:,}", *numbers]


def _stack_figures(run: Sequence[Figure]) -> Iterator[RenderableType]:
    """Yield the figures of a sentence and the sentence below each other, for a narrow window."""
    for figure in run:
        below = _lay_out_sentence(run) if figure is run[-1] else []
        yield Text(format_quantity(figure.quantity), TITLE_STYLE)
        yield Padding(_lay_out_facts(figure, below), (0, 0, 0, 2))


def _lay_out_facts(figure: Figure, below: Sequence[Text]) -> RenderableType:
    quantity = figure.quantity
    period = f"period {quantity.period}" if quantity.period else ""
    speaker = f"said by {figure.speaker}" if figure.speaker else ""
    facts = join_facts([quantity.counted, format_change(quantity.change), period, speaker])
    rules = [WrappedText(sanitize_line("; ".join(figure.rules)), style=META_STYLE)] if figure.rules else []
    below = [*rules, *below]
    return Group(*([WrappedText(facts, overflow="fold")] if facts else []), *below)


def _lay_out_sentence(run: Sequence[Figure]) -> list[Text]:
    """Return the sentence of some figures, with their values marked, and its source."""
    figure = run[0]
    marks = merge_marks([Mark(f.quantity.start - f.start, min(f.quantity.end, f.end) - f.start) for f in run])
    source = join_facts([figure.article.id, format_date(figure.article)])
    return [highlight_marks(figure.sentence, marks), WrappedText(source, style=META_STYLE, overflow="fold"), Text()]


def _group_by_sentence(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Yield runs of consecutive figures of one sentence."""
    for _, run in groupby(figures, key=lambda f: (f.article.id, f.paragraph, f.start)):
        yield list(run)
