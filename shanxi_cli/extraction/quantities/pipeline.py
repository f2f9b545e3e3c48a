"""Quantities of a paragraph or an article: the passes in order, and the normal form of a quantity."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from shanxi_cli.extraction.quantities import (
    date_expressions,
    equivalents,
    extractor,
    measured_noun,
    noun_phrases,
    period_resolver,
    rates,
)
from shanxi_cli.extraction.quantities.back_references import PeriodContext
from shanxi_cli.extraction.quantities.borrowed_units import BARE_NUMBER_UNIT, assign_borrowed_units
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.changes import ChangeMatch, detect_change
from shanxi_cli.extraction.quantities.continued_periods import remember_month
from shanxi_cli.extraction.quantities.counted_before import ClauseContext
from shanxi_cli.extraction.quantities.date_ranges import PublicationDate, resolve_publication_date
from shanxi_cli.extraction.quantities.nouns_behind import CountedMatch
from shanxi_cli.extraction.quantities.plurals import is_plural, to_plural
from shanxi_cli.extraction.quantities.prefilter import (
    find_sentences_that_matter,
    may_hold_quantity,
    names_month,
)
from shanxi_cli.extraction.quantities.shared_currencies import resolve_shared_currencies
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import UNITS_BY_NAME, UnitDefinition
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression
from shanxi_cli.model.quantity import Dimension, Quantity, Relation
from shanxi_cli.util.edtf import DateInterval
from shanxi_cli.util.frozen_record import replace_fields

_UNRATED_DIMENSIONS = frozenset(
    [Dimension.AGE, Dimension.DURATION, Dimension.LENGTH, Dimension.VOLTAGE, Dimension.SPEED, Dimension.TIMES]
)
_RELATIVE_DIMENSIONS = frozenset([Dimension.PERCENT, Dimension.POINTS])
_MAX_VALUE = 1e20  # larger numbers in newspapers are codes


class AmountMatches(NamedTuple):
    """Results of the passes after the candidates for one amount."""

    rate: rates.RateMatch
    change: ChangeMatch | None
    counted: CountedMatch
    period: period_resolver.PeriodMatch = period_resolver.PeriodMatch("")


class ParagraphReading(NamedTuple):
    """The amounts of a paragraph in order, with what each pass found; `line` is None where there are none."""

    line: TokenLine | None = None
    drafts: Sequence[AmountCandidate] = ()
    matches: Sequence[AmountMatches] = ()
    quantities: tuple[Quantity, ...] = ()


def read_quantities(text: str, reference: DateInterval | None = None) -> tuple[Quantity, ...]:
    """Return the quantities of a paragraph in order; none overlap, except those that a range was split into.

    `reference` is the date of the article, maybe an estimate: its certain parts resolve `this year` or `in June`. Text
    of any kind is accepted; the time is linear in its length.

    >>> [(q.value, q.unit, q.relation.value) for q in read_quantities("It has about 672,000 rural families.")]
    [(672000.0, 'household', '~')]
    """
    return read_amounts([text], reference)[0].quantities


def _read_with_context(
    text: str, now: PublicationDate, context: PeriodContext, article: str
) -> tuple[ParagraphReading, PeriodContext]:
    if not may_hold_quantity(text):
        return ParagraphReading(), remember_month(text, now, context) if names_month(text) else context
    line = TokenLine(text, find_sentences_that_matter(text))
    expressions = date_expressions.find_time_expressions(line, now)
    taken = frozenset(k for p in expressions for k in range(p.dates_from(line), p.last))
    drafts = assign_borrowed_units(
        line, [a for a in extractor.find_amounts(line, taken) if (a.high or a.value) < _MAX_VALUE]
    )
    if not drafts and not expressions:
        return ParagraphReading(), context
    bounds = line.bounds
    drafts = resolve_shared_currencies(line, drafts, bounds, article)
    periods, context = period_resolver.resolve_periods(line, drafts, expressions, bounds, now, context)
    linked = equivalents.link_equivalent_amounts(line, drafts)
    matches: list[AmountMatches] = []
    quantities: list[Quantity] = []
    for n, scope in enumerate(_amount_scopes(drafts, bounds, expressions, len(line))):
        previous = matches[-1] if matches and drafts[n - 1].number_start >= scope.start else None
        found = _match_amount(line, drafts, n, scope, previous, repeats=n in linked)._replace(period=periods[n])
        matches.append(found)
        quantities.append(_build_quantity(line, drafts[n], found))
    return ParagraphReading(line, drafts, matches, tuple(_link_quantities(quantities, linked))), context


class _AmountScope(NamedTuple):
    """The sentence of an amount, in tokens, half-open, and the times in it."""

    start: int
    end: int
    times: Sequence[TimeExpression]


def _amount_scopes(
    drafts: Sequence[AmountCandidate],
    bounds: Sequence[tuple[int, int]],
    expressions: Sequence[TimeExpression],
    size: int,
) -> Iterator[_AmountScope]:
    firsts = [time.first for time in expressions]
    for draft in drafts:
        start, end = bounds[bisect_right(bounds, (draft.number_start, size + 1)) - 1]
        yield _AmountScope(start, end, expressions[bisect_left(firsts, start) : bisect_left(firsts, end)])


def read_paragraphs(paragraphs: Iterable[str], reference: DateInterval | None = None) -> list[tuple[Quantity, ...]]:
    """Return the quantities of each paragraph of an article, as from `read_quantities`, a tuple per paragraph.

    A time that one paragraph names carries over to the next: `in that year`, `exports rose 5 percent`.
    """
    return [reading.quantities for reading in read_amounts(paragraphs, reference)]


def read_amounts(paragraphs: Iterable[str], reference: DateInterval | None = None) -> list[ParagraphReading]:
    """Return the readings of the paragraphs of an article: their quantities, and what each pass found of them."""
    paragraphs = list(paragraphs)
    article = "\n".join(paragraphs)
    now = resolve_publication_date(reference)._replace(article=article)
    context = PeriodContext()
    by_paragraph: list[ParagraphReading] = []
    for text in paragraphs:
        reading, context = _read_with_context(text, now, context.for_next_paragraph(), article)
        by_paragraph.append(reading)
    return by_paragraph


def _match_amount(
    line: TokenLine,
    drafts: Sequence[AmountCandidate],
    n: int,
    scope: _AmountScope,
    previous: AmountMatches | None,
    *,
    repeats: bool,
) -> AmountMatches:
    """Return what the sentence says about the amount `n`; `repeats`: it repeats the one before in another unit."""
    draft = drafts[n]
    following = drafts[n + 1] if n + 1 < len(drafts) else None
    rate = _find_rate(line, draft, following, scope.start)
    if following and rate.last > following.first:  # each RMB 5
        rate = rates.RateMatch("", draft.last)
    counted = CountedMatch("")
    if not repeats:
        clause = ClauseContext(scope.times, rate.last)
        if previous:
            clause = clause._replace(
                previous=drafts[n - 1], previous_last=previous.rate.last, counted=previous.counted.phrase
            )
        counted = measured_noun.find_counted_phrase(line, draft, clause)
    return AmountMatches(rate, detect_change(line, draft, scope.start, scope.end), counted)


def _build_quantity(line: TokenLine, draft: AmountCandidate, found: AmountMatches) -> Quantity:
    """Return the quantity of an amount; `_link_quantities` links it."""
    unit, counted = draft.unit or BARE_NUMBER_UNIT, found.counted.phrase
    told = found.counted.rule == "noun behind of"
    if unit is BARE_NUMBER_UNIT and counted and told and _is_counted_noun(head := counted.split()[-1].lower()):
        unit = UnitDefinition(noun_phrases.unit_of_noun(head), Dimension.COUNT)  # cases rose to 1,234
    first = line.tokens[draft.first].start
    stop = line.tokens[found.rate.last - 1].end
    return Quantity(
        text=line.text[first:stop],
        start=first,
        end=stop,
        value=_convert_to_unit(unit, draft.value),
        unit=unit.canonical,
        dimension=unit.dimension,
        high=None if draft.high is None else _convert_to_unit(unit, draft.high),
        relation=draft.relation,
        rate=found.rate.noun,
        change=found.change.change if found.change else None,
        counted=counted,
        period=found.period.period,
    )


def _is_counted_noun(word: str) -> bool:
    return is_plural(word) and word not in UNITS_BY_NAME


def _find_rate(
    line: TokenLine, draft: AmountCandidate, following: AmountCandidate | None, start: int
) -> rates.RateMatch:
    """Return the rate; its last token is that of the quantity: `a year` belongs to it where it follows immediately."""
    dimension = draft.unit.dimension if draft.unit else Dimension.COUNT
    if dimension in _UNRATED_DIMENSIONS:
        return rates.RateMatch("", draft.last)
    rate = rates.parse_rate_after(line, draft.last)
    if rate.noun and not (rate.rule == "rate of exchange" and dimension in _RELATIVE_DIMENSIONS):
        return rate
    bracketed = following and line.lower_at(draft.last) == "(" and following.first <= draft.last + 2
    if following and bracketed and line.lower_at(following.last) == ")":  # the rate after the same amount in brackets
        rate = rates.parse_rate_after(line, following.last + 1)
    if line.lower_at(draft.last) == ")" and line.lower_at(draft.first - 1) == "(":
        rate = rates.parse_rate_after(line, draft.last + 1)
    if not rate.noun:
        rate = rates.find_rate_before(line, draft.first, start)
        if dimension in _RELATIVE_DIMENSIONS and rate.rule == "per unit":
            rate = rates.RateMatch("", draft.last)  # revenue per passenger fell 2 percent
    return rate._replace(last=draft.last)


def _link_quantities(quantities: list[Quantity], linked: dict[int, int]) -> list[Quantity]:
    """Link equivalent quantities to each other; they share what is said of the first."""
    for second, first in linked.items():
        one, other = quantities[first], quantities[second]
        relation = one.relation if other.relation is Relation.EQUAL else other.relation
        rate, period = one.rate or other.rate, one.period or other.period
        shared = {"rate": rate, "period": period, "change": one.change, "counted": one.counted}
        quantities[second] = replace_fields(other, relation=relation, same_as=first, **shared)
        quantities[first] = replace_fields(one, rate=rate, same_as=one.same_as if one.same_as is not None else second)
    return quantities


def _convert_to_unit(unit: UnitDefinition, value: float) -> float:
    """Return a printed value in the canonical unit, rounded to 12 significant digits."""
    if unit.factor == 1 and not unit.offset:
        return value
    return float(f"{value * unit.factor + unit.offset:.12g}")


def format_quantity(quantity: Quantity) -> str:
    """Return the normal form of a quantity, which `read_quantities` parses to the same amount.

    `> 240,000,000 CNY per year`: relation (left out when equal), value or range, unit (counted nouns in the plural),
    rate.
    """
    sign = "" if quantity.relation is Relation.EQUAL else f"{quantity.relation.value} "
    low, high = _format_value(quantity.value), "" if quantity.high is None else f" to {_format_value(quantity.high)}"
    unit = quantity.unit
    rate = f" per {quantity.rate}" if quantity.rate else ""
    if not unit:  # so that it is no year
        return f"{sign}{low if not low.isdigit() else low + '.0'}{high}{rate}"
    if quantity.dimension in (Dimension.COUNT, Dimension.DURATION) and (quantity.value != 1 or high):
        unit = to_plural(unit)
    return f"{sign}{low}{high} {unit}{rate}"


def _format_value(value: float) -> str:
    """Return the value with twelve significant digits, without an exponent, with commas."""
    return f"{Decimal(f'{value:.12g}'):,f}"
