"""Numbers as newspapers print them: digits, words, magnitudes, fractions, ranges. No units here.

    1,416   0.4   157 million   1.5bn   two hundred and five   twenty-five million   a dozen
    half a million   one and a half   two-thirds (66.67 percent)   160-400   20 to 30   $5-10 million

A lone year, a clock, a telephone number or `first` are not decided here but in `names`.
"""

from typing import NamedTuple

from shanxi_cli.extraction.quantities.noun_phrases import STOPS
from shanxi_cli.extraction.quantities.token_line import Line

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
SMALL = {word: float(n) for n, word in enumerate([*_UNITS, "sixteen", "seventeen", "eighteen", "nineteen"])}
TENS = {w: 10.0 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
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
_LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}  # of money only: $5m
_PARTS = {
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
}
PARTS = _PARTS | {word + "s": n for word, n in _PARTS.items() if word not in ("half", "halves")}
BEGINNINGS = frozenset(SMALL) | frozenset(TENS) | frozenset("a an half couple once twice thrice".split())
"""The words that a number can begin with."""
_LONGEST = 40  # characters of a numeral; longer ones are codes
_DIGITS = 15  # of a numeral without commas


class Number(NamedTuple):
    """A number at the pieces `first` to `last` (excluded). `high` is the upper end of a range."""

    first: int
    last: int
    value: float
    high: float | None = None
    share: bool = False  # a fraction: the value is in percent
    vague: bool = False  # a couple
    plain: bool = False  # digits alone, without comma, point or magnitude: may be a year or a name
    spelled: bool = False


def number_at(line: Line, i: int, money: bool = False) -> Number | None:
    """The number that begins at piece `i`, as long as it can be; None when there is none.

    `money` says that a sign of a currency stands before it, so that the letters of `5m` are a magnitude.
    """
    found = _numeral(line, i, money) if line.kind(i) == "numeral" else _spelled(line, i)
    if found is None or found.share or found.vague:
        return found
    return _and_a_half(line, found)


def range_at(line: Line, low: Number, money: bool = False) -> Number:
    """`low`, or the range that it opens: `160-400`, `20 to 30`, `two or three`, `between 15 and 17`."""
    j = low.last
    joiner = line.low(j)
    hyphened = line.hyphen(j)
    if hyphened:
        j += 1
        if line.low(j) == "to" and line.hyphen(j + 1):
            j += 2
    elif joiner in ("to", "or") or (joiner == "and" and line.low(low.first - (2 if money else 1)) == "between"):
        j += 1
    else:
        return low
    if line.at(j).text in ("$", "€", "£", "¥"):
        j += 1
    high = number_at(line, j, money)
    if high is None or low.share or high.share or (joiner == "or" and high.value - low.value > 10 * low.value):
        return low
    value = _shared(low, high) if line.kind(high.last - 1) == "word" else low.value
    if value >= high.value or (hyphened and low.spelled != high.spelled):
        return low
    return low._replace(last=high.last, value=value, high=high.value, plain=low.plain and high.plain)


def _shared(low: Number, high: Number) -> float:
    """The lower end, in the magnitude of the upper where only that is printed: `2 to 3 million`."""
    if not (low.plain or low.spelled) or high.value < 1e3 or low.value >= 1e3:
        return low.value
    for size in (1e12, 1e9, 1e6, 1e3):
        if high.value >= size and not high.plain:
            return low.value * size if low.value < high.value / size else low.value
    return low.value


def numeral(text: str) -> float | None:
    """The value of a run of digits, commas and points; None for what is no number (`1.2.3`, `12,34`)."""
    if len(text) > _LONGEST or (len(text) > _DIGITS and text.isdigit()):
        return None
    whole, point, fraction = text.partition(".")
    if "." in fraction or "," in fraction or (point and not fraction):
        return None
    groups = whole.split(",")
    if len(groups) > 1 and (not 1 <= len(groups[0]) <= 3 or any(len(g) != 3 for g in groups[1:])):
        return None
    return float("".join(groups) + point + fraction)


def _numeral(line: Line, i: int, money: bool) -> Number | None:
    piece = line.at(i)
    value = numeral(piece.text)
    if value is None:
        return None
    scaled, j = _magnitude(line, i + 1, value)
    if j == i + 1 and money and line.glued(j) and line.low(j) in _LETTERS:
        scaled, j = value * _LETTERS[line.low(j)], j + 1
    plain = j == i + 1 and piece.text.isdigit() and not (len(piece.text) > 1 and piece.text[0] == "0")
    if j == i + 1 and not plain and piece.text.isdigit():
        return None  # 007, 0354
    return Number(i, j, scaled, plain=plain)


def _magnitude(line: Line, j: int, value: float) -> tuple[float, int]:
    """`value` times the magnitudes from piece `j` on (at most two: `5 hundred million`), and where they end."""
    for _ in range(2):
        k = j + 1 if line.hyphen(j) else j
        size = MAGNITUDES.get(line.low(k))
        if size is None:
            break
        value, j = _times(value, size), k + 1
    return value, j


def _times(value: float, size: float) -> float:
    """The product without the dust of binary fractions: 8.7 billion is 8700000000."""
    return float(f"{value * size:.15g}")


def _spelled(line: Line, i: int) -> Number | None:
    word = line.low(i)
    if word in ("a", "an", "half", "couple"):
        return _article(line, i)
    if word not in SMALL and word not in TENS:
        return None
    total, group, j = 0.0, 0.0, i
    while True:
        group, j = _below_hundred(line, j)
        if line.low(j) == "hundred":
            group, j = group * 100, j + 1
            k = j + 1 if line.low(j) == "and" else j
            if line.low(k) in SMALL or line.low(k) in TENS:
                rest, j = _below_hundred(line, k)
                group += rest
        scaled, after = _magnitude(line, j, group)
        total, larger, j = total + scaled, scaled > group, after
        if not larger or not (line.low(j) in SMALL or line.low(j) in TENS) or scaled < 1e3:
            break
    part = _part(line, i, j, total)
    return part or Number(i, j, total, spelled=True)


def _below_hundred(line: Line, j: int) -> tuple[float, int]:
    word = line.low(j)
    if word in SMALL:
        return SMALL[word], j + 1
    k = j + 2 if line.hyphen(j + 1) else j + 1
    unit = SMALL.get(line.low(k), 0.0)
    return (TENS[word] + unit, k + 1) if 1 <= unit <= 9 else (TENS[word], j + 1)


def _part(line: Line, i: int, j: int, count: float) -> Number | None:
    """`two-thirds`, `three quarters of`: a fraction as a share in percent."""
    k = j + 1 if line.hyphen(j) else j
    size = PARTS.get(line.low(k))
    if not size or not 1 <= count < size <= 10:
        return None
    ends = line.kind(k + 1) != "word" or line.low(k + 1) in STOPS
    if k == j and not ends and not line.low(k).endswith("s"):
        return None  # one third party
    return Number(i, k + 1, 100 * count / size, share=True, spelled=True)


def _article(line: Line, i: int) -> Number | None:
    """`a million`, `a dozen`, `a couple of`, `half a million`, `half of`, `a third of`; an article alone is none."""
    j = i + 1 if line.low(i) in ("a", "an") else i
    word = line.low(j)
    if word == "couple" and (line.low(j + 1) == "of" or j > i):
        return Number(i, j + 2, 2.0, vague=True, spelled=True) if line.low(j + 1) == "of" else None
    if word in MAGNITUDES and len(word) > 3:
        value, last = _magnitude(line, j, 1.0)
        return Number(i, last, value, spelled=True)
    if word == "half":
        return _half(line, i, j)
    if word in PARTS and j > i and line.low(j + 1) == "of" and not word.endswith("s"):
        if line.low(j + 2) == "a" and line.low(j + 3) in MAGNITUDES:  # a quarter of a million
            value, last = _magnitude(line, j + 3, 1.0)
            return Number(i, last, value / PARTS[word], spelled=True)
        return Number(i, j + 1, 100 / PARTS[word], share=True, spelled=True)
    return None


def _half(line: Line, i: int, j: int) -> Number | None:
    if line.low(j + 1) in ("a", "an") or (line.hyphen(j + 1) and line.low(j + 2) == "a"):
        value, last = _magnitude(line, j + 2, 1.0)
        return Number(i, last, value / 2, spelled=True)
    if line.low(j + 1) in MAGNITUDES:  # half million
        value, last = _magnitude(line, j + 1, 1.0)
        return Number(i, last, value / 2, spelled=True)
    return Number(i, j + 1, 50.0, share=True, spelled=True)


def _and_a_half(line: Line, number: Number) -> Number:
    """`two and a half`, and `two and a half million`."""
    j = number.last
    if line.phrase(j, j + 3) != "and a half" or number.value >= 100:
        return number
    value, last = _magnitude(line, j + 3, number.value + 0.5)
    return number._replace(last=last, value=value, plain=False)
