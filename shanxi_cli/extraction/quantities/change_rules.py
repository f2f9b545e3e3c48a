"""The rows of `changes`: words that tell a rise or a fall, and what it is compared with."""

from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule, TokenTest
from shanxi_cli.util.lexicon import load_terms

_COMPARATIVES = frozenset("more less higher lower fewer".split())
_ALSO_OTHER_VERBS = frozenset("cut cuts gains lost saving".split())
RISE_CUES = load_terms("extraction/rise_verbs") | load_terms("extraction/rise_words")
FALL_CUES = load_terms("extraction/fall_verbs") | load_terms("extraction/fall_words")


def _is_adverb(line: TokenLine, k: int) -> bool:
    return line.lower_at(k).endswith("ly")


def _is_numeral(line: TokenLine, k: int) -> bool:
    return line.kind_at(k) == "numeral"


def _is_four_digits(line: TokenLine, k: int) -> bool:
    return line.kind_at(k) == "numeral" and len(line.lower_at(k)) == 4


_TESTS: dict[str, TokenTest] = {
    "rise": RISE_CUES - _COMPARATIVES - {"up"},
    "fall": FALL_CUES - _COMPARATIVES - {"down"},
    "rise_after": RISE_CUES - _ALSO_OTHER_VERBS - {"more", "up"},
    "fall_after": FALL_CUES - _ALSO_OTHER_VERBS - {"less", "down"},
    "ly": _is_adverb,
    "numeral": _is_numeral,
    "digits": _is_four_digits,
}
_UP = "!make|makes|made|making|take|takes|taking|took up"
BEFORE_RULES = (
    TokenRule("rise by", f"{{rise}} {{ly}}* by|of; {{rise}} {{ly}}* year on year by|of; {_UP} {{ly}}* by|of?",
              "rise", ("Exports grew by 9 percent.", "Prices were up 3 yuan.", "An increase of 40 beds is planned."),
              ("Women are making up 80 percent of it.",)),
    TokenRule("fall by", "{fall} {ly}* by|of; {fall} {ly}* year on year by|of; down {ly}* by|of?",
              "fall", ("Exports shrank by 9 percent.", "The stock was down 3 yuan."), ("He went up 3 steps.",)),
)  # fmt: skip
"""Words right before any amount."""
RELATIVE_RULES = (
    TokenRule("rise", "{rise} {ly}*; {rise} {ly}* year on year", "rise", ("Exports grew sharply 9 percent.",),
              ("They cut 300 jobs.",)),
    TokenRule("fall", "{fall} {ly}*; {fall} {ly}* year on year", "fall", ("Exports fell slightly 9 percent.",),
              ("They raised 5 million yuan.",)),
)  # fmt: skip
"""Words right before a percentage or a multiple."""
AFTER_RULES = (
    TokenRule("percent rise", "a|an|year|on|annual|average|yearly|per* {rise_after} !{numeral} !by|to"
              "; more|up !{numeral} !by|to", "rise", ("It was a 20 percent increase.",)),
    TokenRule("percent fall", "a|an|year|on|annual|average|yearly|per* {fall_after} !{numeral} !by|to"
              "; less|down !{numeral} !by|to", "fall", ("It was a 20 percent decline.",)),
)  # fmt: skip
"""Words right behind an amount."""
BASIS_RULES = (
    TokenRule("year on year", "year on year; month on month; quarter on quarter; week on week; day on day; yoy"
              "; y o y; y / y; annually", None, ("Sales rose 4 percent year-on-year.",)),
    TokenRule("a year earlier", "from|than a year earlier|ago; from the previous year; from the year before"
              "; a year earlier", None, ("Sales rose 4 percent from a year earlier.",)),
)  # fmt: skip
"""Comparisons that are complete in themselves."""
OPENER_RULES = (
    TokenRule("compared with", "compared; than !half", None, ("Sales rose 4 percent compared with 2015.",)),
    TokenRule("against", "versus|against", "adjacent", ("It was up 4 percent against plan.",)),
    TokenRule("from 2015", "over|on|from {digits}; over|on|from the same|previous|year|level; over|on|from that of"
              "; over|on|from last year", None, ("Sales rose 4 percent from 2015.",)),
)  # fmt: skip
"""Words that open a comparison; `adjacent` ones only right behind the amount."""

BEFORE_TABLE = RuleTable(BEFORE_RULES, _TESTS, backwards=True)
RELATIVE_TABLE = RuleTable((*BEFORE_RULES, *RELATIVE_RULES), _TESTS, backwards=True)
AFTER_TABLE = RuleTable(AFTER_RULES, _TESTS)
BASIS_TABLE = RuleTable(BASIS_RULES, _TESTS)
OPENER_TABLE = RuleTable(OPENER_RULES, _TESTS)
