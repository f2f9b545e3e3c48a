"""Subjects and objects of verbs of level and change: `Exports of tea rose by`, `cut its prime rate to`."""

from collections.abc import Sequence

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression
from shanxi_cli.util.lexicon import load_terms

_TRANSITIVE_VERBS = load_terms("extraction/transitive_change_verbs")
_BOTH_WAYS = frozenset("increase increased increases increasing expand expanded expanding".split())
_AMOUNT_VERBS = (
    load_terms("extraction/amount_verbs")
    | load_terms("extraction/level_verbs")
    | load_terms("extraction/rise_verbs")
    | load_terms("extraction/fall_verbs")
) - (_TRANSITIVE_VERBS - _BOTH_WAYS)
_BREAK_VERBS = (load_terms("extraction/amount_verbs") | load_terms("extraction/level_verbs")) - {
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
}
_CLAUSE_BREAKS = frozenset(
    "that while but as when which who where because since said says if although though after before and than"
    ' . ! ? , ; : “ " ( ) —'.split()
)
_CUT_PREPOSITIONS = frozenset("in on at during for by from over under through to with last this between among".split())
_AUXILIARIES = frozenset(
    "has have had also only will would could may might can should must is are was were be been being to expected"
    " likely set due now currently still already then not however itself forecast estimated said reported".split()
)
_PASSIVE_AUXILIARIES = frozenset("is are was were be been being get gets got".split())
_NO_SUBJECTS = frozenset(
    "it this that there they these those he she we i you one some many others both each all here such so what".split()
)
_NOUNS_IN_LY = frozenset("supply family assembly july italy monopoly rally weekly monthly daily reply ally".split())
_DETERMINERS = frozenset("the a an its their his her our your my this these those".split())
_MAX_SUBJECT_TOKENS = 14
_MAX_OBJECT_TOKENS = 6


def is_adverb(word: str) -> bool:
    """Return True for `sharply`; not for `supply`."""
    return word.endswith("ly") and word not in _NOUNS_IN_LY


def is_amount_verb(word: str) -> bool:
    """Return True for a verb whose subject has the level, price or change behind it."""
    return word in _AMOUNT_VERBS


def is_transitive(word: str) -> bool:
    """Return True for a verb whose object changes, and whose subject does only in the passive."""
    return word in _TRANSITIVE_VERBS and word not in _BOTH_WAYS


def is_passive(line: TokenLine, verb: int) -> bool:
    """Return True for `was cut`, `has been raised`."""
    k = verb - 1
    while is_adverb(line.lower_at(k)):
        k -= 1
    return line.lower_at(k) in _PASSIVE_AUXILIARIES


def strip_determiners(line: TokenLine, first: int, last: int) -> int:
    """Return the first token that is no article or possessive pronoun."""
    while first < last and line.lower_at(first) in _DETERMINERS:
        first += 1
    return first


def find_verb_subject(line: TokenLine, verb: int, times: Sequence[TimeExpression]) -> str:
    """Return the subject of the verb at `verb`, from the beginning of its clause, without prepositional phrases.

    Empty where it is a pronoun, holds a number or begins with a preposition.
    """
    k = verb
    while k > max(verb - _MAX_SUBJECT_TOKENS, 0) and not _begins_clause(line, k):
        time = next((time for time in times if time.first < k <= time.last), None)
        if time:
            k = time.first - (line.lower_at(time.first - 1) == "the")
            if line.lower_at(k - 1) in ("in", "on", "during", "by", "at") and _ends_clause(line, k - 2):
                k = time.last  # In November exports grew
                break
            continue
        if line.lower_at(k - 1) in _BREAK_VERBS or (
            line.kind_at(k - 1) == "numeral" and not line.is_hyphen(k - 2) and not line.is_hyphen(k)
        ):
            return ""
        k -= 1
    end = next(
        (n for n in range(k + 1, verb) if line.lower_at(n) in _CUT_PREPOSITIONS and not line.is_hyphen(n - 1)), verb
    )
    while end > k and (is_adverb(line.lower_at(end - 1)) or line.lower_at(end - 1) in _AUXILIARIES):
        end -= 1
    k += line.lower_at(k) == "and"
    start = strip_determiners(line, k, end)
    return line.printed_text(start, end) if _is_plain_noun_phrase(line, start, end) else ""


def _begins_clause(line: TokenLine, k: int) -> bool:
    """Return True where a clause begins at `k`; behind `and` only before a determiner or pronoun."""
    if line.lower_at(k - 1) != "and":
        return line.lower_at(k - 1) in _CLAUSE_BREAKS
    return line.lower_at(k) in _DETERMINERS or line.lower_at(k) in _NO_SUBJECTS


def _ends_clause(line: TokenLine, k: int) -> bool:
    return k < 0 or line.lower_at(k) in _CLAUSE_BREAKS


def _is_plain_noun_phrase(line: TokenLine, start: int, end: int) -> bool:
    if end <= start or line.lower_at(start) in _NO_SUBJECTS or line.lower_at(start) in _CUT_PREPOSITIONS:
        return False
    words = [line.lower_at(k) for k in range(start, end)]
    return line.kind_at(end - 1) == "word" and _AUXILIARIES.isdisjoint(words) and not words[-1].endswith("ed")


def find_verb_object(line: TokenLine, end: int) -> str:
    """Return the noun phrase that ends before token `end` where a verb such as `cut` or `raise` is right before it."""
    k = end
    while k > max(end - _MAX_OBJECT_TOKENS, 0) and (line.kind_at(k - 1) == "word" or line.is_hyphen(k - 1)):
        if line.lower_at(k - 1) in _TRANSITIVE_VERBS:
            start = strip_determiners(line, k, end)
            return line.printed_text(start, end) if start < end and line.lower_at(start) not in _NO_SUBJECTS else ""
        if line.lower_at(k - 1) in noun_phrases.STOP_WORDS - _DETERMINERS:
            return ""
        k -= 1
    return ""
