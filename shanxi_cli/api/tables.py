"""Rows of the Python API made of the columns that the commands print."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, get_args

from shanxi_cli.model.views import View
from shanxi_cli.output.table import ColumnGetters
from shanxi_cli.output.views import make_view_table
from shanxi_cli.util.frozen_record import Record

R = TypeVar("R", bound=Record)


def make_rows(
    kind: type[R],
    columns: ColumnGetters,
    values: Iterable[Any],
    more: Callable[[Any], dict[str, Any]] = lambda value: {},
) -> tuple[R, ...]:
    """Return a row for each value, of the columns that the kind of row has; `more` returns fields that are no columns.

    Lists become tuples; an empty text, and a column that there is not, become None in a field that may be None. The
    fields are in their order, so that `vars` of a row is too.
    """
    optional = _optional_fields(kind)
    rows = []
    for value in values:
        others = more(value)
        fields = [columns[name](value) if name in columns else others.get(name) for name in kind._fields]
        frozen = (_freeze(field, optional=name in optional) for name, field in zip(kind._fields, fields, strict=True))
        rows.append(kind(*frozen))
    return tuple(rows)


def make_view_rows(kind: type[R], view: View) -> tuple[R, ...]:
    """Return the rows of a view."""
    table = make_view_table(view)
    return make_rows(kind, table.columns, table.rows)


def _freeze(value: Any, *, optional: bool) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return None if optional and value == "" else value


def _optional_fields(kind: type[Record]) -> frozenset[str]:
    return frozenset(name for name in kind._fields if type(None) in get_args(kind.__annotations__[name]))
