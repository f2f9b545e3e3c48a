"""The screen: a query, a timeline, facets, a list of hits and an article, each filled as its answer arrives."""

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Footer, Input, Label, Sparkline, Static

from shanxi_cli.browse.answers import (
    FACETS,
    ArchiveBrowser,
    BrowseQuery,
    FacetGroup,
    HitLayout,
    HitPage,
    ReadArticle,
    TimelineCounts,
)
from shanxi_cli.browse.article_pane import ArticlePane
from shanxi_cli.browse.facet_list import FacetList
from shanxi_cli.browse.hit_list import HitList
from shanxi_cli.browse.query_input import QueryInput
from shanxi_cli.browse.style import CSS, WIDE
from shanxi_cli.browse.worker import LatestWorker
from shanxi_cli.errors import QueryError, ShanxiError
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.sanitize import sanitize_line
from shanxi_cli.util.text import pluralize

DEBOUNCE = 0.08
"""Seconds without a key after which a query is searched for."""
_KINDS = ("search", "layout", "read", "more", "timeline", "facets")


class SearchApp(App[tuple[str, ...]]):
    """The widgets, and the way of a query to them; what the keys do is in `app.BrowseApp`."""

    CSS = CSS
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # Textual's own

    class Answered(Message):
        """An answer of the worker thread, or the error in place of one."""

        def __init__(self, answer: Any) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, browser: ArchiveBrowser, query: BrowseQuery, **options: Any) -> None:
        super().__init__(**options)
        self._browser = browser
        self._query = query
        self._worker = LatestWorker(_KINDS)
        self._debounce: Timer | None = None
        self.page: HitPage | None = None
        self._reading_more = False

    def compose(self) -> ComposeResult:
        """Compose the screen."""
        with Horizontal(id="top"):
            yield Label("shanxi", id="name")
            yield QueryInput(self._query.text, id="query")
            yield Label("", id="count", markup=False)
        with Horizontal(id="time"):
            yield Label("", id="first", markup=False)
            yield Sparkline([0], id="periods")
            yield Label("", id="last", markup=False)
        with Horizontal(id="main"):
            yield FacetList(id="facets")
            yield HitList(id="hits")
            yield ArticlePane(id="article")
        yield Static("", id="status", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Search for the query of the command line."""
        self._worker.start()
        self.query_one("#query", Input).focus()
        self.call_after_refresh(self._search)  # when the list has its width

    def on_unmount(self) -> None:
        """Let the worker thread end."""
        self._worker.stop()

    # Queries

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when no other key follows."""
        if event.input.id != "query" or event.value == self._query.text:
            return
        if self._debounce:
            self._debounce.stop()
        self._debounce = self.set_timer(DEBOUNCE, self._search)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the list."""
        if event.input.id == "query":
            self.query_one(HitList).focus()

    def _search(self) -> None:
        self._query = replace_fields(self._query, text=self.query_one("#query", Input).value)
        self._reading_more = False
        self._ask("search", self._browser.search, self._query, self._hits.text_width, drop=_KINDS)

    def _ask(self, kind: str, compute: Callable[..., Any], *arguments: Any, drop: tuple[str, ...] = ()) -> None:
        self._worker.submit(kind, partial(self._answer, compute, *arguments), drop=drop)

    def _answer(self, compute: Callable[..., Any], *arguments: Any) -> None:
        """Compute an answer in the worker thread, and send it, or its error, to the screen."""
        try:
            answer: Any = compute(*arguments)
        except Exception as error:  # an error of any kind must not end the thread in silence
            answer = error
        self.post_message(self.Answered(answer))

    def on_search_app_answered(self, message: Answered) -> None:
        """Show an answer, unless the query is another one by now."""
        answer = message.answer
        if getattr(answer, "query", self._query) != self._query and not isinstance(answer, ShanxiError):
            return
        match answer:
            case HitPage():
                self._show_page(answer)
            case HitLayout():
                self._hits.lay_out_again(answer.blocks)
            case FacetGroup():
                self.query_one(FacetList).put(answer)
                self._ask_for_facets(answer.name)
            case TimelineCounts():
                self._show_timeline(answer)
            case ReadArticle():
                current = self._hits.current
                if current and current.article.id == answer.article.id:
                    self.query_one(ArticlePane).show(answer)
            case Exception():
                self._show_trouble(answer)

    def _show_page(self, page: HitPage) -> None:
        self.page = page
        if page.offset:
            self._hits.extend(page.hits, page.blocks)
            self._reading_more = False
            self._lay_out_hits_unless(page.width)
            return
        self._hits.show(page.hits, page.blocks)
        self._lay_out_hits_unless(page.width)
        self._say(page.note)
        self.show_count(f" · {page.seconds * 1000:.0f} ms")
        self._ask("timeline", self._browser.timeline, self._query)
        self._ask_for_facets("")
        if not page.hits:
            self.query_one(ArticlePane).show(None)

    def _ask_for_facets(self, after: str) -> None:
        """Ask for the facets behind the one of this name, one at a time, so that a search need not wait for all."""
        left = FACETS[FACETS.index(after) + 1 :] if after else FACETS
        if left:
            self._ask("facets", self._browser.facets, self._query, left[0])

    def _show_timeline(self, timeline: TimelineCounts) -> None:
        self.query_one("#periods", Sparkline).data = list(timeline.counts)
        self.query_one("#first", Label).update(timeline.first)
        self.query_one("#last", Label).update(timeline.last if timeline.last != timeline.first else "")

    def show_count(self, more: str = "") -> None:
        """Show the number of articles, the order, and how many are chosen."""
        order = f" · {self._query.order.value}" if self._query.order else ""
        chosen = f" · {len(self._hits.chosen)} chosen" if self._hits.chosen else ""
        self.query_one("#count", Label).update(
            f"{pluralize(self.page.total if self.page else 0, 'article')}{order}{chosen}{more}"
        )

    def _show_trouble(self, error: Exception) -> None:
        hint = f"; {error.hint}" if isinstance(error, QueryError) and error.hint else ""
        name = "" if isinstance(error, ShanxiError) else f"internal error: {type(error).__name__}: "
        self._say(f"{name}{error}{hint}", trouble=True)

    def _say(self, text: str, *, trouble: bool = False) -> None:
        status = self.query_one("#status", Static)
        status.set_class(trouble, "-trouble")
        status.update(Content(sanitize_line(text)))

    # Hits, facets, article

    @property
    def _hits(self) -> HitList:
        return self.query_one(HitList)

    def on_hit_list_moved(self) -> None:
        """Read the article under the cursor."""
        self._read()

    def on_hit_list_near_end(self) -> None:
        """Read the next hits."""
        if not self._reading_more and self.page and 0 < len(self._hits.hits) < self.page.total:
            self._reading_more = True
            self._ask("more", self._browser.more, self._query, len(self._hits.hits), self._hits.text_width)

    def on_hit_list_choice_changed(self) -> None:
        """Say how many are chosen."""
        self.show_count()

    def on_resize(self) -> None:
        """Lay out hits and article again when the widgets have their new widths."""
        self.call_after_refresh(self._lay_out_again)

    def _lay_out_again(self) -> None:
        self._read()
        self._lay_out_hits_unless(0)

    def _lay_out_hits_unless(self, width: int) -> None:
        """Ask for the lines of the hits in the width of the list, unless they have that: it may have changed."""
        hits = self._hits
        if hits.hits and hits.display and hits.text_width != width:
            self._ask("layout", self._browser.lay_out, self._query, tuple(hits.hits), hits.text_width)

    def _read(self) -> None:
        try:
            pane, hit = self.query_one(ArticlePane), self._hits.current
        except NoMatches:
            return  # a dialog is shown
        if hit and pane.display and pane.size.width:
            self._ask("read", self._browser.read, hit.article.id, pane.text_width)
