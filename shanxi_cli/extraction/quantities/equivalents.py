"""Two amounts that are one: `250 million yuan ($38.6 million)`, `1,000 mu (66.7 hectares)`, `10 yuan, or $1.5,`."""

from collections.abc import Sequence

from shanxi_cli.extraction.quantities.candidates import Amount
from shanxi_cli.extraction.quantities.token_line import Line
from shanxi_cli.model.nouns import Dimension

_UNLINKED = frozenset([Dimension.PERCENT, Dimension.POINTS, Dimension.COUNT, Dimension.TIMES, Dimension.AGE])
_BETWEEN = frozenset(
    ["(", "( or", ", or", "or", "( equivalent to", ", equivalent to", "( equal to", ", or about", "( i . e ."]
)
_FURTHER = frozenset([";", ",", "/", "or", ", or"])
_LOOSE = 5  # pieces such as `a year` or `of coal` that may stand before the bracket


def pairs(line: Line, amounts: Sequence[Amount]) -> dict[int, int]:
    """Index of an amount -> index of the one before it that it repeats in another unit."""
    found: dict[int, int] = {}
    for n in range(1, len(amounts)):
        first, second = amounts[n - 1], amounts[n]
        root = found.get(n - 1)
        if (
            root is not None
            and _comparable(amounts[root], second)
            and line.phrase(first.last, second.first) in _FURTHER
        ):
            found[n] = root
        elif _comparable(first, second) and _joined(line, first, second):
            found[n] = n - 1
    return found


def _comparable(first: Amount, second: Amount) -> bool:
    if first.unit is None or second.unit is None or first.unit.dimension is not second.unit.dimension:
        return False
    return first.unit.dimension not in _UNLINKED and first.unit != second.unit


def _joined(line: Line, first: Amount, second: Amount) -> bool:
    between = line.phrase(first.last, second.first)
    if between in _BETWEEN:
        return between != "or" or (first.unit is not None and first.unit.dimension is Dimension.MONEY)
    near = second.first - first.last <= _LOOSE
    return near and between.endswith(" (") and "(" not in between[:-1] and not set(between) & set(".;,)")
