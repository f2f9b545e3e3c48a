"""Texts without quantities, told by their words alone, so that they are not tokenized."""

from shanxi_cli.analysis.sentence_splitter import sentence_ranges
from shanxi_cli.extraction.quantities.magnitudes import MAGNITUDES
from shanxi_cli.extraction.quantities.numbers import SMALL_NUMBERS, TENS_WORDS
from shanxi_cli.extraction.quantities.spelled_fractions import FRACTION_DENOMINATORS
from shanxi_cli.util.lexicon import load_list

_NUMBER_WORDS = (
    frozenset(SMALL_NUMBERS)
    | frozenset(TENS_WORDS)
    | frozenset(MAGNITUDES)
    | frozenset(FRACTION_DENOMINATORS)
    | {"couple", "once", "twice", "thrice"}
) - {"one", "zero", "second"}
_MEASURED_BY_ONE = frozenset("year decade month week day hour century mu hectare".split())
_ONES = frozenset("a an one zero".split())
_MONTHS = load_list("analysis/months")
_TIME_WORDS = (
    frozenset(
        "one then year years month months quarter quarters half halves period periods decade decades week weeks weekend"
        " day days fiscal financial sept".split()
    )
    | frozenset(_MONTHS)
    | frozenset(month[:3] for month in _MONTHS)
    | frozenset(load_list("analysis/weekdays"))
)
_MARKS_AS_SPACES = str.maketrans(dict.fromkeys("-.,;:!?()[]'\"/\u2018\u2019\u201c\u201d\u2010\u2013\u2014\u2212%", " "))
_MONTH_NAMES = frozenset(month.capitalize() for month in _MONTHS)
_DIGITS = frozenset("0123456789")


def may_hold_quantity(text: str) -> bool:
    """Return False for most paragraphs without quantities: they have no digit and no word of a number."""
    return not _DIGITS.isdisjoint(text) or _names_number(text.lower())


def _names_number(low: str) -> bool:
    words = frozenset(low.translate(_MARKS_AS_SPACES).split())
    if not _NUMBER_WORDS.isdisjoint(words) or "fold" in low:
        return True
    return not _MEASURED_BY_ONE.isdisjoint(words) and not _ONES.isdisjoint(words)


def names_month(text: str) -> bool:
    """Return True for a text that may name a month."""
    return not _MONTH_NAMES.isdisjoint(text.translate(_MARKS_AS_SPACES).split())


def find_sentences_that_matter(text: str) -> list[tuple[int, int]]:
    """Return the sentences of a paragraph that may have a quantity or a time, in order, as ranges of characters.

    One before a digit is kept: it may end in `Ksh.` or `No.`.
    """
    kept: list[tuple[int, int]] = []
    before_digit = False
    for start, end in reversed(sentence_ranges(text)):
        if before_digit or _may_matter(text[start:end]):
            kept.append((start, end))
        before_digit = text[start].isdigit()
    kept.reverse()
    return kept


def _may_matter(sentence: str) -> bool:
    if not _DIGITS.isdisjoint(sentence):
        return True
    low = sentence.lower()
    words = low.translate(_MARKS_AS_SPACES).split()
    return not (_TIME_WORDS.isdisjoint(words) and _NUMBER_WORDS.isdisjoint(words)) or "fold" in low
