"""Highlights: the places in a text that match a query, by the rule that made its article a match.

Marks are half-open, in characters, into the text, and cover only what matched: a phrase marks the
phrase, not its words elsewhere.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Sequence as Items
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias, assert_never

from shanxi_cli.analysis.acronyms import is_acronym, plain_word
from shanxi_cli.analysis.fuzzy_words import FuzzyWordIndex
from shanxi_cli.analysis.tokenizer import Token, number_tokens
from shanxi_cli.matching.prefilter import WordPrefilter, stem_prefixes, unfolded_prefixes
from shanxi_cli.matching.proximity import find_proximity_matches
from shanxi_cli.model.results import Mark
from shanxi_cli.query.fields import FIELDS, FieldKind
from shanxi_cli.query.plan.lookups import ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.query_plan import QueryPlan
from shanxi_cli.query.plan.range import QuantityRange, read_quantities
from shanxi_cli.util.unicode import is_cjk_run

if TYPE_CHECKING:
    from shanxi_cli.model.quantity import Quantity

TextPattern: TypeAlias = PhraseLookup | ExpansionLookup | QuantityRange


def collect_patterns(plan: QueryPlan) -> list[TextPattern]:
    """Return the lookups of a plan that can match running text, each once; those under a NOT are left out."""
    patterns: dict[TextPattern, None] = {}
    for planned in plan.iterate_leaves():
        for lookup in planned.lookups:
            if isinstance(lookup, QuantityRange) or (
                isinstance(lookup, (PhraseLookup, ExpansionLookup)) and _is_running_text(lookup.field)
            ):
                patterns[lookup] = None
    return list(patterns)


def _is_running_text(field: str) -> bool:
    return not field or (field in FIELDS and FIELDS[field].kind is FieldKind.TEXT)


def find_marks(
    patterns: Items[TextPattern], field: str, text: str, quantities: "Items[Quantity] | None" = None
) -> list[tuple[int, Mark]]:
    """Return the matches in `text`, a text of `field`, as (index of the pattern, mark), sorted by mark.

    A phrase has one mark from its first to its last word; the words of a `Near` have one each. `quantities` are those
    of the text, with places in it; None: they are extracted here if a pattern needs them.
    """
    return cached_finder(tuple(patterns)).marks(field, text, quantities)


@lru_cache(maxsize=2)  # all texts of all articles are searched for the same patterns
def cached_finder(patterns: tuple[TextPattern, ...]) -> "MarkFinder":
    """Return the finder of these patterns, which is reused from text to text."""
    return MarkFinder(patterns)


class MarkFinder:
    """Patterns prepared for finding their marks in the texts of each field."""

    def __init__(self, patterns: Items[TextPattern], *, prefiltered: bool = True) -> None:
        """With `prefiltered` only candidate words are tokenized; the marks are the same."""
        self._patterns = patterns
        self._prefiltered = prefiltered
        self._by_field: dict[str, _FieldFinder] = {}

    def marks(self, field: str, text: str, quantities: "Items[Quantity] | None" = None) -> list[tuple[int, Mark]]:
        """See `find_marks`."""
        return self._finder_for(field).marks(text, quantities)

    def words(self, field: str, text: str) -> dict[int, Token]:
        """Return the candidate words of a text of `field` by their numbers (`WordPrefilter.candidate_words`)."""
        return self._finder_for(field).words(text)

    def _finder_for(self, field: str) -> "_FieldFinder":
        finder = self._by_field.get(field)
        if finder is None:
            finder = self._by_field[field] = _FieldFinder(self._patterns, field, prefiltered=self._prefiltered)
        return finder


class _FieldFinder:
    """The patterns that texts of one field can match."""

    def __init__(self, patterns: Items[TextPattern], field: str, *, prefiltered: bool) -> None:
        self._items = [(number, item) for number, item in enumerate(patterns) if item.field in ("", field)]
        self._has_words = any(not isinstance(item, QuantityRange) for _, item in self._items)
        self._has_ranges = any(isinstance(item, QuantityRange) for _, item in self._items)
        self._prefilter = build_prefilter([item for _, item in self._items]) if prefiltered else None

    def marks(self, text: str, quantities: "Items[Quantity] | None") -> list[tuple[int, Mark]]:
        candidates = self.words(text)
        if not (candidates or self._has_ranges):
            return []
        words = _WordIndex(candidates)
        if quantities is None and self._has_ranges:
            quantities = read_quantities(text)
        marks: list[tuple[int, Mark]] = []
        for number, item in self._items:
            match item:
                case PhraseLookup():
                    marks += [(number, mark) for mark in _phrase_marks(item, words)]
                case ExpansionLookup():
                    marks += [(number, mark) for mark in _expansion_marks(item, words)]
                case QuantityRange():
                    marks += [(number, Mark(q.start, q.end)) for q in quantities or () if item.contains(q)]
                case _:
                    assert_never(item)
        return sorted(marks, key=itemgetter(1))

    def words(self, text: str) -> dict[int, Token]:
        if not self._has_words:
            return {}
        return self._prefilter.candidate_words(text) if self._prefilter else number_tokens(text)


def build_prefilter(items: Iterable[TextPattern]) -> WordPrefilter | None:
    """Return the prefilter of some patterns; None if any word could match."""
    prefixes: list[str] = []
    width = 0
    for item in items:
        match item:
            case PhraseLookup(_, layer, terms, max_gap):
                for term in terms:
                    starts = stem_prefixes(term) if layer is TermForm.STEMS else (term,)
                    prefixes += (prefix for start in starts for prefix in unfolded_prefixes(start))
                if len(terms) > 1:
                    width = max(width, len(terms) + (max_gap or 0))
            case ExpansionLookup(_, word, None):
                prefixes += unfolded_prefixes(word)
            case ExpansionLookup():
                return None
            case QuantityRange():
                pass
            case _:
                assert_never(item)
    return WordPrefilter(prefixes, width)


class _WordIndex:
    """The words of a text by form, so that many patterns cost little more than one."""

    def __init__(self, words: Mapping[int, Token]) -> None:
        self.tokens = words
        self._positions: dict[TermForm, dict[str, list[int]]] = {}

    def positions(self, layer: TermForm) -> Mapping[str, list[int]]:
        """Return each stem, or each word, with its ascending positions."""
        positions = self._positions.get(layer)
        if positions is None:
            positions = self._positions[layer] = {}
            for at, token in self.tokens.items():
                positions.setdefault(token.stem if layer is TermForm.STEMS else token.word, []).append(at)
                if layer is TermForm.WORDS and is_acronym(token.word):
                    positions.setdefault(plain_word(token.word), []).append(at)
        return positions

    @cached_property
    def lexicon(self) -> FuzzyWordIndex:
        """The distinct words, indexed for fuzzy matching."""
        return FuzzyWordIndex(self.positions(TermForm.WORDS))


def _expansion_marks(item: ExpansionLookup, words: _WordIndex) -> Iterator[Mark]:
    of_word = words.positions(TermForm.WORDS)
    if item.edits is None:
        near = [word for word in of_word if word.startswith(item.word)]
    else:
        near = [word for word, _ in words.lexicon.words_within(item.word, item.edits)]
    for word in near:
        yield from (Mark(words.tokens[at].start, matched_end(words.tokens, at, len(item.word))) for at in of_word[word])


def matched_end(words: Mapping[int, Token], at: int, length: int) -> int:
    """Return the end of the word number `at`, of which a query has the first `length` characters.

    Of a pair of Chinese characters only the first belongs to the match if the query has no more.
    """
    token = words[at]
    if length >= len(token.word) or not is_cjk_run(token.word):
        return token.end
    following = words.get(at + 1)  # begins with the second character of the pair
    return following.start if following and token.start < following.start < token.end else token.end


def _phrase_marks(item: PhraseLookup, words: _WordIndex) -> Iterator[Mark]:
    places = words.positions(item.layer)
    if len(item.terms) == 1:
        yield from (Mark(words.tokens[at].start, words.tokens[at].end) for at in places.get(item.terms[0], ()))
        return
    if not all(term in places for term in item.terms):
        return
    for place in find_proximity_matches([places[term] for term in item.terms], item.max_gap):
        if item.max_gap is None:
            yield Mark(words.tokens[place[0]].start, words.tokens[place[-1]].end)
        else:
            yield from (Mark(words.tokens[at].start, words.tokens[at].end) for at in place)


def merge_marks(marks: Items[Mark]) -> tuple[Mark, ...]:
    """Return sorted marks that cover the same characters without overlapping; those that touch become one."""
    merged: list[Mark] = []
    for mark in sorted(marks):
        if merged and mark.start <= merged[-1].end:
            merged[-1] = Mark(merged[-1].start, max(mark.end, merged[-1].end))
        else:
            merged.append(mark)
    return tuple(merged)
