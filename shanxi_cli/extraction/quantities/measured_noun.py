"""The noun that an amount measures: `sales revenue of 400 million yuan`, `Exports of tea rose by 12 percent`.

An amount of money, a percentage or a measure is of the noun behind it (`tons of coal`, `a $5 million loan`, `1 million
yuan in loans`), of the noun before `of`, of the subject of a verb of level or change, of the object of a verb such as
`cut` or `raise`, of the noun before `up` or `by`, or of what the amount before it is of (`rose 6 percent to £212m`). An
age is of the person beside it. Where the clause is not plain, nothing is said.
"""

from collections.abc import Sequence

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.clause_subjects import (
    find_phrase_before,
    find_verb_object,
    find_verb_subject,
    is_adverb,
    is_amount_verb,
    is_passive,
    is_transitive,
    strip_determiners,
)
from shanxi_cli.extraction.quantities.counted_before import ClauseContext, inherit_phrase
from shanxi_cli.extraction.quantities.counted_people import find_aged_person
from shanxi_cli.extraction.quantities.nouns_behind import (
    CHANGE_NOUNS,
    CountedMatch,
    find_noun_behind,
    find_noun_of_purpose,
)
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS, is_plural
from shanxi_cli.extraction.quantities.token_line import HYPHENS, TokenLine
from shanxi_cli.extraction.quantities.year_expressions import MONTH_NUMBERS, TimeExpression
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.lexicon import load_terms

_PRONOUNS = frozenset("it them this that these those which whom".split())
_TIME_NOUNS = frozenset("year years month months week season day century decade quarter".split())
_RELATION_VERBS = frozenset(
    "exceed exceeds exceeded exceeding surpass surpasses surpassed surpassing top tops topped topping crossed passed"
    " broke".split()
)
_VERBS_WITH_OF = load_terms("extraction/amount_verbs")
_RAISING_VERBS = frozenset(["raise", "raises", "raised"])
_PARTICIPLES = frozenset("totalling totaling costing averaging weighing measuring worth".split())
_LINK_WORDS = frozenset("to by at from for".split())
_DIRECTIONS = frozenset("up down higher lower ahead".split())
_LASTING_VERBS = frozenset("last lasts lasted lasting take takes took taken runs ran".split())
_NOUNS_AMONG_STOPS = frozenset("account accounts record records total set rise fall lead leads".split())
_MAX_PHRASE_TOKENS = 14
_MAX_NOUN_WORDS = 4
_COUNT_DIMENSIONS = frozenset([Dimension.COUNT, Dimension.AGE, Dimension.DURATION])


def find_counted_phrase(line: TokenLine, amount: AmountCandidate, context: ClauseContext) -> CountedMatch:
    """Return the noun phrase, as printed, that is counted or measured; an empty one where none is plain."""
    if amount.noun:
        return CountedMatch(line.printed_text(amount.noun.first, amount.noun.last), "noun behind the number")
    if amount.shared_noun:
        noun = amount.shared_noun
        return CountedMatch(line.printed_text(noun.first, noun.last), "noun of the number before")
    dimension = amount.unit.dimension if amount.unit else None
    if dimension is None:
        return CountedMatch("")
    if dimension is Dimension.AGE:
        return _find_person(line, amount, context)
    if following := _find_noun_of(line, amount):
        return following
    if dimension is Dimension.DURATION:
        return _find_noun_of_duration(line, amount, context)
    found = find_noun_behind(line, amount, context.last) or _find_phrase_before(line, amount, context)
    return found if found.phrase else find_noun_of_purpose(line, amount, max(context.last, amount.last)) or found


def _find_noun_of(line: TokenLine, amount: AmountCandidate) -> CountedMatch | None:
    """Return the noun of `9 tons of coal`, `2,500 tons, of water` and `a third — 31% — of voters`, or None."""
    j = amount.last
    if line.lower_at(j + 1) == "of" and line.lower_at(j) in (",", ")", "—", "–", "-"):
        j += 1
    if line.lower_at(j) in ("—", "–", "(") and line.lower_at(j) != "of":
        close = ")" if line.lower_at(j) == "(" else line.lower_at(j)
        j = next((k + 1 for k in range(j + 2, j + 6) if line.lower_at(k) == close), j)
    following = noun_phrases.noun_phrase_after_of(line, j)
    if following is None or line.lower_at(following.first) in MONTH_NUMBERS:
        return None
    time = amount.unit is not None and amount.unit.dimension is Dimension.DURATION
    if line.lower_at(following.first) in _PRONOUNS or (time and line.lower_at(following.last - 1) in _TIME_NOUNS):
        return None
    return CountedMatch(line.printed_text(following.first, following.last), "noun behind of")


def _find_person(line: TokenLine, amount: AmountCandidate, context: ClauseContext) -> CountedMatch:
    previous = context.previous
    listed = previous is not None and previous.unit == amount.unit and amount.first - context.previous_last <= 2
    if listed and context.counted and line.lower_at(amount.first - 1) in (",", "and", "or"):
        return CountedMatch(context.counted, "person of the age before")
    phrase = find_aged_person(line, amount)
    return CountedMatch(phrase, "person of the age" if phrase else "")


def _find_noun_of_duration(line: TokenLine, amount: AmountCandidate, context: ClauseContext) -> CountedMatch:
    """Return the noun of `a 52-week period`, `a term of four years`, `the trial lasted two days`."""
    if amount.is_adjectival:
        return find_noun_behind(line, amount, context.last) or CountedMatch("")
    k, link = _skip_link_words(line, amount.first - 1, context.times)
    if link == "of":
        phrase = _noun_phrase_before_of(line, k + 1)
        return CountedMatch(phrase, "noun before of" if phrase else "")
    lasting = line.lower_at(k) in _LASTING_VERBS and link in ("", "for")
    if lasting or (link == "for" and line.lower_at(k) in ("is", "are", "was", "were")):
        phrase = find_verb_subject(line, k, context.times, context.previous_last)
        return CountedMatch(phrase, "subject of the verb" if phrase else "")
    return CountedMatch("")


def _find_phrase_before(line: TokenLine, amount: AmountCandidate, context: ClauseContext) -> CountedMatch:
    if inherited := inherit_phrase(line, amount, context):
        return inherited
    least = _end_of_previous(context)
    if line.lower_at(amount.first) in _RELATION_VERBS:
        return _match("subject of the verb", find_verb_subject(line, amount.first, context.times, least))
    k, link = _skip_link_words(line, amount.first - 1, context.times)
    if link == "of":
        return _match("noun before of", _noun_phrase_before_of(line, k + 1))
    verb = line.lower_at(k)
    if (verb in ("held", "hold", "holds") and link == "at") or (
        verb == "," and link == "at" and line.lower_at(amount.last) == ","
    ):
        return _match("subject of the verb", find_verb_subject(line, k, context.times, least))
    if verb == "average" and line.lower_at(k - 1) in ("a", "an", "the", "annual", "monthly", "of"):
        return CountedMatch("")  # an average 6 tonnes
    if found := _find_object(line, amount, k, link):
        return found
    return _find_subject(line, amount, context, k, link)


def _end_of_previous(context: ClauseContext) -> int:
    """Return the token after the amount before, where a new statement begins; a time is none."""
    previous = context.previous
    time = previous is None or previous.unit is None or previous.unit.dimension in (Dimension.DURATION, Dimension.AGE)
    return 0 if time else context.previous_last


def _match(rule: str, phrase: str) -> CountedMatch:
    return CountedMatch(phrase, rule if phrase else "")


def _find_object(line: TokenLine, amount: AmountCandidate, k: int, link: str) -> CountedMatch | None:
    """Return the object of `cut its rate to 5 percent` and `cut emissions 42 percent`; None where there is none."""
    relative = amount.unit is not None and amount.unit.dimension in (Dimension.PERCENT, Dimension.POINTS)
    if link not in ("by", "to", "at", "from") and not (relative and not link):
        return None
    phrase = find_verb_object(line, k + 1)
    return CountedMatch(phrase, "object of the verb") if phrase else None


def _find_subject(line: TokenLine, amount: AmountCandidate, context: ClauseContext, k: int, link: str) -> CountedMatch:
    """Return the subject of the verb at `k`, or the noun there where no verb follows: `sales up 5 percent`."""
    verb, least = line.lower_at(k), _end_of_previous(context)
    if verb in ("up", "down") and not link and line.lower_at(k - 1) in _LEVEL_VERBS | _MOVING_VERBS:
        k, verb = k - 1, line.lower_at(k - 1)
    if is_transitive(verb) and not is_passive(line, k) and verb not in _RAISING_VERBS:
        return CountedMatch("")
    if is_transitive(verb) or (link and verb.endswith("ed") and is_passive(line, k)):
        return _match("subject of a passive verb", find_verb_subject(line, k, context.times, least))
    if verb in _PARTICIPLES and not is_passive(line, k):
        return _match(f"noun before {verb}", _find_noun_before_participle(line, k))
    if verb in ("cost", "costs") and line.lower_text(k - 2, k) in _ESTIMATES and not is_passive(line, k - 2):
        return _match("noun before the estimate", _find_noun_before_participle(line, k - 2))
    while verb in _LEVEL_VERBS and line.lower_at(k - 1) == verb:
        k -= 1
    if line.lower_at(amount.last) in ("owned", "controlled", "held"):
        return CountedMatch("")
    if is_amount_verb(verb) or (verb in ("up", "down", "worth") and is_passive(line, k)):
        return _match("subject of the verb", find_verb_subject(line, k, context.times, least))
    return _find_noun_without_verb(line, amount, k, link, least)


def _find_noun_without_verb(line: TokenLine, amount: AmountCandidate, k: int, link: str, least: int) -> CountedMatch:
    """Return the noun of `sales up 5 percent`, `wheat by 4 percent`, `profits 15 percent down`, `a peak above $60`."""
    word = line.lower_at(k)
    if word in _DIRECTIONS and not link:
        return _match(f"noun before {word}", find_phrase_before(line, k, least))
    if line.kind_at(k) != "word":
        return CountedMatch("")
    if link == "by":
        return _match("noun before by", find_phrase_before(line, k + 1, least))
    if not link and line.lower_at(amount.last) in _DIRECTIONS:
        return _match("noun before the change", find_phrase_before(line, k + 1, least))
    if amount.has_relation_cue and line.lower_at(amount.first) in _PLACE_RELATIONS and _is_level_noun(word):
        return _match("noun before the amount", find_phrase_before(line, k + 1, least))
    return CountedMatch("")


def _is_level_noun(word: str) -> bool:
    """Return True for a noun that can be right before `above $68,000`: `a peak`, `temperatures`, `its value`."""
    return word in _LEVEL_NOUNS or (is_plural(word) and word not in _LEVEL_VERBS)


_PLACE_RELATIONS = frozenset("above below over under around exceeding beyond".split())
_LEVEL_NOUNS = (
    load_terms("extraction/money_nouns")
    | load_terms("extraction/statistics_nouns")
    | frozenset("peak high low price level temperature speed rate population age weight worth".split())
)
_MOVING_VERBS = frozenset("moved edged went crept inched ticked nudged came shot".split())
_ESTIMATES = frozenset(
    f"{verb} to" for verb in ("estimated", "expected", "likely", "projected", "due", "set", "budgeted")
)
_LEVEL_VERBS = load_terms("extraction/fall_verbs") | load_terms("extraction/rise_verbs")


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
        elif is_adverb(word) or word in ("a", "an", "just", "only", "further", "now", "not", "even"):
            k -= 1
        elif word.endswith("ed") and line.lower_at(k - 1) == "a" and link != "of":
            k -= 1  # a revised 0.5 percent
        elif word.endswith("ed") and is_adverb(line.lower_at(k - 1)) and line.lower_at(k - 2) == "a":
            k -= 2  # a seasonally adjusted 0.7 percent
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
    """Return the words right before `of`, as printed: `sales revenue`, `total output value`, `increase`."""
    k = end
    while k > max(end - _MAX_PHRASE_TOKENS, 0) and (line.lower_at(k - 1) in HYPHENS or line.kind_at(k - 1) == "word"):
        word = line.lower_at(k - 1)
        noun = k == end and word in _NOUNS_AMONG_STOPS
        if word == "and" or (word in STOP_WORDS and not noun and line.lower_text(k - 1, k + 1) != "per capita"):
            break
        k -= 1
    while line.lower_at(k) in HYPHENS or (line.lower_at(k) == "s" and line.lower_at(k - 1) in ("'", "’")):
        k += 1
    k = strip_determiners(line, k, end)
    if line.lower_at(end - 1) not in CHANGE_NOUNS or end - k > 1:
        return line.printed_text(k, end)
    return line.printed_text(k, end) if line.lower_at(end - 1) not in _NO_CHANGES else ""


_NO_CHANGES = frozenset("average maximum minimum total record more less".split())
