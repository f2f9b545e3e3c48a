"""Hits of a query: matching articles in order, with their passages."""

from collections.abc import Sequence

from shanxi_cli.answers.corrections import correct_in_archive
from shanxi_cli.answers.query_plans import QueryFilters
from shanxi_cli.archive import OpenedArchive
from shanxi_cli.engines.base import Engine, Found, Matches
from shanxi_cli.model.article import NO_DERIVED_NAMES
from shanxi_cli.model.results import HitOrder, Results
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.corrected_query import CorrectedQuery
from shanxi_cli.search.searcher import make_hits, search_matches
from shanxi_cli.search.shaanxi_notice import find_shaanxi_notice
from shanxi_cli.util.frozen_record import Record, replace_fields


class HitSelection(Record):
    """The hits to return: a `part` (None: only their number) of those in `order`, among the ids `within` (None: all).

    With `collapse`, near-duplicates are one hit; with `expand`, hits are ranked by words of the best articles too. With
    `meaning`, the text of the query, they are ranked by its meaning too, and `near` articles are offered.
    """

    order: HitOrder
    part: slice | None
    within: Sequence[str] | None = None
    with_passages: bool = True
    collapse: bool = False
    expand: bool = False
    meaning: str = ""
    near: bool = True


class HitAnswer(Record):
    """The hits of a query with the number of matching articles.

    `corrected` is the query that was searched for; `notice` is about Shaanxi, or empty.
    """

    total: int
    results: Results
    corrected: CorrectedQuery
    notice: str


def find_hits(archive: OpenedArchive, query: QueryPlan, filters: QueryFilters, selection: HitSelection) -> HitAnswer:
    """Return the selected hits of a query; no articles are read for a number alone."""
    corrected = correct_in_archive(archive, query, filters)
    engine, query = archive.engine, corrected.plan
    matches = search_matches(engine, query, selection.order, selection.within)
    total, semantic = len(matches), ""
    if not total:
        archive.ensure_full_scan()
    if selection.part is None:
        counted = _count_collapsed(engine, matches) if selection.collapse else total
        results = Results(counted, ())
    else:
        added = None
        if selection.expand:
            matches, added = _expand_matches(archive, query, matches, selection.within)
        passages, collapse, part = selection.with_passages, selection.collapse, selection.part
        if selection.meaning:
            results, semantic = _rank_by_meaning(archive, query, matches, selection)
        else:
            results = make_hits(engine, query, matches, part, with_passages=passages, collapse=collapse)
        if filters.no_derived:
            results = _drop_derived_names(results)
        results = replace_fields(results, added_words=added)
    notice = find_shaanxi_notice(engine, query) or semantic
    return HitAnswer(total, results, corrected, notice)


def _rank_by_meaning(
    archive: OpenedArchive, query: QueryPlan, matches: Found, selection: HitSelection
) -> tuple[Results, str]:
    """Return the hits in the order of words and meaning, what is near besides, and the notice about both."""
    from shanxi_cli.answers.meaning import open_meaning_search  # of an extra

    assert selection.part is not None
    search = open_meaning_search(archive)
    ranking = search.rank(query, selection.meaning, matches, selection.within)
    passages, collapse = selection.with_passages, selection.collapse
    results = make_hits(
        archive.engine, query, ranking.matches, selection.part, with_passages=passages, collapse=collapse
    )
    hits = []
    for hit in results.hits:
        joined = ranking.joined.get(search.numbers[hit.article.id])
        words, meaning = (joined.words, joined.meaning) if joined else (None, None)
        hits.append(replace_fields(hit, words_score=words, meaning_score=meaning))
    near = search.make_near_hits(ranking, results.total + 1) if selection.near else ()
    return replace_fields(results, hits=tuple(hits), near=near), ranking.notice


def _drop_derived_names(results: Results) -> Results:
    """Return results without names that are derived from the text, for `--fields derived_places`."""
    hits = tuple(
        replace_fields(hit, article=replace_fields(hit.article, derived=NO_DERIVED_NAMES)) for hit in results.hits
    )
    return replace_fields(results, hits=hits)


def _count_collapsed(engine: Engine, matches: Matches) -> int:
    from shanxi_cli.search.near_duplicates import NearDuplicates

    return NearDuplicates(engine).count(matches)


def _expand_matches(
    archive: OpenedArchive, query: QueryPlan, matches: Found, within: Sequence[str] | None
) -> tuple[Found, tuple[str, ...]]:
    """Return the same matches ranked by words of the best of them too, and these words."""
    from shanxi_cli.search.expansion import FEEDBACK_ARTICLES, expand_query  # only for --expand

    expanded = expand_query(archive.engine, query, matches[:FEEDBACK_ARTICLES])
    return search_matches(archive.engine, expanded.plan, HitOrder.RELEVANCE, within), expanded.words
