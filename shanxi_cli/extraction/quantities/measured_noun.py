"""The noun that an amount measures: `sales revenue of 400 million yuan`, `its GDP reached ...`."""

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.token_line import HYPHENS, TokenLine
from shanxi_cli.extraction.quantities.year_expressions import MONTH_NUMBERS
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.lexicon import load_terms

_AMOUNT_VERBS = load_terms("extraction/amount_verbs")
_CLAUSE_BREAKS = frozenset(
    'that while but as when which who where because since said says . ! ? , ; : “ " ( ) —'.split()
)
_CUT_PREPOSITIONS = frozenset("in on at during for by from over under through to with last this".split())
_PRONOUNS = frozenset("it them this that these those which whom".split())
_CHANGE_NOUNS = load_terms("extraction/change_nouns")
_MAX_SUBJECT_TOKENS = 14
_COUNT_DIMENSIONS = frozenset([Dimension.COUNT, Dimension.AGE, Dimension.DURATION])


def find_counted_phrase(line: TokenLine, amount: AmountCandidate) -> str:
    """Return the noun phrase, as printed, that is counted or measured; empty where none is found."""
    if amount.noun:
        return line.printed_text(amount.noun.first, amount.noun.last)
    following = noun_phrases.noun_phrase_after_of(line, amount.last)
    is_date = following is not None and line.lower_at(following.first) in MONTH_NUMBERS
    if following and not is_date and line.lower_at(following.first) not in _PRONOUNS:
        return line.printed_text(following.first, following.last)
    if amount.unit is None or amount.unit.dimension in _COUNT_DIMENSIONS or amount.is_adjectival:
        return ""
    return _find_phrase_before(line, amount.first)


def _find_phrase_before(line: TokenLine, first: int) -> str:
    k = first - 1
    if line.lower_at(k) in ("of", "at", "to") and line.lower_at(k - 1) in _AMOUNT_VERBS:
        k -= 1
    while line.lower_at(k).endswith("ly"):
        k -= 1
    if line.lower_at(k) == "of":
        return _noun_phrase_before_of(line, k)
    return _find_verb_subject(line, k) if line.lower_at(k) in _AMOUNT_VERBS else ""


def _noun_phrase_before_of(line: TokenLine, end: int) -> str:
    """Return the words right before `of`, as printed: `sales revenue`, `total output value`."""
    k = end
    while k > max(end - _MAX_SUBJECT_TOKENS, 0) and (line.lower_at(k - 1) in HYPHENS or line.kind_at(k - 1) == "word"):
        if (
            line.lower_at(k - 1) in noun_phrases.STOP_WORDS and line.lower_text(k - 1, k + 1) != "per capita"
        ) or line.lower_at(k - 1) == "and":
            break
        k -= 1
    while line.lower_at(k) in HYPHENS:
        k += 1
    return line.printed_text(k, end) if line.lower_at(end - 1) not in _CHANGE_NOUNS else ""


def _find_verb_subject(line: TokenLine, verb: int) -> str:
    """Return the subject of the verb at `verb`, from the beginning of its clause, without prepositional phrases."""
    k = verb
    while (
        k > max(verb - _MAX_SUBJECT_TOKENS, 0)
        and line.lower_at(k - 1) not in _CLAUSE_BREAKS
        and line.lower_at(k - 1) not in _AMOUNT_VERBS
    ):
        if line.kind_at(k - 1) == "numeral" and not line.is_hyphen(k - 2):
            return ""
        k -= 1
    k += line.lower_at(k) == "and"
    end = next((n for n in range(k + 1, verb) if line.lower_at(n) in _CUT_PREPOSITIONS), verb)
    while end > k and (
        line.lower_at(end - 1).endswith("ly") or line.lower_at(end - 1) in ("has", "have", "had", "also", "only")
    ):
        end -= 1
    text = line.printed_text(k, end)
    return text if end > k and line.lower_at(k) not in ("it", "this", "that", "there", "they") else ""
