"""Bar charts: articles by period, and by the values of a field."""

from collections.abc import Sequence

from shanxi_cli.model.views import Facet, Facets, Timeline, TimelineBucket
from shanxi_cli.output.charts.canvas import LINE, Canvas, join_notes, measure_label, shorten_label
from shanxi_cli.output.charts.scales import Scale, format_tick, make_count_scale
from shanxi_cli.util.text import pluralize

WIDTH = 720
_HEADING = 26
"""Height of the heading of a chart."""

_PLOT_HEIGHT = 160
_LEFT = 52
"""Room for the numbers at the left axis."""

_ROW = 22
"""Height of a row of horizontal bars."""

_MAX_NAME = 260
"""Width in pixels to which the name of a value is cut; its note has it whole."""


def draw_timeline(timeline: Timeline, heading: str) -> Canvas:
    """Draw articles by period as upright bars; those with articles of uncertain date are pale. Pixels.

    Matches in the text, where they were counted, are in the note of a bar.
    """
    height = _HEADING + _PLOT_HEIGHT + 2 * LINE + 8
    canvas = Canvas(WIDTH, height, f"{heading}: {_describe_timeline(timeline)}")
    canvas.text((0, LINE), shorten_label(heading, WIDTH), kind="heading")
    bottom = float(_HEADING + _PLOT_HEIGHT)
    greatest = max((period.articles for period in timeline.periods), default=0)
    scale = make_count_scale(greatest, bottom, _HEADING + 8)
    draw_value_axis(canvas, scale, _LEFT, WIDTH)
    if timeline.periods:
        _draw_periods(canvas, timeline.periods, scale, bottom)
    if any(period.uncertain for period in timeline.periods):
        canvas.text((_LEFT, height - 4), "pale: with articles whose date is uncertain, shared between their periods")
    return canvas


def _draw_periods(canvas: Canvas, periods: Sequence[TimelineBucket], scale: Scale, bottom: float) -> None:
    step = (WIDTH - _LEFT) / len(periods)
    every = -(-measure_label(f"{periods[0].name}  ") // step)
    for n, period in enumerate(periods):
        left, top = _LEFT + n * step, scale.place(period.articles)
        if period.articles:
            kind = "bar-uncertain" if period.uncertain else "bar"
            gap = min(step * 0.2, 6)
            canvas.bar((left + gap / 2, top), (step - gap, bottom - top), _describe_period(period), kind)
        if n % every == 0:
            canvas.text((left + step / 2, bottom + LINE), period.name, _anchor_label(n, len(periods), every))


def _anchor_label(n: int, periods: int, every: float) -> str:
    """Return the anchor of the label of period `n`: the last ones end at their bar, to stay in the picture."""
    return "end" if n + every / 2 > periods - 1 and n else "middle"


def _describe_period(period: TimelineBucket) -> str:
    articles = f"{period.name}: {period.articles:,.4g} {'article' if period.articles == 1 else 'articles'}"
    hits = "" if period.hits is None else f"{period.hits:,.4g} matches"
    share = "" if period.share is None else f"{period.share:.1%} of all in the period"
    uncertain = f"{period.uncertain:,} of uncertain date" if period.uncertain else ""
    return join_notes((articles, hits, share, uncertain))


def _describe_timeline(timeline: Timeline) -> str:
    """Return what a reader who does not see the bars has to know."""
    if not timeline.periods:
        return "no article with a date"
    first, last = timeline.periods[0], timeline.periods[-1]
    most = max(timeline.periods, key=lambda period: period.articles)
    return (
        f"{pluralize(timeline.articles, 'article')} from {first.name} to {last.name}, most in {_describe_period(most)}"
    )


def draw_facets(facets: Facets, heading: str) -> Canvas:
    """Draw articles by value as level bars, each beside its name and before its number. Pixels."""
    names = min(max((measure_label(row.value) for row in facets.rows), default=0), _MAX_NAME) + 10
    most = max((row.articles for row in facets.rows), default=0)
    label = f"{heading}: {pluralize(len(facets.rows), 'value')}, most articles with {_describe_most(facets.rows)}"
    canvas = Canvas(WIDTH, _HEADING + _ROW * len(facets.rows) + 4, label)
    canvas.text((0, LINE), shorten_label(heading, WIDTH), kind="heading")
    room = WIDTH - names - measure_label(f" {most:,}") - 6
    for n, row in enumerate(facets.rows):
        top = _HEADING + n * _ROW
        width = max(room * row.articles / most, 1)
        derived = f"{row.derived:,} of them derived from the text" if row.derived else ""
        note = join_notes((f"{row.value}: {pluralize(row.articles, 'article')}", derived))
        canvas.text((names - 8, top + LINE), shorten_label(row.value, names), "end")
        canvas.bar((names, top + 3), (width, _ROW - 6), note)
        canvas.text((names + width + 6, top + LINE), f"{row.articles:,}", kind="value")
    return canvas


def _describe_most(rows: Sequence[Facet]) -> str:
    most = max(rows, key=lambda row: row.articles, default=None)
    return f"{most.value} ({most.articles:,})" if most else "none"


def draw_value_axis(canvas: Canvas, scale: Scale, left: float, right: float) -> None:
    """Draw the level lines of a scale with their values before `left`."""
    for tick in scale.ticks:
        y = scale.place(tick)
        canvas.line((left, y), (right, y), "axis" if tick == scale.low else "grid")
        canvas.text((left - 6, y + 4), format_tick(tick), "end")
