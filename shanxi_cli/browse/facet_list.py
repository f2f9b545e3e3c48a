"""The facets beside the list: the most frequent values of each field, which narrow the query."""

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from shanxi_cli.browse.answers import FACETS, FacetGroup
from shanxi_cli.model.views import Facet
from shanxi_cli.util.display_width import display_width, truncate_end
from shanxi_cli.util.sanitize import is_sanitized, sanitize_line

WIDTH = 26
_COUNT_WIDTH = 7


class FacetList(OptionList, can_focus=True):
    """Values with their numbers of articles, below the names of their fields."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
        Binding("enter", "select", "narrow"),
    ]

    def __init__(self, *, id: str) -> None:  # Textual's name
        super().__init__(id=id, markup=False)
        self.groups: dict[str, FacetGroup] = {}
        self._facets: list[Facet | None] = []

    def put(self, group: FacetGroup) -> None:
        """Show the values of a field in their place, the last field with all before it; the cursor stays on its value.

        The first field is shown at once, the others together: each time the whole list is drawn again.
        """
        self.groups[group.name] = group
        if group.name not in (FACETS[0], FACETS[-1]):
            return
        current = self.facet_at(self.highlighted)
        rows = list(self._rows())
        self._facets = [facet for _, facet in rows]
        self.set_options([option for option, _ in rows])
        values = [facet and facet.part for facet in self._facets]
        self.highlighted = values.index(current.part) if current and current.part in values else None

    def facet_at(self, index: int | None) -> Facet | None:
        """Return the value in a row; None for the name of a field."""
        return self._facets[index] if index is not None and index < len(self._facets) else None

    def _rows(self) -> Iterator[tuple[Option, Facet | None]]:
        for name in FACETS:
            group = self.groups.get(name)
            facets = [facet for facet in group.rows if facet.part and is_sanitized(facet.part)] if group else []
            if group is None or not facets:
                continue
            yield Option(Content.styled(name, "bold $text-primary"), disabled=True), None
            for facet in facets:
                yield Option(_lay_out(facet, chosen=has_clause(group.query.text, facet.part))), facet


def _lay_out(facet: Facet, *, chosen: bool) -> Content:
    room = WIDTH - _COUNT_WIDTH - 4
    value = truncate_end(sanitize_line(facet.value), room, "…")
    value += " " * (room - display_width(value))
    sign = ("✓ ", "$text-success") if chosen else "  "
    count = f"{facet.articles:>{_COUNT_WIDTH},}", "$text-muted"
    return Content.assemble(sign, (value, "bold" if chosen else ""), count)


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
