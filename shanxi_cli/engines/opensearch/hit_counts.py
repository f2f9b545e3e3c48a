"""Count the match spans of each article, by frequencies where these are the number of spans, else in the articles.

Spans that share a word are one (`matching.spans`). The occurrences of a word, of words side by side and of an expansion
are their spans if none of the patterns can share a word with another, so the cluster adds their frequencies. Where
patterns can overlap, the articles that have both are read; they are few beside those that have one.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations

from shanxi_cli.analysis.acronyms import is_acronym, plain_word
from shanxi_cli.analysis.document_fields import running_texts
from shanxi_cli.analysis.tokenizer import number_forms, word_forms
from shanxi_cli.engines.opensearch.article_store import BATCH, ArticleStore
from shanxi_cli.engines.opensearch.dsl import Dsl, batched, filter_all, has_term, match_any, match_none_of
from shanxi_cli.engines.opensearch.found import walk_numbers
from shanxi_cli.engines.opensearch.generation import GenerationIndex
from shanxi_cli.engines.opensearch.lookup_queries import LookupQueries, phrase_query, term_field
from shanxi_cli.engines.opensearch.terms import encode_term
from shanxi_cli.engines.opensearch.word_reader import WordReader
from shanxi_cli.matching.highlighter import TextPattern
from shanxi_cli.matching.spans import find_word_spans
from shanxi_cli.query.plan.lookups import ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.range import QuantityRange

_MAX_PARTS = 500
"""Words whose frequencies the cluster adds in one request; an expansion may have more."""


class HitCounter:
    """Counts match spans of the articles that match a query."""

    def __init__(
        self, index: GenerationIndex, lookups: LookupQueries, vocabulary: WordReader, articles: ArticleStore
    ) -> None:
        self._index = index
        self._lookups = lookups
        self._vocabulary = vocabulary
        self._articles = articles
        self._expanded: dict[ExpansionLookup, Collection[str]] = {}

    def count(self, patterns: Sequence[TextPattern], matching: Dsl) -> dict[int, int]:
        """Return the number of spans of each article that `matching` matches and that has any."""
        words = [item for item in patterns if not isinstance(item, QuantityRange)]
        ranges = [item for item in patterns if isinstance(item, QuantityRange)]
        counts: dict[int, int] = {}
        if words:
            overlapping = self._overlapping(words)
            apart = match_none_of([overlapping]) if overlapping else None
            self._add_frequencies(words, filter_all([matching, *([apart] if apart else [])]), counts)
            if overlapping:
                self._add(filter_all([matching, overlapping]), lambda n: self._count_words(words, n), counts)
        if ranges:
            some = match_any(self._lookups.query(limit) for limit in ranges)
            self._add(filter_all([matching, some]), lambda n: self._count_quantities(ranges, n), counts)
        return counts

    def _overlapping(self, words: Sequence[PhraseLookup | ExpansionLookup]) -> Dsl | None:
        """Return the query for articles in which spans can overlap; None if they cannot."""
        queries = []
        if len(words) == 1 and _is_one_word(words[0]):
            return None
        parts = {item: self._terms(item) for item in words}
        queries += [self._lookups.query(item) for item, terms in parts.items() if terms is None]
        for one, other in combinations((item for item, terms in parts.items() if terms is not None), 2):
            same_text = not one.field or not other.field or one.field == other.field
            if same_text and not (parts[one] or frozenset()).isdisjoint(parts[other] or frozenset()):
                queries.append(filter_all([self._lookups.query(one), self._lookups.query(other)]))
        return match_any(queries) if queries else None

    def _terms(self, item: PhraseLookup | ExpansionLookup) -> frozenset[str] | None:
        """Return the stems of the words that spans of a pattern are made of; None if these may overlap themselves."""
        if isinstance(item, ExpansionLookup):
            return frozenset(stem for word in self._expansion(item) for stem in _stems(word))
        if item.max_gap is not None or len(set(item.terms)) < len(item.terms):
            return None
        if item.layer is TermForm.STEMS:
            return frozenset(item.terms)
        return frozenset(stem for word in item.terms for stem in _stems(plain_word(word)))

    def _expansion(self, item: ExpansionLookup) -> Collection[str]:
        if item not in self._expanded:
            self._expanded[item] = self._vocabulary.expand(item)
        return self._expanded[item]

    def _add_frequencies(
        self, words: Sequence[PhraseLookup | ExpansionLookup], matching: Dsl, counts: dict[int, int]
    ) -> None:
        alone = len(words) == 1
        parts = (one for item in words for one in self._frequencies(item, alone=alone))
        for batch in batched(parts, _MAX_PARTS):
            query = {"bool": {"must": [match_any(batch)], "filter": [matching]}}
            body = {"query": query, "sort": ["n"], "_source": False, "stored_fields": "_none_", "track_scores": True}
            for hits in self._index.walk(body):
                for hit in hits:
                    number = hit["sort"][0]
                    counts[number] = counts.get(number, 0) + round(hit["_score"])

    def _frequencies(self, item: PhraseLookup | ExpansionLookup, *, alone: bool) -> Iterator[Dsl]:
        """Yield queries whose scores are numbers of occurrences, if the articles are none with overlapping spans."""
        if isinstance(item, PhraseLookup):
            if item.max_gap is None or len(item.terms) == 1:
                yield phrase_query(item)
            return
        words = self._expansion(item)
        if not alone or item.field:  # an acronym is at the places of its common word
            words = [word for word in words if not (is_acronym(word) and plain_word(word) in words)]
        field = term_field(item.field, TermForm.WORDS.value)
        yield from (has_term(field, encode_term(word)) for word in words)

    def _add(self, query: Dsl, count: Callable[[int], int], counts: dict[int, int]) -> None:
        """Add what `count` finds in each article that matches a query."""
        numbers = list(walk_numbers(self._index, query))
        for at in range(0, len(numbers), BATCH):
            batch = numbers[at : at + BATCH]
            self._articles.fetch(batch)
            for number in batch:
                if many := count(number):
                    counts[number] = counts.get(number, 0) + many

    def _count_words(self, words: Sequence[PhraseLookup | ExpansionLookup], number: int) -> int:
        texts = running_texts(self._articles.article(number))
        return sum(len(find_word_spans(words, field, number_forms(text))) for field, text in texts)

    def _count_quantities(self, ranges: Sequence[QuantityRange], number: int) -> int:
        found = (quantity for some in self._articles.quantities(number) for quantity in some)
        return sum(any(limit.contains(quantity) for limit in ranges) for quantity in found)


def _is_one_word(item: PhraseLookup | ExpansionLookup) -> bool:
    """Return True for one word or expansion in any text: its occurrences are counted as they are."""
    return not item.field and (isinstance(item, ExpansionLookup) or len(item.terms) == 1)


def _stems(word: str) -> list[str]:
    """Return the stem of a word; of what is not one word by itself, its own form too."""
    forms = word_forms(word)
    return [stem for _, stem in forms] if [one for one, _ in forms] == [word] else [word, *(s for _, s in forms)]
