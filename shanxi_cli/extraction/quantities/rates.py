"""Rates of quantities: `240 million yuan a year`, `$18 a pound`, `an annual income of`, `per capita`."""

from typing import NamedTuple

from shanxi_cli.extraction.quantities.plurals import STOP_WORDS, to_singular
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule, TokenTest
from shanxi_cli.extraction.quantities.units import MAX_UNIT_NAME_WORDS, UNITS_BY_NAME
from shanxi_cli.model.quantity import Dimension
from shanxi_cli.util.lexicon import load_terms

TIME_SHIFTS = frozenset(["earlier", "ago", "before", "previously", "later"])
"""Words after `a year` that make a time of it and no rate."""
_RATE_NOUNS = load_terms("extraction/rate_nouns")
_MEASURED_BY = frozenset([Dimension.AREA, Dimension.VOLUME, Dimension.WEIGHT, Dimension.ENERGY])
_MEASURE_NAMES = frozenset(
    name
    for name, unit in UNITS_BY_NAME.items()
    if unit.dimension in (Dimension.AREA, Dimension.VOLUME, Dimension.WEIGHT, Dimension.ENERGY)
    and not name.endswith("s")
)
_MAX_TOKENS_BEFORE_AMOUNT = 10  # tokens that may come between `annual` and its amount
_NO_RATE_WORDS = frozenset(["cent"])  # per cent


def _is_rate_noun(line: TokenLine, k: int) -> bool:
    return (line.lower_at(k) in _RATE_NOUNS or line.lower_at(k) in _MEASURE_NAMES) and line.lower_at(
        k + 1
    ) not in TIME_SHIFTS


def _is_any_noun(line: TokenLine, k: int) -> bool:
    low = line.lower_at(k)
    noun = line.kind_at(k) == "word" and low.isalpha() and low not in STOP_WORDS and low not in _NO_RATE_WORDS
    return noun and line.lower_at(k + 1) not in TIME_SHIFTS


_CURRENCIES = frozenset("dollar pound euro yen rand rupee yuan franc mark sterling".split())
_TESTS: dict[str, TokenTest] = {"rate": _is_rate_noun, "noun": _is_any_noun, "currency": _CURRENCIES}
AFTER_RULES = (
    TokenRule("annually", "annually|yearly; of it|them annually|yearly; on average annually|yearly", "year",
              ("The mine earns $3 million annually.",), ("The mine earns $3 million.",)),
    TokenRule("monthly", "monthly", "month", ("The pension is 90 yuan monthly.",)),
    TokenRule("weekly", "weekly", "week", ("The stall sells 300 eggs weekly.",)),
    TokenRule("daily", "daily", "day", ("The plant treats 900 tons daily.",)),
    TokenRule("hourly", "hourly", "hour", ("It pumps 90 tons hourly.",)),
    TokenRule("apiece", "apiece", "piece", ("The lamps cost 90 yuan apiece.",)),
    TokenRule("per head", "per|a capita|head; each|every head", "person", ("Income rose to 9,000 yuan per capita.",)),
    TokenRule("a year", "a|an unit={rate}; of it|them a|an unit={rate}; on average a|an unit={rate}", None,
              ("The mill makes £40m a year.",), ("It made £40m a year earlier.", "They sold 40 tons a man said.")),
    TokenRule("per unit", "per|each|every unit={noun}; of it|them per unit={noun}; on average per unit={noun}", None,
              ("Corn sells for 2 yuan per kilogram.",), ("It grew 4 per cent.",)),
    TokenRule("rate of exchange", "to the|a|one|1 us|american? unit={currency}", None,
              ("The pound fell to $1.29 to the euro.",), ("They gave 40 dollars to the man.",)),
    TokenRule("/unit", "/ unit={noun}", None, ("Maize sells for $190/tonne.",), ("It has 40 and/or 60 boats.",)),
)  # fmt: skip
"""Rates right behind an amount."""

BEFORE_RULES = (
    TokenRule("annual", "annual|annualized|annualised|yearly", "year", ("It has an annual income of $3 million.",)),
    TokenRule("monthly", "monthly", "month", ("The monthly pension is 90 yuan.",)),
    TokenRule("weekly", "weekly", "week", ("A weekly wage of £300 was paid.",)),
    TokenRule("daily", "daily", "day", ("Its daily output is 900 tons.",)),
    TokenRule("per unit", "per|a capita|head", "person", ("Its per capita income is 9,000 yuan.",)),
    TokenRule("per unit", "per unit={noun}", None, ("The yield per hectare was 6 tons.",),
              ("The share was 4 per cent and 9 tons were sold.",)),
)  # fmt: skip
"""Rates before an amount, in its clause."""

AFTER_TABLE = RuleTable(AFTER_RULES, _TESTS)
BEFORE_TABLE = RuleTable(BEFORE_RULES, _TESTS)


class RateMatch(NamedTuple):
    """A rate, a singular noun; the token after it; and the name of the rule that read it. All empty for none."""

    noun: str
    last: int
    rule: str = ""


def parse_rate_after(line: TokenLine, j: int) -> RateMatch:
    """Parse the rate printed from token `j` on."""
    found = AFTER_TABLE.match_at(line, j + 1 if line.is_hyphen(j) else j)
    if found is None:
        return RateMatch("", j)
    if found.rule.gives:
        return RateMatch(found.rule.gives, found.last, found.rule.name)
    return RateMatch(*_parse_rate_noun(line, found.captures["unit"][1] - 1), found.rule.name)


def find_rate_before(line: TokenLine, first: int, start: int) -> RateMatch:
    """Return the rate printed before the amount at token `first`, in its clause, not before token `start`."""
    for k in range(first - 1, max(first - _MAX_TOKENS_BEFORE_AMOUNT, start) - 1, -1):
        if line.lower_at(k) in (",", ";", ".", ":", "(", ")") or line.kind_at(k) == "numeral":
            break
        if found := BEFORE_TABLE.match_at(line, k):
            noun = found.rule.gives or _parse_rate_noun(line, found.captures["unit"][0])[0]
            return RateMatch(noun, found.last, found.rule.name)
    return RateMatch("", first)


def _parse_rate_noun(line: TokenLine, k: int) -> tuple[str, int]:
    """Return the longest unit of measure at `k`, else the one word there, and the token after it."""
    words: list[str] = []
    best = to_singular(line.lower_at(k)), k + 1
    for n in range(k, k + MAX_UNIT_NAME_WORDS):
        words.append(line.lower_at(n))
        name = " ".join(words)
        if name in UNITS_BY_NAME:
            best = name, n + 1
    return best
