"""Match spans, merged where they overlap: a concordance has a line for each, and `--hits` counts them.

A span goes from the first to the last word of a match: a phrase, or the words of a `Near` with those between. Spans
that share a word are one, so `coal OR "coal mine"` has a single span in *coal mine*. A quantity in a range is a span of
its own. Engines count spans on positions, concordances find them on tokens: `merge_spans` is the one rule for both.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Sequence as Items
from typing import TYPE_CHECKING, TypeAlias

from shanxi_cli.analysis.acronyms import plain_word
from shanxi_cli.analysis.tokenizer import Token
from shanxi_cli.matching.highlighter import TextPattern, cached_finder, matched_end
from shanxi_cli.matching.proximity import find_proximity_matches
from shanxi_cli.query.plan.lookups import ExpansionLookup, PhraseLookup, TermForm
from shanxi_cli.query.plan.range import QuantityRange, read_quantities
from shanxi_cli.util.frozen_record import NamedTuple
from shanxi_cli.util.unicode import is_cjk_run

if TYPE_CHECKING:
    from shanxi_cli.model.quantity import Quantity

WordsByNumber: TypeAlias = Mapping[int, Token] | Mapping[int, tuple[str, str]]


class MatchSpan(NamedTuple):
    """A span: half-open, in characters, into its text."""

    start: int
    end: int


def merge_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge overlapping spans of positions (first and last, both included); the result is sorted."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def phrase_spans(item: PhraseLookup, positions: Items[Items[int]]) -> Iterator[tuple[int, int]]:
    """Yield the matches of a phrase as first and last position; `positions` as for `find_proximity_matches`."""
    if len(item.terms) == 1:
        yield from ((at, at) for at in positions[0])
    else:
        yield from ((min(place), max(place)) for place in find_proximity_matches(positions, item.max_gap))


def find_word_spans(patterns: Items[TextPattern], field: str, words: WordsByNumber) -> list[tuple[int, int]]:
    """Return the sorted spans of words in a text of `field`, as numbers of first and last word (both included).

    `words` has the word and stem of each token by its number. Ranges on quantities are skipped.
    """
    spans: list[tuple[int, int]] = []
    for item in patterns:
        if item.field not in ("", field):
            continue
        if isinstance(item, PhraseLookup):
            spans += phrase_spans(item, _term_positions(item, words))
        elif isinstance(item, ExpansionLookup):
            spans += ((at, at) for at, word in words.items() if item.matches(plain_word(word[0])))
    return merge_spans(spans)


def find_match_spans(
    patterns: Items[TextPattern], field: str, text: str, quantities: "Items[Quantity] | None" = None
) -> list[MatchSpan]:
    """Return the sorted spans in `text`, a text of `field`.

    `quantities` are those of the text, with places in it; None: they are extracted here if a pattern needs them.
    """
    here = [item for item in patterns if item.field in ("", field)]
    if not here:
        return []
    words = cached_finder(tuple(patterns)).words(field, text)
    spans = [
        MatchSpan(words[first].start, _span_end(here, words, last))
        for first, last in find_word_spans(here, field, words)
    ]
    ranges = [item for item in here if isinstance(item, QuantityRange)]
    if ranges:
        quantities = read_quantities(text) if quantities is None else quantities
        spans += [MatchSpan(q.start, q.end) for q in quantities if any(one.contains(q) for one in ranges)]
    return sorted(spans)


def _span_end(patterns: Items[TextPattern], words: Mapping[int, Token], last: int) -> int:
    """Return the end of a span: of a pair of Chinese characters only the part in the query belongs to it."""
    word = words[last].word
    if not is_cjk_run(word):
        return words[last].end
    lengths = [len(item.word) for item in patterns if isinstance(item, ExpansionLookup) and item.matches(word)]
    return matched_end(words, last, max(lengths)) if lengths else words[last].end


def _term_positions(item: PhraseLookup, words: WordsByNumber) -> list[list[int]]:
    positions: dict[str, list[int]] = {term: [] for term in item.terms}
    for n, word in words.items():
        form = word[1] if item.layer is TermForm.STEMS else word[0]
        if form in positions:
            positions[form].append(n)
        if (plain := plain_word(form)) != form and plain in positions:
            positions[plain].append(n)
    return [positions[term] for term in item.terms]
