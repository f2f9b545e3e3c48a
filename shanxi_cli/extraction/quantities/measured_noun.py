"""The noun that an amount measures: `sales revenue of 400 million yuan`, `Exports of tea rose by 12 percent`.

An amount of money, a percentage or a measure is of the noun behind it (`tons of coal`, `a $5 million loan`, `1 million
yuan in loans`), of the noun before `of`, of the subject of a verb of level or change, of the object of a verb such as
`cut` or `raise`, or of what the amount before it is of (`rose 6 percent to £212m`). Where the clause is not plain,
nothing is said.
"""

from collections.abc import Sequence
from typing import NamedTuple

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.clause_subjects import (
    find_verb_object,
    find_verb_subject,
    is_adverb,
    is_amount_verb,
    is_passive,
    is_transitive,
    strip_determiners,
)
from shanxi_cli.extraction.quantities.token_line import HYPHENS, TokenLine
from shanxi_cli.extraction.quantities.year_expressions import MONTH_NUMBERS, TimeExpression
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.lexicon import load_terms

_PRONOUNS = frozenset("it them this that these those which whom".split())
_CHANGE_NOUNS = (
    load_terms("extraction/change_nouns")
    | load_terms("extraction/rise_verbs")
    | load_terms("extraction/fall_verbs")
    | load_terms("extraction/rise_words")
    | load_terms("extraction/fall_words")
)
_DIMENSION_ADJECTIVES = frozenset("long wide high tall deep thick square".split())
_NO_NOUNS = _DIMENSION_ADJECTIVES | frozenset("and close away apart ahead old worth either".split())
_DETERMINERS = frozenset("a an the its their his her our this another".split())
_NO_OBJECTS_OF_IN = frozenset(
    "addition all cash comparison fact favour favor full length line part practice real response return size terms"
    " that total turn value width advance january february march april may june july august september october november"
    " december spring summer autumn winter".split()
)
_RELATION_VERBS = frozenset(
    "exceed exceeds exceeded exceeding surpass surpasses surpassed surpassing top tops topped topping crossed passed"
    " broke".split()
)
_VERBS_WITH_OF = load_terms("extraction/amount_verbs")
_RAISING_VERBS = frozenset(["raise", "raises", "raised"])
_PARTICIPLES = frozenset("totalling totaling costing averaging weighing measuring worth".split())
_LINK_WORDS = frozenset("to by at from for".split())
_BETWEEN_AMOUNTS = frozenset(
    ", to from or up down by at compared with against vs versus in on a an ( just only year quarter month - –".split()
)
_MAX_PHRASE_TOKENS = 14
_MAX_NOUN_WORDS = 4
_MAX_BETWEEN = 8  # tokens between an amount and another of the same thing
_COUNT_DIMENSIONS = frozenset([Dimension.COUNT, Dimension.AGE, Dimension.DURATION])


class CountedMatch(NamedTuple):
    """A noun phrase as printed, empty for none, and the name of the rule that found it."""

    phrase: str
    rule: str = ""


class ClauseContext(NamedTuple):
    """The times of a sentence, the token after the amount, and the amount before: its end and what it is of."""

    times: Sequence[TimeExpression] = ()
    last: int = 0
    previous: AmountCandidate | None = None
    previous_last: int = 0
    counted: str = ""


def find_counted_phrase(line: TokenLine, amount: AmountCandidate, context: ClauseContext) -> CountedMatch:
    """Return the noun phrase, as printed, that is counted or measured; an empty one where none is plain."""
    if amount.noun:
        return CountedMatch(line.printed_text(amount.noun.first, amount.noun.last), "noun behind the number")
    if amount.shared_noun:
        noun = amount.shared_noun
        return CountedMatch(line.printed_text(noun.first, noun.last), "noun of the number before")
    following = noun_phrases.noun_phrase_after_of(line, amount.last)
    is_date = following is not None and line.lower_at(following.first) in MONTH_NUMBERS
    if following and not is_date and line.lower_at(following.first) not in _PRONOUNS:
        return CountedMatch(line.printed_text(following.first, following.last), "noun behind of")
    if amount.unit is None or amount.unit.dimension in _COUNT_DIMENSIONS:
        return CountedMatch("")
    return _find_noun_behind(line, amount, context.last) or _find_phrase_before(line, amount, context)


def _find_noun_behind(line: TokenLine, amount: AmountCandidate, last: int) -> CountedMatch | None:
    """Return the noun of `a $5 million loan`, `a 40-acre site`, `a 5 percent rise in exports`, `9 yuan in loans`."""
    j = amount.last + line.is_hyphen(amount.last)
    before = amount.first - 1
    if line.lower_at(before - 1) in _DETERMINERS and line.lower_at(before) not in noun_phrases.STOP_WORDS:
        before -= 1  # an agreed £302m offer
    if amount.is_adjectival or line.lower_at(before) in _DETERMINERS:
        j, end = _noun_words_at(line, j)
        if end <= j:
            return None
        if line.lower_at(end - 1) not in _CHANGE_NOUNS:
            return CountedMatch(line.printed_text(j, end), "noun behind the amount")
        return _noun_after_in(line, end) or CountedMatch("", "noun of change behind the amount")
    money = amount.unit is not None and amount.unit.dimension is Dimension.MONEY
    return _noun_after_in(line, max(last, amount.last)) if money else None


def _noun_words_at(line: TokenLine, j: int) -> tuple[int, int]:
    """Return the first and last token, half-open, of the words from `j` on that can be a noun and its modifiers."""
    while line.lower_at(j) in _DIMENSION_ADJECTIVES:
        j += 1 + line.is_hyphen(j + 1)
    k = j
    while k < j + _MAX_NOUN_WORDS and line.kind_at(k) == "word" and line.lower_at(k) not in noun_phrases.STOP_WORDS:
        name = line.is_capitalised(k) and not line.token_at(k).text.isupper()
        if name or is_adverb(line.lower_at(k)) or line.lower_at(k) in _NO_NOUNS:
            break
        k += 2 if line.is_hyphen(k + 1) and line.no_space_before(k + 2) else 1
    return j, k


def _noun_after_in(line: TokenLine, j: int) -> CountedMatch | None:
    if line.lower_at(j) != "in" or (line.lower_at(j + 1) in _NO_OBJECTS_OF_IN and line.lower_at(j + 1) != "total"):
        return None
    if line.lower_at(j + 1) == "total" and _noun_words_at(line, j + 2)[1] == j + 2:
        return None
    start = j + 1 + (line.lower_at(j + 1) in _DETERMINERS and line.lower_at(j - 1) in _CHANGE_NOUNS)
    start, end = _noun_words_at(line, start)
    return CountedMatch(line.printed_text(start, end), "noun behind in") if end > start else None


def _find_phrase_before(line: TokenLine, amount: AmountCandidate, context: ClauseContext) -> CountedMatch:
    if inherited := _inherit_phrase(line, amount, context):
        return inherited
    if line.lower_at(amount.first) in _RELATION_VERBS:
        phrase = find_verb_subject(line, amount.first, context.times)
        return CountedMatch(phrase, "subject of the verb" if phrase else "")
    k, link = _skip_link_words(line, amount.first - 1, context.times)
    if link == "of":
        phrase = _noun_phrase_before_of(line, k + 1)
        return CountedMatch(phrase, "noun before of" if phrase else "")
    verb = line.lower_at(k)
    if (verb in ("held", "hold", "holds") and link == "at") or (
        verb == "," and link == "at" and line.lower_at(amount.last) == ","
    ):
        phrase = find_verb_subject(line, k, context.times)
        return CountedMatch(phrase, "subject of the verb" if phrase else "")
    if verb == "average" and line.lower_at(k - 1) in ("a", "an", "the", "annual", "monthly", "of"):
        return CountedMatch("")  # an average 6 tonnes
    if is_transitive(verb) and not is_passive(line, k) and verb not in _RAISING_VERBS:
        return CountedMatch("")
    if is_transitive(verb) or (link and verb.endswith("ed") and is_passive(line, k)):
        phrase = find_verb_subject(line, k, context.times)
        return CountedMatch(phrase, "subject of a passive verb" if phrase else "")
    if verb in _PARTICIPLES and not is_passive(line, k):
        phrase = _find_noun_before_participle(line, k)
        return CountedMatch(phrase, f"noun before {verb}" if phrase else "")
    if is_amount_verb(verb) or (verb in ("up", "down", "worth") and is_passive(line, k)):
        phrase = find_verb_subject(line, k, context.times)
        return CountedMatch(phrase, "subject of the verb" if phrase else "")
    phrase = find_verb_object(line, k + 1) if link in ("by", "to", "at", "from") else ""
    return CountedMatch(phrase, "object of the verb" if phrase else "")


def _inherit_phrase(line: TokenLine, amount: AmountCandidate, context: ClauseContext) -> CountedMatch | None:
    """Return the noun of the amount before: `rose 6 percent to £212m`, `closed at $185, up 0.35 percent`."""
    previous = context.previous
    if previous is None or not context.counted or amount.first - context.previous_last > _MAX_PHRASE_TOKENS:
        return None
    if previous.unit is None or previous.unit.dimension in _COUNT_DIMENSIONS:
        return None
    words = [line.lower_at(k) for k in _tokens_outside_times(context, context.previous_last, amount.first)]
    same = previous.unit == amount.unit
    joined = all(word in _BETWEEN_AMOUNTS or (same and word == "and") for word in words)
    return CountedMatch(context.counted, "noun of the amount before") if joined and len(words) < _MAX_BETWEEN else None


def _tokens_outside_times(context: ClauseContext, first: int, last: int) -> list[int]:
    return [k for k in range(first, last) if not any(time.first <= k < time.last for time in context.times)]


def _skip_link_words(line: TokenLine, k: int, times: Sequence[TimeExpression]) -> tuple[int, str]:
    """Return the token of the verb or noun before an amount, and the preposition between them, if any."""
    link = ""
    while k >= 0:
        word = line.lower_at(k)
        time = next((time for time in times if time.first <= k < time.last), None)
        if time:
            k = time.first - 1
            k -= line.lower_at(k) in ("in", "on", "for", "during")
        elif link == "at" and line.is_capitalised(k) and (place := _place_start(line, k)):
            k = place - 1  # closed in New York at $185
        elif word == "of" and not link:
            return (k - 1, "") if line.lower_at(k - 1) in _VERBS_WITH_OF else (k - 1, "of")
        elif word in _LINK_WORDS and not link:
            link, k = word, k - 1
        elif is_adverb(word) or word in ("a", "an", "just", "only", "further", "now", "not"):
            k -= 1
        else:
            break
    return k, link


def _place_start(line: TokenLine, k: int) -> int:
    """Return the token of `in` in `in New York`, with `k` at the last word; 0 for no such place."""
    n = k
    while line.is_capitalised(n) and k - n < _MAX_NOUN_WORDS:
        n -= 1
    return n if line.lower_at(n) == "in" else 0


def _find_noun_before_participle(line: TokenLine, k: int) -> str:
    """Return the noun of `loans to Mexico totalling`, `goods worth`: the words before, without a place behind `to`."""
    end = k - (line.lower_at(k - 1) == ",")
    while line.is_capitalised(end - 1) and line.lower_at(end - 2) in ("to", "in", "for", "from"):
        end -= 2
    return _noun_phrase_before_of(line, end).split("ed ")[-1]


def _noun_phrase_before_of(line: TokenLine, end: int) -> str:
    """Return the words right before `of`, as printed: `sales revenue`, `total output value`."""
    k = end
    while k > max(end - _MAX_PHRASE_TOKENS, 0) and (line.lower_at(k - 1) in HYPHENS or line.kind_at(k - 1) == "word"):
        if (
            line.lower_at(k - 1) in noun_phrases.STOP_WORDS and line.lower_text(k - 1, k + 1) != "per capita"
        ) or line.lower_at(k - 1) == "and":
            break
        k -= 1
    while line.lower_at(k) in HYPHENS:
        k += 1
    k = strip_determiners(line, k, end)
    return line.printed_text(k, end) if line.lower_at(end - 1) not in _CHANGE_NOUNS else ""
