"""Subjects and objects of verbs of level and change: `Exports of tea rose by`, `cut its prime rate to`."""

from collections.abc import Sequence

from shanxi_cli.extraction.quantities.plurals import STOP_WORDS, is_plural
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
    "that while but as when which who whose where because since said says if although though after before and than"
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
_OBJECT_PRONOUNS = frozenset("him her them me us himself herself itself themselves".split())
_NOUNS_IN_LY = frozenset("supply family assembly july italy monopoly rally weekly monthly daily reply ally".split())
_DETERMINERS = frozenset("the a an its their his her our your my this these those".split())
_ALL_VERBS = (
    load_terms("extraction/amount_verbs")
    | load_terms("extraction/level_verbs")
    | load_terms("extraction/rise_verbs")
    | load_terms("extraction/fall_verbs")
    | load_terms("extraction/reporting_verbs")
    | _TRANSITIVE_VERBS
    | frozenset("said says has have had will would made took saw helped".split())
) - frozenset(
    "growth average increase increases rise rises fall falls cut cuts gain gains drop drops set cost costs".split()
)
_PARTICIPLES = frozenset("sold built made produced grown used bought traded generated earned held paid valued".split())
_SEEING_VERBS = frozenset("saw sees see seeing helped help helps made makes let lets watched".split())
_NO_HEADS = frozenset("figure figures sum amount number numbers total latter former".split())
_REPORTS = frozenset("reported reports announced showed shows show posted".split())
_TAXES = frozenset("tax taxes interest exceptional extraordinary depreciation items".split())
_OPENING_WORDS = frozenset("with while as but including excluding by from on".split())
_PHRASE_BREAKS = (_CLAUSE_BREAKS | frozenset(["with", "to", "including", "–", "-"])) - {"and"}
_MAX_LIST_TOKENS = 12
_MAX_SUBJECT_TOKENS = 18
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
    while is_adverb(line.lower_at(k)) or line.lower_at(k) in ("now", "also", "still", "not", "once"):
        k -= 1
    return line.lower_at(k) in _PASSIVE_AUXILIARIES


def strip_determiners(line: TokenLine, first: int, last: int) -> int:
    """Return the first token that is no article or possessive pronoun."""
    while first < last and line.lower_at(first) in _DETERMINERS:
        first += 1
    return first


def find_verb_subject(line: TokenLine, verb: int, times: Sequence[TimeExpression], least: int = 0) -> str:
    """Return the subject of the verb at `verb`, from the beginning of its clause, without prepositional phrases.

    The subject begins at token `least` at the earliest. Empty where it is a pronoun, holds a number or begins with a
    preposition.
    """
    k = verb
    cut = verb
    while k > max(verb - _MAX_SUBJECT_TOKENS, least) and not _begins_clause(line, k, least):
        time = next((time for time in times if time.first < k <= time.last), None)
        if time:
            k = time.first - (line.lower_at(time.first - 1) == "the")
            if line.lower_at(k - 1) in ("in", "on", "during", "by", "at") and _ends_clause(line, k - 2):
                k = time.last  # In November exports grew
                break
            continue
        word = line.lower_at(k - 1)
        if word in _PARTICIPLES and k < verb and _is_participle(line, k - 1):
            cut = k - 1  # the price of a vehicle sold locally
        elif word in _BREAK_VERBS or (
            line.kind_at(k - 1) == "numeral" and not line.is_hyphen(k - 2) and not line.is_hyphen(k)
        ):
            return ""
        k -= 1
    while k < cut and (line.lower_at(k) in _OPENING_WORDS or line.lower_at(k) == "and"):
        k += 1
    end = _cut_at_preposition(line, k, cut)
    while end > k and (is_adverb(line.lower_at(end - 1)) or line.lower_at(end - 1) in _AUXILIARIES):
        end -= 1
    start = strip_determiners(line, k, end)
    return line.printed_text(start, end) if _is_plain_noun_phrase(line, start, end) else ""


def _cut_at_preposition(line: TokenLine, k: int, end: int) -> int:
    """Return the token that ends the noun phrase from `k` on, before its first preposition other than `of`."""
    for n in range(k + 1, end):
        if line.lower_at(n) in _CUT_PREPOSITIONS and not line.is_hyphen(n - 1):
            return n
    return end


def _is_participle(line: TokenLine, k: int) -> bool:
    """Return True for the `sold` of `vehicles sold locally`: a noun before it, a preposition or adverb behind."""
    behind = line.lower_at(k + 1)
    noun = line.kind_at(k - 1) == "word" and line.lower_at(k - 1) not in _AUXILIARIES | STOP_WORDS
    return noun and (behind in _CUT_PREPOSITIONS or is_adverb(behind) or behind == "by")


def _begins_clause(line: TokenLine, k: int, least: int) -> bool:
    """Return True where a clause begins at `k`.

    Behind `and` it does where a verb stands before; behind a comma it does not in `sales of food, liquor and tobacco`.
    """
    word = line.lower_at(k - 1)
    if word == "and":
        return _has_verb_before(line, k - 1, least) or line.lower_at(k) in _NO_SUBJECTS
    if word == "before" and line.lower_at(k) in _TAXES:
        return False  # profit before tax
    if word == "," and _is_of_list(line, k - 1):
        return False
    if word in _SEEING_VERBS:
        return True  # which saw its shares rise
    if word in _REPORTS:
        return line.lower_at(k - 2) not in _DETERMINERS and line.lower_at(k - 2) not in _AUXILIARIES
    return word in _CLAUSE_BREAKS


def _has_verb_before(line: TokenLine, k: int, least: int) -> bool:
    """Return True where the clause before token `k` has a verb, a number or nothing at all."""
    for n in range(k - 1, max(k - _MAX_SUBJECT_TOKENS, least - 1), -1):
        word = line.lower_at(n)
        if word in _CLAUSE_BREAKS:
            return n == k - 1
        if line.kind_at(n) == "numeral" or word in _ALL_VERBS:
            return True
        if word in ("cut", "set", "cuts") and is_plural(line.lower_at(n + 1)):
            return True
    return k <= least


def _is_of_list(line: TokenLine, k: int) -> bool:
    """Return True for the comma at `k` of `sales of food, liquor and tobacco`: `of` opens the list, `and` ends it."""
    behind = [line.lower_at(n) for n in range(k + 1, k + _MAX_LIST_TOKENS)]
    if "and" not in behind[1:] or "of" in behind[: behind.index("and")]:
        return False
    for n in range(k - 1, max(k - _MAX_LIST_TOKENS, 0), -1):
        word = line.lower_at(n)
        if word == "of":
            return True
        if line.kind_at(n) != "word" or word in _ALL_VERBS or word in _CLAUSE_BREAKS:
            return word == "," and _is_of_list(line, n)
    return False


def find_phrase_before(line: TokenLine, end: int, least: int) -> str:
    """Return the noun phrase before token `end` that no verb follows: `sales up 5%`, `medicines and cosmetics by 4%`.

    It reaches back to a comma or a conjunction, `least` at most; empty where it is not plain.
    """
    k = end
    while k > max(end - _MAX_SUBJECT_TOKENS, least) and line.lower_at(k - 1) not in _PHRASE_BREAKS:
        if line.lower_at(k - 1) == "and" and _has_verb_before(line, k - 1, least):
            break
        if line.lower_at(k - 1) in ("were", "was", "are", "is"):
            break
        if line.kind_at(k - 1) == "numeral" or line.lower_at(k - 1) in _ALL_VERBS:
            return ""
        k -= 1
    while k < end and (line.lower_at(k) in _OPENING_WORDS or line.lower_at(k) == "and"):
        k += 1
    end = _cut_at_preposition(line, k, end)
    while end > k and (is_adverb(line.lower_at(end - 1)) or line.lower_at(end - 1) in _AUXILIARIES):
        end -= 1
    start = strip_determiners(line, k, end)
    return line.printed_text(start, end) if _is_plain_noun_phrase(line, start, end) else ""


def _ends_clause(line: TokenLine, k: int) -> bool:
    return k < 0 or line.lower_at(k) in _CLAUSE_BREAKS


def _is_plain_noun_phrase(line: TokenLine, start: int, end: int) -> bool:
    if end <= start or line.lower_at(start) in _NO_SUBJECTS or line.lower_at(start) in _CUT_PREPOSITIONS:
        return False
    words = [line.lower_at(k) for k in range(start, end)]
    if words[-1] in _NO_HEADS and len(words) == 1:
        return False
    if words[-1] in _NO_SUBJECTS or words[-1] in _OBJECT_PRONOUNS:
        return False  # Building it took three years
    return line.kind_at(end - 1) == "word" and _AUXILIARIES.isdisjoint(words) and not words[-1].endswith("ed")


def find_verb_object(line: TokenLine, end: int) -> str:
    """Return the noun phrase that ends before token `end` where a verb such as `cut` or `raise` is right before it."""
    k = end
    while k > max(end - _MAX_OBJECT_TOKENS, 0) and (line.kind_at(k - 1) == "word" or line.is_hyphen(k - 1)):
        if line.lower_at(k - 1) in _TRANSITIVE_VERBS:
            start = strip_determiners(line, k, end)
            return line.printed_text(start, end) if start < end and line.lower_at(start) not in _NO_SUBJECTS else ""
        if line.lower_at(k - 1) in STOP_WORDS - _DETERMINERS:
            return ""
        k -= 1
    return ""
