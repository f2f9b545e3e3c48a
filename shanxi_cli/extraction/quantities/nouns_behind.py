"""Nouns behind an amount: `a $5 million loan`, `a 52-week period`, `9 yuan in loans`, `Rs 40 lakh for roads`."""

import itertools
from typing import NamedTuple

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.clause_subjects import is_adverb
from shanxi_cli.extraction.quantities.numbers import NUMBER_START_WORDS
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS, is_plural
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import MONTH_NUMBERS
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.lexicon import load_terms

CHANGE_NOUNS = (
    load_terms("extraction/change_nouns")
    | load_terms("extraction/rise_verbs")
    | load_terms("extraction/fall_verbs")
    | load_terms("extraction/rise_words")
    | load_terms("extraction/fall_words")
)
DETERMINERS = frozenset("a an the its their his her our this another".split())
_DIMENSION_ADJECTIVES = frozenset("long wide high tall deep thick square".split())
_NO_NOUNS = (
    _DIMENSION_ADJECTIVES
    | load_terms("analysis/weekdays")
    | frozenset("and close away apart ahead old worth either last next previous time month year week ago".split())
)
_NO_OBJECTS_OF_IN = frozenset(
    "addition all cash comparison fact favour favor full length line part practice real response return size terms"
    " that turn value width advance q h fy early late mid spring summer autumn winter".split()
)
_VERB_OBJECTS = DETERMINERS | frozenset("it them him her us me that".split())
_NO_OBJECTS_OF_FOR = frozenset(
    "example instance now years months days weeks hours nothing good free sale all each every both life".split()
)
_PURPOSE_VERBS = load_terms("extraction/purpose_verbs")
_MONEY_TAILS = load_terms("extraction/money_nouns") | load_terms("extraction/loan_nouns")
_PERCENT_TAILS = load_terms("extraction/percent_nouns")
_MAX_NOUN_WORDS = 6  # tokens of a noun and its modifiers
_MAX_PURPOSE_TOKENS = 45
_NOUNS_AMONG_STOPS = frozenset("rise fall lead record account set total".split())


class CountedMatch(NamedTuple):
    """A noun phrase as printed, empty for none, and the name of the rule that found it."""

    phrase: str
    rule: str = ""


def find_noun_behind(line: TokenLine, amount: AmountCandidate, last: int) -> CountedMatch | None:
    """Return the noun behind an amount that ends before token `last`, its rate included; None where none is plain."""
    j = amount.last + line.is_hyphen(amount.last)
    dimension = amount.unit.dimension if amount.unit else None
    if amount.is_adjectival or _is_determined(line, amount.first - 1):
        found = _noun_of_compound(line, j) or noun_after_in(line, amount.last)
        if found or amount.is_adjectival:
            return found
    if dimension is Dimension.PERCENT and line.lower_at(j) in _PERCENT_TAILS:
        return CountedMatch(line.printed_text(*_noun_words_at(line, j)), "noun behind the percentage")
    if dimension not in (Dimension.MONEY, Dimension.COUNT):
        return None
    start, end = _noun_words_at(line, j)
    head = line.lower_at(end - 1)
    if line.lower_at(end) in _VERB_OBJECTS:
        return None  # raising it to £6 leaves it there
    if (
        dimension is Dimension.MONEY
        and end > start
        and end - start < _MAX_NOUN_WORDS
        and _is_money_tail(line, start, head)
    ):
        return CountedMatch(line.printed_text(start, end), "noun behind the amount")
    return noun_after_in(line, max(last, amount.last))


def _is_money_tail(line: TokenLine, start: int, head: str) -> bool:
    """Return True for `$1 million loans` and `2.1 billion debt`: the noun can only be of the money before it."""
    plural = is_plural(head) and line.token_at(start).text.islower()
    return plural or head in _MONEY_TAILS


def _is_determined(line: TokenLine, k: int) -> bool:
    """Return True behind an article, a possessive or a count: `a £5 fine`, `Labor's 43%`, `25 £5 fines`."""
    before = line.lower_at(k)
    if before in DETERMINERS or before.endswith(("'s", "’s", "s'", "s’")):
        return True
    if before in ("'", "’") and line.lower_at(k - 1).endswith("s"):
        return True
    if line.kind_at(k) == "numeral" and line.no_space_before(k + 1) is False and line.lower_at(k + 1) in "$£€¥₹":
        return True
    adjective = line.kind_at(k) == "word" and before not in STOP_WORDS and not is_adverb(before)
    return adjective and line.lower_at(k - 1) in DETERMINERS  # an agreed £302m offer


def _noun_of_compound(line: TokenLine, j: int) -> CountedMatch | None:
    if line.lower_at(j) == "," and line.is_hyphen(j + 2):
        j += 1  # a $100-million, property-wide plan
    j, end = _noun_words_at(line, j, names=True)
    if end <= j:
        return None
    if line.lower_at(end - 1) not in CHANGE_NOUNS:
        return CountedMatch(line.printed_text(j, end), "noun behind the amount")
    return noun_after_in(line, end) or CountedMatch(line.printed_text(j, end), "noun of change behind the amount")


def _noun_words_at(line: TokenLine, j: int, *, names: bool = False) -> tuple[int, int]:
    """Return the first and last token, half-open, of the words from `j` on that can be a noun and its modifiers."""
    while line.lower_at(j) in _DIMENSION_ADJECTIVES:
        j += 1 + line.is_hyphen(j + 1)
    k = j
    while k < j + _MAX_NOUN_WORDS and line.kind_at(k) == "word" and _is_in_noun(line, k, names=names):
        name = line.is_capitalised(k) and not line.token_at(k).text.isupper() and not names
        if name or is_adverb(line.lower_at(k)) or (line.lower_at(k) in _NO_NOUNS):
            break
        k += 2 if line.is_hyphen(k + 1) and line.no_space_before(k + 2) else 1
    while (
        k > j + 1
        and line.lower_at(k - 1).endswith("ed")
        and line.lower_at(k) in ("by", "in", "to", "from", "on", "for")
    ):
        k -= 1  # £5,000 damages ordered by a court
    return (j, k + 1) if k > j and line.is_hyphen(k - 1) else (j, k)


def _is_in_noun(line: TokenLine, k: int, *, names: bool) -> bool:
    """Return True for a word that a noun phrase may hold: `per-share`, and `fall` in `a 5 percent fall`, too."""
    if names and line.lower_at(k) in _NOUNS_AMONG_STOPS:
        return True
    if line.lower_at(k) in NUMBER_START_WORDS:
        return False
    return line.lower_at(k) not in STOP_WORDS or (line.lower_at(k) == "per" and line.is_hyphen(k + 1))


def noun_after_in(line: TokenLine, j: int) -> CountedMatch | None:
    """Return the noun of `in loans`, `in her assets`, `in total tax debt` at token `j`, or None."""
    if line.lower_at(j) != "in":
        return None
    start = j + 1
    start += line.lower_at(start) == "total" and line.kind_at(start + 1) == "word"
    start += line.lower_at(start) in DETERMINERS and line.lower_at(j - 1) in CHANGE_NOUNS
    if line.lower_at(start) in _NO_OBJECTS_OF_IN or line.lower_at(start) in MONTH_NUMBERS:
        return None
    start, end = _noun_words_at(line, start)
    return CountedMatch(line.printed_text(start, end), "noun behind in") if end > start else None


def find_noun_of_purpose(line: TokenLine, amount: AmountCandidate, j: int) -> CountedMatch | None:
    """Return the noun of `allocated Rs 40 lakh for roads`, `spent $5m on food`, behind a verb of giving or spending."""
    link = line.lower_at(j)
    if link not in ("for", "on", "towards") or amount.unit is None or amount.unit.dimension is not Dimension.MONEY:
        return None
    before = range(amount.first - 1, max(amount.first - _MAX_PURPOSE_TOKENS, -1), -1)
    near = itertools.takewhile(lambda k: line.lower_at(k) != "." or line.no_space_before(k + 1), before)
    if not any(line.lower_at(k) in _PURPOSE_VERBS for k in near):
        return None
    start = j + 1
    start += line.lower_at(start) in DETERMINERS
    if line.lower_at(start) in _NO_OBJECTS_OF_FOR or line.lower_at(start) in MONTH_NUMBERS:
        return None
    start, end = _noun_words_at(line, start, names=True)
    return CountedMatch(line.printed_text(start, end), f"noun behind {link}") if end > start else None
