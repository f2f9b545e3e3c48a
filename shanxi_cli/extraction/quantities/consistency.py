"""Figures that contradict each other, for a person to check. Nothing is corrected here.

Three checks, each within what rounding of the printed digits allows:

    rate    `250 million yuan ($38.6 million)` against the other such pairs of about the same date
    same    `1,500 mu (90 hectares)`: one amount printed in two units of one measure
    total   `a total of 100 tons, including 70 tons of coal and 40 tons of coke`, in one sentence
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum
from statistics import median
from typing import NamedTuple

from shanxi_cli.analysis.sentence_splitter import split_sentences
from shanxi_cli.model.quantity import Dimension, Quantity, Relation
from shanxi_cli.util.edtf import DateInterval
from shanxi_cli.util.frozen_record import Record

MAX_RATE_DAYS_APART = 62
"""Pairs of currencies are compared when all days on which their articles may have been printed are in so many days.

Within half a year a rate can move by more than the tolerance without a mistake; within two months it seldom does.
"""
RATE_TOLERANCE = 0.015
"""Maximum difference of two rates, as a share, on top of rounding. Chosen, not measured: newspapers use rates that
are some days or weeks old, and a wrong digit or a rate of another year is off by more."""
_ABOUT_TOLERANCE = 0.05  # an amount with `about` may have been rounded to another number
MAX_NEIGHBOURING_RATES = 20
"""Pairs on either side, by date, that a pair is compared with, so that the cost of a pair has a bound."""
_SOME_PARTS_PATTERN = re.compile(r"\b(?:including|of which|of these|among them|among which|of them)\b", re.I)
_ALL_PARTS_PATTERN = re.compile(
    r"\b(?:consisting of|consists of|comprising|comprises|made up of|composed of|namely)\b|:", re.I
)
_RATE_BEHIND_PATTERN = re.compile(r"\s*(?:per\b|/|an?\s|to the\b|each\b)")
_NO_PART_PATTERN = re.compile(
    r"\b(?:with|while|whereas|from|to|by|than|compared|against|imports?|rise|rises|rose|fall|falls|fell|up|down|but|who|that)\b|;"
)
"""Words between two parts of a total that make another statement of the second."""
_MAX_GAP_CHARACTERS = 60  # between two parts of a total
_DIGITS_PATTERN = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?")


class ConflictKind(Enum):
    """The check that two or more quantities fail."""

    RATE = "rate"  # an exchange rate with the other rates of its time
    SAME = "same"  # two measures of one thing
    TOTAL = "total"  # a total with its parts


class ParagraphQuantities(Record):
    """A paragraph with its quantities from `read_paragraphs`; `date_interval` is the date of its article, if known."""

    article: str
    paragraph: int
    text: str
    quantities: tuple[Quantity, ...]
    date_interval: DateInterval | None = None


class QuantityConflict(Record):
    """Quantities of one paragraph that contradict each other: their indexes there, and the reason in one line."""

    kind: ConflictKind
    article: str
    paragraph: int
    quantities: tuple[int, ...]
    reason: str


def find_conflicts(passages: Sequence[ParagraphQuantities]) -> tuple[QuantityConflict, ...]:
    """Return the conflicts of all passages in the order of the passages; empty when all figures agree."""
    flags = [*_find_rate_conflicts(passages)]
    for passage in passages:
        flags += _find_measure_conflicts(passage)
        flags += _find_total_conflicts(passage)
    order = {(p.article, p.paragraph): n for n, p in enumerate(passages)}
    return tuple(sorted(flags, key=lambda f: (order[f.article, f.paragraph], f.quantities)))


class _ImpliedRate(NamedTuple):
    """The exchange rate that a pair of amounts implies, with the bounds that rounding leaves."""

    passage: ParagraphQuantities
    first: int
    second: int
    units: tuple[str, str]
    rate: float
    low: float
    high: float


def _find_rate_conflicts(passages: Sequence[ParagraphQuantities]) -> Iterator[QuantityConflict]:
    known = sorted((rate for passage in passages for rate in _implied_rates(passage)), key=_rate_sort_key)
    for n, mine in enumerate(known):
        near = known[max(n - MAX_NEIGHBOURING_RATES, 0) : n] + known[n + 1 : n + 1 + MAX_NEIGHBOURING_RATES]
        others = [r for r in near if r.units == mine.units and _is_about_same_date(r.passage, mine.passage)]
        against = [r for r in others if not _rates_agree(mine, r)]
        if not against or len(against) <= len(others) - len(against):
            continue  # as many pairs agree with it
        one, other = mine.units
        several = f"{len(against)} pairs" if len(against) > 1 else "another pair"
        reason = (
            f"{_printed_quantity(mine.passage, mine.first)} ({_printed_quantity(mine.passage, mine.second)}) is "
            f"{mine.rate:.4g} {one} per "
            f"{other}, but {several} of about that date {'give' if len(against) > 1 else 'gives'} "
            f"{median(r.rate for r in against):.4g}"
        )
        yield QuantityConflict(
            ConflictKind.RATE, mine.passage.article, mine.passage.paragraph, (mine.first, mine.second), reason
        )


def _rate_sort_key(rate: _ImpliedRate) -> tuple[tuple[str, str], int, str]:
    days = rate.passage.date_interval
    return rate.units, days.first if days else 0, rate.passage.article


def _rates_agree(one: _ImpliedRate, other: _ImpliedRate) -> bool:
    slack = 1 + RATE_TOLERANCE
    return one.low <= other.high * slack and other.low <= one.high * slack


def _implied_rates(passage: ParagraphQuantities) -> Iterator[_ImpliedRate]:
    for first, second in _linked_pairs(passage):
        one, other = passage.quantities[first], passage.quantities[second]
        if one.dimension is not Dimension.MONEY or one.high is not None or other.high is not None:
            continue
        if one.unit > other.unit:  # CNY per USD, whichever is printed first
            first, second, one, other = second, first, other, one
        if min(one.value, other.value) <= 0:
            continue
        # The rounder of the two was converted: it is exact, and only the other one was rounded.
        low, high = (
            _rounding_bounds(one)
            if _count_significant_figures(one) > _count_significant_figures(other)
            else (one.value, one.value)
        )
        lower, upper = (
            _rounding_bounds(other)
            if _count_significant_figures(one) <= _count_significant_figures(other)
            else (other.value, other.value)
        )
        top = high / lower if lower > 0 else float("inf")
        yield _ImpliedRate(passage, first, second, (one.unit, other.unit), one.value / other.value, low / upper, top)


def _count_significant_figures(quantity: Quantity) -> int:
    """Return the number of significant figures printed: 2 for `250 million`, 3 for `$38.6 million`."""
    match = _DIGITS_PATTERN.search(quantity.text)
    digits = match.group().replace(",", "") if match else ""
    return len((digits if "." in digits else digits.rstrip("0")).replace(".", "").lstrip("0"))


def _linked_pairs(passage: ParagraphQuantities) -> Iterator[tuple[int, int]]:
    """Yield each linked pair once: the index of an amount, and that of its equivalent in brackets."""
    for n, quantity in enumerate(passage.quantities):
        if quantity.same_as is not None and quantity.same_as < n:
            yield quantity.same_as, n


def _is_about_same_date(one: ParagraphQuantities, other: ParagraphQuantities) -> bool:
    if one.article == other.article:
        return True
    if one.date_interval is None or other.date_interval is None:
        return False
    first = min(one.date_interval.first, other.date_interval.first)
    return max(one.date_interval.last, other.date_interval.last) - first <= MAX_RATE_DAYS_APART


def _find_measure_conflicts(passage: ParagraphQuantities) -> Iterator[QuantityConflict]:
    for first, second in _linked_pairs(passage):
        one, other = passage.quantities[first], passage.quantities[second]
        if one.dimension is Dimension.MONEY or one.unit != other.unit or one.high != other.high:
            continue
        if any(_RATE_BEHIND_PATTERN.match(passage.text, quantity.end) for quantity in (one, other)):
            continue  # 42 miles per gallon (18 km per liter)
        low, high = _rounding_bounds(one)
        lower, upper = _rounding_bounds(other)
        exact = one.relation is other.relation is Relation.EQUAL
        slack = 1.0 if exact else 1 + _ABOUT_TOLERANCE
        if low <= upper * slack and lower <= high * slack:
            continue
        reason = f"{one.text} is {one.value:.6g} {one.unit}, but {other.text} is {other.value:.6g} {other.unit}"
        yield QuantityConflict(ConflictKind.SAME, passage.article, passage.paragraph, (first, second), reason)


def _find_total_conflicts(passage: ParagraphQuantities) -> Iterator[QuantityConflict]:
    starts = [quantity.start for quantity in passage.quantities]
    for start, end in split_sentences(passage.text):
        inside = range(bisect_left(starts, start), bisect_left(starts, end))
        if len(inside) > 2:
            yield from _check_sentence_total(passage, inside, start, end)


def _check_sentence_total(
    passage: ParagraphQuantities, inside: Sequence[int], start: int, end: int
) -> Iterator[QuantityConflict]:
    """Yield the conflict of a sentence that prints a total and then some or all of its parts."""
    some, every = (
        _SOME_PARTS_PATTERN.search(passage.text, start, end),
        _ALL_PARTS_PATTERN.search(passage.text, start, end),
    )
    cue = every or some
    if not cue:
        return
    before = [n for n in inside if passage.quantities[n].end <= cue.start()]
    if not before:
        return
    total = passage.quantities[before[-1]]
    parts = [
        n for n in inside if passage.quantities[n].start >= cue.end() and _is_addable_part(total, passage.quantities[n])
    ]
    if len(parts) < 2 or not _are_listed(passage, cue.end(), parts):
        return
    sums = [_rounding_bounds(passage.quantities[n]) for n in parts]
    low, high = sum(s[0] for s in sums), sum(s[1] for s in sums)
    least, most = _rounding_bounds(total)
    value = sum(passage.quantities[n].value for n in parts)
    exact = all(passage.quantities[n].relation is Relation.EQUAL for n in (before[-1], *parts))
    if low > most and total.relation is not Relation.MORE:
        word = "more"
    elif every and not some and high < least and exact:
        word = "less"
    else:
        return
    shown = " + ".join(_printed_quantity(passage, n) for n in parts)
    reason = f"{shown} make {value:.6g} {total.unit}, {word} than {total.text}"
    yield QuantityConflict(ConflictKind.TOTAL, passage.article, passage.paragraph, (before[-1], *parts), reason)


def _are_listed(passage: ParagraphQuantities, start: int, parts: Sequence[int]) -> bool:
    """Return True where nothing but a list stands between the parts: no comparison, no other amount, no new clause."""
    if parts != list(range(parts[0], parts[-1] + 1)):
        return False
    edges = [start, *(edge for n in parts for edge in (passage.quantities[n].start, passage.quantities[n].end))]
    gaps = [passage.text[edges[k] : edges[k + 1]] for k in range(0, len(edges) - 1, 2)]
    return all(len(gap) < _MAX_GAP_CHARACTERS and not _NO_PART_PATTERN.search(gap) for gap in gaps)


def _is_addable_part(total: Quantity, part: Quantity) -> bool:
    """Return True when the part can be added up to the total.

    It has the same unit and rate, and is neither a change nor a range.
    """
    same = part.unit == total.unit and part.rate == total.rate and part.change is None and part.high is None
    return same and part.dimension not in (Dimension.TIMES, Dimension.AGE, Dimension.DURATION)


def _printed_quantity(passage: ParagraphQuantities, n: int) -> str:
    return passage.quantities[n].text


def _rounding_bounds(quantity: Quantity) -> tuple[float, float]:
    """Return the lowest and highest value that the printed digits may stand for.

    38.6 million is 38.55 to 38.65 million. A round number without a decimal point may be rounded at its last digit that
    is not zero.
    """
    match = _DIGITS_PATTERN.search(quantity.text)
    if not match:
        return quantity.value, quantity.value
    digits = match.group().replace(",", "")
    printed = float(digits)
    if not printed:
        return quantity.value, quantity.value
    decimals = match.group(1)
    step = 10.0 ** -len(decimals) if decimals else 10.0 ** (len(digits) - len(digits.rstrip("0")))
    half = step / 2 * abs(quantity.value) / printed
    return quantity.value - half, quantity.value + half
