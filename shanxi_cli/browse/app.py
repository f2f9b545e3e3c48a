"""The keys of the screen, and their actions."""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from shanxi_cli.browse.answers import ArchiveBrowser, BrowseQuery
from shanxi_cli.browse.article_pane import ArticlePane
from shanxi_cli.browse.dialogs import KeysScreen, LineScreen
from shanxi_cli.browse.facet_list import FacetList, toggle_clause
from shanxi_cli.browse.search_app import SearchApp
from shanxi_cli.errors import ShanxiError
from shanxi_cli.model.article import Article
from shanxi_cli.model.results import HitOrder
from shanxi_cli.util.frozen_record import Record, replace_fields

_ORDERS = (None, HitOrder.NEWEST, HitOrder.OLDEST, HitOrder.TITLE, HitOrder.ADDED)
LIGHT, DARK = "textual-light", "textual-dark"


class BrowseActions(Record):
    """Actions outside the screen; each raises `ShanxiError` with the reason why it cannot.

    `open_source` takes an id, `save` a name and the query, `cite` an article and returns its citation.
    """

    open_source: Callable[[str], None]
    save: Callable[[str, BrowseQuery], None]
    cite: Callable[[Article], str]


class BrowseApp(SearchApp):
    """Returns the ids that were chosen; None if it was left without."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "quit"),
        Binding("question_mark", "keys", "keys"),
        Binding("slash", "query", "query"),
        Binding("f", "facets", "facets"),
        Binding("right,l", "read", "read", show=False),
        Binding("left,h", "step_back", show=False),
        Binding("escape", "step_back", show=False),
        Binding("n", "mark(1)", "mark"),
        Binding("N", "mark(-1)", show=False),
        Binding("o", "open", "open"),
        Binding("y", "copy_id", "id"),
        Binding("c", "copy_citation", "cite"),
        Binding("s", "save", "save"),
        Binding("t", "order", "order"),
        Binding("d", "theme", show=False),
        Binding("p", "accept", show=False),
        Binding("ctrl+c,ctrl+q", "cancel", show=False, priority=True),
    ]

    def __init__(
        self, browser: ArchiveBrowser, actions: BrowseActions, query: BrowseQuery, *, accepts: bool, **options: Any
    ) -> None:
        """With `accepts`, Enter in the list prints the chosen ids and quits; else it reads the article."""
        super().__init__(browser, query, **options)
        self._actions = actions
        self._accepts = accepts

    def on_hit_list_selected(self) -> None:
        """Read a hit, or quit with it."""
        if self._accepts:
            self.action_accept()
        else:
            self.action_read()

    def on_facet_list_selected(self, message: FacetList.Selected) -> None:
        """Narrow the query by a facet, or widen it."""
        self.query_one("#query", Input).value = toggle_clause(self._query.text, message.facet)

    def action_query(self) -> None:
        """Go to the query."""
        self.screen.remove_class("reading")
        self.query_one("#query", Input).focus()

    def action_facets(self) -> None:
        """Go to the facets."""
        self.screen.remove_class("reading")
        self.query_one(FacetList).focus()

    def action_read(self) -> None:
        """Go to the article."""
        if self._hits.current:
            self.screen.add_class("reading")
            self.query_one(ArticlePane).focus()
            self.call_after_refresh(self._read)

    def action_step_back(self) -> None:
        """Go from the article to the list, from there to the query, and from the query to the list."""
        back_to_query = self.focused is self._hits or isinstance(self.focused, FacetList)
        self.screen.remove_class("reading")
        (self.query_one("#query", Input) if back_to_query else self._hits).focus()

    def action_mark(self, step: int) -> None:
        """Go to another mark of the article."""
        place = self.query_one(ArticlePane).go_to_mark(step)
        self._say(f"mark {place}" if place else "no marks: the article matches by its fields")

    def action_order(self) -> None:
        """Change the order."""
        order = _ORDERS[(_ORDERS.index(self._query.order) + 1) % len(_ORDERS)]
        self._query = replace_fields(self._query, order=order)
        self._search()

    def action_theme(self) -> None:
        """Change between light and dark."""
        self.theme = DARK if self.theme == LIGHT else LIGHT

    def action_copy_id(self) -> None:
        """Copy the id of the article under the cursor."""
        if hit := self._hits.current:
            self.copy_to_clipboard(hit.article.id)
            self._say(f"copied: {hit.article.id}")

    def action_copy_citation(self) -> None:
        """Copy a citation of the article under the cursor."""
        if hit := self._hits.current:
            citation = self._actions.cite(hit.article).strip()
            self.copy_to_clipboard(citation)
            self._say(f"copied: {citation}")

    def action_open(self) -> None:
        """Open the source of the article under the cursor, in the worker thread."""
        if hit := self._hits.current:
            self._say(f"opening {hit.article.id}")
            self._ask("read", self._actions.open_source, hit.article.id)

    def action_save(self) -> None:
        """Save the search under a name."""
        if self._query.text.strip():
            self.push_screen(LineScreen("Save this search as"), self._save)
        else:
            self._say("there is no query to save", trouble=True)

    def _save(self, name: str | None) -> None:
        if not name:
            return
        try:
            self._actions.save(name, self._query)
        except ShanxiError as error:
            self._show_trouble(error)
        else:
            self._say(f"saved: query:{name} stands for it, shanxi saved run {name} runs it")

    def action_keys(self) -> None:
        """Show the keys."""
        self.push_screen(KeysScreen())

    def action_accept(self) -> None:
        """Quit with the chosen articles, or with the one under the cursor."""
        current = [self._hits.current.article.id] if self._hits.current else []
        self.exit(tuple(self._hits.chosen or current))

    def action_leave(self) -> None:
        """Quit with the chosen articles."""
        self.exit(tuple(self._hits.chosen))

    def action_cancel(self) -> None:
        """Quit without any."""
        self.exit(None)
