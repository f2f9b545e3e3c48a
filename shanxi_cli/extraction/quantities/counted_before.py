"""Nouns that an amount shares with the one before: `rose 6 percent to £212m`, `22 (39 per cent)`, `$185, up 3%`."""

from collections.abc import Sequence
from typing import NamedTuple

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.clause_subjects import is_adverb
from shanxi_cli.extraction.quantities.nouns_behind import CountedMatch
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.extraction.quantities.year_expressions import TimeExpression
from shanxi_cli.model.quantity import Dimension

_CHANGING_PARTICIPLES = frozenset(
    "increasing decreasing falling rising climbing dropping declining gaining growing slipping jumping easing"
    " shrinking surging plunging".split()
)
_BETWEEN_AMOUNTS = frozenset(
    ", to from or up down by at compared with against vs versus in on a an ( ) just only year quarter month ago earlier"
    " before previously higher lower - – — record".split()
)
_MAX_BETWEEN = 12  # tokens between an amount and another of the same thing
_MAX_PHRASE_TOKENS = 14


class ClauseContext(NamedTuple):
    """The times of a sentence, the token after the amount, and the amount before: its end and what it is of."""

    times: Sequence[TimeExpression] = ()
    last: int = 0
    previous: AmountCandidate | None = None
    previous_last: int = 0
    counted: str = ""


def inherit_phrase(line: TokenLine, amount: AmountCandidate, context: ClauseContext) -> CountedMatch | None:
    """Return the noun of the amount before: `rose 6 percent to £212m`, `closed at $185, up 0.35 percent`."""
    previous = context.previous
    if previous is None or not context.counted or amount.first - context.previous_last > _MAX_PHRASE_TOKENS:
        return None
    if previous.unit is None or previous.unit.dimension in (Dimension.AGE, Dimension.DURATION):
        return None
    start = context.previous_last
    of = f"of {context.counted.lower()}".split()
    if [line.lower_at(k) for k in range(start, start + len(of))] == of:
        start += len(of)  # 73 percent of the cost, or $4 million
    words = [line.lower_at(k) for k in _tokens_outside_times(context, start, amount.first)]
    if len(words) >= _MAX_BETWEEN:
        return None
    if previous.unit.dimension is Dimension.COUNT:
        return _inherit_count(amount, context, words)
    same = previous.unit == amount.unit
    changing = (same and len(words) < _MAX_LIST_WORDS and words and _is_changing(words)) or False
    joined = changing or all(word in _BETWEEN_AMOUNTS or (same and word == "and") for word in words)
    return CountedMatch(context.counted, "noun of the amount before") if joined else None


_MAX_LIST_WORDS = 5


def _is_changing(words: Sequence[str]) -> bool:
    """Return True for `after increasing`, `and falling by`: the words between two changes of one thing."""
    rest = [word for word in words if word not in ("by", "after", "before", "and", ",", "in")]
    return bool(rest) and all(word in _CHANGING_PARTICIPLES or is_adverb(word) for word in rest)


def _inherit_count(amount: AmountCandidate, context: ClauseContext, words: Sequence[str]) -> CountedMatch | None:
    """Return the noun of the count before: `22 (39 per cent)`, `2 mln shares, or 4 pct`, `900 cars, down 5 percent`."""
    relative = amount.unit is not None and amount.unit.dimension is Dimension.PERCENT
    opened = bool(words) and (words[0] in ("(", "or") or (words[0] == "," and bool({"or", "up", "down"} & set(words))))
    plain = all(word in _BETWEEN_AMOUNTS for word in words)
    return CountedMatch(context.counted, "noun of the count before") if relative and opened and plain else None


def _tokens_outside_times(context: ClauseContext, first: int, last: int) -> list[int]:
    return [k for k in range(first, last) if not any(time.first <= k < time.last for time in context.times)]
