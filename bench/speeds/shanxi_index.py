"""Our engine in process. A checkout to compare with must have the functions that are called here."""

from collections.abc import Sequence
from typing import Any

from shanxi_cli.archive import ArchiveContext, open_archive
from shanxi_cli.engines.base import Engine
from shanxi_cli.matching.highlighter import collect_patterns
from shanxi_cli.matching.snippets import select_passages, title_snippet
from shanxi_cli.model.results import HitOrder
from shanxi_cli.paths import locate_archive
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query, make_hits, search_matches
from speeds.archives import Words
from speeds.benchmarks import FACETS, FIRST, FIRST_OF, SNIPPETS, Kind, OpenIndex, Question, common_syntax


def open_index(index: str, corpus: Sequence[str]) -> OpenIndex:
    """Open the index of a corpus, updating it if necessary."""
    where = locate_archive(corpus, index, {})
    return _ShanxiIndex(open_archive(ArchiveContext(where, lambda line: None, lambda done, total: None)).engine)


class _ShanxiIndex:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def question(self, kind: Kind, words: Words) -> Question | None:
        """See `OpenIndex.question`."""
        match kind:
            case Kind.SORTED:
                return lambda: self._found(words.common, HitOrder.NEWEST)
            case _ if kind in FIRST_OF:
                text = written(FIRST_OF[kind], words)
                return lambda: self._shown(text, FIRST)
            case Kind.FACETS:
                return lambda: self._counted(words.common)
            case Kind.SNIPPETS:
                return self._snippets(" OR ".join(words.two))
            case Kind.PASSAGES:
                return self._passages(words.common)
            case _:
                text = written(kind, words)
                return lambda: self._found(text, HitOrder.RELEVANCE)

    def _found(self, text: str, order: HitOrder) -> int:
        self._forget()
        return sum(
            1 for _ in search_matches(self._engine, compile_query(text, WordOperator.ANY), order)
        )  # all are put in order

    def _shown(self, text: str, limit: int) -> int:
        self._forget()
        query = compile_query(text, WordOperator.ANY)
        matches = search_matches(self._engine, query, HitOrder.RELEVANCE)
        return len(make_hits(self._engine, query, matches, slice(limit), with_passages=False).hits)

    def _counted(self, text: str) -> int:
        self._forget()
        query = compile_query(text, WordOperator.ANY)
        earlier: Any = self._engine
        if hasattr(earlier, "matching_numbers"):  # of another checkout, `--before`
            numbers = earlier.matching_numbers(query)
            for field in FACETS:
                earlier.value_counts(field, numbers)
            return len(numbers)
        found = self._engine.search(query)
        for field in FACETS:
            found.counts(field)
        return len(found)

    def _forget(self) -> None:
        """Drop the postings and scores of earlier queries; columns stay, and connections to a cluster."""
        engine: Any = self._engine
        if hasattr(engine, "_client"):
            self._engine = type(engine)(engine._client, engine._index.name, engine._totals)
            return
        for cache in ("_segments", "_postings", "_positions"):
            getattr(engine._read, cache, {}).clear()
        engine._evaluator = type(engine._evaluator)(engine._read)

    def _snippets(self, text: str) -> Question:
        """Return a query that reads ten articles, found beforehand, and makes their snippets."""
        query = compile_query(text, WordOperator.ANY)
        matches = search_matches(self._engine, query, HitOrder.RELEVANCE)[:SNIPPETS]
        return lambda: len(make_hits(self._engine, query, matches, slice(None), with_passages=True).hits)

    def _passages(self, text: str) -> Question:
        """Return the same for one word, with the articles already read."""
        query = compile_query(text, WordOperator.ANY)
        matches = search_matches(self._engine, query, HitOrder.RELEVANCE)[:SNIPPETS]
        wanted, articles = collect_patterns(query), [self._engine.article(match.number) for match in matches]
        return lambda: sum(bool(title_snippet(each, wanted) and select_passages(each, wanted)) for each in articles)


def written(kind: Kind, words: Words) -> str:
    """Return a benchmark's query in our syntax."""
    match kind:
        case Kind.NEAR:
            return f'"{" ".join(words.near)}"~5'
        case Kind.FUZZY:
            return f"{words.misspelt}~"
        case Kind.DATES:
            return "date:{}..{}".format(*words.years)
        case Kind.QUANTITY:
            return "money:{}m..{}m".format(*words.millions)
        case _:
            return common_syntax(kind, words)
