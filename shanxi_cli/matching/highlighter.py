"""Where the words of a query stand in a text: the same rule that made the article a match.

Positions are what an index keeps; `find_proximity_matches` answers for them. `find_marks` gives the places in
characters, and only what matched: a phrase marks the phrase, not its stray words.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Sequence as Items
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TypeAlias, assert_never

from shanxi_cli.analysis.fuzzy_words import FuzzyWordIndex
from shanxi_cli.analysis.tokenizer import Token, is_cjk_run, tokenize
from shanxi_cli.matching.prefilter import STEM_ENDING_LETTERS, WordPrefilter, unfolded_prefixes
from shanxi_cli.model.quantity import Quantity
from shanxi_cli.model.results import Mark
from shanxi_cli.query.ast import And, Dated, Group, Not, Occur, Or, Query
from shanxi_cli.query.fields import FIELDS, FieldKind
from shanxi_cli.query.plan.planner import (
    AlternativeLookups,
    CodeLookup,
    ExpansionLookup,
    PhraseLookup,
    TermForm,
    plan_lookup,
)
from shanxi_cli.query.plan.range import QuantityRange, read_quantities

TextPattern: TypeAlias = PhraseLookup | ExpansionLookup | QuantityRange


def find_proximity_matches(positions: Items[Items[int]], between: int | None) -> Iterator[tuple[int, ...]]:
    """The places where terms stand together, each as the positions of the terms in their order.

    `positions` has an ascending list for each term. Without `between` the terms stand side by
    side in their order; with it, on different positions in any order, at most `between` other
    words among them; of the places that share a first position the tightest is given.
    """
    if between is None:
        yield from _find_adjacent_matches(positions)
    else:
        yield from _find_near_matches(positions, len(positions) + between)


def _find_adjacent_matches(positions: Items[Items[int]]) -> Iterator[tuple[int, ...]]:
    later = [(offset, set(places)) for offset, places in enumerate(positions) if offset]
    for first in positions[0]:
        if all(first + offset in places for offset, places in later):
            yield tuple(range(first, first + len(positions)))


def _find_near_matches(positions: Items[Items[int]], width: int) -> Iterator[tuple[int, ...]]:
    """Every leftmost position tried: the others within `width` words from it, each term on its own.

    A place holds every term, so it begins near one of the rarest: only such positions are tried.
    """
    different = list({id(places): places for places in positions}.values())  # a term that is asked for twice
    starts: set[int] = set()
    for place in min(different, key=len):
        for places in different:
            starts.update(places[bisect_right(places, place - width) : bisect_right(places, place)])
    for start in sorted(starts):
        window = [places[bisect_left(places, start) : bisect_left(places, start + width)] for places in positions]
        chosen = _distinct_positions(window, start)
        if chosen:
            yield chosen


def _distinct_positions(window: Items[Items[int]], start: int) -> tuple[int, ...] | None:
    """One position for each term, all different, `start` among them; None when there is no such choice.

    Two terms share a position only when they are equal, so equal terms take their places in turn
    and others take their first one: greedy is exact.
    """
    used: set[int] = set()
    chosen: list[int] = []
    for places in window:
        free = next((p for p in places if p not in used), None)
        if free is None:
            return None
        used.add(free)
        chosen.append(free)
    return tuple(chosen) if start in used else None


def collect_patterns(query: Query) -> list[TextPattern]:
    """What in running text can match a checked query: each lookup once, the excluded ones left out."""
    found: dict[TextPattern, None] = {}
    _add_patterns(query, found)
    return list(found)


def _add_patterns(query: Query, found: dict[TextPattern, None]) -> None:
    match query:
        case Group(clauses):
            for clause in clauses:
                if clause.occur is not Occur.NOT:
                    _add_patterns(clause.node, found)
        case And(children) | Or(children):
            for child in children:
                _add_patterns(child, found)
        case Not() | Dated():
            pass
        case _:
            if not query.field or FIELDS[query.field].kind in (FieldKind.TEXT, FieldKind.QUANTITY):
                item = plan_lookup(query)
                for one in item.lookups if isinstance(item, AlternativeLookups) else (item,):
                    if one is not None and not isinstance(one, CodeLookup):
                        found[one] = None


def find_marks(
    wanted: Items[TextPattern], field: str, text: str, quantities: Items[Quantity] | None = None
) -> list[tuple[int, Mark]]:
    """The matches in `text`, a text of `field`, as (number of the pattern, place), sorted by place.

    A place spans from the first to the last word of a phrase; the words of a nearness are marked
    one by one. `quantities` are those of the text, at their places in it; None: they are read if need be.
    """
    return cached_finder(tuple(wanted)).marks(field, text, quantities)


@lru_cache(maxsize=2)  # all texts of all articles are asked for the same
def cached_finder(wanted: tuple[TextPattern, ...]) -> "MarkFinder":
    """What finds the marks of some patterns in many texts."""
    return MarkFinder(wanted)


class MarkFinder:
    """Patterns, made ready to be found in the texts of each field."""

    def __init__(self, wanted: Items[TextPattern], screened: bool = True) -> None:
        """With `screened` only the words are analysed that could match: the marks are the same."""
        self._wanted = wanted
        self._screened = screened
        self._here: dict[str, _FieldFinder] = {}

    def marks(self, field: str, text: str, quantities: Items[Quantity] | None = None) -> list[tuple[int, Mark]]:
        """See `find_marks`."""
        return self._of(field).marks(text, quantities)

    def words(self, field: str, text: str) -> dict[int, Token]:
        """The words of a text of `field` that could match, by their numbers (`Screen.words`)."""
        return self._of(field).words(text)

    def _of(self, field: str) -> "_FieldFinder":
        here = self._here.get(field)
        if here is None:
            here = self._here[field] = _FieldFinder(self._wanted, field, self._screened)
        return here


class _FieldFinder:
    """The patterns that a text of one field can match."""

    def __init__(self, wanted: Items[TextPattern], field: str, screened: bool) -> None:
        self._items = [(number, item) for number, item in enumerate(wanted) if item.field in ("", field)]
        self._with_words = any(not isinstance(item, QuantityRange) for _, item in self._items)
        self._with_limits = any(isinstance(item, QuantityRange) for _, item in self._items)
        self._screen = build_prefilter([item for _, item in self._items]) if screened else None

    def marks(self, text: str, quantities: Items[Quantity] | None) -> list[tuple[int, Mark]]:
        found_words = self.words(text)
        if not (found_words or self._with_limits):
            return []
        words = _WordIndex(found_words)
        if quantities is None and self._with_limits:
            quantities = read_quantities(text)
        found: list[tuple[int, Mark]] = []
        for number, item in self._items:
            match item:
                case PhraseLookup():
                    found += [(number, mark) for mark in _sequence_marks(item, words)]
                case ExpansionLookup():
                    found += [(number, mark) for mark in _expansion_marks(item, words)]
                case QuantityRange():
                    found += [(number, Mark(q.start, q.end)) for q in quantities or () if item.holds(q)]
                case _:
                    assert_never(item)
        return sorted(found, key=itemgetter(1))

    def words(self, text: str) -> dict[int, Token]:
        if not self._with_words:
            return {}
        return self._screen.words(text) if self._screen else dict(enumerate(tokenize(text)))


def build_prefilter(items: Iterable[TextPattern]) -> WordPrefilter | None:
    """What leaves out the words that none of some patterns matches; None where any word could."""
    begin: list[str] = []
    width = 0
    for item in items:
        match item:
            case PhraseLookup(_, layer, terms, between):
                for term in terms:
                    begin += unfolded_prefixes(
                        term[:-STEM_ENDING_LETTERS] or term[:1] if layer is TermForm.STEMS else term
                    )
                if len(terms) > 1:
                    width = max(width, len(terms) + (between or 0))
            case ExpansionLookup(_, word, None):
                begin += unfolded_prefixes(word)
            case ExpansionLookup():
                return None
            case QuantityRange():
                pass
            case _:
                assert_never(item)
    return WordPrefilter(begin, width)


class _WordIndex:
    """The words of a text by what they are looked for, so that many patterns cost little more than one."""

    def __init__(self, words: Mapping[int, Token]) -> None:
        self.all = words
        self._places: dict[TermForm, dict[str, list[int]]] = {}

    def places(self, layer: TermForm) -> Mapping[str, list[int]]:
        """Each stem, or each word, with its places among all words, ascending."""
        found = self._places.get(layer)
        if found is None:
            found = self._places[layer] = {}
            for at, token in self.all.items():
                found.setdefault(token.stem if layer is TermForm.STEMS else token.word, []).append(at)
        return found

    @cached_property
    def lexicon(self) -> FuzzyWordIndex:
        """The different words."""
        return FuzzyWordIndex(self.places(TermForm.WORDS))


def _expansion_marks(item: ExpansionLookup, words: _WordIndex) -> Iterator[Mark]:
    of_word = words.places(TermForm.WORDS)
    if item.edits is None:
        near = [word for word in of_word if word.startswith(item.word)]
    else:
        near = [word for word, _ in words.lexicon.words_within(item.word, item.edits)]
    yield from (_word_mark(item, words.all[at]) for word in near for at in of_word[word])


def _word_mark(item: ExpansionLookup, token: Token) -> Mark:
    # Of a pair of Chinese characters only what was asked for is marked.
    return Mark(token.start, min(token.start + len(item.word), token.end) if is_cjk_run(token.word) else token.end)


def _sequence_marks(item: PhraseLookup, words: _WordIndex) -> Iterator[Mark]:
    places = words.places(item.layer)
    if len(item.terms) == 1:
        yield from (Mark(words.all[at].start, words.all[at].end) for at in places.get(item.terms[0], ()))
        return
    if not all(term in places for term in item.terms):
        return
    for place in find_proximity_matches([places[term] for term in item.terms], item.between):
        if item.between is None:
            yield Mark(words.all[place[0]].start, words.all[place[-1]].end)
        else:
            yield from (Mark(words.all[at].start, words.all[at].end) for at in place)


def merge_marks(marks: Items[Mark]) -> tuple[Mark, ...]:
    """Sorted marks that do not overlap, covering the same characters; those that touch become one."""
    merged: list[Mark] = []
    for mark in sorted(marks):
        if merged and mark.start <= merged[-1].end:
            merged[-1] = Mark(merged[-1].start, max(mark.end, merged[-1].end))
        else:
            merged.append(mark)
    return tuple(merged)
