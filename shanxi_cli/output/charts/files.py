"""Charts in files: SVG as it is, PNG through resvg of the extra `report`."""

from pathlib import Path

from shanxi_cli.errors import UsageError
from shanxi_cli.output.charts.canvas import Canvas
from shanxi_cli.output.charts.styles import LIGHT, format_chart_rules, format_file_style
from shanxi_cli.util.files import replace_file

_PNG_ZOOM = 2
"""Pixels of a PNG for each pixel of the drawing: sharp in print and on dense screens."""

SUFFIXES = (".svg", ".png")


def check_chart_path(path: str) -> Path:
    """Return the path of a chart if it can be written: `UsageError` for another ending or a missing library.

    A command calls this before it searches.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"--chart {path}: a chart is a file that ends in .svg or .png")
    if suffix == ".png":
        _load_renderer()
    return Path(path)


def write_chart(canvas: Canvas, path: Path) -> None:
    """Write a picture as its file's ending says, whole or not at all; raise `LocationError` where that fails."""
    if path.suffix.lower() == ".png":
        content = _render_png(canvas)
    else:
        content = canvas.to_svg(format_file_style()).encode() + b"\n"
    replace_file(path, content)


def _load_renderer() -> object:
    try:
        import resvg_py
    except ImportError:
        raise UsageError(
            "for PNG, install the extra: pip install 'shanxi[report]' (in a checkout: '.[report]'); .svg needs nothing"
        ) from None
    return resvg_py


def _render_png(canvas: Canvas) -> bytes:
    renderer = _load_renderer()
    svg = canvas.to_svg(format_chart_rules(LIGHT))
    return bytes(renderer.svg_to_bytes(svg_string=svg, zoom=_PNG_ZOOM))  # type: ignore[attr-defined]
