"""The list of hits: title, date and source, and passages, with a sign before each chosen one.

The hits come laid out from the worker thread, so that a key never waits for the wrapping of text.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from shanxi_cli.browse.text_lines import TextLines
from shanxi_cli.model.results import Hit

GUTTER = 2
"""Columns for the sign of a chosen hit."""
_FRAME = 3
"""Columns of the border, of the scroll bar and of the space before it."""
_NEAR_END = 5
"""Hits before the end of the list at which more are read."""


class HitList(ScrollView, can_focus=True):
    """Hits, of which some can be chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hit-list--current", "hit-list--chosen"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home,g", "move(-1000000)", show=False),
        Binding("end,G", "move(1000000)", show=False),
        Binding("enter", "select", show=False),
        Binding("space", "choose", "choose"),
    ]

    class Moved(Message):
        """The cursor is on another hit."""

    class Selected(Message):
        """Enter or a second click, on the hit under the cursor."""

    class NearEnd(Message):
        """The cursor is near the end of the list."""

    class ChoiceChanged(Message):
        """An article was chosen, or is no longer."""

    def __init__(self, *, id: str) -> None:  # Textual's name
        super().__init__(id=id)
        self.hits: list[Hit] = []
        self.chosen: dict[str, None] = {}
        self._at = 0
        self._blocks: list[TextLines] = []
        self._tops: list[int] = [0]
        self._styles = (Style(), Style(), Style())

    @property
    def text_width(self) -> int:
        """Columns that hits are laid out to."""
        return max(16, self.outer_size.width - GUTTER - _FRAME)

    @property
    def current(self) -> Hit | None:
        """The hit under the cursor."""
        return self.hits[self._at] if self._at < len(self.hits) else None

    def show(self, hits: Sequence[Hit], blocks: Sequence[TextLines]) -> None:
        """Show other hits, from the first; `blocks` has the lines of each."""
        self.hits, self._at = list(hits), 0
        self._lay_out(list(blocks))
        self.scroll_home(animate=False)
        self.post_message(self.Moved())

    def extend(self, hits: Sequence[Hit], blocks: Sequence[TextLines]) -> None:
        """Show more hits below the others."""
        self.hits += hits
        self._lay_out([*self._blocks, *blocks])

    def lay_out_again(self, blocks: Sequence[TextLines]) -> None:
        """Show the same hits, laid out to another width."""
        if len(blocks) == len(self.hits):
            self._lay_out(list(blocks))
            self._scroll_to_current()

    def action_move(self, step: int) -> None:
        """Move the cursor by hits, as far as there are any."""
        self._move_to(self._at + step)

    def action_page(self, step: int) -> None:
        """Move the cursor by a screen, at least by a hit."""
        target = self._tops[self._at] + step * self.size.height
        to = bisect_right(self._tops, target) - 1
        self._move_to(to if to != self._at else to + step)

    def action_select(self) -> None:
        """Select the hit under the cursor."""
        if self.current:
            self.post_message(self.Selected())

    def action_choose(self) -> None:
        """Choose the hit under the cursor, or take it back, and go to the next one."""
        hit = self.current
        if hit is None:
            return
        if hit.article.id in self.chosen:
            del self.chosen[hit.article.id]
        else:
            self.chosen[hit.article.id] = None
        self.post_message(self.ChoiceChanged())
        self.refresh()
        self.action_move(1)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the hit under the mouse; select it if it is there already."""
        y = event.y + self.scroll_offset.y
        if not 0 <= y < self._tops[-1]:
            return
        at = bisect_right(self._tops, y) - 1
        if at == self._at:
            self.action_select()
        self._move_to(at)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of the window; the styles are computed once for all of them."""
        current, chosen = map(self.get_component_rich_style, ("hit-list--current", "hit-list--chosen"))
        self._styles = self.rich_style, current, chosen
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return a line of the window."""
        plain, current, chosen_style = self._styles
        y += self.scroll_offset.y
        width = self.size.width
        if not 0 <= y < self._tops[-1]:
            return Strip.blank(width, plain)
        at = bisect_right(self._tops, y) - 1
        line = y - self._tops[at]
        segments = self._blocks[at][line]
        chosen = line == 0 and self.hits[at].article.id in self.chosen
        gutter = Segment("● ", chosen_style) if chosen else Segment("  ")
        last = line == len(self._blocks[at]) - 1  # the empty line below a hit
        style = current if at == self._at and not last else plain
        return Strip([gutter, *segments]).extend_cell_length(width).apply_style(style).crop(0, width)

    def _lay_out(self, blocks: list[TextLines]) -> None:
        self._blocks = blocks
        self._tops = [0, *accumulate(map(len, blocks))]
        self.virtual_size = Size(self.text_width, self._tops[-1])
        self.refresh()

    def _move_to(self, at: int) -> None:
        at = max(0, min(at, len(self.hits) - 1))
        if at == self._at or not self.hits:
            return
        self._at = at
        self._scroll_to_current()
        self.refresh()
        self.post_message(self.Moved())
        if at >= len(self.hits) - _NEAR_END:
            self.post_message(self.NearEnd())

    def _scroll_to_current(self) -> None:
        if not self.hits:
            return
        top, bottom, at = self._tops[self._at], self._tops[self._at + 1], self.scroll_offset.y
        if top < at:
            self.scroll_to(y=top, animate=False)
        elif bottom > at + self.size.height:
            self.scroll_to(y=min(top, bottom - self.size.height), animate=False)
