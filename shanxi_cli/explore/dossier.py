"""A dossier: all that an archive has on a query, gathered once, for a report in any format."""

from collections.abc import Collection

from shanxi_cli.engines.base import Engine, Found
from shanxi_cli.explore.facets import FacetSelection, count_facets
from shanxi_cli.explore.figures import find_figures
from shanxi_cli.explore.quotes import find_quotes
from shanxi_cli.explore.timeline import build_timeline
from shanxi_cli.matching.article_marks import MarkedArticle, mark_articles
from shanxi_cli.matching.highlighter import collect_patterns
from shanxi_cli.model.article import NO_DERIVED_NAMES
from shanxi_cli.model.options import Scope
from shanxi_cli.model.quantity import Figure
from shanxi_cli.model.quote import Quote
from shanxi_cli.model.results import Hit, HitOrder
from shanxi_cli.model.views import Facets, Timeline
from shanxi_cli.query.fields import AUTHORED_FIELDS
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.explain import format_query_tree
from shanxi_cli.search.searcher import make_hits, search_matches
from shanxi_cli.util.frozen_record import Record, replace_fields

FACET_FIELDS = ("place", "person", "org", "publication", "section", "author")
"""Fields that a dossier counts by, in this order."""

FACET_ROWS = 12
"""Values of a field that a dossier shows."""

MAX_ROWS = 1_000
"""Figures, and quotes, that a dossier lists: more are no help to a reader, who narrows the query instead."""


class DossierRequest(Record):
    """Request of a dossier: a plan, and the choices of its reader.

    `limit` is the number of articles shown, None for all; `within` the ids to search, None for all. `full` asks for
    whole articles, `authored` for names of front matters alone.
    """

    plan: QueryPlan
    order: HitOrder = HitOrder.RELEVANCE
    scope: Scope = Scope.SENTENCE
    limit: int | None = None
    within: Collection[str] | None = None
    full: bool = False
    authored: bool = False


class Dossier(Record):
    """All that an archive has on a query.

    `total` articles match; `hits` are those shown, in order, with their passages, and `articles` the same ones whole
    and marked, empty unless asked for. `understood` is the query as a tree, a line a node. Of all `figure_count`
    figures and `quote_count` quotes of the matching sentences, `figures` and `quotes` are the first `MAX_ROWS`.
    """

    total: int
    hits: tuple[Hit, ...]
    articles: tuple[MarkedArticle, ...]
    understood: tuple[str, ...]
    timeline: Timeline
    facets: tuple[Facets, ...]
    figures: tuple[Figure, ...]
    figure_count: int
    quotes: tuple[Quote, ...]
    quote_count: int


def collect_dossier(engine: Engine, request: DossierRequest) -> Dossier:
    """Return what an engine has on a query."""
    plan = request.plan
    matches = search_matches(engine, plan, request.order, request.within)
    figures = find_figures(engine, plan, scope=request.scope, among=request.within)
    quotes = list(find_quotes(engine, plan, scope=request.scope, within=request.within))
    hits = _make_hits(engine, request, matches)
    patterns = collect_patterns(plan)
    return Dossier(
        total=len(matches),
        hits=hits,
        articles=tuple(mark_articles((hit.article for hit in hits), patterns)) if request.full else (),
        understood=tuple(format_query_tree(plan)),
        timeline=build_timeline(engine, matches, None),
        facets=_count_all_facets(matches, authored=request.authored),
        figures=tuple(figures[:MAX_ROWS]),
        figure_count=len(figures),
        quotes=tuple(quotes[:MAX_ROWS]),
        quote_count=len(quotes),
    )


def _make_hits(engine: Engine, request: DossierRequest, matches: Found) -> tuple[Hit, ...]:
    hits = make_hits(engine, request.plan, matches, slice(0, request.limit), with_passages=True).hits
    if not request.authored:
        return hits
    return tuple(replace_fields(hit, article=replace_fields(hit.article, derived=NO_DERIVED_NAMES)) for hit in hits)


def _count_all_facets(found: Found, *, authored: bool) -> tuple[Facets, ...]:
    """Return the facets of `FACET_FIELDS` that say something: those with two values or more."""
    fields = (AUTHORED_FIELDS.get(name, name) if authored else name for name in FACET_FIELDS)
    counted = (count_facets(found, field, "", FacetSelection(limit=FACET_ROWS)) for field in fields)
    return tuple(facets for facets in counted if facets.values > 1)
