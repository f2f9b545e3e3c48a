"""Facets, timelines, concordances, terms and similar articles of an opened archive, as rows of the Python API."""

from collections.abc import Callable, Collection
from itertools import islice
from typing import Any, TypeVar

from shanxi_cli.answers.concordance import find_context_lines
from shanxi_cli.answers.facets import FacetRequest, compute_facets
from shanxi_cli.answers.query_plans import describe_query
from shanxi_cli.answers.similar import SimilarSelection, find_most_similar
from shanxi_cli.answers.views import find_view
from shanxi_cli.api.arguments import QuerySettings, check_number, choose_member
from shanxi_cli.api.notes import describe_answer, make_plan
from shanxi_cli.api.rows import ContextRow, FacetRow, PeriodRow, SimilarRow
from shanxi_cli.api.sequences import FacetSequence, RowSequence, TimelineSequence, YearSequence
from shanxi_cli.api.tables import make_view_rows
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.engines.base import Engine
from shanxi_cli.errors import NoSuchArticle, UsageError
from shanxi_cli.explore.collocations import find_collocates
from shanxi_cli.explore.concordance import require_patterns
from shanxi_cli.explore.facets import check_facet_name
from shanxi_cli.explore.terms import TermSelection, check_word_field, list_terms
from shanxi_cli.explore.timeline import build_timeline
from shanxi_cli.explore.year_mentions import count_mentioned_years
from shanxi_cli.model.options import ConcordanceOrder, FacetOrder, Level, TermOrder, Unit
from shanxi_cli.model.results import HitOrder
from shanxi_cli.model.views import Collocate, Collocates, Concordance, Facets, TermEntry, Timeline, YearMentions
from shanxi_cli.query.fields import AUTHORED_FIELDS
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.near_duplicates import NearDuplicates
from shanxi_cli.search.searcher import (
    MATCH_ALL,
    resolve_article_id,
    search_matches,
)
from shanxi_cli.util.frozen_record import Record, replace_fields

V = TypeVar("V")


class _Lines(Record):
    """The lines of a concordance that were asked for, and the number of all."""

    rows: tuple[ContextRow, ...]
    total: int


def _find(
    opened: OpenedArchive,
    query: str,
    settings: QuerySettings,
    find: Callable[[Engine, QueryPlan], V],
    count_rows: Callable[[V], int],
) -> tuple[V, dict[str, Any]]:
    """Return what `find` returns for a query, and the fields of a `RowSequence` about the query."""
    view, corrected, notice = find_view(opened, make_plan(query, settings), settings, find, count_rows)
    return view, describe_answer(opened, query, corrected, notice, found=bool(count_rows(view)))


def make_facet_request(
    field: str, level: Level | str | None, least: int, sort: FacetOrder | str | None
) -> FacetRequest:
    """Return a request for facets. Raise `UsageError` for a field that articles are not counted by."""
    name = check_facet_name(field)
    if level and name != "place":
        raise UsageError(f"level is for place, not {name}")
    return FacetRequest(
        name,
        check_number("least", least, 1),
        order=None if sort is None else choose_member(FacetOrder, sort, "sort"),
        level=None if level is None else choose_member(Level, level, "level"),
    )


def select_terms(field: str, prefix: str, least: int, order: TermOrder) -> TermSelection:
    """Return a selection of words. Raise `UsageError` for a field without words."""
    return TermSelection(check_word_field(field) if field else "", prefix, least, order)


def list_facets(opened: OpenedArchive, query: str, settings: QuerySettings, request: FacetRequest) -> FacetSequence:
    """Return the values of a field in the matching articles."""
    text = describe_query(query.strip(), settings)

    def find(engine: Engine, plan: QueryPlan) -> Facets:
        found = search_matches(engine, plan, within=settings.within)
        asked = replace_fields(request, limit=settings.part.stop, authored=settings.no_derived)
        return compute_facets(engine, found, text, asked)

    view, about = _find(opened, query, settings, find, lambda facets: facets.values)
    rows = make_view_rows(FacetRow, replace_fields(view, rows=view.rows[settings.part]))
    return FacetSequence(
        rows,
        view.values,
        **about,
        field=view.field,
        articles=view.articles,
        without=view.without,
        spread=view.spread,
        derived=view.derived,
    )


def list_periods(
    opened: OpenedArchive, query: str, settings: QuerySettings, by: Unit | None, *, hits: bool, share: bool
) -> TimelineSequence:
    """Return the periods of the matching articles."""

    def find(engine: Engine, plan: QueryPlan) -> Timeline:
        if hits:
            require_patterns(plan)
        return build_timeline(engine, search_matches(engine, plan, within=settings.within), by, hits=hits, share=share)

    view, about = _find(opened, query, settings, find, lambda timeline: len(timeline.periods))
    rows = make_view_rows(PeriodRow, replace_fields(view, periods=view.periods[settings.part]))
    return TimelineSequence(
        rows,
        len(view.periods),
        **about,
        articles=view.articles,
        spread=view.spread,
        undated=view.undated,
        unbounded=view.open,
        earliest=view.earliest,
        latest=view.latest,
        silence=view.silence,
    )


def list_mentioned_years(opened: OpenedArchive, query: str, settings: QuerySettings) -> YearSequence:
    """Return the years that the matching sentences mention."""

    def find(engine: Engine, plan: QueryPlan) -> YearMentions:
        return count_mentioned_years(engine, plan, _find_numbers(engine, plan, settings), settings.scope)

    view, about = _find(opened, query, settings, find, lambda mentions: len(mentions.rows))
    rows, total = view.rows[settings.part], len(view.rows)
    return YearSequence(rows, total, **about, sentences=view.sentences, silent=view.silent)


def list_context(
    opened: OpenedArchive, query: str, settings: QuerySettings, order: ConcordanceOrder, width: int
) -> RowSequence[ContextRow]:
    """Return the matches with `width` columns of text on either side."""

    def find(engine: Engine, plan: QueryPlan) -> _Lines:
        require_patterns(plan)
        found = find_context_lines(engine, plan, search_matches(engine, plan, HitOrder.NEWEST, settings.within), order)
        shown = islice(found.lines, settings.part.start, settings.part.stop)
        return _Lines(make_view_rows(ContextRow, Concordance(shown, width)), found.matches)

    lines, about = _find(opened, query, settings, find, lambda lines: lines.total)
    return RowSequence(lines.rows, lines.total, **about)


def list_collocates(
    opened: OpenedArchive, query: str, settings: QuerySettings, window: int, least: int
) -> RowSequence[Collocate]:
    """Return the words that occur near the matches unusually often."""

    def find(engine: Engine, plan: QueryPlan) -> Collocates:
        return find_collocates(engine, plan, _find_numbers(engine, plan, settings), window, least)

    view, about = _find(opened, query, settings, find, lambda collocates: len(collocates.rows))
    return RowSequence(view.rows[settings.part], len(view.rows), **about)


def list_words(opened: OpenedArchive, selection: TermSelection, settings: QuerySettings) -> RowSequence[TermEntry]:
    """Return the words of a selection in the articles of the settings."""
    engine, plan = opened.engine, make_plan("", settings)
    restricted = plan != MATCH_ALL or settings.within is not None
    among = _find_numbers(engine, plan, settings) if restricted else None
    field = AUTHORED_FIELDS.get(selection.field, selection.field) if settings.no_derived else selection.field
    terms = list_terms(engine, replace_fields(selection, field=field, limit=settings.part.stop), among)
    if not terms.words:
        opened.ensure_full_scan()
    return RowSequence(terms.rows[settings.part], terms.words)


def list_similar(
    opened: OpenedArchive, name: str, settings: QuerySettings, order: HitOrder, *, collapse: bool
) -> RowSequence[SimilarRow]:
    """Return the articles most similar to one."""
    engine, plan = opened.engine, make_plan("", settings)
    try:
        number = resolve_article_id(engine, name)
    except NoSuchArticle:
        opened.ensure_full_scan()
        raise
    restricted = plan != MATCH_ALL or settings.within is not None
    among = search_matches(engine, plan, within=settings.within) if restricted else None
    start, stop = settings.part.start, settings.part.stop
    selection = SimilarSelection(None if stop is None else stop - start, start, order, collapse, among)
    view = find_most_similar(engine, number, NearDuplicates(engine), selection)
    rows = make_view_rows(SimilarRow, replace_fields(view, rows=view.rows[start:]))
    return RowSequence(rows, len(view.rows))


def _find_numbers(engine: Engine, plan: QueryPlan, settings: QuerySettings) -> Collection[int]:
    return search_matches(engine, plan, within=settings.within).numbers()
