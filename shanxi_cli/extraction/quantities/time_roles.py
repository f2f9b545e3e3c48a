"""Roles of a time beside an amount: its own time, a basis of comparison, the date of an event."""

from collections.abc import Sequence

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression
from shanxi_cli.util.lexicon import load_terms

_COMPARISON_CUES = frozenset(["compared", "against", "versus", "than"])
_LIKENESS_CUES = [
    ["identical", "to"], ["similar", "to"], ["equal", "to"], ["comparable", "to"], ["same", "as"], ["level", "with"]
]  # fmt: skip
_EXTREMES = frozenset("first most least best worst record".split())
_NO_SUPERLATIVES = frozenset(
    "interest forest request invest protest latest guest harvest arrest contest honest suggest modest priest chest"
    " digest manifest conquest quest earnest midwest northwest southwest test".split()
)
_PARTS = frozenset("period quarter month half week season".split())
_SAME_WORDS = frozenset("same corresponding comparable equivalent like".split())
_EVENT_VERBS = load_terms("extraction/event_verbs")
_NOUN_DETERMINERS = frozenset("its their his her our the a an".split())
_MAX_NOUN_TOKENS = 6  # tokens of a noun phrase between a year and `of`
_TIME_PREPOSITIONS = frozenset(
    "in during by since from over between for throughout as of the end early late mid - until to within".split()
)
_STATISTICS_NOUNS = load_terms("extraction/statistics_nouns")
_SAME_NOUNS = frozenset("time stage point week weekend day month months quarter weeks season".split())
_BASIS_PREPOSITIONS = frozenset("on from than over with to against above below".split())
_SUBORDINATORS = frozenset("that because when where if although though whether".split())
_OTHER_CLAUSE_WORDS = frozenset("but while although after before following adding saying because when".split())
_VERBS_WITH_OBJECT = frozenset("named commissioned adopted signed convened banned ordered".split())
_MAX_SUBJECT_TOKENS = 4  # tokens of a subject with its article
_MAX_OBJECT_TOKENS = 9  # tokens between the verb of an event and its time
TENSE_WINDOW = 25
"""Tokens on either side of an amount that tell the tense."""


def belongs_to_comparison_base(
    line: TokenLine, time: TimeExpression, amounts: Sequence[AmountCandidate], n: int
) -> bool:
    """Return True for the time of `up from 6,200 kg in 2019`: it belongs to no amount but the base."""
    for k in (n - 1, n + 1, n + 2):
        if 0 <= k < len(amounts) and k != n:
            other = amounts[k]
            if 0 <= time.first - other.last <= 2 and line.lower_at(other.first - 1) == "from":
                return True
    return False


def is_comparison_basis(line: TokenLine, period: TimeExpression, start: int) -> bool:
    """Return True for `compared with 2016`, `on the same period of last year`, `up 3.5 times on that of 2015`."""
    i = period.first
    if line.lower_at(period.last - 1) == "period" and "same" in line.lower_text(i, period.last):
        return line.lower_at(i - 1) in ("on", "from", "than", "over", "with", "to", "against", "in")
    if line.lower_text(i - 2, i) in (
        "period of",
        "period in",
        "that of",
        "those of",
        "level of",
        "levels of",
    ) or line.lower_at(i - 1) in ("period", "than"):
        return True
    scope = _is_scope_of_extreme(line, period, start)
    if scope or _is_year_of_compared_part(line, period) or _ends_same_time(line, i):
        return True
    near = line.lower_text(max(i - 6, start), i).split()
    if near[-2:] in _LIKENESS_CUES or (near[-1:] == ["as"] and near[-3:-2] == ["as"]):
        return True
    bare_year = period.date_range is not None and not period.date_range.start.month
    if near and near[-1] in ("from", "over", "on") and period.date_range and bare_year and line.kind_at(i) == "numeral":
        return line.lower_at(period.last) != "to" and period.date_range.start == period.date_range.end
    if near[-2:] == ["as", "in"]:
        return True
    if near[-1:] in (["from"], ["on"]) and line.lower_text(i, period.last) in ("last year", "last month"):
        return True
    cues = [n for n, word in enumerate(near) if word in _COMPARISON_CUES and not _is_modifier(line, i - len(near) + n)]
    compared = cues[-1] if cues else -1
    return compared >= 0 and "," not in near[compared:]


def _is_modifier(line: TokenLine, k: int) -> bool:
    """Return True for the `than` of `sold more than 40 million trips`, with `k` there; not for `40, more than 30`."""
    more = line.lower_at(k) == "than" and line.lower_at(k - 1) in ("more", "less", "fewer")
    return more and line.kind_at(k + 1) == "numeral" and line.lower_at(k - 2) not in (",", "and", "or", "were", "was")


def _is_scope_of_extreme(line: TokenLine, time: TimeExpression, start: int) -> bool:
    """Return True for `for the first time since 2007`, `the highest of the year`: no time of the amount itself."""
    k = time.first - 1
    if line.lower_at(k) not in ("since", "of") or (line.lower_at(k) == "of" and not time.refers_back):
        return False
    for n in range(k - 1, max(k - _MAX_NOUN_TOKENS, start) - 1, -1):
        word = line.lower_at(n)
        if word in _EXTREMES or (word.endswith("est") and word not in _NO_SUPERLATIVES and len(word) > 4):
            return True
        if word == ",":
            return False
    return False


def _is_year_of_compared_part(line: TokenLine, time: TimeExpression) -> bool:
    """Return True for the year of `in the corresponding quarter of last year`."""
    k = time.first - 1
    while line.lower_at(k) in ("of", "in", "the"):
        k -= 1
    return line.lower_at(k) in _PARTS and line.lower_at(k - 1) in _SAME_WORDS


def _ends_same_time(line: TokenLine, i: int) -> bool:
    """Return True for `down 31 per cent on the same time last year`, with `i` behind `time`."""
    k = i - 1
    if line.lower_at(k) not in _SAME_NOUNS:
        return False
    while line.lower_at(k) not in ("same", "this") and k > i - 4:
        k -= 1
    k -= 2 if line.lower_at(k - 1) == "the" else 1
    k -= line.lower_at(k) in ("at", "in") and line.lower_at(k - 1) in ("than", "with", "to")
    return line.lower_at(k) in _BASIS_PREPOSITIONS


def is_event_date(line: TokenLine, period: TimeExpression, start: int) -> bool:
    """Return True for `founded in 2016`: the verb of the event is within four tokens before the time."""
    near = [line.lower_at(k) for k in range(max(period.first - 4, start), period.first)]
    return any(word in _EVENT_VERBS for word in near)


def dates_event_with_object(line: TokenLine, time: TimeExpression, start: int) -> bool:
    """Return True for `appointed a new panel in 2016`: what is appointed stands between, without a number."""
    for k in range(time.first - 1, max(time.first - _MAX_OBJECT_TOKENS, start) - 1, -1):
        if line.kind_at(k) != "word":
            return False
        if line.lower_at(k) in _EVENT_VERBS or line.lower_at(k) in _VERBS_WITH_OBJECT:
            return True
    return False


def is_in_clause_behind(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True for the time of `sold 40 tents, adding that 2009 had been bad`: it opens a clause of its own."""
    k = time.first - 1
    while line.lower_at(k) in _TIME_PREPOSITIONS and k > amount.last:
        k -= 1
    if k >= amount.last and line.lower_at(k) in _SUBORDINATORS:
        return True
    for n in range(k, max(k - _MAX_SUBJECT_TOKENS, amount.last), -1):  # £3m and the city in 2014
        if line.lower_at(n) in ("the", "its", "their", "a") and k < time.first - 1:
            return n < k and line.lower_at(n - 1) in ("and", "while", "but")
        if line.kind_at(n) != "word":
            break
    return False


def names_event(line: TokenLine, time: TimeExpression) -> bool:
    """Return True for `after the March 20, 2003 invasion`: the date names an event and is no time of an amount."""
    if line.lower_text(time.first - 3, time.first) in ("the first on", "the second on", "the latest on", "the last on"):
        return True  # two proposals, the first on February 19
    if line.lower_at(time.first - 1) in ("in", "on", "of") and _follows_event_noun(line, time.first - 2):
        return True
    if line.lower_at(time.first - 1) != "the" or time.date_range is None:
        return False
    noun = line.token_at(time.last)
    if noun.kind != "word" or noun.lower in STOP_WORDS or noun.lower in _STATISTICS_NOUNS:
        return False
    if line.lower_at(time.first - 2) == "since" and time.date_range.start != time.date_range.end:
        return False  # since the 2009 elections
    back = line.lower_at(time.first - 2) in ("after", "since", "before", "following", "until")
    return back or bool(time.date_range.start.day and time.date_range.start == time.date_range.end)


def _follows_event_noun(line: TokenLine, k: int) -> bool:
    """Return True for `after the attacks in 2001`, with `k` at the noun."""
    for n in range(k, max(k - _MAX_NOUN_TOKENS, 0), -1):
        if line.kind_at(n) == "mark" and line.lower_at(n) not in ("/", "-"):
            return False
        if line.lower_at(n) in ("the", "his", "her", "its", "their"):
            return line.lower_at(n - 1) in ("after", "before", "following", "until") and n < k
    return False


def is_after_semicolon(line: TokenLine, amount: AmountCandidate, period: TimeExpression) -> bool:
    """Return True when a semicolon separates an amount from the time after it."""
    return any(line.lower_at(k) == ";" for k in range(amount.last, min(period.first, amount.last + TENSE_WINDOW)))


def is_day_of_other_clause(line: TokenLine, amount: AmountCandidate, time: TimeExpression) -> bool:
    """Return True for a day of the week that `but`, `while`, `after` or the like parts from the amount."""
    low, high = min(time.last, amount.last), max(time.first, amount.first)
    return time.is_weekday and any(line.lower_at(k) in _OTHER_CLAUSE_WORDS for k in range(low, high))


def is_same_clause(line: TokenLine, period: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True where no comma, `and` or `while` stands between a time and an amount."""
    low, high = (amount.last, period.first) if period.first >= amount.last else (period.last, amount.first)
    return high - low < TENSE_WINDOW and not any(
        line.lower_at(k) in (",", ";", ":", "and", "while") for k in range(low, high)
    )


def opens_clause(line: TokenLine, period: TimeExpression, start: int) -> bool:
    """Return True when the time begins its clause.

    Only prepositions come between it and a comma or the start of the sentence.
    """
    k = period.first - 1
    while k >= max(start, period.first - 6) and line.lower_at(k) in _TIME_PREPOSITIONS:
        k -= 1
    return k < start or line.lower_at(k) in (",", ";", "“", '"', "and", "while")


def is_present_state(line: TokenLine, amount: AmountCandidate, period: TimeExpression) -> bool:
    """Return True for `founded in 2010, it now has 300 workers`: the present does not belong to the time before."""
    return period.last <= amount.first and any(
        line.lower_at(k) in ("now", "currently", "today")
        for k in range(max(amount.first - 4, period.last), amount.first)
    )


def find_year_of_noun(
    line: TokenLine, amount: AmountCandidate, here: Sequence[TimeExpression]
) -> TimeExpression | None:
    """Return the time of `its 1986 net profit of 582m`: it stands before the noun that the amount is of."""
    if line.lower_at(amount.first - 1) != "of":
        return None
    near = next((time for time in here if 0 <= amount.first - time.last <= _MAX_NOUN_TOKENS), None)
    if near is None or line.lower_at(near.first - 1) not in _NOUN_DETERMINERS or near.last + 2 > amount.first:
        return None
    words = [line.lower_at(k) for k in range(near.last, amount.first - 1)]
    return near if STOP_WORDS.isdisjoint(words) and all(word.isalpha() for word in words) else None


def dates_noun(line: TokenLine, time: TimeExpression) -> bool:
    """Return True for the year of `the 2016-17 harvest`: it is of that noun, and opens no clause."""
    noun = line.token_at(time.last)
    return (
        line.lower_at(time.first - 1) in _NOUN_DETERMINERS
        and line.kind_at(time.first) == "numeral"
        and noun.kind == "word"
        and noun.lower not in STOP_WORDS
    )


def is_deadline_of_other(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True for the time of `its 82 per cent target and a zero by 2050`, `a bill of £3m, which will fall in May`.

    Such a time holds for its own clause, and for a list of numbers before it.
    """
    if time.first < amount.last:
        return False
    between = range(amount.last, min(time.first, amount.last + TENSE_WINDOW))
    if line.lower_at(time.first - 1) == "by" and not is_same_clause(line, time, amount):
        return all(line.kind_at(k) != "numeral" for k in between)
    return any(line.lower_at(k) in ("which", "who") and line.lower_at(k + 1) in ("will", "would") for k in between)


def is_mean_of_several(line: TokenLine, amount: AmountCandidate, here: Sequence[TimeExpression]) -> bool:
    """Return True for `the 12-month average of 15 percent`, unless a time is printed right behind it."""
    k = amount.first - 1
    if line.lower_at(k) != "of" or line.lower_at(k - 1) not in ("average", "mean", "median"):
        return False
    k -= 2
    is_several = line.lower_at(k).rstrip("s") in ("year", "month", "week", "day", "quarter", "decade")
    return is_several and not any(0 <= time.first - amount.last <= 1 for time in here)
