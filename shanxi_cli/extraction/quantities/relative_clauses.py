"""Relative clauses between commas: `The club, which won the cup in 2015, paid £3m`: a time in one holds in it alone."""

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression

_PRONOUNS = frozenset("which who whose whom where".split())
_MAX_CLAUSE_TOKENS = 14
_SUBJECTS = frozenset("he she it they we i the his her its their".split())


def is_of_other_clause(line: TokenLine, time: TimeExpression, amount: AmountCandidate) -> bool:
    """Return True where the time or the amount stands in a relative clause that a comma closes before the other."""
    if time.last <= amount.first:
        return _is_closed_clause(line, time.first, time.last, amount.first, is_weekday=time.is_weekday)
    return time.first >= amount.last and _is_closed_clause(line, amount.first, amount.last, time.first)


def _is_closed_clause(line: TokenLine, first: int, last: int, other: int, *, is_weekday: bool = False) -> bool:
    """Return True where `, which ...` opens before `first` and a comma closes it between `last` and `other`.

    A day of the week needs no comma before the pronoun: `Of the 56 who were sworn in on Thursday, 22 ...`.
    """
    if not any(line.lower_at(k) == "," for k in range(last, min(other, last + _MAX_CLAUSE_TOKENS))):
        return False
    for k in range(first - 1, max(first - _MAX_CLAUSE_TOKENS, 0), -1):
        if line.lower_at(k) in (",", ";", ":"):
            return False
        if line.lower_at(k) in _PRONOUNS:
            return is_weekday or "," in (line.lower_at(k - 1), line.lower_at(k - 2))
    return False


def dates_clause_of_since(line: TokenLine, time: TimeExpression, start: int) -> bool:
    """Return True for `since he came here in 2004`: the year dates what happened then."""
    if line.lower_at(time.first - 1) not in ("in", "on"):
        return False
    for k in range(time.first - 2, max(time.first - 9, start) - 1, -1):
        if line.lower_at(k) in (",", ";", ":"):
            return False
        if line.lower_at(k) == "since":
            return line.lower_at(k + 1) in _SUBJECTS
    return False
