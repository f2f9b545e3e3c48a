"""The vocabulary of a generation: words with their counts, read from the index of words."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from shanxi_cli.analysis.edit_distance import edit_distance
from shanxi_cli.analysis.shaanxi_rule import is_neighbour_province
from shanxi_cli.engines.base import TermStats
from shanxi_cli.engines.field_names import NAME_FIELDS
from shanxi_cli.engines.opensearch.document import vocabulary_id
from shanxi_cli.engines.opensearch.dsl import Dsl, filter_all, has_term
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.lookup_queries import has_prefix
from shanxi_cli.query.plan.lookups import ExpansionLookup

_MAX_CACHED = 100_000
_SHORTEST_FUZZY, _LONGEST_FUZZY = 3, 60
"""Lengths of words between which the cluster finds similar ones; others are few, and compared here."""
_MOST_EDITS = 2
"""Edits up to which the cluster finds similar words."""
_IN_USE: Dsl = {"range": {"articles": {"gte": 1}}}


class WordReader:
    """The words of a generation. What has been read is cached."""

    def __init__(self, index: GenerationIndex) -> None:
        self._index = index
        self._counts: dict[tuple[str, str], TermStats] = {}
        self._similar: dict[tuple[str, str, int], list[tuple[str, int]]] = {}

    def learn(self, words: Iterable[tuple[str, str]]) -> None:
        """Read the counts of some words, each with its field, in one request."""
        missing = [word for word in dict.fromkeys(words) if word not in self._counts]
        if not missing:
            return
        if len(self._counts) > _MAX_CACHED:
            self._counts.clear()
        found = self._index.words_by_id([vocabulary_id(field, word) for field, word in missing])
        self._counts |= {(field, word): TermStats(word, 0, 0) for field, word in missing}
        for source in found:
            self._counts[source["field"], _word(source)] = _stats(source)

    def article_count(self, field: str, word: str) -> int:
        """Return the number of articles that have a word in a field; call `learn` for many before."""
        return self.stats(field, word).articles

    def stats(self, field: str, word: str) -> TermStats:
        """Return the counts of a word in a field; call `learn` for many before."""
        self.learn([(field, word)])
        return self._counts[field, word]

    def iterate(self, field: str, prefix: str) -> Iterator[TermStats]:
        """Yield the words of a field that begin with a prefix, sorted by code points."""
        for source in self._walk(field, prefix, _IN_USE):
            yield _stats(source)

    def iterate_code(self, field: str, prefix: str) -> Iterator[TermStats]:
        """Yield the words of a field with a prefix that occur in code, counted there."""
        for source in self._walk(field, prefix, {"range": {"code_occurrences": {"gte": 1}}}):
            yield TermStats(_word(source), source["code_articles"], source["code_occurrences"])

    def expand(self, lookup: ExpansionLookup) -> Collection[str]:
        """Return the words of an expansion."""
        field = lookup.field if lookup.field in NAME_FIELDS else "words"
        if lookup.edits is None:
            return [term.word for term in self.iterate(field, lookup.word)]
        return [word for word, _ in self.similar(lookup.word, lookup.edits, field)]

    def similar(self, word: str, edits: int, field: str) -> list[tuple[str, int]]:
        """Return the words of a field at most `edits` edits from `word`, sorted, each with its distance."""
        key = field, word, edits
        if key not in self._similar:
            if len(self._similar) > _MAX_CACHED // 100:
                self._similar.clear()
            self._similar[key] = sorted(
                (other, distance)
                for other in self._candidates(word, edits, field)
                if (distance := edit_distance(word, other, edits)) is not None
                and not is_neighbour_province(word, other)
            )
        return self._similar[key]

    def _candidates(self, word: str, edits: int, field: str) -> Iterator[str]:
        """Yield the words that can be near one: as the cluster finds them, or all of about its length."""
        if edits <= _MOST_EDITS and len(word) - edits >= _SHORTEST_FUZZY and len(word) <= _LONGEST_FUZZY:
            near: Dsl = {"fuzzy": {"word": {"value": word, "fuzziness": edits, "rewrite": "constant_score"}}}
        else:
            near = {"range": {"size": {"gte": len(word) - edits, "lte": len(word) + edits}}}
        for source in self._walk(field, "", near):
            yield _word(source)

    def _walk(self, field: str, prefix: str, condition: Dsl) -> Iterator[Any]:
        """Yield the words of a field with a prefix, sorted."""
        begins = [has_prefix("word", prefix)] if prefix else []
        body = {
            "query": filter_all([has_term("field", field), *begins, condition]),
            "sort": ["word"],
            "_source": ["word", "text", "articles", "occurrences", "code_articles", "code_occurrences"],
        }
        for hits in self._index.walk(body, words=True):
            sources = [hit["_source"] for hit in hits]
            if any("text" in source for source in sources):
                sources.sort(key=_word)  # of words that are too long for a term, the ends count too
            yield from (source for source in sources if _word(source).startswith(prefix))


def _word(source: Any) -> str:
    word: str = source.get("text", source["word"])
    return word


def _stats(source: Any) -> TermStats:
    return TermStats(_word(source), source["articles"], source["occurrences"])
