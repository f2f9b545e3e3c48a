"""Upper bounds of the scores of a query, a byte for each document of an index.

The bound of a document is the sum over the words of the query of what its postings allow: the frequency of the word,
and the shortest length in the class of the document's length (`length_classes`). Sums are kept in units of which the
highest possible sum has at most 255, rounded up, so that a search for the first documents is one for bytes.

For a single word, postings of low frequency are left out at first, which are the most: if the needed score is more than
they can add, no document without a posting of higher frequency has it (the non-essential lists of Turtle and Flood,
1995, by frequency instead of by word).

No bound is lower than the score: a test compares them over random archives and queries.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import compress

from shanxi_cli.engines import bm25
from shanxi_cli.engines.whoosh.cached_reader import CachedReader
from shanxi_cli.engines.whoosh.length_classes import SHORTEST_LENGTHS
from shanxi_cli.engines.whoosh.score_parts import ScoredTerm, ScoreParts
from shanxi_cli.engines.whoosh.segment_reader import SegmentPostings

MAX_PARTS = 100
"""Words and other parts of a query above which sums of bytes are too coarse."""
_MAX_SUM = 255
_FIRST_WANTED = 20
_LEVELS = (192, 160, 128, 96, 64, 48, 32, 24, 16, 8, 4, 2, 1)
_FIRST_FREQUENCY = 3
"""Lowest frequency that is not left out at first, of a word with `_MANY_POSTINGS`."""
_MANY_POSTINGS = 1_000
_CUT_TABLES = [bytes(cut) + b"\1" * (256 - cut) for cut in range(_FIRST_FREQUENCY + 1)]


class ScoreBounds:
    """Upper bounds of the scores of all documents, as far as they are needed."""

    def __init__(self, read: CachedReader, parts: ScoreParts) -> None:
        """Prepare the bounds; `parts` has at least one term, and at most `MAX_PARTS` parts."""
        self._read = read
        self._parts = parts
        self._classes = dict(read.length_classes())
        self._terms = [_TermBounds(read, term, weight, self._classes) for term, weight in parts.terms.items()]
        highest = sum(term.highest(None) for term in self._terms) + sum(flat.score for flat in parts.flats)
        self._unit = max(highest, 1e-9) / (_MAX_SUM - len(parts))
        self._text_terms = [term for term in self._terms if not term.is_title]
        is_single = len(self._text_terms) == 1 and not parts.flats and self._text_terms[0].count > _MANY_POSTINGS
        self._cut = _FIRST_FREQUENCY if is_single else 1

    def count(self) -> int:
        """Return the number of documents that have any part."""
        if self._cut == 1:
            return len(self._sums) - self._sums.count(0)
        return self._text_terms[0].count  # a word of the title is in the text too

    def likely(self) -> Iterator[list[int]]:
        """Yield the documents that have bounds by those, highest first, some at a time."""
        sums, end, wanted = self._sums, _MAX_SUM + 1, _FIRST_WANTED
        while end > 1:
            least = _find_level(sums, wanted)
            yield list(_find_numbers(sums, least, end))
            end, wanted = least, 4 * wanted

    def candidates(self, score: float) -> list[int] | None:
        """Return the documents, ascending, that can have at least this score; None if all can."""
        skipped = self._text_terms[0].highest(self._cut - 1)
        if self._cut > 1 and score - skipped < self._unit:
            self._cut, skipped = 1, 0.0
            self._sums = self._add_all()
        least = int((score - skipped) / self._unit)
        return list(_find_numbers(self._sums, least, _MAX_SUM + 1)) if least >= 1 else None

    @cached_property
    def _sums(self) -> bytearray:
        return self._add_all()

    def _add_all(self) -> bytearray:
        """Return the sums of all documents, by postings of at least the frequency `_cut`."""
        sums = {base: bytearray(len(classes)) for base, classes in self._classes.items()}
        for term in self._terms:
            for postings in term.postings:
                term.add(sums[postings.base], postings, 1 if term.is_title else self._cut, self._unit)
        joined = bytearray().join(sums.values())
        for flat in self._parts.flats:
            step = int(flat.score / self._unit) + 1
            for number in flat.documents:
                joined[number] += step
        return joined


class _TermBounds:
    """Bounds of one term: its postings and what they can add."""

    def __init__(self, read: CachedReader, term: ScoredTerm, weight: float, classes: dict[int, bytes]) -> None:
        self.postings = read.segments(term.field, term.term)
        self.count = read.document_count(term.field, term.term)
        self.is_title = term.length != "length"
        self._read = read
        self._length = term.length
        self._classes = classes
        self._factor = weight * bm25.idf(read.size, self.count) * (bm25.BM25_K1 + 1)
        self._steps: dict[int, dict[int, _Steps]] = {}

    def highest(self, frequency: int | None) -> float:
        """Return the most that a posting of this frequency or less adds; of any frequency for None."""
        if frequency is None:
            return self._factor
        return self._factor * frequency / (frequency + self._norm(SHORTEST_LENGTHS[self._lowest_class]))

    def add(self, sums: bytearray, postings: SegmentPostings, cut: int, unit: float) -> None:
        """Add to the sums of a segment what postings of at least the frequency `cut` can add to `highest(cut - 1)`."""
        if self.is_title:
            lengths: Sequence[int] = self._read.numbers("title_length")[postings.base : postings.base + len(sums)]
        else:
            lengths = self._classes[postings.base]
        numbers, weights = postings.numbers, postings.weights
        if cut > 1:
            chosen = (
                weights.translate(_CUT_TABLES[cut]) if isinstance(weights, bytes) else list(map(cut.__le__, weights))
            )
            numbers, weights = list(compress(numbers, chosen)), list(compress(weights, chosen))
        steps = self._steps.setdefault(cut, {})  # shared by all segments
        for tf in set(weights).difference(steps):
            steps[tf] = _Steps(self._step(tf, cut, unit))
        for number, weight in zip(numbers, weights, strict=True):
            sums[number] += steps[weight][lengths[number]]

    def _step(self, frequency: int, cut: int, unit: float) -> Callable[[int], int]:
        """Return what a frequency adds to `highest(cut - 1)`, by the class of the length or the length of the title."""
        less, most = self.highest(cut - 1), self._factor * frequency
        mean = self._read.mean(self._length)

        def step(length: int) -> int:
            norm = bm25.length_norm(length if self.is_title else SHORTEST_LENGTHS[length], mean)
            return max(0, int((most / (frequency + norm) - less) / unit) + 1)

        return step

    @cached_property
    def _lowest_class(self) -> int:
        return next(number for number in range(256) if any(number in classes for classes in self._classes.values()))

    def _norm(self, length: int) -> float:
        return bm25.length_norm(length, self._read.mean(self._length))


class _Steps(dict[int, int]):
    """Values of a function that is called once for each argument."""

    def __init__(self, compute: Callable[[int], int]) -> None:
        self._compute = compute

    def __missing__(self, length: int) -> int:
        step = self[length] = self._compute(length)
        return step


def _find_level(sums: bytearray, many: int) -> int:
    """Return the highest sum, at least 1, that `many` documents have or exceed; 1 if there are fewer."""
    for low in _LEVELS:
        higher = sums.translate(None, bytes(range(low)))
        if len(higher) >= many:
            return sorted(higher)[-many]
    return 1


def _find_numbers(sums: bytearray, least: int, end: int) -> Iterator[int]:
    """Yield the documents whose sum is at least `least` and less than `end`, ascending."""
    marks = sums.translate(bytes(least) + b"\1" * (end - least) + bytes(256 - end))
    at = marks.find(1)
    while at >= 0:
        yield at
        at = marks.find(1, at + 1)
