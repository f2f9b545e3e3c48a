"""Ages without a unit: `aged 15 to 17`, `at the age of 60`, `Li Hua, 45, said`, `she was 45`."""

from shanxi_cli.extraction.quantities.magnitudes import NumberSpan
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule
from shanxi_cli.util.lexicon import load_terms

MAX_AGE = 120
_CUES = frozenset(["aged", "age", "ages"])
_SAYING_VERBS = load_terms("extraction/saying_verbs") | load_terms("extraction/reporting_verbs")
_NO_NAMES = load_terms("analysis/months") | load_terms("analysis/weekdays")
_MIN_ADULT = 16
_MIN_AGE_BEHIND_NAME = 3
_MAX_LIST_TOKENS = 12
_MAX_SPEECH_TOKENS = 8
_LIST_WORDS = frozenset([",", "and", "or", "to", "between", "-", "–", "&"])
BEFORE_RULES = (
    TokenRule("aged", "aged|age|ages; aged|age|ages of|between|from|over|under|about|around|just|only"
              "; aged|age|ages between|from", None,
              ("Boys aged 12 ran away.", "He left at the age of 60."), ("The aged house has 12 rooms.",)),
    TokenRule("pronoun and verb", "he|she|who|i is|was|am; he's|she's|i'm|he’s|she’s|i’m; turned|turns; turning",
              "sentence", ("She was 45.", "He turned 30 last week."), ("She was 45 minutes late.",)),
    TokenRule("died at", "died|dies|dead|retired|retires|retire|married|wed at", "sentence",
              ("The poet died at 72.",), ("The boat died at 72 fathoms.",)),
)  # fmt: skip
"""Words before a number that is an age; `sentence`: only where nothing is counted behind it."""


_TABLE = RuleTable(BEFORE_RULES, backwards=True)
_ENDS = frozenset([".", ",", ";", ")", "", "”", '"', "when", "and", "but", "last", "this", "next", "on", "at", "in"])


def is_age(line: TokenLine, number: NumberSpan) -> bool:
    """Return True where a number without a unit is the age of somebody."""
    if number.value > MAX_AGE or number.value != int(number.value):
        return False
    i = number.first
    found = _TABLE.match_before(line, i)
    if found and (not found.rule.gives or _is_alone(line, number)):
        return True
    if number.high is not None or not number.is_plain_numeral:
        return False
    return _is_listed(line, number) or _is_behind_name(line, i, number)


def _is_alone(line: TokenLine, number: NumberSpan) -> bool:
    following = line.lower_at(number.last)
    if following not in _ENDS or number.value < 2:
        return False
    return following not in ("in", "on", "at", "and") or line.lower_at(number.last + 1) in ("the", "a", "his", "her")


def _is_listed(line: TokenLine, number: NumberSpan) -> bool:
    """Return True for the second of `aged 30 and 32`: numbers alone stand between it and `aged`."""
    if line.kind_at(number.last) == "word" and line.lower_at(number.last) not in _LIST_WORDS | STOP_WORDS:
        return False
    numbers = 0
    for k in range(number.first - 1, max(number.first - _MAX_LIST_TOKENS, -1), -1):
        if line.lower_at(k) in _CUES:
            return numbers > 0
        if line.kind_at(k) == "numeral":
            numbers += 1
        elif line.lower_at(k) not in _LIST_WORDS:
            return False
    return False


def _is_behind_name(line: TokenLine, i: int, number: NumberSpan) -> bool:
    """Return True for `Li Hua, 45, said`, `Li Hua (45)`, `his son, 12,` and `said Li Hua, 45.`."""
    before, following = line.lower_at(i - 1), line.lower_at(number.last)
    if before == "," and line.lower_at(i - 2) == "." and line.lower_at(i - 3) in ("jr", "sr"):
        return True
    if before == "(" and following == ")":
        return line.is_capitalised(i - 2) and line.is_capitalised(i - 3) and number.value >= _MIN_ADULT
    if before != "," or number.value < _MIN_AGE_BEHIND_NAME or line.lower_at(i - 2) in _NO_NAMES:
        return False
    if following in (",", ";"):
        return line.is_capitalised(i - 2) or line.lower_at(i - 3) in ("his", "her")
    ended = following in (".", "") or (following == "and" and line.is_capitalised(number.last + 1))
    return ended and line.is_capitalised(i - 2) and _speaks_of_people(line, i - 2)


def _speaks_of_people(line: TokenLine, k: int) -> bool:
    """Return True where somebody speaks right before token `k`, or an age of the same form stands before it."""
    for n in range(k, max(k - _MAX_SPEECH_TOKENS, -1), -1):
        if line.lower_at(n) in _SAYING_VERBS:
            return True
        if line.kind_at(n) == "numeral":
            return line.lower_at(n - 1) == "," and line.lower_at(n + 1) in (",", "and") and line.is_capitalised(n - 2)
    return False
