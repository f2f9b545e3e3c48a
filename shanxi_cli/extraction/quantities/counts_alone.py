"""Numbers that stand for the noun of a number before: `all but six were found`, `the other three`, `12 others`."""

from shanxi_cli.extraction.quantities.numbers import NumberSpan
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule

_VERBS = frozenset("are were have had will was has remain remained survive survived would could can did".split())
RULES = (
    TokenRule("all but", "all but", "always", ("Nine cows fell ill, and all but two were cured.",)),
    TokenRule("the other", "the|its|their|his|her other|remaining", None,
              ("Five goats fled. The other three were caught.",), ("The other three asked for more.",)),
    TokenRule("only", "only|just", None, ("Nine boats sailed and only two have returned.",)),
)  # fmt: skip
"""Words before such a number; `always`: whatever follows, else a verb does."""
_TABLE = RuleTable(RULES, backwards=True)


def find_count_alone(line: TokenLine, number: NumberSpan) -> int:
    """Return the token after a number that the words around show to count something without a noun; 0 for none."""
    j = number.last
    following = line.lower_at(j)
    if following == "of" or not (number.is_plain_numeral or number.is_spelled_out):
        return 0
    if number.value >= 2 and (following == "others" or (following == "more" and line.lower_at(j + 1) in _VERBS)):
        return j + 1
    found = _TABLE.match_before(line, number.first)
    if found is None:
        return 0
    return j if found.rule.gives or (number.value >= 2 and following in _VERBS) else 0
