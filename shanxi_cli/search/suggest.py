"""Did-you-mean: similar words for an unknown one, and the report on a query without results.

Suggested queries are counted, never run in place of the user's own. `util.closest_names` corrects the
names of fields, columns and facets.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.query.ast import Exact, Fuzzy, Leaf, Query, Word
from shanxi_cli.query.fields import FIELDS, FieldKind
from shanxi_cli.query.plan.planner import plan_query
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.unparse import to_text
from shanxi_cli.query.visit import iterate_leaves, transform_leaves
from shanxi_cli.util.frozen_record import Record, replace_fields
from shanxi_cli.util.unicode import is_alphabetic

MAX_SIMILAR_WORDS = 3
"""Similar words to suggest for an unknown one."""

SimilarWords: TypeAlias = list[tuple[str, int]]
"""Words with the number of articles of each."""


class QuerySuggestion(Record):
    """A query with results, as text, and how many articles it finds."""

    query: str
    articles: int


class ClauseCount(Record):
    """A leaf of a query as text, and the number of articles that match it.

    For a word in no article, `similar` has the most similar words of the archive with the articles of each.
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
    similar = {leaf: find_similar_words(engine, leaf) for leaf, articles in counts.items() if not articles}
    parts = tuple(
        ClauseCount(to_text(leaf), articles, tuple(similar.get(leaf, ()))) for leaf, articles in counts.items()
    )
    return NoResultsReport(parts, _find_nearest_query(engine, plan, similar))


def find_similar_words(engine: Engine, leaf: Leaf) -> SimilarWords:
    """Return the words of the archive most similar to the word of `leaf`, with the articles of each.

    They are at most two edits away (one, for words of fewer than six letters), the nearest first, then the more
    common; of the forms of one word only the most common. From twenty articles on, a word of a single article is
    never suggested: it may be an OCR error.
    """
    if not isinstance(leaf, (Word, Fuzzy)) or (leaf.field and FIELDS[leaf.field].kind is FieldKind.CODE):
        return []
    words, field = list(tokenize(leaf.text)), leaf.field
    if len(words) != 1 or len(words[0].word) < 2 or not is_alphabetic(words[0].word):
        return []  # any letter is one edit away from another
    misspelt = words[0].word
    least = 2 if engine.article_count() >= 20 else 1
    ranked = []
    for word, edits in engine.similar_terms(misspelt, 2 if len(misspelt) >= 6 else 1, field):
        articles = engine.count(plan_query(Exact(word, field))) if edits else 0
        if articles >= least:
            ranked.append((edits, -articles, word))
    best: dict[str, tuple[str, int]] = {}
    for _, articles, word in sorted(ranked):
        stem = next(tokenize(word)).stem
        best.setdefault(stem, (word, -articles))
    return list(best.values())[:MAX_SIMILAR_WORDS]


def _find_nearest_query(
    engine: Engine, plan: QueryPlan, similar: Mapping[Leaf, SimilarWords]
) -> QuerySuggestion | None:
    """Return the first of the queries near this one that has results."""
    tried: set[Query] = set()
    for candidate in _generate_candidates(plan.query, similar):
        if candidate not in tried and (articles := engine.count(plan_query(candidate, plan.leaves))):
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
        corrected = _replace_leaf(corrected, leaf, replace_fields(leaf, text=word)) or corrected
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
