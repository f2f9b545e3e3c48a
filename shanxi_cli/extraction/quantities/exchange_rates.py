"""Exchange rates: `fell to 19.34 to the dollar`, `traded at 83.2 per US dollar`, `$1.29 to the pound`.

The unit of such a number is the currency that its clause names before it, and its rate the other one. A rate of pounds
sterling, euros or the like is quoted the other way round: `sterling rose to 1.29 to the dollar` gives dollars a pound.
"""

from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule
from shanxi_cli.extraction.quantities.units import UNITS_BY_NAME, UnitDefinition
from shanxi_cli.model.quantity import Dimension

_CURRENCY_NOUNS = frozenset("dollar pound euro yen rand rupee yuan franc mark greenback sterling".split())
_SUBJECTS = {
    name: unit for name, unit in UNITS_BY_NAME.items() if unit.dimension is Dimension.MONEY and unit.factor == 1
}
_QUOTED_IN_DOLLARS = frozenset("pound sterling euro aussie kiwi loonie".split())
_DOLLAR = UnitDefinition("USD", Dimension.MONEY)
_MAX_SUBJECT_TOKENS = 24

RULES = (
    TokenRule("rate of exchange", "to|per|against|versus|for the|a|an|one|1? us|american|greenback? unit={currency}"
              "; to|per|against|versus|for the|a|one? u . s . unit={currency}", None,
              ("The rupee fell to 83.2 to the dollar.", "The rand traded at 19.34 per US dollar."),
              ("They gave 40 dollars to the pound.",)),
)  # fmt: skip
"""Words right behind a number that make it a rate of exchange."""
_TABLE = RuleTable(RULES, {"currency": _CURRENCY_NOUNS})


def find_exchange_rate(line: TokenLine, first: int, last: int) -> UnitDefinition | None:
    """Return the unit of a number in the tokens `first` to `last` where a currency it buys follows, else None.

    It is the unit of a bare number where no currency is named before.
    """
    found = _TABLE.match_at(line, last)
    if found is None:
        return None
    for k in range(first - 1, max(first - _MAX_SUBJECT_TOKENS, -1), -1):
        word = line.lower_at(k)
        if word in (".", ";") and not line.no_space_before(k + 1):
            break
        if word in _QUOTED_IN_DOLLARS:
            return _DOLLAR
        if word in _SUBJECTS and word != line.lower_at(found.last - 1):
            return _SUBJECTS[word]
    return UnitDefinition("", Dimension.COUNT)
