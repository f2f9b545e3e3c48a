"""Numbers as newspapers print them: digits, words, magnitudes, fractions, ranges. It knows no units.

    1,416   0.4   157 million   1.5bn   two hundred and five   twenty-five million   a dozen
    half a million   one and a half   two-thirds (66.67 percent)   160-400   20 to 30   $5-10 million

`false_positives` decides on a lone year, a clock time, a telephone number or `first`.
"""

from shanxi_cli.extraction.quantities import numerals
from shanxi_cli.extraction.quantities.magnitudes import NumberSpan, apply_magnitudes, multiply_rounded
from shanxi_cli.extraction.quantities.spelled_fractions import (
    parse_article_number,
    parse_quarter,
    parse_spelled_fraction,
)
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.util.lexicon import load_list

SMALL_NUMBERS = {word: float(n) for n, word in enumerate(load_list("extraction/cardinals"))}
TENS_WORDS = {word: 10.0 * n for n, word in enumerate(load_list("extraction/tens"), 2)}
NUMBER_START_WORDS = (
    frozenset(SMALL_NUMBERS) | frozenset(TENS_WORDS) | frozenset("a an half quarter couple once twice thrice".split())
)
"""The words that a number can begin with."""
RANGE_TILDES = frozenset("~\uff5e\u301c")
"""Marks of a range in East Asia: `5~10`."""
_MAX_NUMERAL_CHARACTERS = 40  # characters of a numeral; longer ones are codes
_MAX_NUMERAL_DIGITS = 15  # of a numeral without commas


def parse_number_at(line: TokenLine, i: int, *, money: bool = False) -> NumberSpan | None:
    """Parse the longest number that begins at token `i`; None when there is none.

    `money`: a currency sign precedes it, so that the letters of `5m` are a magnitude.
    """
    number = _parse_numeral_at(line, i, money=money) if line.kind_at(i) == "numeral" else _parse_spelled_number(line, i)
    if number is None or number.is_share or number.is_vague:
        return number
    return _extend_with_half(line, number)


def parse_range_at(line: TokenLine, low: NumberSpan, *, money: bool = False) -> NumberSpan:
    """Return the range that `low` opens, or `low` itself.

    `160-400`, `20 to 30`, `two or three`, `between 15 and 17`.
    """
    j = low.last
    joiner = line.lower_at(j)
    hyphened = line.is_hyphen(j)
    if hyphened or (joiner in RANGE_TILDES and line.no_space_before(j) and line.no_space_before(j + 1)):
        j += 1
        if line.lower_at(j) == "to" and line.is_hyphen(j + 1):
            j += 2
    elif joiner in ("to", "or") or (
        joiner == "and" and "between" in (line.lower_at(low.first - k) for k in range(1, 4 if money else 2))
    ):
        j += 1
    else:
        return low
    if line.token_at(j).text in ("$", "€", "£", "¥"):
        j += 1
    high = parse_number_at(line, j, money=money)
    if high is None or low.is_share or high.is_share or (joiner == "or" and high.value - low.value > 10 * low.value):
        return low
    value = share_magnitude(low, high)
    if value >= high.value or (hyphened and low.is_spelled_out != high.is_spelled_out):
        return low
    return low._replace(
        last=high.last, value=value, high=high.value, is_plain_numeral=low.is_plain_numeral and high.is_plain_numeral
    )


def share_magnitude(low: NumberSpan, high: NumberSpan) -> float:
    """Return the lower end in the magnitude of the upper where only that is printed: `2 to 3 million`, `1.5-2bn`."""
    shared = low.scale == 1 and high.scale >= 1e3 and low.value < high.value / high.scale
    return multiply_rounded(low.value, high.scale) if shared else low.value


def parse_numeral(text: str) -> float | None:
    """Return the value of a run of digits, commas and points; None for what is no number (`1.2.3`, `12,34`)."""
    if len(text) > _MAX_NUMERAL_CHARACTERS or (len(text) > _MAX_NUMERAL_DIGITS and text.isdigit()):
        return None
    whole, point, fraction = text.partition(".")
    if "." in fraction or "," in fraction or (point and not fraction):
        return None
    groups = whole.split(",")
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(g) != 3 for g in groups[1:])):
        return None
    return float("".join(groups) + point + fraction)


def _parse_numeral_at(line: TokenLine, i: int, *, money: bool) -> NumberSpan | None:
    if fraction := numerals.parse_fraction_at(line, i):
        scaled, last = apply_magnitudes(line, fraction[1], fraction[0], money=money)
        return NumberSpan(i, last, scaled, scale=scaled / fraction[0])
    text, j = numerals.join_digit_groups(line, i, money=money)
    value = parse_numeral(text)
    if value is None:
        value = numerals.parse_decimal_comma(line, i, money=money)
    if value is None:
        return None
    scaled, last = apply_magnitudes(line, j, value, money=money)
    size = scaled / value if value else 1.0
    if last == j and (letter := numerals.magnitude_of_letter(line, j, plain=not money)):
        size, scaled, last = letter, multiply_rounded(value, letter), j + 1
    alone = last == i + 1 and text.isdigit()
    plain = alone and not (len(text) > 1 and text[0] == "0")
    if alone and not plain:
        return None  # 007, 0354
    return NumberSpan(i, last, scaled, is_plain_numeral=plain, scale=size)


def _parse_spelled_number(line: TokenLine, i: int) -> NumberSpan | None:
    word = line.lower_at(i)
    if word in ("a", "an", "half", "couple"):
        return parse_article_number(line, i)
    if word == "quarter":
        return parse_quarter(line, i)
    if word not in SMALL_NUMBERS and word not in TENS_WORDS:
        return None
    total, group, j = 0.0, 0.0, i
    while True:
        group, j = _parse_below_hundred(line, j)
        if line.lower_at(j) == "hundred":
            group, j = group * 100, j + 1
            k = j + 1 if line.lower_at(j) == "and" else j
            if line.lower_at(k) in SMALL_NUMBERS or line.lower_at(k) in TENS_WORDS:
                rest, j = _parse_below_hundred(line, k)
                group += rest
        scaled, after = apply_magnitudes(line, j, group)
        total, larger, j = total + scaled, scaled > group, after
        if not larger or not (line.lower_at(j) in SMALL_NUMBERS or line.lower_at(j) in TENS_WORDS) or scaled < 1e3:
            break
    part = parse_spelled_fraction(line, i, j, total)
    return part or NumberSpan(i, j, total, is_spelled_out=True, scale=scaled / group if larger else 1.0)


def _parse_below_hundred(line: TokenLine, j: int) -> tuple[float, int]:
    word = line.lower_at(j)
    if word in SMALL_NUMBERS:
        return SMALL_NUMBERS[word], j + 1
    k = j + 2 if line.is_hyphen(j + 1) else j + 1
    unit = SMALL_NUMBERS.get(line.lower_at(k), 0.0)
    return (TENS_WORDS[word] + unit, k + 1) if 1 <= unit <= 9 else (TENS_WORDS[word], j + 1)


def _extend_with_half(line: TokenLine, number: NumberSpan) -> NumberSpan:
    """Return the number of `two and a half` and `two and a half million`, or the number as it is."""
    j = number.last
    if line.lower_text(j, j + 3) != "and a half" or number.value >= 100:
        return number
    value, last = apply_magnitudes(line, j + 3, number.value + 0.5)
    return number._replace(last=last, value=value, is_plain_numeral=False)
