"""Numbers that stand for the noun of a number before: `all but six were found`, `the other three`, `only two have`."""

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


def stands_for_noun(line: TokenLine, number: NumberSpan) -> bool:
    """Return True where the words around a number without a noun show that it counts something."""
    if number.value < 2 or line.lower_at(number.last) == "of" or not (number.is_plain_numeral or number.is_spelled_out):
        return False
    found = _TABLE.match_before(line, number.first)
    return found is not None and (bool(found.rule.gives) or line.lower_at(number.last) in _VERBS)
