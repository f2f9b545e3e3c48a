"""Amounts of a paragraph, in order: each number is tried with a unit, then as a count."""

from collections.abc import Iterator

from shanxi_cli.extraction.quantities import modifiers
from shanxi_cli.extraction.quantities.candidates import AmountCandidate, build_amount
from shanxi_cli.extraction.quantities.clock_times import is_clock_time
from shanxi_cli.extraction.quantities.counted_nouns import parse_count, parse_count_without_number
from shanxi_cli.extraction.quantities.exchange_rates import find_exchange_rate
from shanxi_cli.extraction.quantities.false_positives import find_code_end
from shanxi_cli.extraction.quantities.magnitudes import MAGNITUDES, NumberSpan
from shanxi_cli.extraction.quantities.numbers import (
    NUMBER_START_WORDS,
    RANGE_TILDES,
    parse_number_at,
    parse_range_at,
    share_magnitude,
)
from shanxi_cli.extraction.quantities.ratios import parse_ratio
from shanxi_cli.extraction.quantities.spelled_fractions import FRACTION_DENOMINATORS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.unit_matcher import (
    OPEN_SIGN,
    find_currency_before,
    parse_unit_at,
    skip_repeated_currency,
)
from shanxi_cli.extraction.quantities.units import OPEN_MONEY, UnitDefinition
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.frozen_record import replace_fields
from shanxi_cli.util.lexicon import load_terms

_COUNTED_BEHIND_ARTICLE = frozenset(MAGNITUDES) | frozenset(FRACTION_DENOMINATORS) | {"couple"}
_MAX_CHANGE_TOKENS = 26  # tokens between a verb of change and its two ends
_CHANGE_VERBS = (
    load_terms("extraction/rise_verbs") | load_terms("extraction/fall_verbs") | load_terms("extraction/change_verbs")
)


def find_amounts(line: TokenLine, taken: frozenset[int]) -> Iterator[AmountCandidate]:
    """Yield the amounts of `line` in order; tokens in `taken` belong to dates and begin none."""
    after = floor = 0
    for i in _find_number_starts(line):
        if i < after or i in taken:
            continue
        amount, after = _amount_at(line, i, taken, floor)
        if amount is not None:
            yield amount if amount.first >= floor else replace_fields(amount, first=floor)
            floor = amount.last


def _find_number_starts(line: TokenLine) -> list[int]:
    """Return the tokens that a number can begin with."""
    starts = [i for i, token in enumerate(line.tokens) if token[4] == "numeral" or token[1] in NUMBER_START_WORDS]
    if "fold" not in line.text.lower():
        return [i for i in starts if line.lower_words[i] not in ("a", "an") or _may_count_article(line, i)]
    return sorted({*starts, *(i for i, word in enumerate(line.lower_words) if word.endswith("fold"))})


def _may_count_article(line: TokenLine, i: int) -> bool:
    """Return False for most articles: a number begins with one in `a million`, `half a`, or behind a relation."""
    return line.lower_at(i + 1) in _COUNTED_BEHIND_ARTICLE or modifiers.may_end_relation(line.lower_at(i - 1))


def _amount_at(line: TokenLine, i: int, taken: frozenset[int], floor: int) -> tuple[AmountCandidate | None, int]:
    """Return the amount whose number begins at `i`, or None, and the token to continue from."""
    code, first = find_currency_before(line, i)
    if first < floor:
        code, first = "", i
    if not code and "." in line.tokens[i].text and is_clock_time(line, i):
        return None, i + 1
    number = parse_number_at(line, i, money=bool(code))
    if number is None:
        return parse_count_without_number(line, i)
    alone = number
    share = parse_ratio(line, number) if not code else None
    if share:
        return share, share.last
    number = parse_range_at(line, number, money=bool(code))
    if any(k in taken for k in range(alone.last, number.last)):
        number = alone
    if _may_be_two(line, first, number, alone) and _is_change_to_level(line, first, number, None):
        number = alone
    unit, last = _unit_of_currency(line, number, code) if code else parse_unit_at(line, number)
    end = _find_end_of_code(line, number, unit, last, code)
    if end is not None:
        return None, end
    if unit is None or number.is_share:
        return _parse_exchange_rate(line, first, number) or parse_count(line, number, unit)
    if _is_idiomatic(line, number, unit):
        return None, last
    if number.high is not None and line.lower_at(alone.last) == "to" and _is_change_from_to(line, first):
        number, last = alone._replace(value=number.value), alone.last
    elif number.high is None and unit.dimension is not Dimension.TIMES:
        number, last = _parse_range_with_units(line, number, last, unit, first)
    return build_amount(line, first, number, last, unit), last


def _parse_exchange_rate(line: TokenLine, first: int, number: NumberSpan) -> tuple[AmountCandidate, int] | None:
    """Return the amount of `19.34 to the dollar` and the token after it, or None."""
    unit = None if number.is_share else find_exchange_rate(line, number.first, number.last)
    if unit is None:
        return None
    rate = build_amount(line, first, number, number.last, unit)
    return replace_fields(rate, unit_rule="currency of the rate of exchange"), number.last


def _unit_of_currency(line: TokenLine, number: NumberSpan, code: str) -> tuple[UnitDefinition, int]:
    """Return the unit of a currency printed before the number, and the token after the amount."""
    unit = OPEN_MONEY if code == OPEN_SIGN else UnitDefinition(code, Dimension.MONEY)
    return unit, skip_repeated_currency(line, number.last)


def _find_end_of_code(
    line: TokenLine, number: NumberSpan, unit: UnitDefinition | None, last: int, currency: str
) -> int | None:
    """Return the token after a code such as `COVID-19` that the number is part of; None where it is a number.

    `unit`, printed up to the token `last`, makes a code of it only where the number is joined to what precedes it.
    """
    if currency and line.kind_at(number.first - 1) == "word":
        return None
    if unit is None or currency:
        end = find_code_end(line, number)
        return None if currency and line.kind_at(number.last) != "word" else end
    if not line.no_space_before(number.first):
        return None
    end = find_code_end(line, number._replace(last=last))
    return None if end is None else max(end, last)


def _may_be_two(line: TokenLine, first: int, number: NumberSpan, alone: NumberSpan) -> bool:
    """Return True for `by £400m to £5.9bn` and `1 1/8 to 33 3/4`, which can be a change and a level."""
    if number.high is None or line.lower_at(alone.last) != "to":
        return False
    return line.lower_at(first - 1) == "by" or "/" in line.printed_text(first, number.last)


def _is_change_from_to(line: TokenLine, first: int) -> bool:
    """Return True where two ends are two quantities and no range.

    `rose from 20 to 30 percent` gives two quantities, `ranging from 20 to 30 percent` a range. The verb may stand far
    before: it is looked for back to the beginning of its clause.
    """
    if line.lower_at(first - 1) != "from":
        return False
    near = []
    for k in range(first - 2, max(first - _MAX_CHANGE_TOKENS, -1), -1):
        if line.lower_at(k) in (".", ";", ":"):
            break
        near.append(line.lower_at(k))
    return any(_is_change_word(word) for word in near) and not any(
        word.startswith(("rang", "vary", "varie")) for word in near[:9]
    )


def _is_change_word(word: str) -> bool:
    return word in _CHANGE_VERBS


def _is_change_to_level(line: TokenLine, first: int, number: NumberSpan, unit: UnitDefinition | None) -> bool:
    """Return True for `rose nine pence to 412 pence`, a change and the level after it."""
    k = first - 1
    while line.lower_at(k).endswith("ly") or line.lower_at(k) == "by":
        k -= 1
    share = unit is not None and unit.dimension in (Dimension.PERCENT, Dimension.POINTS)
    large = number.high is None or number.high > 3 * number.value
    return not share and large and _is_change_word(line.lower_at(k))


def _parse_range_with_units(
    line: TokenLine, number: NumberSpan, last: int, unit: UnitDefinition, begin: int
) -> tuple[NumberSpan, int]:
    """Extend the number over a range whose unit is printed at both ends.

    `5 percent to 10 percent`, `between 5 mu and 10 mu`. `begin` is the first token of the amount.

    Return the number and the token after the amount.
    """
    before = line.lower_at(begin - 1)
    if line.lower_at(last) == "to" and _is_change_to_level(line, begin, number, unit):
        return number, last
    joined = line.lower_at(last) == "to" or (line.lower_at(last) == "and" and before == "between")
    tilde = line.lower_at(last) in RANGE_TILDES and line.no_space_before(last)
    if not joined and not ((line.is_hyphen(last) or tilde) and line.no_space_before(last + 1)):
        return number, last
    if before == "from" and _is_change_from_to(line, begin):
        return number, last
    j = next((k for k in range(last + 1, last + 4) if line.kind_at(k) == "numeral"), last + 1)
    other, start = find_currency_before(line, j)
    if start != last + 1:
        other, start, j = "", last + 1, last + 1
    high = parse_number_at(line, j, money=bool(other))
    if high is None or start < last:
        return number, last
    upper, end = (UnitDefinition(other, Dimension.MONEY), high.last) if other else parse_unit_at(line, high)
    least = -number.value if before in ("-", "\u2212", "minus") and begin > 1 else number.value
    if upper is None or upper.canonical != unit.canonical or high.value * upper.factor <= least * unit.factor:
        return number, last
    if upper.factor != unit.factor:
        return number, last
    return number._replace(value=share_magnitude(number, high), high=high.value), end


def _is_idiomatic(line: TokenLine, number: NumberSpan, unit: UnitDefinition) -> bool:
    """Return True for `one day`, `at one time`, `one second` as figures of speech."""
    if not number.is_spelled_out or number.value != 1 or number.high is not None or line.is_hyphen(number.last):
        return number.is_spelled_out and number.value == 0 and unit.dimension is Dimension.TIMES
    if unit.dimension is Dimension.TIMES:
        return True
    return unit.canonical == "day" and line.lower_at(number.first - 1) not in (
        "in",
        "for",
        "than",
        "least",
        "just",
        "only",
    )
