"""Places: the stretches of a text that match, each once. What a concordance has a line for, and `--hits` counts.

A place goes from the first to the last word of what stands together: a phrase, or the words of a nearness with those
between. Places that share a word are one, so `coal OR "coal mine"` has one place where it says coal mine. A
quantity within a limit is a place of its own. Engines count on positions, a text is looked through on
words: `merge_spans` is the one rule for both.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Sequence as Items
from typing import NamedTuple, TypeAlias

from shanxi_cli.analysis.tokenizer import Token, is_cjk_run
from shanxi_cli.matching.highlighter import TextPattern, cached_finder, find_proximity_matches
from shanxi_cli.model.quantity import Quantity
from shanxi_cli.query.plan.planner import ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.range import QuantityRange, read_quantities

WordsByNumber: TypeAlias = Mapping[int, Token] | Mapping[int, tuple[str, str]]


class MatchSpan(NamedTuple):
    """A place: half-open, in characters, into its text."""

    start: int
    end: int


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """First and last positions of what matches (both included), in any order -> those of the places, in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def phrase_spans(item: PhraseLookup, positions: Items[Items[int]]) -> Iterator[tuple[int, int]]:
    """Where the terms of `item` stand together, as first and last position; `positions` as `find_proximity_matches`
    takes them.
    """
    if len(item.terms) == 1:
        yield from ((at, at) for at in positions[0])
    else:
        yield from ((min(place), max(place)) for place in find_proximity_matches(positions, item.between))


def find_word_spans(wanted: Items[TextPattern], field: str, words: WordsByNumber) -> list[tuple[int, int]]:
    """The places of words in a text of `field`, as the numbers of first and last word (both included), in order.

    `words` are by their numbers word and stem of each of its tokens. Quantities are no words.
    """
    found: list[tuple[int, int]] = []
    for item in wanted:
        if item.field not in ("", field):
            continue
        if isinstance(item, PhraseLookup):
            found += phrase_spans(item, _term_positions(item, words))
        elif isinstance(item, ExpansionLookup):
            found += ((at, at) for at, word in words.items() if item.matches(word[0]))
    return merge_spans(found)


def find_match_spans(
    wanted: Items[TextPattern], field: str, text: str, quantities: Items[Quantity] | None = None
) -> list[MatchSpan]:
    """The places in `text`, a text of `field`, in order.

    `quantities` are those of the text, at their places in it; None: they are read if need be.
    """
    here = [item for item in wanted if item.field in ("", field)]
    if not here:
        return []
    words = cached_finder(tuple(wanted)).words(field, text)
    places = [
        MatchSpan(words[first].start, _span_end(here, words[last]))
        for first, last in find_word_spans(here, field, words)
    ]
    limits = [item for item in here if isinstance(item, QuantityRange)]
    if limits:
        some = read_quantities(text) if quantities is None else quantities
        places += [MatchSpan(q.start, q.end) for q in some if any(limit.holds(q) for limit in limits)]
    return sorted(places)


def _span_end(wanted: Items[TextPattern], last: Token) -> int:
    """Where a place ends: of a pair of Chinese characters only what was asked for belongs to it."""
    if not is_cjk_run(last.word):
        return last.end
    asked = [len(item.word) for item in wanted if isinstance(item, ExpansionLookup) and item.matches(last.word)]
    return min(last.start + max(asked), last.end) if asked else last.end


def _term_positions(item: PhraseLookup, words: WordsByNumber) -> list[list[int]]:
    at: dict[str, list[int]] = {term: [] for term in item.terms}
    for n, word in words.items():
        form = word[1] if item.layer is TermForm.STEMS else word[0]
        if form in at:
            at[form].append(n)
    return [at[term] for term in item.terms]
