"""The screen of `browse`, driven key by key without a terminal (Textual's pilot)."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Label, Sparkline, Static

from shanxi_cli.answers.retrying_reader import RetryingReader
from shanxi_cli.archive import ArchiveContext
from shanxi_cli.browse.answers import ArchiveBrowser, BrowseQuery
from shanxi_cli.browse.app import DARK, LIGHT, BrowseActions, BrowseApp
from shanxi_cli.browse.article_pane import ArticlePane
from shanxi_cli.browse.dialogs import KeysScreen
from shanxi_cli.browse.facet_list import FacetList
from shanxi_cli.browse.hit_list import HitList
from shanxi_cli.errors import ShanxiError, UsageError
from shanxi_cli.model.results import HitOrder
from shanxi_cli.paths import locate_archive
from shanxi_cli.query.ast import WordOperator

COAL = ["coal-town-plants-trees", "mine-safety-rules", "taiyuan-paper-in-chinese"]


class Screen:
    """An app under its pilot, with waits for its answers instead of for a time."""

    def __init__(self, app: BrowseApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    async def wait(self, condition: Callable[[], bool]) -> None:
        for _ in range(500):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"never: {condition}; {self.status!r} {self.count!r} {self.ids}")

    async def type(self, text: str) -> None:
        await self.pilot.press(*({" ": "space", ":": "colon", "-": "minus"}.get(char, char) for char in text))

    async def searched(self, text: str) -> None:
        """Wait until the hits and all facets of a query are shown."""
        await self.wait(lambda: self.app._query.text == text and self.is_settled)

    @property
    def is_settled(self) -> bool:
        groups = self.app.query_one(FacetList).groups
        page = self.app.page
        return (
            page is not None
            and page.query == self.app._query
            and all(group.query == page.query for group in groups.values())
            and "author" in groups
        )

    @property
    def ids(self) -> list[str]:
        return [hit.article.id for hit in self.app.query_one(HitList).hits]

    @property
    def query(self) -> str:
        return self.app.query_one("#query", Input).value

    @property
    def count(self) -> str:
        return str(self.app.query_one("#count", Label).content)

    @property
    def status(self) -> str:
        return str(self.app.query_one("#status", Static).content)

    @property
    def facets(self) -> list[str]:
        """The rows of the facets, as text."""
        return [" ".join(f"{row.text} {row.count}".split()) for row in self.app.query_one(FacetList).rows]

    @property
    def article(self) -> str:
        """The id of the article in the reading pane."""
        shown = self.app.query_one(ArticlePane).shown
        return shown.article.id if shown else ""

    def text(self) -> str:
        """What the screen shows."""
        compositor = self.app.screen._compositor
        return "\n".join("".join(segment.text for segment in strip) for strip in compositor.render_strips())


class Calls:
    """What the keys have asked for."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.saved: list[tuple[str, BrowseQuery]] = []

    def open(self, name: str) -> None:
        if name == "undated-note":
            raise UsageError("found no program that opens files")
        self.opened.append(name)

    def save(self, name: str, query: BrowseQuery) -> None:
        if name == "taken":
            raise UsageError("there is a saved search taken already")
        self.saved.append((name, query))


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def browse(archive: Path, calls: Calls) -> Callable[..., Any]:
    """Run a scenario on a screen over the six articles; returns what the app returns."""

    def run(
        scenario: Callable[[Screen], Awaitable[None]],
        text: str = "",
        *,
        accepts: bool = False,
        size: tuple[int, int] = (80, 24),
        words: WordOperator = WordOperator.ANY,
    ) -> Any:
        reader = RetryingReader(
            ArchiveContext(locate_archive([str(archive)], str(archive.parent / "index"), {}), print, lambda *_: None)
        )
        actions = BrowseActions(calls.open, calls.save, lambda article: f"A citation of {article.title}.\n")

        async def scene() -> Any:
            app = BrowseApp(ArchiveBrowser(reader.run), actions, BrowseQuery(text, words), accepts=accepts)
            async with app.run_test(size=size) as pilot:
                screen = Screen(app, pilot)
                await screen.searched(text)
                await scenario(screen)
                await pilot.pause()
            return app.return_value

        return asyncio.run(scene())

    return run


Browse = Callable[..., Any]


# searching


def test_browse_without_a_query_lists_all_newest_first(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        assert screen.ids[0] == "old-walls-of-pingyao"
        assert len(screen.ids) == 6
        assert screen.count.startswith("6 articles")

    assert browse(scenario) is None


def test_browse_searches_as_you_type(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.type("coal")
        await screen.searched("coal")
        assert screen.ids == COAL
        assert screen.count.startswith("3 articles · ")
        await screen.type(" place:datong -solar")
        await screen.searched("coal place:datong -solar")
        assert screen.ids == COAL[:1]

    browse(scenario)


def test_browse_corrects_a_misspelt_word_and_says_so(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.type("forrester")
        await screen.searched("forrester")
        assert screen.ids == ["coal-town-plants-trees"]
        assert screen.status == "searched for forester instead of forrester; write =forrester for the word as typed"

    browse(scenario)


def test_browse_takes_an_unfinished_word_for_a_prefix(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.type("pingy")
        await screen.searched("pingy")
        assert screen.ids == ["old-walls-of-pingyao"]
        assert screen.status == "no article has the last word; shown are words that begin with it"
        await screen.type("ao")
        await screen.searched("pingyao")
        assert screen.status == ""
        await screen.pilot.press("ctrl+u")
        await screen.type("place:ping")
        await screen.searched("place:ping")
        assert screen.ids == ["old-walls-of-pingyao"]
        await screen.pilot.press("ctrl+u")
        await screen.type("date:1901")
        await screen.searched("date:1901")
        assert (screen.ids, screen.status) == ([], "")

    browse(scenario)


def test_browse_shows_a_mistake_and_keeps_the_hits(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.type(" AND")
        await screen.wait(lambda: bool(screen.status))
        assert screen.status == 'AND has nothing to join; for the word write "AND"'
        assert screen.ids == COAL
        await screen.type(" mine")
        await screen.searched("coal AND mine")
        assert screen.status == ""

    browse(scenario, "coal")


def test_browse_shows_the_newest_query_whatever_arrives_later(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        old = screen.app.page
        await screen.pilot.press("ctrl+u")
        await screen.type("walls")
        await screen.searched("walls")
        screen.app.post_message(screen.app.Answered(old))
        await screen.pilot.pause()
        assert screen.ids == ["old-walls-of-pingyao"]

    browse(scenario, "coal")


def test_browse_has_all_words_and_orders(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        assert screen.ids == ["mine-safety-rules", "coal-town-plants-trees"]
        await screen.pilot.press("down", "t")
        await screen.wait(lambda: screen.app._query.order is HitOrder.NEWEST and screen.is_settled)
        assert screen.ids == ["coal-town-plants-trees", "mine-safety-rules"]
        assert "newest" in screen.count

    browse(scenario, "coal mine", words=WordOperator.ALL)


def test_browse_shows_a_timeline(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        data = screen.app.query_one("#periods", Sparkline).data
        assert data
        assert round(sum(data)) == 3
        assert str(screen.app.query_one("#first", Label).content) == "2021-01"

    browse(scenario, "coal")


# facets


def test_browse_facets_narrow_and_widen(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        assert screen.facets[:3] == ["place", "Datong 2", "Shanxi 1"]
        await screen.pilot.press("down", "f", "down", "enter")
        await screen.searched("coal place:=Datong")
        assert screen.ids == COAL[:2]
        assert screen.facets[1] == "✓ Datong 2"
        await screen.pilot.press("enter")
        await screen.searched("coal")
        assert screen.ids == COAL

    browse(scenario, "coal")


def test_browse_facets_narrow_by_a_click(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        assert await screen.pilot.click(FacetList, offset=(6, 2))
        await screen.searched("coal place:=Shanxi")
        assert screen.ids == COAL[:1]

    browse(scenario, "coal")


# reading


def test_browse_reads_from_mark_to_mark(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.pilot.press("down", "enter")
        await screen.wait(lambda: screen.article == COAL[0])
        assert not screen.app.query_one(HitList).display
        await screen.pilot.press("n")
        first = screen.status
        await screen.pilot.press("n", "N")
        assert (first, screen.status) == ("mark 1 of 4", "mark 1 of 4")
        await screen.pilot.press("N")
        assert screen.status == "mark 4 of 4"
        await screen.pilot.press("escape")
        assert screen.app.query_one(HitList).display
        await screen.pilot.press("down", "right")
        await screen.wait(lambda: screen.article == COAL[1])

    browse(scenario, "coal")


def test_browse_shows_the_article_beside_a_wide_list(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.wait(lambda: screen.article == COAL[0])
        await screen.pilot.press("down", "down")
        await screen.wait(lambda: screen.article == COAL[1])
        assert "New rules for mines ask for safer coal mining." in screen.text()
        await screen.pilot.resize_terminal(80, 24)
        await screen.wait(lambda: not screen.app.query_one(ArticlePane).display)
        await screen.pilot.resize_terminal(140, 40)
        await screen.wait(lambda: screen.app.query_one(ArticlePane).display)

    browse(scenario, "coal", size=(200, 60))


# keys


def test_browse_returns_the_chosen_ids(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.pilot.press("down", "space", "space", "up", "space")
        assert "2 chosen" in screen.count or "1 chosen" in screen.count
        await screen.pilot.press("q")

    assert browse(scenario, "coal") == (COAL[0],)


def test_browse_enter_accepts_where_stdout_is_a_pipe(browse: Browse) -> None:
    async def accept_one(screen: Screen) -> None:
        await screen.pilot.press("down", "down", "enter")

    async def accept_chosen(screen: Screen) -> None:
        await screen.pilot.press("down", "space", "down", "space", "enter")

    assert browse(accept_one, "coal", accepts=True) == (COAL[1],)
    assert browse(accept_chosen, "coal", accepts=True) == (COAL[0], COAL[2])


@pytest.mark.parametrize(("keys", "returned"), [(["q"], ()), (["ctrl+c"], None), (["p"], (COAL[0],))])
def test_browse_quits(keys: list[str], returned: tuple[str, ...] | None, browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.pilot.press("down", *keys)

    assert browse(scenario, "coal") == returned


def test_browse_copies_opens_and_saves(browse: Browse, calls: Calls) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.pilot.press("down", "y")
        assert screen.app.clipboard == COAL[0]
        await screen.pilot.press("c")
        assert screen.app.clipboard == "A citation of Coal town plants trees."
        await screen.pilot.press("o")
        await screen.wait(lambda: calls.opened == [COAL[0]])
        await screen.pilot.press("s", *"taken", "enter")
        assert screen.status == "there is a saved search taken already"
        await screen.pilot.press("s", *"news", "enter")
        assert screen.status == "saved: query:news stands for it, shanxi saved run news runs it"
        await screen.pilot.press("s", "x", "escape")
        assert calls.saved == [("news", BrowseQuery("coal", WordOperator.ANY))]

    browse(scenario, "coal")


def test_browse_says_why_a_source_cannot_be_opened(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.pilot.press("down", "o")
        await screen.wait(lambda: screen.status == "found no program that opens files")

    browse(scenario, "nobody")


def test_browse_shows_the_keys_and_changes_its_colours(browse: Browse) -> None:
    async def scenario(screen: Screen) -> None:
        await screen.pilot.press("down", "question_mark")
        assert isinstance(screen.app.screen, KeysScreen)
        assert "next and last mark of the article" in screen.text()
        await screen.pilot.press("escape")
        before = screen.app.theme
        await screen.pilot.press("d")
        assert {before, screen.app.theme} == {LIGHT, DARK}

    browse(scenario, "coal")


# hostile articles


def test_browse_shows_hostile_articles_as_text(browse: Browse, archive: Path) -> None:
    escapes = r"[red]not markup[/] \x1b[31mred\x1b[2J\x1b]52;c;aGk=\x07 \u202Eevil [link=http://x]y[/link] :fire:"
    lines = [f'{name}: "{escapes}"' for name in ("title", "publication", "section")] + [f'places: ["{escapes}"]']
    body = escapes.encode().decode("unicode_escape")
    (archive / "aa-hostile.md").write_text("\n".join(["---", *lines, "---", "", body, ""]))

    async def scenario(screen: Screen) -> None:
        assert "aa-hostile" in screen.ids
        await screen.pilot.press("down", *["down"] * screen.ids.index("aa-hostile"))
        await screen.wait(lambda: screen.article == "aa-hostile")
        shown = screen.text()
        assert "[red]not markup[/]" in shown
        assert ":fire:" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)

    browse(scenario, "markup", size=(200, 60))


def test_browse_ends_no_thread_in_silence(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(browser: ArchiveBrowser, query: BrowseQuery, width: int) -> None:
        raise (ShanxiError("the index is gone") if "coal" in query.text else RuntimeError("of ours"))

    async def scenario(screen: Screen) -> None:
        monkeypatch.setattr(ArchiveBrowser, "search", fail)
        await screen.type("coal")
        await screen.wait(lambda: screen.status == "the index is gone")
        await screen.pilot.press("ctrl+u", "x")
        await screen.wait(lambda: screen.status == "internal error: RuntimeError: of ours")

    browse(scenario)
