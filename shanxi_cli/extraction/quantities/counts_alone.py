"""Numbers that stand for the noun of a number before: `all but six were found`, `the other three`, `12 others`.

Or for one further behind: `51 (91 per cent) of the ministers`, `25 £200 fines`.
"""

from shanxi_cli.extraction.quantities import noun_phrases
from shanxi_cli.extraction.quantities.magnitudes import NumberSpan
from shanxi_cli.extraction.quantities.numbers import parse_number_at
from shanxi_cli.extraction.quantities.plurals import STOP_WORDS, is_plural
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule
from shanxi_cli.extraction.quantities.unit_matcher import parse_unit_at

_CASUALTY_WORDS = frozenset(
    "dead injured wounded missing killed hurt hospitalised hospitalized homeless detained".split()
)
_CLAUSE_STARTS = frozenset(", ; : ( — – “ and but while that whereas where said only just about nearly almost".split())
_SUBJECT_VERBS = frozenset(
    "are were have had did died survived remain remained fled came went said say voted won lost failed passed got took"
    " left live lived work worked hold held own owned face faced belong belonged want wanted will would can could"
    " may might do abstained refused".split()
)
_MAX_BRACKET_TOKENS = 8
_MAX_YEAR_LIKE = 1900
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


def skip_bracket(line: TokenLine, j: int) -> int:
    """Return the token after the bracket that opens at `j`, as in `22 (39 per cent) have`; `j` for none."""
    if line.lower_at(j) != "(":
        return j
    return next((k + 1 for k in range(j + 1, j + _MAX_BRACKET_TOKENS) if line.lower_at(k) == ")"), j)


def is_casualty_count(line: TokenLine, number: NumberSpan) -> bool:
    """Return True for `3 dead and 22 injured`."""
    plain = (number.is_plain_numeral or number.is_spelled_out) and number.value >= 2
    return plain and line.lower_at(number.last) in _CASUALTY_WORDS


def is_subject_count(line: TokenLine, number: NumberSpan) -> bool:
    """Return True for `51 are lawyers and 22 (39 per cent) have degrees`: a number begins a clause, a verb follows."""
    if not (number.is_plain_numeral or number.is_spelled_out) or not 2 <= number.value < _MAX_YEAR_LIKE:
        return False
    before = line.lower_at(number.first - 1)
    if before and before not in _CLAUSE_STARTS and not (before == "." and not line.no_space_before(number.first)):
        return False
    verb = line.lower_at(skip_bracket(line, number.last))
    return verb in _SUBJECT_VERBS or (verb.endswith("ed") and len(verb) > 4)


def find_noun_behind_share(line: TokenLine, number: NumberSpan) -> noun_phrases.CountedNounPhrase | None:
    """Return the noun of `51 (91 per cent) of the ministers`, or None."""
    j = skip_bracket(line, number.last)
    if j == number.last or not (number.is_plain_numeral or number.is_spelled_out):
        return None
    phrase = noun_phrases.noun_phrase_after_of(line, j)
    head = line.lower_at(phrase.last - 1) if phrase else ""
    return phrase._replace(unit=noun_phrases.unit_of_noun(head)) if phrase and is_plural(head) else None


def find_noun_behind_measure(line: TokenLine, number: NumberSpan) -> noun_phrases.CountedNounPhrase | None:
    """Return the noun of `25 £200 fines`, `five 10-minute warnings`, `four 600MW units`; None for anything else."""
    if not (number.is_plain_numeral or number.is_spelled_out) or number.value < 2:
        return None
    j, money = number.last, False
    if line.kind_at(j) != "numeral" and line.kind_at(j + 1) == "numeral" and line.no_space_before(j + 1):
        j, money = j + 1, line.lower_at(j) in ("$", "£", "€", "¥", "₹", "r", "rs")
        if not money:
            return None
    other = parse_number_at(line, j, money=money)
    if other is None or other.is_share or line.lower_at(number.last) in (",", "-"):
        return None
    unit, last = (None, other.last) if money else parse_unit_at(line, other)
    joined = money or (unit is not None and (line.is_hyphen(other.last) or line.no_space_before(other.last)))
    return noun_phrases.counted_noun_at(line, last) if joined and not line.is_hyphen(number.last) else None


def is_one_of_counted(line: TokenLine, number: NumberSpan) -> bool:
    """Return True for `One minister holds`: a noun alone between the word at the beginning and what it does."""
    j = number.last
    plain = line.kind_at(j) == "word" and line.lower_at(j) not in STOP_WORDS and line.token_at(j).text.islower()
    if not plain or line.token_at(number.first).text != "One":
        return False
    verb = line.lower_at(j + 1)
    return verb in _SUBJECT_VERBS or verb.endswith(("s", "ed"))
