"""The reading pane: an article in full, from mark to mark."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from shanxi_cli.browse.answers import ReadArticle
from shanxi_cli.browse.text_lines import find_mark_places

_LINES_ABOVE = 4
"""Lines shown above the mark that was gone to."""
_FRAME = 3
"""Columns of the border, of the scroll bar and of the space before it."""
_CURRENT = Style(reverse=True)


class ArticlePane(ScrollView, can_focus=True):
    """Lines of an article."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_down", show=False),
        Binding("k,up", "scroll_up", show=False),
        Binding("space", "page_down", show=False),
        Binding("g", "scroll_home", show=False),
        Binding("G", "scroll_end", show=False),
    ]

    def __init__(self, *, id: str) -> None:  # Textual's name
        super().__init__(id=id)
        self.shown: ReadArticle | None = None
        self._places: list[tuple[int, int]] = []
        self._mark = -1
        self._style = Style()

    @property
    def text_width(self) -> int:
        """Columns that an article is laid out to."""
        return max(20, self.outer_size.width - _FRAME)

    def show(self, article: ReadArticle | None) -> None:
        """Show an article from its beginning; None: nothing."""
        same = article and self.shown and article.article.id == self.shown.article.id
        self.shown = article
        self._places = find_mark_places(article.lines) if article else []
        self._mark = self._mark if same and self._mark < len(self._places) else -1
        self.virtual_size = Size(article.width if article else 0, len(article.lines) if article else 0)
        if not same:
            self.scroll_home(animate=False)
        self.refresh()

    def go_to_mark(self, step: int) -> str:
        """Go to the next mark or (-1) the last one before, round the ends; return `2 of 5`, or an empty text."""
        if not self._places:
            return ""
        self._mark = (self._mark + step if self._mark >= 0 or step > 0 else -1) % len(self._places)
        self.scroll_to(y=max(0, self._places[self._mark][0] - _LINES_ABOVE), animate=False)
        self.refresh()
        return f"{self._mark + 1} of {len(self._places)}"

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines of the window; their style is computed once for all of them."""
        self._style = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Return a line of the window."""
        at = y + self.scroll_offset.y
        if self.shown is None or at >= len(self.shown.lines):
            return Strip.blank(self.size.width, self._style)
        segments = list(self.shown.lines[at])
        if self._mark >= 0 and self._places[self._mark][0] == at:
            x = self._places[self._mark][1]
            text, style, control = segments[x]
            segments[x] = Segment(text, (style or Style()) + _CURRENT, control)
        return Strip(segments).extend_cell_length(self.size.width).apply_style(self._style).crop(0, self.size.width)
