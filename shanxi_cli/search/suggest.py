"""The report on a query without results: the articles of each part, similar words, and a query near it.

Suggested queries are counted, never run in place of the user's own. `util.closest_names` corrects the
names of fields, columns and facets.
"""

from collections.abc import Iterator, Mapping

from shanxi_cli.engines.base import Engine
from shanxi_cli.query.ast import Leaf, Query
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.unparse import to_text
from shanxi_cli.query.visit import iterate_leaves, transform_leaves
from shanxi_cli.search.joined_words import add_other_forms
from shanxi_cli.search.searcher import plan_like
from shanxi_cli.search.similar_words import SimilarWords, find_similar_words, replace_text
from shanxi_cli.util.frozen_record import Record


class QuerySuggestion(Record):
    """A query with results, as text, and how many articles it finds."""

    query: str
    articles: int


class ClauseCount(Record):
    """A leaf of a query as text, and the number of articles that match it.

    For a part in no article, `similar` has the most similar texts of the archive with the articles of each.
    """

    text: str
    articles: int
    similar: tuple[tuple[str, int], ...]


class NoResultsReport(Record):
    """The count of each leaf of a query without results, in order, and the nearest query that has some."""

    parts: tuple[ClauseCount, ...]
    proposal: QuerySuggestion | None


def explain_no_results(engine: Engine, plan: QueryPlan) -> NoResultsReport:
    """Report on a query without results: the articles of each leaf, and a query near it that has results."""
    counts = {planned.leaf: engine.count(plan.part(planned.leaf)) for planned in plan.iterate_leaves()}
    similar = {leaf: find_similar_words(engine, leaf, plan) for leaf, articles in counts.items() if not articles}
    parts = tuple(
        ClauseCount(to_text(leaf), articles, tuple(similar.get(leaf, ()))) for leaf, articles in counts.items()
    )
    return NoResultsReport(parts, _find_nearest_query(engine, plan, similar))


def _find_nearest_query(
    engine: Engine, plan: QueryPlan, similar: Mapping[Leaf, SimilarWords]
) -> QuerySuggestion | None:
    """Return the first of the queries near this one that has results."""
    tried: set[Query] = set()
    for candidate in _generate_candidates(plan.query, similar):
        if candidate not in tried and (articles := engine.count(add_other_forms(engine, plan_like(plan, candidate)))):
            return QuerySuggestion(to_text(candidate), articles)
        tried.add(candidate)
    return None


def _generate_candidates(query: Query, similar: Mapping[Leaf, SimilarWords]) -> Iterator[Query]:
    """Yield queries near `query`, the nearest first.

    First absent words (the keys of `similar`) are corrected, then leaves in no article are dropped, then each
    remaining leaf is left out in turn, the last first.
    """
    corrections = {leaf: words[0][0] for leaf, words in similar.items() if words}
    corrected = query
    for leaf, word in corrections.items():
        corrected = _replace_leaf(corrected, leaf, replace_text(leaf, word)) or corrected
    if corrections:
        yield corrected
    kept: Query | None = corrected
    for leaf in similar:
        if leaf not in corrections and kept is not None:
            kept = _replace_leaf(kept, leaf, None)
    if kept is not None and kept != corrected and any(True for _ in iterate_leaves(kept)):
        yield kept
    for base in (kept, query):
        for leaf in reversed(list(iterate_leaves(base))) if base is not None else ():
            shorter = _replace_leaf(base, leaf, None) if base is not None else None
            if shorter is not None and any(True for _ in iterate_leaves(shorter)):
                yield shorter


def _replace_leaf(query: Query, old: Leaf, new: Leaf | None) -> Query | None:
    """Return `query` with `old` replaced everywhere, or removed if `new` is None; None if nothing is left."""
    return transform_leaves(query, lambda leaf: new if leaf == old else leaf, unwrap_groups=True)
