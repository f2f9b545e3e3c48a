"""The unit printed beside a number: after it (`16-gigawatt`, `5 sq km`), or, of money, before it (`US$1.5m`)."""

from shanxi_cli.extraction.quantities import rates
from shanxi_cli.extraction.quantities.numbers import Number
from shanxi_cli.extraction.quantities.token_line import Line
from shanxi_cli.extraction.quantities.units import ABBREVIATIONS, LONGEST, NAMES, SIGNS, Unit
from shanxi_cli.model.nouns import Dimension

AGE = Unit("year of age", Dimension.AGE)
TIME = Unit("time", Dimension.COUNT)
TIMES = Unit("times", Dimension.TIMES)
PERCENT = Unit("percent", Dimension.PERCENT)
_FIRST_WORDS = frozenset(name.split()[0] for name in NAMES)


def unit_at(line: Line, number: Number) -> tuple[Unit | None, int]:
    """The unit printed after a number, and the piece after it; (None, number.last) when there is none."""
    j = number.last
    if line.hyphen(j) and line.glued(j + 1):
        j += 1
    low = line.low(j)
    if low == "times" or low == "fold":
        often = low == "times" and bool(rates.after(line, j + 1)[0])
        return (TIME if often else TIMES), j + 1
    if line.kind(number.last - 1) == "numeral" or not number.plain:
        short = _abbreviation(line, j, number)
        if short:
            return short
    if low not in _FIRST_WORDS:
        return None, number.last
    return _named(line, j, number)


def _named(line: Line, j: int, number: Number) -> tuple[Unit | None, int]:
    best: tuple[Unit | None, int] = (None, number.last)
    words: list[str] = []
    k = j
    while len(words) < LONGEST and line.kind(k):
        words.append(line.low(k))
        unit = NAMES.get(" ".join(words))
        k += 1
        if unit and not _is_other_word(line, k, number, words):
            best = unit, k
        if line.hyphen(k):
            k += 1
    if best[0] and best[0].canonical == "year" and best[0].factor == 1:
        return _age(line, best[1]) or best
    return best


def _age(line: Line, k: int) -> tuple[Unit, int] | None:
    """`20-year-old`, `12 years of age`, `seven-year-olds`, with `k` after the year."""
    j = k + 1 if line.hyphen(k) else k
    if line.low(j) in ("old", "olds"):
        return AGE, j + 1
    return None


def _is_other_word(line: Line, k: int, number: Number, words: list[str]) -> bool:
    """True for a name of a unit that is an everyday word here: `the team won 3-2 won`, `20 second-hand cars`."""
    word = words[-1]
    if (
        word in ("second", "minute", "foot", "yard", "quarter")
        and line.hyphen(k)
        and line.low(k + 1) in ("hand", "long")
    ):
        return line.low(k + 1) == "hand"
    if word == "second":
        return not line.hyphen(number.last) and (number.spelled or number.value != 1)
    if word in ("won", "dong", "rand", "li", "lira") and len(words) == 1:
        return number.spelled or (number.value < 1000 and word != "li" and word != "lira")
    return False


def _abbreviation(line: Line, j: int, number: Number) -> tuple[Unit, int] | None:
    if number.spelled:
        return None
    for size in (4, 3, 2, 1):
        if any(not line.glued(k) for k in range(j + 1, j + size)) or line.kind(j + size - 1) == "":
            continue
        text = line.printed(j, j + size)
        unit = ABBREVIATIONS.get(text) or (NAMES.get(text.lower()) if size > 1 else None)
        if unit and not (line.glued(j + size) and line.kind(j + size) in ("word", "numeral")):
            return unit, j + size
    return None


def currency_before(line: Line, i: int) -> tuple[str, int]:
    """The code of the currency printed before the number at `i`, and its first piece; ("", i) for none."""
    sign = line.at(i - 1)
    if not sign.text:
        return "", i
    if sign.text == "." and line.at(i - 2).text == "Rs":
        return "INR", i - 2
    if sign.kind == "word":
        return (SIGNS[sign.text], i - 1) if sign.text in SIGNS and sign.text not in ("R", "RM") else ("", i)
    before = line.at(i - 2)
    if before.kind == "word" and line.glued(i - 1) and before.text + sign.text in SIGNS:
        return SIGNS[before.text + sign.text], i - 2
    return (SIGNS[sign.text], i - 1) if sign.text in SIGNS else ("", i)


def doubled_currency(line: Line, j: int) -> int:
    """The piece after a currency that is named a second time: `RMB 5 million yuan`."""
    return j + 1 if line.low(j) in ("yuan", "dollars", "euros", "rmb") else j
