"""Answers by meaning: matches ordered by words and meaning, and articles that are near without a typed word."""

import os
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from shanxi_cli.archive import OpenedArchive
from shanxi_cli.engines.base import Found, Match, Matches
from shanxi_cli.errors import UsageError
from shanxi_cli.model.results import Hit, Snippet
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.search.searcher import search_matches
from shanxi_cli.semantic.build import embed_article
from shanxi_cli.semantic.embedder import Embedder, Vector
from shanxi_cli.semantic.fusion import CANDIDATES, JoinedMatch, join_scores
from shanxi_cli.semantic.model_files import ModelFiles, find_model
from shanxi_cli.semantic.passages import TextSpan
from shanxi_cli.semantic.query_text import plan_filters, read_meaning_text
from shanxi_cli.semantic.similarity import MeaningIndex
from shanxi_cli.semantic.vector_store import load_vectors
from shanxi_cli.util.frozen_record import Record
from shanxi_cli.util.text import pluralize

LEAST_COSINE = 0.3
NEAR_SHARE = 0.8
"""An article without a word of the query is offered from this cosine, and this share of the nearest article's: short
queries are far from every passage, and long ones near to many (docs/semantic.md)."""

MAX_FRESH = 20
"""Articles without vectors up to which a search makes them itself: about a second."""

MAX_NEAR = 5
"""Articles that are offered beside those with the words."""

_PASSAGE_CHARACTERS = 280
INDEX_HINT = "run shanxi index --semantic"


class MeaningRanking(Record):
    """Matches in their joined order, the articles near without a typed word with their cosines, and a notice.

    `joined` has the parts of the scores by number; `near` are the nearest first, to `query`, the vector of the query.
    """

    matches: Matches
    joined: Mapping[int, JoinedMatch]
    near: Sequence[Match]
    notice: str = ""
    query: Vector | None = None


class MeaningSearch:
    """Vectors of an opened archive and the model that made them. Raise `UsageError` where either is missing."""

    def __init__(self, archive: OpenedArchive) -> None:
        files = find_model(os.environ)
        store = load_vectors(archive.generation) if archive.generation else None
        if store is None:
            if archive.published or (archive.generation and archive.generation.identity.engine != "whoosh"):
                raise UsageError("an index in a cluster has no vectors to search by meaning; leave out --semantic")
            reason = "the index has no vectors" if archive.generation else "an index in memory has no vectors"
            raise UsageError(f"{reason}; {INDEX_HINT}")
        if store.table.model != files.identity:
            raise UsageError(f"the vectors of the index are of another model than {files.name}; {INDEX_HINT}")
        self._embedder = _load_embedder(files)
        engine = archive.engine
        numbers = dict(engine.articles_with_id_prefix(""))
        missing = [name for name in numbers if name not in store.table.articles]
        made = missing[:MAX_FRESH]
        self._engine = engine
        self.numbers = numbers
        """The number of each article of the archive by its id."""
        self._left_out = len(missing) - len(made)
        fresh = {name: embed_article(self._embedder, engine.article(numbers[name])) for name in made}
        self._index = MeaningIndex(store, numbers, fresh)

    @property
    def notice(self) -> str:
        """Return how many articles have no vectors; empty for none."""
        left_out = self._left_out
        if not left_out:
            return ""
        verb = "has" if left_out == 1 else "have"
        return f"{pluralize(left_out, 'article')} {verb} no vectors, and no part in the search by meaning; {INDEX_HINT}"

    def rank(self, plan: QueryPlan, text: str, matches: Found, within: Collection[str] | None = None) -> MeaningRanking:
        """Return the matches of a plan, given in the order of words, in that of words and meaning; and what is near."""
        meaning = read_meaning_text(text, plan)
        if not meaning.strip():
            return MeaningRanking(matches, {}, (), self.notice)
        query = self._embedder.embed(meaning)
        cosines = self._index.measure(query)
        joined = join_scores(matches, cosines)
        ordered = [Match(match.number, match.score) for match in joined] + list(matches[CANDIDATES:])
        by_number = {match.number: match for match in joined}
        near = self._find_near(plan, matches, cosines, within)
        return MeaningRanking(ordered, by_number, near, self.notice, query)

    def _find_near(
        self,
        plan: QueryPlan,
        matches: Found,
        cosines: Mapping[int, float],
        within: Collection[str] | None,
    ) -> list[Match]:
        """Return the nearest articles that do not match, but meet the fields, dates and exclusions of the query."""
        least = max(LEAST_COSINE, NEAR_SHARE * max(cosines.values(), default=0.0))
        near = [number for number, cosine in cosines.items() if cosine >= least]
        filters = plan_filters(plan) if near else None
        if filters is None:
            return []
        allowed = search_matches(self._engine, filters, within=within).among(near) - matches.among(near)
        kept = sorted((number for number in near if number in allowed), key=lambda number: (-cosines[number], number))
        return [Match(number, cosines[number]) for number in kept[:MAX_NEAR]]

    def make_near_hits(self, ranking: MeaningRanking, first_rank: int) -> tuple[Hit, ...]:
        """Return the hits of articles that are near, each with its nearest passage, without marks."""
        query = ranking.query
        if query is None:
            return ()
        return tuple(self._make_near_hit(match, query, rank) for rank, match in enumerate(ranking.near, first_rank))

    def _make_near_hit(self, match: Match, query: Vector, rank: int) -> Hit:
        article = self._engine.article(match.number)
        nearest = self._index.find_passage(match.number, query)
        passage = _shorten(article.body, nearest.span) if nearest else ""
        snippets = (Snippet("body", passage),) if passage else ()
        title = Snippet("title", article.title)
        return Hit(rank, match.score, article, title, snippets, by_meaning=True, meaning_score=match.score)

    def rank_similar(self, number: int) -> list[Match]:
        """Return the other articles that are near the mean of the passages of one, the nearest first."""
        mean = self._index.mean_vector(number)
        cosines = self._index.measure(mean) if mean is not None else {}
        near = [(other, cosine) for other, cosine in cosines.items() if other != number and cosine >= LEAST_COSINE]
        return [Match(*pair) for pair in sorted(near, key=lambda pair: (-pair[1], pair[0]))]


def _shorten(body: str, span: TextSpan) -> str:
    """Return the beginning of a passage on one line, cut between words; behind dots if the body begins before it."""
    words = ("... " if span.start else "") + " ".join(body[span.start : span.end].split())
    if len(words) <= _PASSAGE_CHARACTERS:
        return words
    return words[:_PASSAGE_CHARACTERS].rpartition(" ")[0] + " ..."


@lru_cache(maxsize=1)
def _load_embedder(files: ModelFiles) -> Embedder:
    return Embedder(files)


def open_meaning_search(archive: OpenedArchive) -> MeaningSearch:
    """Return the search by meaning of an opened archive, loaded once for its generation."""
    generation = archive.generation
    key = str(generation.folder) if generation else ""
    if not key or key not in _SEARCHES:
        _SEARCHES.clear()
        _SEARCHES[key] = MeaningSearch(archive)
    return _SEARCHES[key]


_SEARCHES: dict[str, MeaningSearch] = {}
"""The search of the archive that was used last, by the folder of its generation."""
