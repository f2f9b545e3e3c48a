"""Numbers as newspapers print them: digits, words, magnitudes, fractions, ranges. It knows no units.

    1,416   0.4   157 million   1.5bn   two hundred and five   twenty-five million   a dozen
    half a million   one and a half   two-thirds (66.67 percent)   160-400   20 to 30   $5-10 million

`false_positives` decides on a lone year, a clock time, a telephone number or `first`.
"""

from typing import NamedTuple

from shanxi_cli.extraction.quantities import numerals
from shanxi_cli.extraction.quantities.noun_phrases import STOP_WORDS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.util.lexicon import load_list

SMALL_NUMBERS = {word: float(n) for n, word in enumerate(load_list("extraction/cardinals"))}
TENS_WORDS = {word: 10.0 * n for n, word in enumerate(load_list("extraction/tens"), 2)}
MAGNITUDES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
    "lakh": 1e5,
    "crore": 1e7,
    "bn": 1e9,
    "mn": 1e6,
    "mln": 1e6,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "dozen": 12.0,
}
_FRACTION_DENOMINATORS = {
    "half": 2.0,
    "halves": 2.0,
    "third": 3.0,
    "quarter": 4.0,
    "fourth": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "seventh": 7.0,
    "eighth": 8.0,
    "ninth": 9.0,
    "tenth": 10.0,
    "hundredth": 100.0,
}
FRACTION_DENOMINATORS = _FRACTION_DENOMINATORS | {
    word + "s": n for word, n in _FRACTION_DENOMINATORS.items() if word not in ("half", "halves")
}
NUMBER_START_WORDS = (
    frozenset(SMALL_NUMBERS) | frozenset(TENS_WORDS) | frozenset("a an half quarter couple once twice thrice".split())
)
"""The words that a number can begin with."""
RANGE_TILDES = frozenset("~\uff5e\u301c")
"""Marks of a range in East Asia: `5~10`."""
_MAX_NUMERAL_CHARACTERS = 40  # characters of a numeral; longer ones are codes
_MAX_NUMERAL_DIGITS = 15  # of a numeral without commas


class NumberSpan(NamedTuple):
    """A number in the tokens `first` to `last` (half-open). `high` is the upper end of a range."""

    first: int
    last: int
    value: float
    high: float | None = None
    is_share: bool = False  # a fraction: the value is in percent
    is_vague: bool = False  # a couple
    is_plain_numeral: bool = False  # digits alone, without comma, point or magnitude: may be a year or a name
    is_spelled_out: bool = False


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
    value = _apply_shared_magnitude(low, high) if line.kind_at(high.last - 1) == "word" else low.value
    if value >= high.value or (hyphened and low.is_spelled_out != high.is_spelled_out):
        return low
    return low._replace(
        last=high.last, value=value, high=high.value, is_plain_numeral=low.is_plain_numeral and high.is_plain_numeral
    )


def _apply_shared_magnitude(low: NumberSpan, high: NumberSpan) -> float:
    """Return the lower end in the magnitude of the upper where only that is printed: `2 to 3 million`, `1.5-2bn`."""
    if high.value < 1e3 or low.value >= 1e3:
        return low.value
    for size in (1e12, 1e9, 1e6, 1e3):
        if high.value >= size and not high.is_plain_numeral:
            return low.value * size if low.value < high.value / size else low.value
    return low.value


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
        scaled, last = _apply_magnitudes(line, fraction[1], fraction[0])
        return NumberSpan(i, last, scaled)
    text, j = numerals.join_digit_groups(line, i, money=money)
    value = parse_numeral(text)
    if value is None:
        value = numerals.parse_decimal_comma(line, i, money=money)
    if value is None:
        return None
    scaled, last = _apply_magnitudes(line, j, value)
    if last == j and (size := numerals.magnitude_of_letter(line, j, plain=not money)):
        scaled, last = _multiply_rounded(value, size), j + 1
    elif last == j and money and line.no_space_before(j) and line.lower_at(j) == "t":
        scaled, last = _multiply_rounded(value, 1e12), j + 1
    alone = last == i + 1 and text.isdigit()
    plain = alone and not (len(text) > 1 and text[0] == "0")
    if alone and not plain:
        return None  # 007, 0354
    return NumberSpan(i, last, scaled, is_plain_numeral=plain)


def _apply_magnitudes(line: TokenLine, j: int, value: float) -> tuple[float, int]:
    """Return `value` times the magnitudes from token `j` on (at most two: `5 hundred million`), and their end."""
    for _ in range(2):
        k = j + 1 if line.is_hyphen(j) or numerals.is_stray_point(line, j) else j
        size = MAGNITUDES.get(line.lower_at(k))
        if size is None:
            break
        value, j = _multiply_rounded(value, size), k + 1
    return value, j


def _multiply_rounded(value: float, size: float) -> float:
    """Return the product, rounded to 15 significant digits: 8.7 billion is 8700000000."""
    return float(f"{value * size:.15g}")


def _parse_spelled_number(line: TokenLine, i: int) -> NumberSpan | None:
    word = line.lower_at(i)
    if word in ("a", "an", "half", "couple"):
        return _parse_article_number(line, i)
    if word == "quarter":
        return _parse_quarter(line, i)
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
        scaled, after = _apply_magnitudes(line, j, group)
        total, larger, j = total + scaled, scaled > group, after
        if not larger or not (line.lower_at(j) in SMALL_NUMBERS or line.lower_at(j) in TENS_WORDS) or scaled < 1e3:
            break
    part = _parse_fraction(line, i, j, total)
    return part or NumberSpan(i, j, total, is_spelled_out=True)


def _parse_below_hundred(line: TokenLine, j: int) -> tuple[float, int]:
    word = line.lower_at(j)
    if word in SMALL_NUMBERS:
        return SMALL_NUMBERS[word], j + 1
    k = j + 2 if line.is_hyphen(j + 1) else j + 1
    unit = SMALL_NUMBERS.get(line.lower_at(k), 0.0)
    return (TENS_WORDS[word] + unit, k + 1) if 1 <= unit <= 9 else (TENS_WORDS[word], j + 1)


def _parse_fraction(line: TokenLine, i: int, j: int, count: float) -> NumberSpan | None:
    """Parse `two-thirds`, `three quarters of`: a fraction as a share in percent."""
    k = j + 1 if line.is_hyphen(j) else j
    size = FRACTION_DENOMINATORS.get(line.lower_at(k))
    if not size or not 1 <= count < size or (size > 10 and line.lower_text(k + 1, k + 3) != "of a"):
        return None
    ends = line.kind_at(k + 1) != "word" or line.lower_at(k + 1) in STOP_WORDS
    if k == j and not ends and not line.lower_at(k).endswith("s"):
        return None  # one third party
    return NumberSpan(i, k + 1, 100 * count / size, is_share=True, is_spelled_out=True)


def _parse_article_number(line: TokenLine, i: int) -> NumberSpan | None:
    """Parse `a million`, `a dozen`, `a couple of`, `half a million`, `half of`, `a third of`.

    An article alone is no number.
    """
    j = i + 1 if line.lower_at(i) in ("a", "an") else i
    word = line.lower_at(j)
    if word == "couple" and (line.lower_at(j + 1) == "of" or j > i):
        return NumberSpan(i, j + 2, 2.0, is_vague=True, is_spelled_out=True) if line.lower_at(j + 1) == "of" else None
    if word in MAGNITUDES and len(word) > 3:
        value, last = _apply_magnitudes(line, j, 1.0)
        return NumberSpan(i, last, value, is_spelled_out=True)
    if word == "half":
        return _parse_half(line, i, j)
    changed = line.lower_at(i - 1) == "by" and (line.kind_at(j + 1) != "word" or line.lower_at(j + 1) in STOP_WORDS)
    changed = changed and line.lower_at(j + 1) != "of" and not line.is_hyphen(j + 1)
    if word in FRACTION_DENOMINATORS and j > i and changed:  # jumped by a fifth
        return NumberSpan(i, j + 1, 100 / FRACTION_DENOMINATORS[word], is_share=True, is_spelled_out=True)
    if word in FRACTION_DENOMINATORS and j > i and line.lower_at(j + 1) == "of" and not word.endswith("s"):
        if (k := _skip_of_a(line, j + 1)) > j + 1:
            return NumberSpan(i, k, 1 / FRACTION_DENOMINATORS[word], is_spelled_out=True)
        if line.lower_at(j + 2) == "a" and line.lower_at(j + 3) in MAGNITUDES:  # a quarter of a million
            value, last = _apply_magnitudes(line, j + 3, 1.0)
            return NumberSpan(i, last, value / FRACTION_DENOMINATORS[word], is_spelled_out=True)
        return NumberSpan(i, j + 1, 100 / FRACTION_DENOMINATORS[word], is_share=True, is_spelled_out=True)
    return None


def _parse_half(line: TokenLine, i: int, j: int) -> NumberSpan | None:
    article = j + 2 if line.is_hyphen(j + 1) else j + 1
    if line.lower_at(article) in ("a", "an"):
        value, last = _apply_magnitudes(line, article + 1, 1.0)
        return NumberSpan(i, last, value / 2, is_spelled_out=True)
    k = j + 2 if line.is_hyphen(j + 1) else j + 1
    if line.lower_at(k) in MAGNITUDES:  # half million, half-mln
        if k > j + 1 and i < j:
            return None  # the article of a half-mln is none of the number
        value, last = _apply_magnitudes(line, k, 1.0)
        return NumberSpan(i, last, value / 2, is_spelled_out=True)
    if _is_point(line, k):
        return None if i < j else NumberSpan(i, k if k == j + 1 else j + 1, 0.5, is_spelled_out=True)
    return NumberSpan(i, j + 1, 50.0, is_share=True, is_spelled_out=True)


def _skip_of_a(line: TokenLine, k: int) -> int:
    """Return the token after `of a` in `a quarter of a percentage point`, or `k`."""
    return k + 2 if line.lower_text(k, k + 2) == "of a" and _is_point(line, k + 2) else k


def _is_point(line: TokenLine, k: int) -> bool:
    """Return True for `point` as in `half-point`, `quarter percentage point`."""
    k += line.lower_at(k) == "percentage"
    return line.lower_at(k) in ("point", "points")


def _parse_quarter(line: TokenLine, i: int) -> NumberSpan | None:
    """Parse `quarter-point`, `quarter-million`: a quarter joined to what it is of."""
    k = i + 2 if line.is_hyphen(i + 1) else i + 1
    if _is_point(line, k):
        return NumberSpan(i, i + 1, 0.25, is_spelled_out=True)
    if k > i + 1 and line.lower_at(k) in MAGNITUDES:
        value, last = _apply_magnitudes(line, k, 1.0)
        return NumberSpan(i, last, value / 4, is_spelled_out=True)
    return None


def _extend_with_half(line: TokenLine, number: NumberSpan) -> NumberSpan:
    """Return the number of `two and a half` and `two and a half million`, or the number as it is."""
    j = number.last
    if line.lower_text(j, j + 3) != "and a half" or number.value >= 100:
        return number
    value, last = _apply_magnitudes(line, j + 3, number.value + 0.5)
    return number._replace(last=last, value=value, is_plain_numeral=False)
