"""Dialogs over the screen: the keys, and a line to type."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

KEYS = (
    ("type", "search; see shanxi help query"),
    ("Tab", "query, facets, list, article in turn"),
    ("↓ Enter", "from the query to the list"),
    ("/ Esc", "back to the query"),
    ("↑ ↓ j k", "one hit, value or line; PgUp PgDn g G"),
    ("Enter →", "read the article; Esc ← go back"),
    ("n N", "next and last mark of the article"),
    ("f", "facets; Enter narrows, and again widens"),
    ("t", "order: best, newest, oldest, title, added"),
    ("Space", "choose an article, or take it back"),
    ("q", "quit; the ids chosen are printed"),
    ("p", "print the chosen, or this one, and quit"),
    ("Ctrl+C", "quit; nothing is printed"),
    ("o", "open the source: address or file"),
    ("y c", "copy the id, a citation"),
    ("s", "save the search under a name"),
    ("d", "light or dark"),
)


class KeysScreen(ModalScreen[None]):
    """The keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter,space", "dismiss", "close")]

    def compose(self) -> ComposeResult:
        """Compose the table of keys."""
        rows = [Content.assemble((f"{keys:<8}", "bold $text-primary"), f" {what}") for keys, what in KEYS]
        with Vertical(id="dialog"):
            yield Static(Content("\n").join(rows))

    def on_click(self) -> None:
        """Close at a click."""
        self.dismiss(None)


class LineScreen(ModalScreen[str]):
    """A question with a line to type; the answer is empty if it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "cancel")]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """Compose the question and the line."""
        with Vertical(id="dialog"):
            yield Static(Content(self._question))
            yield Input(id="line", compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the line."""
        event.stop()
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Answer with nothing."""
        self.dismiss("")
