"""Texts without quantities, told by their words alone, so that they are not tokenized."""

from functools import lru_cache

from shanxi_cli.analysis.sentence_splitter import sentence_ranges
from shanxi_cli.analysis.text_runs import has_digit, split_at_marks
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
_TIMES_AND_NUMBERS = _TIME_WORDS | _NUMBER_WORDS
_MONTH_NAMES = frozenset(month.capitalize() for month in _MONTHS)
_LOWER_MONTHS = frozenset(_MONTHS)


def may_hold_quantity(text: str) -> bool:
    """Return False for most paragraphs without quantities: they have no digit and no word of a number."""
    return has_digit(text) or _names_number(text)


@lru_cache(maxsize=2)  # the tests of a paragraph come one after the other
def _lower_words(text: str) -> frozenset[str]:
    return frozenset(split_at_marks(text.lower()))


def _names_number(text: str) -> bool:
    words = _lower_words(text)
    if not _NUMBER_WORDS.isdisjoint(words) or "fold" in text.lower():
        return True
    return not _MEASURED_BY_ONE.isdisjoint(words) and not _ONES.isdisjoint(words)


def names_month(text: str) -> bool:
    """Return True for a text that may name a month."""
    return not _LOWER_MONTHS.isdisjoint(_lower_words(text)) and not _MONTH_NAMES.isdisjoint(split_at_marks(text))


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
    if has_digit(sentence):
        return True
    low = sentence.lower()
    return "fold" in low or not _TIMES_AND_NUMBERS.isdisjoint(split_at_marks(low))
