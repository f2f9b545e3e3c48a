"""Clock times with a point: `at 2.30 this morning`, `the 10.15 train`, `between 9.00 and 17.30`: no quantities."""

from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleTable, TokenRule


def _is_time_of_day(line: TokenLine, k: int) -> bool:
    """Return True for a numeral that can be a time of day: `9.05`, `17.30`, not `9.5` or `30.70`."""
    hour, point, minute = line.lower_at(k).partition(".")
    if not point or len(minute) != 2 or not (hour.isdigit() and minute.isdigit()):
        return False
    return int(hour) < 25 and int(minute) < 60 and len(hour) < 3


AFTER_RULES = (
    TokenRule("time and part of the day", "this|yesterday|tomorrow|that|last|next|every|each morning|afternoon|evening"
              "|night; in the morning|afternoon|evening|early; at night; yesterday|tonight|tomorrow|sharp"
              "; local|london|british|standard time; o'clock|o’clock|am|pm|gmt|bst|est|ist|a.m|p.m|hrs|hours; a|p . m"
              "; train|bus|flight|ferry|service|show|kick|kickoff|start|news|bulletin", None,
              ("The fire broke out at 2.30 this morning.", "It closed at 11.15 in the evening."),
              ("The index fell 2.30 this year.",)),
)  # fmt: skip
"""Words right behind a time of day."""
BEFORE_RULES = (
    TokenRule("at the time", "at|by|until|till|from|between|before|after|about|around|approximately", None,
              ("They arrived just before 9.45 and left.",), ("It gained 9.45 and closed.",)),
)  # fmt: skip
"""Words right before a time of day, where the sentence has no price."""
_AFTER_TABLE = RuleTable(AFTER_RULES)
_BEFORE_TABLE = RuleTable(BEFORE_RULES, backwards=True)
_PRICE_WORDS = frozenset(
    "share shares stock stocks index price prices points rate rates yield yields dollar dollars pound euro rand rupee"
    " rupees yen yuan average gpa magnitude score scored scores cents pence percent odds % $ £ € close closed traded"
    " settled inflation unemployment density ratio".split()
)
_FOLLOWING_WORDS = frozenset(
    "on every each daily and but when while the he she they it to as with after before at until till for in a".split()
)
_WINDOW = 30


def is_clock_time(line: TokenLine, i: int) -> bool:
    """Return True where the numeral at token `i` is a time of day."""
    if not _is_time_of_day(line, i):
        return False
    j = i + 1
    if line.lower_at(j) in ("-", "–", "to", "and", "until", "till") and _is_time_of_day(line, j + 1):
        j += 2
    if _AFTER_TABLE.match_at(line, j):
        return True
    k = (
        i - 2
        if line.lower_at(i - 1) in ("-", "–", "to", "and", "until", "till") and _is_time_of_day(line, i - 2)
        else i
    )
    if _BEFORE_TABLE.match_before(line, k) is None:
        return False
    following = line.lower_at(j)
    if line.kind_at(j) == "word" and following not in _FOLLOWING_WORDS:
        return False
    near = range(max(i - _WINDOW, 0), i + _WINDOW)
    return not any(line.lower_at(n) in _PRICE_WORDS for n in near)
