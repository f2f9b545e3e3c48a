"""Articles similar to one, in the order and number asked for."""

from collections.abc import Iterable, Iterator

from shanxi_cli.engines.base import Engine, Found, Match, Matches
from shanxi_cli.engines.batches import iterate_batches
from shanxi_cli.explore.article_order import article_sort_key
from shanxi_cli.explore.more_like_this import find_similar_articles, rank_by_terms
from shanxi_cli.model.results import HitOrder
from shanxi_cli.model.views import SimilarArticles
from shanxi_cli.search.near_duplicates import NearDuplicates
from shanxi_cli.search.searcher import MATCH_ALL
from shanxi_cli.util.frozen_record import Record


class SimilarSelection(Record):
    """The similar articles to return: the first `limit` (None: all) behind `offset`, `among` these (None: all).

    Those that are shown are the most similar ones; `order` is that in which they are returned. With `collapse`,
    near-duplicates are one row. `ranked` are the candidates, best first; None: those that share distinctive words.
    """

    limit: int | None
    offset: int = 0
    order: HitOrder = HitOrder.RELEVANCE
    collapse: bool = False
    among: Found | None = None
    ranked: Matches | None = None


def find_most_similar(
    engine: Engine, number: int, duplicates: NearDuplicates, selection: SimilarSelection
) -> SimilarArticles:
    """Return the articles most similar to an article, up to the last selected one; those skipped come first."""
    offset = selection.offset
    last = None if selection.limit is None else offset + selection.limit
    ranked = rank_by_terms(engine, number) if selection.ranked is None else selection.ranked
    kept = ranked if selection.among is None else _iterate_among(ranked, selection.among)
    rows = find_similar_articles(engine, number, kept, last, duplicates, collapse=selection.collapse).rows
    if selection.order is HitOrder.ADDED:
        row_of = {row.article.id: row for row in rows[offset:]}
        found = engine.search(MATCH_ALL, selection.order).within(row_of)
        ordered = [row_of[article.id] for article in engine.articles([match.number for match in found])]
    else:
        ordered = sorted(rows[offset:], key=lambda row: article_sort_key(row.article, selection.order))
    return SimilarArticles((*rows[:offset], *ordered))


def _iterate_among(ranked: Iterable[Match], among: Found) -> Iterator[Match]:
    for batch in iterate_batches(ranked):
        allowed = among.among([match.number for match in batch])
        yield from (match for match in batch if match.number in allowed)
