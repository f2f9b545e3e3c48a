"""Amounts printed twice: `250 million yuan ($38.6 million)`, `1,000 mu (66.7 hectares)`, `10 yuan, or $1.5,`."""

from collections.abc import Sequence

from shanxi_cli.extraction.quantities.candidates import AmountCandidate
from shanxi_cli.extraction.quantities.token_line import TokenLine
from shanxi_cli.model.quantity import Dimension

_UNLINKED_DIMENSIONS = frozenset([Dimension.PERCENT, Dimension.POINTS, Dimension.COUNT, Dimension.TIMES, Dimension.AGE])
_LINK_CONNECTORS = frozenset(
    ["(", "( or", ", or", "or", "( equivalent to", ", equivalent to", "( equal to", ", or about", "( i . e ."]
)
_CHAIN_CONNECTORS = frozenset([";", ",", "/", "or", ", or"])
_MAX_TOKENS_BEFORE_BRACKET = 5  # tokens such as `a year` or `of coal` that may come before the bracket


def link_equivalent_amounts(line: TokenLine, amounts: Sequence[AmountCandidate]) -> dict[int, int]:
    """Return the index of each amount that repeats one before it in another unit -> the index of that one."""
    linked: dict[int, int] = {}
    for n in range(1, len(amounts)):
        first, second = amounts[n - 1], amounts[n]
        root = linked.get(n - 1)
        if (
            root is not None
            and _are_comparable(amounts[root], second)
            and line.lower_text(first.last, second.first) in _CHAIN_CONNECTORS
        ):
            linked[n] = root
        elif _are_comparable(first, second) and _are_joined(line, first, second):
            linked[n] = n - 1
    return linked


def _are_comparable(first: AmountCandidate, second: AmountCandidate) -> bool:
    if first.unit is None or second.unit is None or first.unit.dimension is not second.unit.dimension:
        return False
    known = bool(first.unit.canonical and second.unit.canonical)
    if first.unit.dimension is Dimension.MONEY and first.unit.canonical == second.unit.canonical:
        return False  # $48.6 million, or 61 cents a share
    return known and first.unit.dimension not in _UNLINKED_DIMENSIONS and first.unit != second.unit


def _are_joined(line: TokenLine, first: AmountCandidate, second: AmountCandidate) -> bool:
    between = line.lower_text(first.last, second.first)
    if between in _LINK_CONNECTORS:
        return between != "or" or (first.unit is not None and first.unit.dimension is Dimension.MONEY)
    near = second.first - first.last <= _MAX_TOKENS_BEFORE_BRACKET
    return near and between.endswith(" (") and "(" not in between[:-1] and not set(between) & set(".;,)")
