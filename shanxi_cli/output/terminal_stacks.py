"""Rows of a table for a window that is too narrow for columns: a name, and its numbers with their labels below."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from shanxi_cli.output.terminal_text import WrappedText

LEAST_TABLE_COLUMNS = 60
"""Columns of the window below which rows are stacked."""


def stack_rows(names: Sequence[str], rows: Iterable[Sequence[str]], style: str = "") -> Iterator[RenderableType]:
    """Yield rows of cells, the first a name and the others with those of `names`: `least 3 · greatest 60`.

    Empty cells are left out.
    """
    for name, *cells in rows:
        facts = [f"{label} {cell}" for label, cell in zip(names[1:], cells, strict=True) if cell]
        yield Padding(WrappedText(name, style), 0)
        yield Padding(Text(" · ".join(facts)), (0, 0, 0, 2))
