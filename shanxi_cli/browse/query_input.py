"""The line of the query."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from shanxi_cli.util.sanitize import sanitize_line


class QueryInput(Input):
    """A line that leads to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.step_back", "list"),
        Binding("tab", "app.focus_next", "facets"),
        Binding("f1", "app.keys", "keys"),
        Binding("ctrl+c", "app.cancel", "quit"),
    ]

    def __init__(self, value: str, *, id: str) -> None:  # Textual's name
        super().__init__(sanitize_line(value), placeholder="type to search", id=id, compact=True, select_on_focus=False)
