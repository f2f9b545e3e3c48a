"""Figures for people, by Rich: values with bars, what is said of them, and their sentences with the place marked."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from shanxi_cli.extraction.quantities.consistency import Flag
from shanxi_cli.extraction.quantities.noun_phrases import plural
from shanxi_cli.matching.highlighter import merge
from shanxi_cli.model.nouns import Dimension, Figure, Grouping, Mark, Quantity, Relation, Summary
from shanxi_cli.output.bars import drawn
from shanxi_cli.output.figures import change
from shanxi_cli.output.labels import date_text
from shanxi_cli.output.terminal import TerminalPrinter, marked
from shanxi_cli.util.sanitize import clean_line

_META = "dim"
_ID = "cyan"
_VALUE = "bold"
_BAR = "blue"
_CELLS = 10
_SIZES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))


def bars(values: Sequence[tuple[str, float]]) -> Iterator[str]:
    """A bar for each (unit, value): its share of the greatest value of its unit; none where a unit has only one."""
    greatest: dict[str, float] = defaultdict(lambda: -inf)
    for unit, value in values:
        greatest[unit] = max(greatest[unit], value)
    number = Counter(unit for unit, _ in values)
    for unit, value in values:
        top = greatest[unit]
        share = value / top if number[unit] > 1 and top > 0 and value > 0 else 0.0
        yield drawn(share, _CELLS)


def short(value: float) -> str:
    """A number as a query takes it too: 8.7bn, 240m, 100,000, 12.5."""
    size, letters = next(((s, name) for s, name in _SIZES if abs(value) >= s), (1.0, ""))
    number = value / size
    return (f"{number:,.0f}" if number.is_integer() else f"{number:,.6g}") + letters


def amount(quantity: Quantity) -> str:
    """`> 8.7bn CNY`, `160 to 400 km/h`, `8bn CNY per year`."""
    sign = "" if quantity.relation is Relation.EQUAL else f"{quantity.relation.value} "
    high = "" if quantity.high is None else f" to {short(quantity.high)}"
    rate = f" per {quantity.rate}" if quantity.rate else ""
    unit = quantity.unit
    if quantity.dimension is Dimension.COUNT and quantity.counted:
        unit = ""  # it is told beside
    elif quantity.dimension in (Dimension.COUNT, Dimension.DURATION) and unit and quantity.value != 1:
        unit = plural(unit)
    return clean_line(f"{sign}{short(quantity.value)}{high} {unit}".rstrip() + rate)


class FigureTable(TerminalPrinter):
    """Figures in a window of any width."""

    def figures(self, figures: Sequence[Figure]) -> None:
        """See `FiguresPrinter`. Figures that follow each other in one sentence have it below the last of them."""
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(justify="right", style=_VALUE, overflow="fold", max_width=30)
        table.add_column(style=_BAR, no_wrap=True)
        table.add_column(overflow="fold", ratio=1)
        lengths = bars([(figure.quantity.unit, figure.quantity.value) for figure in figures])
        for run in _runs(figures):
            for figure in run:
                below = self._sentence(run) if figure is run[-1] else []
                table.add_row(amount(figure.quantity), next(lengths), self._said(figure, below))
        self._show([table] if figures else [])

    def summaries(self, summaries: Sequence[Summary], by: Grouping) -> None:
        """See `FiguresPrinter`."""
        table = Table(box=None, padding=(0, 2, 0, 0), header_style=_META)
        if by is not Grouping.UNIT:
            table.add_column(by.value, style=_ID, overflow="fold")
        table.add_column("unit", overflow="fold")
        for name in ("figures", "least", "median", "greatest"):
            table.add_column(name, justify="right", no_wrap=True)
        table.add_column(style=_BAR, no_wrap=True)
        lengths = bars([(summary.unit, summary.greatest) for summary in summaries])
        for one, bar in zip(summaries, lengths, strict=True):
            cells = [] if by is Grouping.UNIT else [clean_line(one.group)]
            cells += [clean_line(one.unit), f"{one.figures:,}", *map(short, (one.least, one.median, one.greatest)), bar]
            table.add_row(*map(Text, cells))
        self._show([table] if summaries else [])

    def flags(self, flags: Sequence[tuple[Flag, Sequence[Quantity]]]) -> None:
        """See `FiguresPrinter`."""
        blocks: list[RenderableType] = []
        for flag, _ in flags:
            place = f"{flag.article} · paragraph {flag.paragraph + 1} · {flag.kind.value}"
            blocks += [Text(clean_line(flag.reason), overflow="fold"), Text(clean_line(place), style=_META), Text()]
        self._show(blocks)

    def _said(self, figure: Figure, below: Sequence[Text]) -> RenderableType:
        quantity = figure.quantity
        facts = [quantity.counted, change(quantity.change), f"period {quantity.period}" if quantity.period else ""]
        said = Text(clean_line(" · ".join(fact for fact in facts if fact)), overflow="fold")
        return Group(*([said] if said.plain else []), *below)

    def _sentence(self, run: Sequence[Figure]) -> list[Text]:
        """The sentence of some figures, with their places marked, and where it stands."""
        one = run[0]
        marks = merge([Mark(f.quantity.start - f.start, min(f.quantity.end, f.end) - f.start) for f in run])
        source = f"{one.article.id} · {date_text(one.article)}"
        return [marked(one.sentence, marks), Text(clean_line(source), style=_META, overflow="fold"), Text()]


def _runs(figures: Sequence[Figure]) -> Iterator[list[Figure]]:
    """Figures that follow each other in one sentence, together."""
    for _, run in groupby(figures, key=lambda f: (f.article.id, f.paragraph, f.start)):
        yield list(run)
