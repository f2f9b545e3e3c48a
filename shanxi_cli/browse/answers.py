"""Answers that the screen shows, computed in its worker thread: hits, facets, a timeline, an article to read."""

import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from shanxi_cli.answers.query_plans import read_today
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.browse.text_lines import TextLines, lay_out_hit, lay_out_marked
from shanxi_cli.engines.base import Found
from shanxi_cli.errors import QueryError
from shanxi_cli.explore.facets import FacetSelection, count_facets
from shanxi_cli.explore.timeline import build_timeline
from shanxi_cli.matching.article_marks import mark_articles
from shanxi_cli.matching.highlighter import collect_patterns
from shanxi_cli.model.article import Article
from shanxi_cli.model.options import FacetOrder
from shanxi_cli.model.results import Hit, HitOrder
from shanxi_cli.model.views import Facet
from shanxi_cli.query.ast import WordOperator
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import correct_query, format_corrections
from shanxi_cli.search.searcher import MATCH_ALL, compile_query, make_hits, resolve_article_id, search_matches
from shanxi_cli.util.frozen_record import Record

T = TypeVar("T")
ArchiveRunner = Callable[[Callable[[OpenedArchive], T]], T]
"""Runs a function of the archive, perhaps twice; see `answers.retrying_reader`."""

FACETS = ("place", "person", "org", "keyword", "year", "publication", "section", "author")
"""Facets beside the list, from the top."""
FACET_ROWS = 7
_PREFIX_NOTE = "no article has the last word; shown are words that begin with it"
PAGE = 20
"""Hits that are read at a time."""
_LAST_WORD = re.compile(r"(?:.*[\s(+-])?(?:[a-z]+:)?\w{3,}\Z", re.DOTALL)


class BrowseQuery(Record):
    """The query as typed, the operator between its words, and the order.

    Without an order it is by relevance; the newest first if there is no query.
    """

    text: str
    words: WordOperator
    order: HitOrder | None = None


class HitPage(Record):
    """The hits from `offset` on, of `total` matching articles, with the lines of each in `width` columns.

    `note` says what was searched for instead, or is empty.
    """

    query: BrowseQuery
    total: int
    offset: int
    hits: tuple[Hit, ...]
    blocks: tuple[TextLines, ...]
    width: int
    seconds: float
    note: str = ""


class HitLayout(Record):
    """The lines of hits in another width."""

    query: BrowseQuery
    blocks: tuple[TextLines, ...]


class FacetGroup(Record):
    """The most frequent values of a field among the matches."""

    query: BrowseQuery
    name: str
    rows: tuple[Facet, ...]


class TimelineCounts(Record):
    """The number of articles of each period, and the first and last one; empty without dated articles."""

    query: BrowseQuery
    counts: tuple[float, ...]
    first: str = ""
    last: str = ""


class ReadArticle(Record):
    """An article laid out to a width, as lines of segments; `article` for its id and citation."""

    article: Article
    width: int
    lines: TextLines


class ArchiveBrowser:
    """Answers for one screen; keeps the matches of the last query. For one thread at a time."""

    def __init__(self, run: ArchiveRunner) -> None:  # type: ignore[type-arg]
        self._run = run
        self._plan: QueryPlan = MATCH_ALL
        self._matches: Found | None = None
        self._note = ""

    def search(self, query: BrowseQuery, width: int) -> HitPage:
        """Return the first hits, laid out to a width. `ShanxiError` for a query with a mistake."""
        started = time.perf_counter()
        plan, order, note = self._compile(query.text, query.words), self._choose_order(query), ""
        matches = self._run(lambda archive: _find_matches(archive, plan, order))
        if not matches and (prefix := _complete_last_word(query.text)):
            with suppress(QueryError):  # a date has no prefix
                plan_of_prefix = self._compile(prefix, query.words)
                matches = self._run(lambda archive: search_matches(archive.engine, plan_of_prefix, order))
                if matches:
                    plan, note = plan_of_prefix, _PREFIX_NOTE
        if not matches and plan != MATCH_ALL:
            corrected = self._run(lambda archive: _search_corrected(archive, plan, order))
            plan, matches, note = corrected or (plan, matches, note)
        self._plan, self._matches, self._note = plan, matches, note
        return self._make_page(query, slice(0, PAGE), width, started)

    def more(self, query: BrowseQuery, offset: int, width: int) -> HitPage:
        """Return the hits from `offset` on, of the last query."""
        return self._make_page(query, slice(offset, offset + PAGE), width, time.perf_counter())

    def lay_out(self, query: BrowseQuery, hits: Sequence[Hit], width: int) -> HitLayout:
        """Return the lines of hits in another width."""
        return HitLayout(query, tuple(lay_out_hit(hit, width) for hit in hits))

    def facets(self, query: BrowseQuery, name: str) -> FacetGroup:
        """Count the values of a field among the matches of the last query."""
        selection = FacetSelection(limit=None if name == "year" else FACET_ROWS, order=FacetOrder.COUNT)
        counted = self._run(lambda archive: count_facets(self._find_again(archive), name, query.text, selection))
        return FacetGroup(query, name, counted.rows[:FACET_ROWS])

    def timeline(self, query: BrowseQuery) -> TimelineCounts:
        """Count the matches of the last query by period."""
        periods = self._run(lambda archive: build_timeline(archive.engine, self._find_again(archive), None)).periods
        if not periods:
            return TimelineCounts(query, ())
        counts = tuple(period.articles for period in periods)
        return TimelineCounts(query, counts, periods[0].name, periods[-1].name)

    def read(self, article_id: str, width: int) -> ReadArticle:
        """Return an article laid out to a width, with the marks of the last query."""
        patterns = collect_patterns(self._plan)

        def read(archive: OpenedArchive) -> Article:
            return archive.engine.article(resolve_article_id(archive.engine, article_id))

        article = self._run(read)
        [marked] = mark_articles([article], patterns)
        return ReadArticle(article, width, lay_out_marked(marked, width))

    def _find_again(self, archive: OpenedArchive) -> Found:
        """Return the matches of the last query; before the first one all articles."""
        return archive.engine.search(MATCH_ALL) if self._matches is None else self._matches

    def _compile(self, text: str, words: WordOperator) -> QueryPlan:
        return compile_query(text, words, read_today()) if text.strip() else MATCH_ALL

    def _choose_order(self, query: BrowseQuery) -> HitOrder:
        return query.order or (HitOrder.RELEVANCE if query.text.strip() else HitOrder.NEWEST)

    def _make_page(self, query: BrowseQuery, part: slice, width: int, started: float) -> HitPage:
        plan = self._plan
        found = self._run(
            lambda archive: make_hits(archive.engine, plan, self._find_again(archive), part, with_passages=True)
        )
        hits = found.hits
        blocks = tuple(lay_out_hit(hit, width) for hit in hits)
        seconds = time.perf_counter() - started
        return HitPage(query, found.total, part.start, hits, blocks, width, seconds, self._note)


def _find_matches(archive: OpenedArchive, plan: QueryPlan, order: HitOrder) -> Found:
    matches = search_matches(archive.engine, plan, order)
    if not matches:
        archive.ensure_full_scan()
    return matches


def _search_corrected(archive: OpenedArchive, plan: QueryPlan, order: HitOrder) -> tuple[QueryPlan, Found, str] | None:
    """Return a plan with its misspelt words corrected, its matches, and the note about it; None without matches."""
    corrected = correct_query(archive.engine, plan, correct=True)
    if not corrected.corrections:
        return None
    matches = search_matches(archive.engine, corrected.plan, order)
    return (corrected.plan, matches, format_corrections(corrected.corrections)) if matches else None


def _complete_last_word(text: str) -> str:
    """Return a query with its last word as a prefix: it may be unfinished. Empty if it does not end in a plain word."""
    return f"{text}*" if _LAST_WORD.match(text) else ""
