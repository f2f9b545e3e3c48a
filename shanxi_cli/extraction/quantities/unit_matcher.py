"""Units beside a number: after it (`16-gigawatt`, `5 sq km`), or, for money, before it (`US$1.5m`)."""

from shanxi_cli.extraction.quantities import rates
from shanxi_cli.extraction.quantities.numbers import NumberSpan
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import (
    CURRENCY_BY_SIGN,
    MAX_UNIT_NAME_WORDS,
    UNITS_BY_ABBREVIATION,
    UNITS_BY_NAME,
    UnitDefinition,
)
from shanxi_cli.model.quantity import Dimension

AGE_UNIT = UnitDefinition("year of age", Dimension.AGE)
OCCURRENCE_UNIT = UnitDefinition("time", Dimension.COUNT)
MULTIPLE_UNIT = UnitDefinition("times", Dimension.TIMES)
PERCENT_UNIT = UnitDefinition("percent", Dimension.PERCENT)
_UNIT_FIRST_WORDS = frozenset(name.split()[0] for name in UNITS_BY_NAME)


def parse_unit_at(line: TokenLine, number: NumberSpan) -> tuple[UnitDefinition | None, int]:
    """Parse the unit printed after a number: the unit and the token after it; (None, number.last) for none."""
    j = number.last
    if line.is_hyphen(j) and line.no_space_before(j + 1):
        j += 1
    low = line.lower_at(j)
    if low == "times" or low == "fold":
        often = low == "times" and bool(rates.parse_rate_after(line, j + 1)[0])
        return (OCCURRENCE_UNIT if often else MULTIPLE_UNIT), j + 1
    if line.kind_at(number.last - 1) == "numeral" or not number.is_plain_numeral:
        short = _parse_unit_abbreviation(line, j, number)
        if short:
            return short
    if low not in _UNIT_FIRST_WORDS:
        return None, number.last
    return _parse_unit_name(line, j, number)


def _parse_unit_name(line: TokenLine, j: int, number: NumberSpan) -> tuple[UnitDefinition | None, int]:
    best: tuple[UnitDefinition | None, int] = (None, number.last)
    words: list[str] = []
    k = j
    while len(words) < MAX_UNIT_NAME_WORDS and line.kind_at(k):
        words.append(line.lower_at(k))
        unit = UNITS_BY_NAME.get(" ".join(words))
        k += 1
        if unit and not _is_ambiguous_word(line, k, number, words):
            best = unit, k
        if line.is_hyphen(k):
            k += 1
    if best[0] and best[0].canonical == "year" and best[0].factor == 1:
        return _parse_age_unit(line, best[1]) or best
    return best


def _parse_age_unit(line: TokenLine, k: int) -> tuple[UnitDefinition, int] | None:
    """Parse `20-year-old`, `12 years of age`, `seven-year-olds`, with `k` after the year."""
    j = k + 1 if line.is_hyphen(k) else k
    if line.lower_at(j) in ("old", "olds"):
        return AGE_UNIT, j + 1
    return None


def _is_ambiguous_word(line: TokenLine, k: int, number: NumberSpan, words: list[str]) -> bool:
    """Return True for a unit name that is an everyday word here: `the team won 3-2 won`, `20 second-hand cars`."""
    word = words[-1]
    if (
        word in ("second", "minute", "foot", "yard", "quarter")
        and line.is_hyphen(k)
        and line.lower_at(k + 1) in ("hand", "long")
    ):
        return line.lower_at(k + 1) == "hand"
    if word == "second":
        return not line.is_hyphen(number.last) and (number.is_spelled_out or number.value != 1)
    if word in ("won", "dong", "rand", "li", "lira") and len(words) == 1:
        return number.is_spelled_out or (number.value < 1000 and word != "li" and word != "lira")
    return False


def _parse_unit_abbreviation(line: TokenLine, j: int, number: NumberSpan) -> tuple[UnitDefinition, int] | None:
    if number.is_spelled_out:
        return None
    for size in (4, 3, 2, 1):
        if any(not line.no_space_before(k) for k in range(j + 1, j + size)) or line.kind_at(j + size - 1) == "":
            continue
        text = line.printed_text(j, j + size)
        unit = UNITS_BY_ABBREVIATION.get(text) or (UNITS_BY_NAME.get(text.lower()) if size > 1 else None)
        if unit and not (line.no_space_before(j + size) and line.kind_at(j + size) in ("word", "numeral")):
            return unit, j + size
    return None


def find_currency_before(line: TokenLine, i: int) -> tuple[str, int]:
    """Return the code of the currency printed before the number at `i`, and its first token; ("", i) for none."""
    sign = line.token_at(i - 1)
    if not sign.text:
        return "", i
    if sign.text == "." and line.token_at(i - 2).text == "Rs":
        return "INR", i - 2
    if sign.kind == "word":
        return (
            (CURRENCY_BY_SIGN[sign.text], i - 1)
            if sign.text in CURRENCY_BY_SIGN and sign.text not in ("R", "RM")
            else ("", i)
        )
    before = line.token_at(i - 2)
    if before.kind == "word" and line.no_space_before(i - 1) and before.text + sign.text in CURRENCY_BY_SIGN:
        return CURRENCY_BY_SIGN[before.text + sign.text], i - 2
    return (CURRENCY_BY_SIGN[sign.text], i - 1) if sign.text in CURRENCY_BY_SIGN else ("", i)


def skip_repeated_currency(line: TokenLine, j: int) -> int:
    """Return the token after a currency that is named a second time: `RMB 5 million yuan`."""
    return j + 1 if line.lower_at(j) in ("yuan", "dollars", "euros", "rmb") else j
