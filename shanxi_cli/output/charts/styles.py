"""Colours and type of charts: in light, in dark, and in print.

Of each pair of a colour and its ground the contrast is at least 4.5 for words and 3 for shapes (WCAG 2.2, criteria
1.4.3 and 1.4.11), which a test computes.
"""

from collections.abc import Mapping

from shanxi_cli.output.charts.canvas import FONT

LIGHT: Mapping[str, str] = {
    "ground": "#ffffff",
    "ink": "#1c1c1a",
    "muted": "#595955",
    "grid": "#d8d8d2",
    "shape": "#1f6f8b",
    "pale": "#5f94a8",
}
DARK: Mapping[str, str] = {
    "ground": "#191a1c",
    "ink": "#ecebe6",
    "muted": "#b0afa8",
    "grid": "#3b3c3f",
    "shape": "#6fc1de",
    "pale": "#4d8ba2",
}


def format_chart_rules(colors: Mapping[str, str]) -> str:
    """Return the rules of the classes of `Canvas` in these colours; no variables, which some viewers do not know."""
    ink, muted, grid, shape, pale = (colors[name] for name in ("ink", "muted", "grid", "shape", "pale"))
    return (
        f".chart text{{font:12px {FONT};fill:{muted}}}"
        f".chart .title{{font-size:15px;font-weight:600;fill:{ink}}}"
        f".chart .heading{{font-weight:600;fill:{ink}}}"
        f".chart .value{{fill:{ink}}}"
        f".chart .grid{{stroke:{grid};stroke-width:1}}"
        f".chart .axis{{stroke:{muted};stroke-width:1}}"
        f".chart .bar{{fill:{shape}}}"
        f".chart .bar-uncertain{{fill:{pale}}}"
        f".chart .dot{{fill:{shape};fill-opacity:.75}}"
        f".chart .dot-open{{fill:none;stroke:{shape};stroke-width:1.5}}"
        f".chart .span{{stroke:{shape};stroke-width:1.5;stroke-opacity:.5}}"
        f".chart .ground{{fill:{colors['ground']}}}"
    )


def format_file_style() -> str:
    """Return the style sheet of a picture in a file of its own, which follows the reader's light or dark."""
    return f"{format_chart_rules(LIGHT)}@media (prefers-color-scheme:dark){{{format_chart_rules(DARK)}}}"
