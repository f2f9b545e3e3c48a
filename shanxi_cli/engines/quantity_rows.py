"""Rows of the column of quantities: a quantity as a list of JSON values."""

from typing import Any

from shanxi_cli.model.quantity import Change, Dimension, Quantity, Relation

_TEXT_FIELDS = ("rate", "counted", "period")


def quantity_row(q: Quantity) -> list[object]:
    """Return the row of a quantity, without its text."""
    head = [q.start, q.end, q.value, q.high, q.unit, q.dimension.value, q.relation.value]
    return [*head, *(getattr(q, name) for name in _TEXT_FIELDS), q.change, q.same_as]


def quantity_from_row(text: str, row: list[Any]) -> Quantity:
    """Return the quantity of a row of `quantity_row` in the paragraph `text`."""
    start, end, value, high, unit, dimension, relation, rate, counted, period, change, same_as = row
    return Quantity(
        text[start:end],
        start,
        end,
        value,
        unit,
        Dimension(dimension),
        high,
        Relation(relation),
        rate,
        Change(*change) if change else None,
        counted,
        period,
        same_as,
    )
