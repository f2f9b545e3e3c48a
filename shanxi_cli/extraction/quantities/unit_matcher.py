"""Units beside a number: after it (`16-gigawatt`, `5 sq km`), or, for money, before it (`US$1.5m`)."""

from shanxi_cli.extraction.quantities import rates
from shanxi_cli.extraction.quantities.currency_table import LETTER_SIGNS, SHARED_NOUNS
from shanxi_cli.extraction.quantities.magnitudes import MAGNITUDES, MONEY_MAGNITUDES, NumberSpan
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.units import (
    CURRENCY_BY_SIGN,
    MAX_UNIT_NAME_WORDS,
    OPEN_MONEY,
    UNIT_FIRST_WORDS,
    UNITS_BY_ABBREVIATION,
    UNITS_BY_NAME,
    UnitDefinition,
)
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.lexicon import load_terms

AGE_UNIT = UnitDefinition("year of age", Dimension.AGE)
OCCURRENCE_UNIT = UnitDefinition("time", Dimension.COUNT)
MULTIPLE_UNIT = UnitDefinition("times", Dimension.TIMES)
PERCENT_UNIT = UnitDefinition("percent", Dimension.PERCENT)
_POINT_UNIT = UnitDefinition("percentage point", Dimension.POINTS)
_SHARED_CURRENCY_NOUNS = frozenset(f"{noun}{s}" for noun in (*SHARED_NOUNS, "dollar", "pound") for s in ("", "s"))
_HOURS_PER_PERIOD = {"second": 3600.0, "minute": 60.0, "hour": 1.0, "day": 1 / 24}
_LOAN_NOUNS = load_terms("extraction/loan_nouns")
_LEAST_LOAN_SCALE = 1e5  # of a number before such a noun: thousands and lakhs can be of something else
_LARGE_WORDS = (frozenset(MAGNITUDES) | frozenset(MONEY_MAGNITUDES)) - {"hundred", "dozen"}
_PAYING_WORDS = frozenset(
    "pay pays paid paying cost costs costing charge charges charged charging earn earns earned worth spend spends spent"
    " spending save saves saved fined owe owes owed owing borrowed lent raised donated received receive only than least"
    " extra additional further another bribe bail fee fine price for sold bought".split()
)
_ROAD_WORDS = frozenset("road highway freeway route motorway interchange bypass onramp near towards between".split())
_PRICE_NOUNS = frozenset(
    "note notes ticket tickets fine fines fee fees bill bills coin coins voucher vouchers grant bail bribe salary cash"
    " airtime deposit entry entrance".split()
)
_NO_ADJECTIVES = frozenset(["A", "The"])


def parse_unit_at(line: TokenLine, number: NumberSpan) -> tuple[UnitDefinition | None, int]:
    """Parse the unit printed after a number: the unit and the token after it; (None, number.last) for none."""
    j = number.last
    if line.is_hyphen(j) and line.no_space_before(j + 1):
        j += 1
    low = line.lower_at(j)
    if low == "times" or low == "fold":
        often = low == "times" and bool(rates.parse_rate_after(line, j + 1).noun)
        return (OCCURRENCE_UNIT if often else MULTIPLE_UNIT), j + 1
    if number.value < 1 and line.lower_text(j, j + 2) == "of a" and line.lower_at(j + 2) == "percentage":
        return _POINT_UNIT, j + 4  # 0.5 of a percentage point
    if number.is_spelled_out and number.value < 1 and low in ("point", "points"):
        return _POINT_UNIT, j + 1  # half a point, a quarter-point
    if number.scale >= _LEAST_LOAN_SCALE and line.lower_at(number.last) in _LOAN_NOUNS:
        return OPEN_MONEY, number.last  # a 500m loan
    unit, last = _parse_measure(line, j, number)
    return _parse_speed(line, unit, last) or (unit, last)


def _parse_measure(line: TokenLine, j: int, number: NumberSpan) -> tuple[UnitDefinition | None, int]:
    if line.kind_at(number.last - 1) == "numeral" or not number.is_plain_numeral:
        short = _parse_unit_abbreviation(line, j, number)
        if short:
            return short
    if line.lower_at(j) not in UNIT_FIRST_WORDS and line.token_at(j).text != "U":
        return (line.is_capitalised(j) and _parse_money_of_country(line, j)) or (None, number.last)
    unit, last = _parse_unit_name(line, j, number)
    return (unit, last) if unit or not line.is_capitalised(j) else _parse_money_of_country(line, j) or (unit, last)


def _parse_money_of_country(line: TokenLine, j: int) -> tuple[UnitDefinition, int] | None:
    """Parse `Elbonian dollars`, a country that the table does not have: money whose unit stays open."""
    named = line.lower_at(j + 1) in _SHARED_CURRENCY_NOUNS and line.token_at(j).text not in _NO_ADJECTIVES
    return (OPEN_MONEY, j + 2) if named and line.kind_at(j) == "word" else None


def _parse_speed(line: TokenLine, unit: UnitDefinition | None, last: int) -> tuple[UnitDefinition, int] | None:
    """Parse a length by time: `9m per second`, `300 meters a minute`."""
    if unit is None or unit.dimension is not Dimension.LENGTH:
        return None
    by = line.lower_at(last)
    if by not in ("per", "a", "an", "each", "/") or (by == "/" and not line.no_space_before(last)):
        return None
    hours = _HOURS_PER_PERIOD.get(line.lower_at(last + 1))
    if hours is None or line.lower_at(last + 2) in ("earlier", "ago", "before", "later"):
        return None
    return UnitDefinition("km/h", Dimension.SPEED, float(f"{unit.factor * hours:.12g}")), last + 2


def _parse_unit_name(line: TokenLine, j: int, number: NumberSpan) -> tuple[UnitDefinition | None, int]:
    best: tuple[UnitDefinition | None, int] = (None, number.last)
    words: list[str] = []
    k = j
    if line.lower_text(j, j + 4) in ("u . s .", "u . k ."):
        words, k = [line.lower_at(j) + line.lower_at(j + 2)], j + 4
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
    if word == "mark":  # the 500 million mark; a 473 mln mark loss
        return line.kind_at(k) != "word" or line.lower_at(k) in STOP_WORDS
    if word == "second":
        return not line.is_hyphen(number.last) and number.value >= 1 and (number.is_spelled_out or number.value != 1)
    if word in ("won", "dong", "rand", "li", "lira") and len(words) == 1:
        return number.is_spelled_out or (number.value < 1000 and word != "li" and word != "lira")
    if word in ("sen", "fen", "sol", "kina", "pula", "crown", "crowns", "cent", "penny") and len(words) == 1:
        return word in ("sen", "fen", "sol", "kina", "pula") or (word in ("cent", "crown") and number.value != 1)
    return False


def _parse_unit_abbreviation(line: TokenLine, j: int, number: NumberSpan) -> tuple[UnitDefinition, int] | None:
    if number.is_spelled_out:
        return None
    if line.token_at(j).text == "in" and line.no_space_before(j):
        return UNITS_BY_NAME["inch"], j + 1  # 6ft 3in
    for size in (4, 3, 2, 1):
        if any(not line.no_space_before(k) for k in range(j + 1, j + size)) or line.kind_at(j + size - 1) == "":
            continue
        text = line.printed_text(j, j + size)
        if size == 1 and _is_initial(line, j):
            continue
        unit = UNITS_BY_ABBREVIATION.get(text) or (UNITS_BY_NAME.get(text.lower()) if size > 1 else None)
        if text in ("p", "b", "c") and not line.no_space_before(j):
            continue  # 5 p is no amount of pence
        if unit and not (line.no_space_before(j + size) and line.kind_at(j + size) in ("word", "numeral")):
            return unit, j + size
    return None


def _is_initial(line: TokenLine, j: int) -> bool:
    """Return True for the first letter of a name or rank behind a number of a list: `3 W. E. Fletcher`, `12 L/Cpl`."""
    if line.no_space_before(j) or len(line.token_at(j).text) > 1:
        return False
    if line.lower_at(j + 1) == "." and line.no_space_before(j + 1):
        return line.is_capitalised(j + 2) and len(line.token_at(j + 2).text) < 3
    return line.lower_at(j + 1) in ("/", "'", "’") and line.no_space_before(j + 2) and line.is_capitalised(j + 2)


def find_currency_before(line: TokenLine, i: int) -> tuple[str, int]:
    """Return the code of the currency printed before the number at `i`, and its first token; ("", i) for none."""
    sign = line.token_at(i - 1)
    if not sign.text:
        return "", i
    if sign.text == "." and line.no_space_before(i - 1):
        code = _code_of_abbreviation(line.token_at(i - 2).text)
        return code, i - 2 if code else i
    if sign.kind == "word":
        if sign.text in LETTER_SIGNS:
            return _parse_letter_sign(line, i)
        return (CURRENCY_BY_SIGN[sign.text], i - 1) if sign.text in CURRENCY_BY_SIGN else ("", i)
    before = line.token_at(i - 2)
    if before.kind == "word" and line.no_space_before(i - 1) and before.text + sign.text in CURRENCY_BY_SIGN:
        return CURRENCY_BY_SIGN[before.text + sign.text], i - 2
    return (CURRENCY_BY_SIGN[sign.text], i - 1) if sign.text in CURRENCY_BY_SIGN else ("", i)


def _code_of_abbreviation(text: str) -> str:
    """Return the code of `Rs.`, `Ksh.`, `Shs.`; an ISO code before a full stop ends its sentence."""
    if len(text) > 1 and text in LETTER_SIGNS:
        return LETTER_SIGNS[text] or OPEN_SIGN
    code = CURRENCY_BY_SIGN.get(text, "") if text.isalpha() and len(text) > 1 else ""
    return code if code != text else ""


def _parse_letter_sign(line: TokenLine, i: int) -> tuple[str, int]:
    """Parse `R4bn`, `RM1,450`, `N12.50`: letters that are a currency beside a magnitude, a comma or decimals."""
    letters, digits = line.token_at(i - 1).text, line.token_at(i).text
    following = line.lower_at(i + 1 + line.is_hyphen(i + 1))
    code = LETTER_SIGNS[letters]
    large = following in _LARGE_WORDS or (following in ("m", "b", "k") and line.no_space_before(i + 1))
    grouped = "," in digits or (len(digits.partition(".")[2]) == 2 and letters != "N")
    grouped |= line.kind_at(i + 1) == "numeral" and len(line.token_at(i + 1).text) == 3 and len(digits) < 4
    if not line.no_space_before(i):
        spaced = (letters in ("RM", "Sh", "Shs") and (large or grouped)) or (letters == "R" and large)
        return (code or OPEN_SIGN, i - 1) if spaced else ("", i)
    long = letters in ("R", "N") and digits.isdigit() and len(digits) > 4
    if letters == "RM" or large or grouped or long or (letters == "R" and _is_price_in_rand(line, i)):
        return (code, i - 1) if code else (OPEN_SIGN, i - 1)
    return "", i


def _is_price_in_rand(line: TokenLine, i: int) -> bool:
    """Return True for `pay R250 a month`, `a R50 note`: a rate, a noun of money or a verb of paying beside it."""
    if not line.token_at(i).text.isdigit() or line.lower_at(i + 1) in _ROAD_WORDS:
        return False
    if rates.parse_rate_after(line, i + 1).noun or line.lower_at(i + 1) in _PRICE_NOUNS:
        return True
    return line.lower_at(i - 2) in _PAYING_WORDS and line.lower_at(i - 3) not in _ROAD_WORDS


OPEN_SIGN = "?"
"""The code of a currency sign whose country is open."""


def skip_repeated_currency(line: TokenLine, j: int) -> int:
    """Return the token after a currency that is named a second time: `RMB 5 million yuan`."""
    return j + 1 if line.lower_at(j) in ("yuan", "dollars", "euros", "rmb") else j
