"""The tools that answer a query with rows: search, figures, quotes, facets, timeline, and citations of ids."""

from typing import Any

from shanxi_cli.api.archive import Archive
from shanxi_cli.api.rows import FigureRow, QuoteRow, SearchHit
from shanxi_cli.api.sequences import FacetSequence
from shanxi_cli.errors import AmbiguousArticle, NoSuchArticle, UsageError
from shanxi_cli.mcp_server.answers import UNTRUSTED, Json, drop_empty, fit_rows, list_sources, make_answer
from shanxi_cli.mcp_server.articles import describe_problem

_HIT_FIELDS = (
    *("id", "title", "deck", "date", "date_from", "date_to", "publication", "section", "page", "edition", "url"),
    *("author", "places"),
)
_FIGURE_FIELDS = (
    *("article", "date", "value", "high", "unit", "relation", "rate", "change", "counted", "period", "text", "same_as"),
    *("sentence", "speaker"),
)
_QUOTE_FIELDS = ("article", "date", "speaker", "role", "organisation", "basis", "kind", "said", "sentence", "edition")
_FACET_SOURCES = 5
"""Articles that are cited for facets: the newest that match."""


def search_articles(archive: Archive, arguments: dict[str, Any]) -> Json:
    """Return hits with their passages."""
    hits = archive.search(arguments.pop("query"), **arguments)
    return make_answer(archive, hits, arguments["offset"], _make_hit, (hit.id for hit in hits))


def _make_hit(hit: SearchHit) -> Json:
    passages = [passage.text for passage in hit.passages]
    return {"rank": hit.rank, **_take(hit, _HIT_FIELDS), "passages": passages}


def list_figures(archive: Archive, arguments: dict[str, Any]) -> Json:
    """Return figures with their sentences, or their summary by group."""
    query, group_by = arguments.pop("query"), arguments.pop("group_by", None)
    if group_by is None:
        rows = archive.figures(query, **arguments)
        return make_answer(archive, rows, arguments["offset"], _make_figure, (row.article for row in rows))
    arguments.pop("sort", None)
    summaries = archive.summarize_figures(query, group_by=group_by, **arguments)
    articles = archive.figures(query, **{**arguments, "limit": _FACET_SOURCES, "offset": 0})
    answer = make_answer(archive, summaries, arguments["offset"], _make_summary, ())
    return {**answer, "sources": list_sources(archive, dict.fromkeys(row.article for row in articles))}


def _make_figure(row: FigureRow) -> Json:
    return _take(row, _FIGURE_FIELDS)


def _make_summary(row: Any) -> Json:
    return drop_empty(vars(row))


def list_quotes(archive: Archive, arguments: dict[str, Any]) -> Json:
    """Return quotes with their speakers, or their numbers by group."""
    query, group_by = arguments.pop("query"), arguments.pop("group_by", None)
    if group_by is None:
        rows = archive.quotes(query, **arguments)
        return make_answer(archive, rows, arguments["offset"], _make_quote, (row.article for row in rows))
    arguments.pop("sort", None)
    summaries = archive.summarize_quotes(query, group_by=group_by, **arguments)
    articles = archive.quotes(query, **{**arguments, "limit": _FACET_SOURCES, "offset": 0})
    answer = make_answer(archive, summaries, arguments["offset"], _make_summary, ())
    return {**answer, "sources": list_sources(archive, dict.fromkeys(row.article for row in articles))}


def _make_quote(row: QuoteRow) -> Json:
    return _take(row, _QUOTE_FIELDS)


def count_facets(archive: Archive, arguments: dict[str, Any]) -> Json:
    """Return the values of a field, with the query that finds the articles of each."""
    field, query = arguments.pop("field"), arguments.pop("query")
    facets = archive.facets(field, query, **arguments)
    answer = make_answer(archive, facets, arguments["offset"], _make_summary, ())
    counted = {"field": facets.field, "articles": facets.articles, "without_value": facets.without}
    return {**answer, **counted, "sources": _cite_newest(archive, query, arguments, facets)}


def _cite_newest(archive: Archive, query: str, arguments: dict[str, Any], found: FacetSequence) -> list[Json]:
    if not found.articles:
        return []
    chosen = {name: value for name, value in arguments.items() if name in ("since", "until", "match")}
    hits = archive.search(query, sort="newest", passages=False, limit=_FACET_SOURCES, **{"match": "all", **chosen})
    return list_sources(archive, (hit.id for hit in hits))


def build_timeline(archive: Archive, arguments: dict[str, Any]) -> Json:
    """Return periods, with the earliest and the latest article."""
    timeline = archive.timeline(arguments.pop("query"), **arguments)
    answer = make_answer(archive, timeline, arguments["offset"], _make_summary, ())
    ends = [end.article for end in (timeline.earliest, timeline.latest) if end]
    counted = {"articles": timeline.articles, "undated": timeline.undated, "uncertain": timeline.spread}
    return {**answer, **counted, "sources": list_sources(archive, dict.fromkeys(ends))}


def cite_articles(archive: Archive, arguments: dict[str, Any]) -> Json:
    """Return citations of articles; an id that no article has is an error beside the others."""
    citations: list[Json] = []
    problems: list[Json] = []
    for name in dict.fromkeys(arguments["ids"]):
        try:
            article = archive.article(name)
            citations.append({"id": article.id, "citation": archive.cite(article.id, arguments["style"]).rstrip("\n")})
        except (NoSuchArticle, AmbiguousArticle) as error:
            problems.append(describe_problem(name, error))
    if not citations:
        raise UsageError("; ".join(problem["error"] for problem in problems))
    answer: Json = {"untrusted_content": UNTRUSTED, "style": arguments["style"], "citations": fit_rows(citations)}
    return {**answer, "not_found": problems} if problems else answer


def _take(row: Any, fields: tuple[str, ...]) -> Json:
    return drop_empty({name: getattr(row, name) for name in fields})
