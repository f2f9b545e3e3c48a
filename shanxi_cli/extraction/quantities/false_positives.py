"""Numbers that are no quantities: names (`COVID-19`, `5G`, `Trust 100`), ranks, clocks, telephones, scores.

Calendar dates and plans are found in `calendar`.
"""

from shanxi_cli.extraction.quantities.numbers import NumberSpan
from shanxi_cli.extraction.quantities.token_line import HYPHENS, TokenLine
from shanxi_cli.extraction.quantities.units import CURRENCY_BY_SIGN
from shanxi_cli.util.lexicon import load_terms

_DESIGNATOR_NOUNS = load_terms("extraction/designator_nouns")
_NUMBERED_BRANDS = load_terms("extraction/numbered_brands")
_LOWERCASE_STARTERS = frozenset(
    "in at by for with from of and but or than over about some nearly with as to the".split()
)
_CLOCK_WORDS = frozenset("am pm a.m p.m o'clock o’clock noon midnight gmt hrs".split())
_SENTENCE_BREAK_MARKS = frozenset('.!?:;“"‘(—')
_CODE_SEPARATORS = frozenset("-\u2010\u2011\u2013")


def is_sentence_start(line: TokenLine, i: int) -> bool:
    """True when the piece at `i` is the first word of a sentence or a bracket, or of a quotation."""
    return (
        i == 0
        or line.low(i - 1) in _SENTENCE_BREAK_MARKS
        or (line.low(i - 1) in ("”", "’") and line.low(i - 2) in _SENTENCE_BREAK_MARKS)
    )


def find_code_end(line: TokenLine, number: NumberSpan) -> int | None:
    """The piece after a code that the number is part of (`COVID-19`, `5G`, `010-6499`, `3-2`, `7:30`), or None.

    What stands glued to a number decides, so this holds whatever the number is followed by.
    """
    i, j = number.first, number.last
    if line.kind(i) == "numeral":
        if line.glued(i) and _is_glued_to_word_before(line, i):
            return _find_glued_end(line, j)
        if (
            line.glued(j)
            and (line.kind(j) == "word" or line.low(j) in (":", "/", "@", "_"))
            and _is_code_suffix(line, j)
        ):
            return _find_glued_end(line, j)
        if line.hyphen(j) and line.glued(j + 1) and line.kind(j + 1) == "numeral" and line.low(j) in _CODE_SEPARATORS:
            return _find_glued_end(line, j)
        if line.low(j) in _CLOCK_WORDS or line.phrase(j, j + 3) in ("a . m", "p . m"):
            return j + 1
    return None


def _is_glued_to_word_before(line: TokenLine, i: int) -> bool:
    mark = line.at(i - 1)
    if mark.kind in ("word", "numeral"):
        return mark.text not in CURRENCY_BY_SIGN
    if mark.low in _CODE_SEPARATORS and line.glued(i - 1):
        before = line.at(i - 2)
        return (before.kind == "word" and before.low not in ("to", "and")) or before.kind == "numeral"
    if mark.low == "." and line.glued(i - 1):  # no.5 and the like; a full stop without its space is left alone
        return line.low(i - 2) in ("no", "nos", "v", "vol", "tel")
    return mark.low in "/:@#_&=\\°^*'’" or (mark.low == "+" and line.kind(i + 1) != "mark")


def _is_code_suffix(line: TokenLine, j: int) -> bool:
    if line.low(j) in (":", "/"):
        return line.glued(j + 1) and line.kind(j + 1) == "numeral"
    return True


def _find_glued_end(line: TokenLine, j: int) -> int:
    """The piece after all that is glued together from `j` on, and the groups of a telephone number."""
    while line.glued(j) and (line.kind(j) in ("numeral", "word") or line.low(j) in HYPHENS or line.low(j) in ":/._@"):
        j += 1
    return j


def is_part_of_name(line: TokenLine, number: NumberSpan, followed: bool) -> bool:
    """True for `Trust 100`, `No 5`, `Highway 108`, `top 10`, `Three Gorges`, `Grade 3`.

    `followed` says that a noun in lower case and the plural follows: `Shanxi 312 companies` is no name.
    """
    i = number.first
    before = line.at(i - 1)
    if before.low == "." and line.glued(i - 1):
        before = line.at(i - 2)
    if number.spelled:
        return before.low == "top" or (line.capital(i) and not is_sentence_start(line, i))
    if before.low in ("top", "no", "nos", "fortune", "csi"):
        return True
    if not number.plain or before.kind != "word":
        return False
    if before.low in _NUMBERED_BRANDS:
        return True
    if before.low in _DESIGNATOR_NOUNS and not followed:
        return True
    capital = before.text[0].isupper() and before.low not in _LOWERCASE_STARTERS
    return capital and not followed and not (is_sentence_start(line, i - 1) and line.glued(i) is False and followed)
