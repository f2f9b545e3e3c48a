"""Numbers that are no quantities: names (`COVID-19`, `5G`, `Trust 100`), ranks, clock times, telephones, scores.

`date_expressions` finds dates and plans.
"""

from shanxi_cli.extraction.quantities.magnitudes import NumberSpan
from shanxi_cli.extraction.quantities.token_line import HYPHENS, TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule
from shanxi_cli.extraction.quantities.units import CURRENCY_BY_SIGN
from shanxi_cli.places.gazetteer import find_divisions
from shanxi_cli.util.lexicon import load_terms

_DESIGNATOR_NOUNS = load_terms("extraction/designator_nouns")
_MAX_SCHOOL_YEAR = 13
_POSSESSIVES = frozenset("its their his her our".split())
_NO_NAMES = load_terms("analysis/months") | load_terms("analysis/weekdays")
_NO_NAME_WORDS = load_terms("extraction/function_words") | frozenset("over about nearly only just now still".split())


def _is_name(line: TokenLine, k: int) -> bool:
    return line.is_capitalised(k) and line.lower_at(k) not in _NO_NAME_WORDS


CLOCK_RULES = (
    TokenRule("clock time", "am|pm|o'clock|o’clock|noon|midnight|gmt|hrs|est|edt|bst|utc; a . m; p . m", None,
              ("It closed at 9 p.m. on the day.", "It shut at 5 o'clock."), ("It shut for 5 hours.",)),
)  # fmt: skip
"""Words behind a number that is no quantity."""
NAME_RULES = (
    TokenRule("rank", "top; no|nos .?", "always", ("The top 10 met.", "He lives at No. 9."), ("He met 10 men.",)),
    TokenRule("designator and number", "{designator}; fig|vol|apt|sec|art|para|ch .", None,
              ("It is in room 12.", "See vol. 4 of it."), ("It is in 12 rooms.",)),
    TokenRule("name and number", "{name}", None, ("Saturn 5 flew.", "He drove a Fiat 500 there."),
              ("He drove 500 Fiats there.", "In Shanxi 312 companies closed.")),
)  # fmt: skip
"""Words before a number that is part of a name or a rank; `always`: before a counted noun too."""
CLOCK_TABLE = RuleTable(CLOCK_RULES)
NAME_TABLE = RuleTable(NAME_RULES, {"designator": _DESIGNATOR_NOUNS, "name": _is_name}, backwards=True)
_SENTENCE_BREAK_MARKS = frozenset('.!?:;“"‘(—')
_CODE_SEPARATORS = frozenset("-\u2010\u2011\u2013")


def is_sentence_start(line: TokenLine, i: int) -> bool:
    """Return True when the token at `i` is the first word of a sentence, a bracket or a quotation."""
    return (
        i == 0
        or line.lower_at(i - 1) in _SENTENCE_BREAK_MARKS
        or (line.lower_at(i - 1) in ("”", "’") and line.lower_at(i - 2) in _SENTENCE_BREAK_MARKS)
    )


def find_code_end(line: TokenLine, number: NumberSpan) -> int | None:
    """Return the token after a code that the number is part of, or None.

    `COVID-19`, `5G`, `010-6499`, `3-2`, `7:30`: the tokens joined to the number decide, so the result does not depend
    on what follows.
    """
    i, j = number.first, number.last
    if line.kind_at(i) == "numeral":
        if line.no_space_before(i) and _is_glued_to_word_before(line, i):
            return _find_glued_end(line, j)
        if (
            line.no_space_before(j)
            and (line.kind_at(j) == "word" or line.lower_at(j) in (":", "/", "@", "_"))
            and _is_code_suffix(line, j)
        ):
            return _find_glued_end(line, j)
        if (
            line.is_hyphen(j)
            and line.no_space_before(j + 1)
            and line.kind_at(j + 1) == "numeral"
            and line.lower_at(j) in _CODE_SEPARATORS
        ):
            return _find_glued_end(line, j)
        if CLOCK_TABLE.match_at(line, j):
            return j + 1
    return None


def _is_glued_to_word_before(line: TokenLine, i: int) -> bool:
    mark = line.token_at(i - 1)
    if mark.kind in ("word", "numeral"):
        return mark.text not in CURRENCY_BY_SIGN
    if mark.lower in _CODE_SEPARATORS and line.no_space_before(i - 1):
        before = line.token_at(i - 2)
        return (before.kind == "word" and before.lower not in ("to", "and")) or before.kind == "numeral"
    if mark.lower == "." and line.no_space_before(
        i - 1
    ):  # no.5 and the like; a full stop without its space is left alone
        return line.lower_at(i - 2) in ("no", "nos", "v", "vol", "tel")
    return mark.lower in "/:@#_&=\\°^*'’" or (mark.lower == "+" and line.kind_at(i + 1) != "mark")


def _is_code_suffix(line: TokenLine, j: int) -> bool:
    if line.lower_at(j) in (":", "/"):
        return line.no_space_before(j + 1) and line.kind_at(j + 1) == "numeral"
    return True


def _find_glued_end(line: TokenLine, j: int) -> int:
    """Return the token after all tokens joined from `j` on, the groups of a telephone number included."""
    while line.no_space_before(j) and (
        line.kind_at(j) in ("numeral", "word") or line.lower_at(j) in HYPHENS or line.lower_at(j) in ":/._@"
    ):
        j += 1
    return j


def is_part_of_name(line: TokenLine, number: NumberSpan, *, before_noun: bool) -> bool:
    """Return True for `Trust 100`, `No 5`, `Highway 108`, `top 10`, `Three Gorges`, `Grade 3`.

    `before_noun`: a lower-case plural noun follows, so that `Shanxi 312 companies` is no name.
    """
    i = number.first
    before = line.token_at(i - 1)
    named = NAME_TABLE.match_before(line, i)
    if number.is_spelled_out:
        return before.lower == "top" or (line.is_capitalised(i) and not is_sentence_start(line, i))
    if named and named.rule.gives:
        return True
    if before.text == "Year" and number.value <= _MAX_SCHOOL_YEAR:
        return True  # Year 9 pupils
    if named and not before_noun and _is_version(line, i):
        return True
    if not number.is_plain_numeral or not (named or before.kind == "word"):
        return False
    if before.lower in _POSSESSIVES and line.is_capitalised(number.last) and not line.is_hyphen(number.last):
        return len(line.token_at(i).text) == 3  # its 737 Classic planes
    if before_noun and named and before.lower in _DESIGNATOR_NOUNS and line.is_capitalised(i - 1):
        return True  # Chapter 11 papers
    return _is_numbered_name(line, i) if before_noun else named is not None


def _is_version(line: TokenLine, i: int) -> bool:
    """Return True for `Python 3.12`, `version 2.1`: a point without a unit behind a name, not at its beginning."""
    whole, point, part = line.token_at(i).text.partition(".")
    short = bool(point) and whole.isdigit() and len(whole) < 3 and 0 < len(part) < 4
    if not short or line.lower_at(i - 1) in _NO_NAMES:
        return False
    return line.lower_at(i - 1) in _DESIGNATOR_NOUNS or not is_sentence_start(line, i - 1)


def _is_numbered_name(line: TokenLine, i: int) -> bool:
    """Return True for `Saturn 5 rockets`: a capitalised word and a bare number are a name, even before a noun.

    A place is none (`In Shanxi 312 companies`), nor what a preposition or the beginning of a sentence capitalises.
    """
    word = line.token_at(i - 1)
    if word.lower.endswith(("'s", "’s")):
        return False  # Mexico's 192 districts
    if not word.text[0].isupper() or word.lower in _NO_NAMES or is_sentence_start(line, i - 1):
        return False
    if line.lower_at(i - 2) in ("in", "at", "across", "on", "near", "from", "and") or len(line.token_at(i).text) > 3:
        return False
    return not find_divisions(word.text)
