"""Numerals of more than one token, and the letters that multiply one.

816 000 tons      groups of three digits parted by a space, with a unit or a noun behind
3-1/2, 2 1/4, ½   mixed and proper fractions; `52 3-5 secs` in old papers
4,5 million       a decimal comma, where a unit is behind
50m yuan          `m` is a million before money, people or a unit; `50m long` is a length
"""

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import (
    CURRENCY_BY_SIGN,
    UNIT_FIRST_WORDS,
    UNITS_BY_ABBREVIATION,
    UNITS_BY_NAME,
)
from shanxi_cli.util.lexicon import load_terms

_LENGTH_NOUNS = load_terms("extraction/length_nouns")
_LOAN_NOUNS = load_terms("extraction/loan_nouns")
_AUDIENCE_NOUNS = load_terms("extraction/audience_nouns")
_MONEY_NOUNS = load_terms("extraction/money_nouns")
_LINKS = frozenset("of about around some nearly almost over than more less at least to rose fell grew reached".split())
_LETTERS = {"m": 1e6, "k": 1e3, "b": 1e9}
_MONEY_LETTERS = _LETTERS | {"t": 1e12, "l": 1e5}
_VULGAR_FRACTIONS = {
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅛": 0.125,
    "⅜": 0.375,
    "⅝": 0.625,
    "⅞": 0.875,
}
_BOND_DENOMINATORS = frozenset([8, 16, 32, 64])
"""Denominators of prices in the press of the exchanges: such a fraction is a figure without a unit behind it."""
_FRACTION_UNITS = frozenset(
    "sec secs second seconds in ins inch inches ft feet yd yds yards miles per percent pct cents dlrs lb lbs oz"
    " points".split()
)
_MAX_GROUPS = 4
_NO_NOUNS = frozenset("long wide deep tall high away down up across apart thick".split())


def is_unit_at(line: TokenLine, j: int) -> bool:
    """Return True where a unit of measure, a currency or its code begins at token `j`."""
    token = line.token_at(j)
    return (
        token.lower in UNIT_FIRST_WORDS
        or token.text in UNITS_BY_ABBREVIATION
        or (token.kind == "word" and token.text in CURRENCY_BY_SIGN and len(token.text) > 1)
        or (token.text == "U" and line.lower_text(j, j + 4) == "u . s .")
    )


def magnitude_of_letter(line: TokenLine, j: int, *, plain: bool) -> float:
    """Return what the letter at `j`, joined to a numeral, multiplies it by: 1e6 in `50m yuan`; 0.0 for a unit.

    `plain` is False where the letter can be no unit's, as behind a currency sign.
    """
    size = (_LETTERS if plain else _MONEY_LETTERS).get(line.lower_at(j), 0.0)
    if not size or not line.no_space_before(j) or (line.no_space_before(j + 1) and line.kind_at(j + 1) == "word"):
        return 0.0
    if not plain:
        return size
    if line.token_at(j).text not in ("m", "k", "b"):
        return 0.0
    following = line.lower_at(j + 1)
    if following in _LOAN_NOUNS or _is_of_large_thing(line, j):
        return size
    if following in _NO_NOUNS or following in _LENGTH_NOUNS or following in ("per", "a", "an", "each"):
        return 0.0
    if following in UNITS_BY_NAME and UNITS_BY_NAME[following].canonical in ("percent", "second", "times"):
        return 0.0
    if is_unit_at(line, j + 1) or _is_capitalised_currency(line, j + 1):
        return size
    noun = noun_phrases.counted_noun_at(line, j + 1)
    if noun is None or line.lower_at(noun.last - 1) in _LENGTH_NOUNS:
        return 0.0
    return size


def _is_of_large_thing(line: TokenLine, j: int) -> bool:
    """Return True for the `m` of `a population of 50m` and `profits rose to 40m`, with `j` at the letter."""
    k = j - 2
    while k > j - 6 and line.lower_at(k) in _LINKS:
        k -= 1
    noun = line.lower_at(k)
    return k < j - 2 and (noun in _AUDIENCE_NOUNS or (line.lower_at(k + 1) == "of" and noun in _MONEY_NOUNS))


def _is_capitalised_currency(line: TokenLine, j: int) -> bool:
    """Return True for `Australian dollars`: a capitalised word and the name of a currency."""
    return line.is_capitalised(j) and line.lower_at(j + 1) in _CURRENCY_NOUNS


_CURRENCY_NOUNS = frozenset(
    "dollar dollars rupee rupees peso pesos franc francs dinar dinars crown crowns shilling shillings pound pounds"
    " riyal riyals rial rials lira liras mark marks krona kronor krone kroner won yen".split()
)


def join_digit_groups(line: TokenLine, i: int, *, money: bool) -> tuple[str, int]:
    """Return the digits of `816 000` that begin at token `i`, and the token after them; the numeral alone else.

    Groups behind an ordinary space count only where a unit, a magnitude or a counted noun follows, or after a currency.
    """
    first = line.token_at(i).text
    if not first.isdigit() or len(first) > 3 or first[0] == "0":
        return first, i + 1
    groups, j, plain_space = [first], i + 1, False
    while j < i + _MAX_GROUPS:
        token = line.token_at(j)
        whole, _, decimals = token.text.partition(".")
        gap = line.text[line.token_at(j - 1).end : token.start] if token.kind == "numeral" else ""
        if len(whole) != 3 or not whole.isdigit() or (decimals and not decimals.isdigit()):
            break
        if gap not in (" ", "\u00a0", "\u202f", "\u2009"):
            break
        plain_space |= gap == " "
        groups.append(token.text)
        j += 1
        if decimals:
            break
    if len(groups) == 1:
        return first, i + 1
    if plain_space and not money and not _is_counting(line, j):
        return first, i + 1
    glued = line.no_space_before(j) and line.lower_at(j) in ("-", "/", ":")
    if glued and not (money and line.lower_at(j) == "/" and line.kind_at(j + 1) == "word"):
        return first, i + 1
    return "".join(groups), j


def is_stray_point(line: TokenLine, j: int) -> bool:
    """Return True for the point of `3. billion`."""
    return line.lower_at(j) == "." and line.no_space_before(j) and line.token_at(j + 1).text in ("million", "billion")


def _is_counting(line: TokenLine, j: int) -> bool:
    following = line.lower_at(j)
    if following in ("million", "billion", "bn", "mn", "mln") or is_unit_at(line, j) or following == "%":
        return True
    noun = noun_phrases.counted_noun_at(line, j)
    return noun is not None and noun.last - j <= 3


def parse_decimal_comma(line: TokenLine, i: int, *, money: bool) -> float | None:
    """Return the value of `4,5` before a unit or a magnitude, or after a currency; None for anything else."""
    whole, comma, decimals = line.token_at(i).text.partition(",")
    if not comma or not whole.isdigit() or not decimals.isdigit() or len(decimals) > 2:
        return None
    j = i + 1 + line.is_hyphen(i + 1)
    behind = line.lower_at(j) in ("million", "billion", "bn", "mn", "mln", "trillion", "%") or is_unit_at(line, j)
    behind |= line.lower_text(i + 1, i + 4) == "of a percentage"
    return float(f"{whole}.{decimals}") if behind or (money and line.lower_at(i + 1) in _LETTERS) else None


def parse_fraction_at(line: TokenLine, i: int) -> tuple[float, int] | None:
    """Return the value of `3-1/2`, `2 1/4`, `7/32` or `2½` at the numeral `i`, and the token after it, or None."""
    text = line.token_at(i).text
    if not text.isdigit() or len(text) > 6:
        return None
    if line.no_space_before(i + 1) and line.token_at(i + 1).text in _VULGAR_FRACTIONS:
        return float(text) + _VULGAR_FRACTIONS[line.token_at(i + 1).text], i + 2
    j = i + 2 if line.is_hyphen(i + 1) and line.no_space_before(i + 2) else i + 1
    if part := _proper_fraction_at(line, j):
        return float(text) + part, j + 3
    if part := _hyphened_fraction_at(line, i + 1):
        return float(text) + part, i + 4
    part = _proper_fraction_at(line, i)
    if part is None or (line.no_space_before(i) and line.kind_at(i - 1) != "mark"):
        return None
    denominator = int(line.token_at(i + 2).text)
    measured = is_unit_at(line, i + 3) or (line.is_hyphen(i + 3) and is_unit_at(line, i + 4))
    alone = denominator in _BOND_DENOMINATORS and not measured and line.lower_at(i - 1) not in ("on", "of", "the")
    return (part, i + 3) if measured or alone else None


def _hyphened_fraction_at(line: TokenLine, i: int) -> float | None:
    """Return the value of the `3-5` of `52 3-5 secs`: old papers print a fraction so before a measure."""
    if not line.is_hyphen(i + 1) or not line.no_space_before(i + 2) or line.no_space_before(i):
        return None
    ends = line.token_at(i).text, line.token_at(i + 2).text
    if line.kind_at(i) != "numeral" or not all(end.isdigit() and len(end) <= 2 for end in ends):
        return None
    numerator, denominator = map(int, ends)
    known = denominator in (2, 3, 4, 5, 10) or denominator in _BOND_DENOMINATORS
    measured = line.lower_at(i + 3) in _FRACTION_UNITS
    return numerator / denominator if known and measured and 0 < numerator < denominator else None


def _proper_fraction_at(line: TokenLine, i: int) -> float | None:
    """Return the value of `1/2` at token `i`, a fraction below one; None for a date or a ratio."""
    if line.lower_at(i + 1) != "/" or not (line.no_space_before(i + 1) and line.no_space_before(i + 2)):
        return None
    ends = line.token_at(i).text, line.token_at(i + 2).text
    if not all(end.isdigit() and len(end) <= 2 and end[0] != "0" for end in ends):
        return None
    if line.no_space_before(i + 3) and line.lower_at(i + 3) in ("/", "-", ":"):
        return None
    numerator, denominator = map(int, ends)
    known = denominator in (2, 3, 4, 5, 10) or denominator in _BOND_DENOMINATORS
    return numerator / denominator if known and numerator < denominator else None
