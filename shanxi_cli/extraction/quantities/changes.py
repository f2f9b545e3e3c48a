"""Rises and falls, and their basis of comparison: `growing 109 percent year-on-year`.

`change_rules` has the rows.
"""

from typing import NamedTuple

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.change_rules import (
    AFTER_TABLE,
    BASIS_TABLE,
    BEFORE_TABLE,
    FALL_CUES,
    OPENER_TABLE,
    RELATIVE_TABLE,
    RISE_CUES,
)
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.token_rules import RuleMatch
from shanxi_cli.model.quantity import Change, Dimension
from shanxi_cli.util.lexicon import load_terms

_SHARE_CUES = load_terms("extraction/share_cues")
_CHANGE_DIMENSIONS = frozenset([Dimension.PERCENT, Dimension.POINTS, Dimension.TIMES])
_UNCHANGED_DIMENSIONS = frozenset([Dimension.AGE, Dimension.DURATION])
_SHARE_VERBS = frozenset("make makes made making take takes taking took".split())
_CUE_WINDOW = 12


class ChangeMatch(NamedTuple):
    """A change, and the names of the rules that read its direction and its basis."""

    change: Change
    rules: tuple[str, ...]


def detect_change(line: TokenLine, amount: AmountCandidate, start: int, end: int) -> ChangeMatch | None:
    """Return the change that the amount expresses in its sentence, the tokens `start` to `end` (half-open), or None."""
    relative = amount.unit is not None and amount.unit.dimension in _CHANGE_DIMENSIONS
    if amount.unit is not None and amount.unit.dimension in _UNCHANGED_DIMENSIONS:
        return None
    direction, rule = _find_adjacent_cue(line, amount, start, end, relative=relative)
    if not direction and relative:
        direction, rule = _find_nearest_cue(line, amount, start)
    if not direction and not relative:
        return None
    basis, basis_rule = _find_comparison_basis(line, amount.last, min(amount.last + _CUE_WINDOW, end))
    if direction and not basis:
        basis, basis_rule = _find_basis_before(line, max(amount.first - _CUE_WINDOW, start), amount.first)
    if not direction and not basis:
        return None
    return ChangeMatch(Change(direction, basis), tuple(name for name in (rule, basis_rule) if name))


def _find_adjacent_cue(
    line: TokenLine, amount: AmountCandidate, start: int, end: int, *, relative: bool
) -> tuple[str, str]:
    """Return the direction by the cue next to the amount and its rule, or two empty strings.

    The cue is right before it (`increase of`, `fell by`, `up`) or right after it (`20 percent increase`).
    """
    found: RuleMatch | None = (RELATIVE_TABLE if relative else BEFORE_TABLE).match_before(line, amount.first)
    if found and found.first >= start:
        return found.rule.gives, found.rule.name
    if amount.noun is not None:
        return "", ""  # helped 300 farms grow
    found = AFTER_TABLE.match_at(line, amount.last)
    return (found.rule.gives, found.rule.name) if found and found.last <= end else ("", "")


def _find_nearest_cue(line: TokenLine, amount: AmountCandidate, start: int) -> tuple[str, str]:
    """Return the direction by the nearest cue before a percentage and the rule, or two empty strings.

    `increases of 67 percent and 100 percent`: the cue is in the same sentence, at most `_CUE_WINDOW` tokens before.
    """
    for k in range(amount.first - 1, max(amount.first - 1 - _CUE_WINDOW, start - 1), -1):
        word = line.lower_at(k)
        if word in (";", ":") or (word in _SHARE_CUES and line.lower_at(k - 1) != "growth" and word != "rate"):
            break
        direction = "rise" if word in RISE_CUES else "fall" if word in FALL_CUES else ""
        share = word == "up" and line.lower_at(k - 1) in _SHARE_VERBS
        if direction and word not in ("more", "less", "fewer") and not share:
            return direction, f"{direction} before in the sentence"
    return "", ""


def _find_comparison_basis(line: TokenLine, j: int, end: int) -> tuple[str, str]:
    for k in range(j, end):
        low = line.lower_at(k)
        if low in (";", ".", "(") or line.kind_at(k) == "numeral" or low in ("and", "while"):
            break
        if whole := BASIS_TABLE.match_at(line, k):
            return line.printed_text(k, whole.last), whole.rule.name
        opener = OPENER_TABLE.match_at(line, k)
        if opener and (opener.rule.gives is None or k == j):
            return _comparison_clause_text(line, k, end), opener.rule.name
    return "", ""


def _find_basis_before(line: TokenLine, start: int, end: int) -> tuple[str, str]:
    for k in range(end - 1, start - 1, -1):
        if found := BASIS_TABLE.match_at(line, k):
            return line.printed_text(k, found.last), found.rule.name
    return "", ""


def _comparison_clause_text(line: TokenLine, k: int, end: int) -> str:
    last = next(
        (n for n in range(k + 1, min(k + 10, end)) if line.lower_at(n) in (",", ".", ";", "(", ")", "and")),
        min(k + 10, end),
    )
    return line.printed_text(k, last)
