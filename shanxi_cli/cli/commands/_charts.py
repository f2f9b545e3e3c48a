"""`--chart`: a picture of what a command prints, in a file. The drawing is imported where one is asked for."""

from collections.abc import Callable, Sequence
from pathlib import Path

from shanxi_cli.cli.options.common import RowOptions
from shanxi_cli.cli.output_format import require_at_most_one
from shanxi_cli.model.quantity import Figure
from shanxi_cli.model.views import Facets, Timeline, View


def check_chart_option(path: str | None, rows: RowOptions) -> Path | None:
    """Return the file of `--chart`; None without it. `UsageError` before the search for a file that cannot be drawn."""
    if path is None:
        return None
    for name, value in (("--count", rows.count), ("--quiet", rows.quiet)):
        require_at_most_one({"--chart": path, name: value})
    from shanxi_cli.output.charts.files import check_chart_path

    return check_chart_path(path)


def make_chart_writer(heading: str, path: Path | None) -> Callable[[View], None] | None:
    """Return a function that draws facets or a timeline into a file; None without a file."""
    return None if path is None else lambda view: _write_view_chart(view, heading, path)


def _write_view_chart(view: View, heading: str, path: Path) -> None:
    from shanxi_cli.output.charts.bars import draw_facets, draw_timeline
    from shanxi_cli.output.charts.files import write_chart

    if isinstance(view, Facets):
        write_chart(draw_facets(view, heading), path)
    elif isinstance(view, Timeline):
        write_chart(draw_timeline(view, heading), path)


def write_figure_chart(figures: Sequence[Figure], heading: str, path: Path) -> None:
    """Draw figures by period, a chart for each unit, into a file; `LocationError` where it cannot be written."""
    from shanxi_cli.output.charts.dots import draw_figures, stack_figures
    from shanxi_cli.output.charts.files import write_chart

    write_chart(stack_figures(draw_figures(figures), heading), path)
