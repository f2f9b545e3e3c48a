"""Dot charts: figures of one unit by the period that they refer to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from shanxi_cli.explore.time_buckets import count_periods, iterate_periods
from shanxi_cli.model.options import Unit
from shanxi_cli.model.quantity import Dimension, Figure
from shanxi_cli.output.charts.bars import WIDTH, draw_value_axis
from shanxi_cli.output.charts.canvas import LINE, Canvas, join_notes, measure_label, shorten_label, stack_pictures
from shanxi_cli.output.charts.scales import Scale, make_value_scale
from shanxi_cli.util import edtf
from shanxi_cli.util.frozen_record import Record

MAX_CHARTS = 6
"""Units that get a chart: those of most figures."""

_LEAST_FIGURES = 2
"""Figures of a unit that make a chart: one is better read in its sentence."""

_NOT_DRAWN = (Dimension.DURATION, Dimension.AGE)
"""Dimensions that say how long something took or how old somebody was, not how it changes over time."""

_HEADING = 26
_PLOT_HEIGHT = 170
_LEFT = 64
_MAX_TICKS = 12


class _Dot(Record):
    """A figure in its days (ordinals, both included); `open` where the text names none and they are the article's."""

    figure: Figure
    first: int
    last: int
    open: bool

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def draw_figures(figures: Iterable[Figure]) -> list[Canvas]:
    """Draw figures by period, a picture for each unit, most figures first; those without any day are left out. Pixels.

    Figures agree in dimension, unit and rate: no money of two currencies, no counts of different things, no yuan a year
    beside yuan. What they count may differ, as the note of each dot says.
    """
    groups: dict[tuple[str, ...], list[_Dot]] = defaultdict(list)
    for figure in figures:
        quantity = figure.quantity
        if dot := _make_dot(figure):
            groups[quantity.dimension.value, quantity.unit, quantity.rate].append(dot)
    kept = [(key, dots) for key, dots in groups.items() if len(dots) >= _LEAST_FIGURES]
    kept.sort(key=lambda group: (-len(group[1]), group[0]))
    return [_draw_group(_name_group(*key), dots) for key, dots in kept[:MAX_CHARTS]]


def stack_figures(pictures: Sequence[Canvas], heading: str) -> Canvas:
    """Return one picture of those of `draw_figures`; without any, one that says so."""
    if pictures:
        return stack_pictures(pictures, heading)
    empty = Canvas(WIDTH, _HEADING + 2 * LINE, f"{heading}: no two figures have the same unit and a period")
    empty.text((0, LINE), shorten_label(heading, WIDTH), kind="heading")
    empty.text((0, LINE * 2 + 4), "no two figures have the same unit and a period")
    return empty


def _make_dot(figure: Figure) -> _Dot | None:
    quantity = figure.quantity
    text = quantity.period or figure.article.date
    if not text or quantity.dimension in _NOT_DRAWN or (quantity.dimension is Dimension.MONEY and not quantity.unit):
        return None
    days = edtf.parse_edtf(text)
    if days.first <= edtf.FIRST_DAY or days.last >= edtf.LAST_DAY:
        return None
    return _Dot(figure, days.first, days.last, not quantity.period)


def _name_group(dimension: str, unit: str, rate: str) -> str:
    name = unit or ("counts without a unit" if dimension == "count" else dimension)
    return f"{name} a {rate}" if rate else name


def _draw_group(name: str, dots: Sequence[_Dot]) -> Canvas:
    height = _HEADING + _PLOT_HEIGHT + 2 * LINE + 12
    values = [value for dot in dots for value in _read_ends(dot.figure)]
    bottom = float(_HEADING + _PLOT_HEIGHT)
    scale = make_value_scale(values, bottom, _HEADING + 8)
    heading = f"{name} ({len(dots):,} figures{', logarithmic' if scale.logarithmic else ''})"
    canvas = Canvas(WIDTH, height, f"{heading}, from {min(values):,.6g} to {max(values):,.6g}")
    canvas.text((0, LINE), shorten_label(heading, WIDTH), kind="heading")
    draw_value_axis(canvas, scale, _LEFT, WIDTH)
    first, last = min(dot.first for dot in dots), max(dot.last for dot in dots)
    days = Scale(first, last, _LEFT + 8, WIDTH - 8, ())
    _draw_days(canvas, days, bottom)
    for dot in sorted(dots, key=lambda dot: dot.middle):
        _draw_dot(canvas, dot, days, scale)
    if any(dot.open for dot in dots):
        canvas.text((_LEFT, height - 8), "rings: the text names no period, so the figure stands at the article's date")
    return canvas


def _draw_dot(canvas: Canvas, dot: _Dot, days: Scale, scale: Scale) -> None:
    quantity, x = dot.figure.quantity, days.place(dot.middle)
    low, high = (scale.place(value) for value in _read_ends(dot.figure))
    if dot.last > dot.first and not dot.open:
        canvas.line((days.place(dot.first), low), (days.place(dot.last), low), "span")
    if high != low:
        canvas.line((x, low), (x, high), "span")
    note = join_notes((f"{quantity.text} ({_describe_days(dot)})", quantity.counted, dot.figure.article.id))
    canvas.dot((x, low), note, "dot-open" if dot.open else "dot")


def _read_ends(figure: Figure) -> tuple[float, float]:
    quantity = figure.quantity
    return quantity.value, quantity.value if quantity.high is None else quantity.high


def _describe_days(dot: _Dot) -> str:
    quantity = dot.figure.quantity
    return f"article of {dot.figure.article.date}" if dot.open else quantity.period


def _draw_days(canvas: Canvas, days: Scale, bottom: float) -> None:
    """Write the years, quarters or months below the plot, each at its first day."""
    low, high = int(days.low), int(days.high)
    unit = next((unit for unit in Unit if count_periods(low, high, unit) <= _MAX_TICKS), Unit.YEAR)
    periods = list(iterate_periods(low, high, unit))
    every = -(-len(periods) // _MAX_TICKS)
    end_of_last = 0.0
    for period in periods[::every]:
        x = days.place(max(period.first, low))
        half = measure_label(period.name) / 2
        left = min(max(x - half, 0), WIDTH - 2 * half)
        if left < end_of_last:
            continue
        canvas.line((x, bottom), (x, bottom + 4), "axis")
        canvas.text((left, bottom + LINE + 4), period.name)
        end_of_last = left + 2 * half + 8
