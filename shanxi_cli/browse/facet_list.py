"""The facets beside the list: the most frequent values of each field, which narrow the query."""

from collections.abc import Iterator
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from shanxi_cli.browse.answers import FACETS, FacetGroup
from shanxi_cli.model.views import Facet
from shanxi_cli.util.display_width import display_width, truncate_end
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.sanitize import is_sanitized, sanitize_line

WIDTH = 26
_COUNT_WIDTH = 7
_VALUE_WIDTH = WIDTH - _COUNT_WIDTH - 3


class FacetLine(Record):
    """A line: a value with its number of articles, or (None) the name of a field."""

    text: str
    count: str = ""
    facet: Facet | None = None


class FacetList(ScrollView, can_focus=True):
    """Values with their numbers of articles, below the names of their fields."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"facet-list--name", "facet-list--count", "facet-list--current"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("enter,space", "select", "narrow"),
    ]

    class Selected(Message):
        """Enter or a click on a value."""

        def __init__(self, facet: Facet) -> None:
            super().__init__()
            self.facet = facet

    def __init__(self, *, id: str) -> None:  # Textual's name
        super().__init__(id=id)
        self.groups: dict[str, FacetGroup] = {}
        self.rows: list[FacetLine] = []
        self._at = -1
        self._styles: dict[str, Style] = {}

    def put(self, group: FacetGroup) -> None:
        """Show the values of a field in their place, the last field with all before it; the cursor stays on its value.

        The first field is shown at once, the others together: each time the whole list is drawn again.
        """
        self.groups[group.name] = group
        if group.name not in (FACETS[0], FACETS[-1]):
            return
        current = self._current()
        self.rows = list(self._list_rows())
        parts = [row.facet.part if row.facet else "" for row in self.rows]
        self._at = parts.index(current.part) if current and current.part in parts else -1
        self.virtual_size = Size(WIDTH, len(self.rows))
        self.refresh()

    def action_move(self, step: int) -> None:
        """Move the cursor by values, as far as there are any."""
        values = [n for n, row in enumerate(self.rows) if row.facet]
        if not values:
            return
        at = values.index(self._at) + step if self._at in values else 0
        self._at = values[max(0, min(at, len(values) - 1))]
        top = self.scroll_offset.y
        if not top < self._at < top + self.size.height - 1:  # the name of the field too
            self.scroll_to(y=max(0, self._at - self.size.height // 2), animate=False)
        self.refresh()

    def action_select(self) -> None:
        """Select the value under the cursor."""
        facet = self._current()
        if facet:
            self.post_message(self.Selected(facet))

    def on_click(self, event: events.Click) -> None:
        """Select the value under the mouse."""
        at = event.y + self.scroll_offset.y
        if at < len(self.rows) and self.rows[at].facet:
            self._at = at
            self.refresh()
            self.action_select()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of the window; the styles are computed once for all of them."""
        self._styles = {name: self.get_component_rich_style(name) for name in self.COMPONENT_CLASSES}
        self._styles[""] = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return a line of the window."""
        y += self.scroll_offset.y
        width, plain = self.size.width, self._styles[""]
        if y >= len(self.rows):
            return Strip.blank(width, plain)
        row = self.rows[y]
        if row.facet is None:
            line = [Segment(f" {row.text}", self._styles["facet-list--name"])]
        else:
            line = [Segment(row.text), Segment(row.count, self._styles["facet-list--count"])]
        style = self._styles["facet-list--current"] if y == self._at and self.has_focus else plain
        return Strip(line).extend_cell_length(width).apply_style(style).crop(0, width)

    def _current(self) -> Facet | None:
        return self.rows[self._at].facet if 0 <= self._at < len(self.rows) else None

    def _list_rows(self) -> Iterator[FacetLine]:
        for name in FACETS:
            group = self.groups.get(name)
            facets = [facet for facet in group.rows if facet.part and is_sanitized(facet.part)] if group else []
            if group is None or not facets:
                continue
            yield FacetLine(name)
            for facet in facets:
                value = truncate_end(sanitize_line(facet.value), _VALUE_WIDTH, "…")
                sign = " ✓ " if has_clause(group.query.text, facet.part) else "   "
                yield FacetLine(
                    sign + value + " " * (_VALUE_WIDTH - display_width(value)),
                    f"{facet.articles:>{_COUNT_WIDTH},}",
                    facet,
                )


def has_clause(text: str, part: str) -> bool:
    """Return True if a query has this clause."""
    return f" {part} " in f" {text} "


def toggle_clause(text: str, facet: Facet) -> str:
    """Return a query narrowed by a facet, or without its clause if it has it."""
    if not has_clause(text, facet.part):
        return facet.query or f"{text} {facet.part}".strip()
    rest = f" {text} ".replace(f" {facet.part} ", " ").strip()
    whole = rest[1:-1] if rest.startswith("(") and rest.endswith(")") else ""
    return whole if whole and "(" not in whole and ")" not in whole else rest
