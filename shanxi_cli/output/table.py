"""Tables of named columns, which lines, csv and jsonl write in the same way."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TextIO, TypeAlias

from shanxi_cli.errors import UsageError
from shanxi_cli.util.closest_names import closest_name, format_suggestion
from shanxi_cli.util.frozen_record import Record

ColumnGetters: TypeAlias = dict[str, Callable[[Any], Any]]
"""Name -> function of a row that returns text, a number, a list of text, or None for an absent value."""


class DataTable(Record):
    """A table: its columns and rows.

    `line_columns` are the default columns of lines, `csv_columns` those of csv (None: all). `make_object` returns the
    JSON object of a row (None: an object of all columns). `summary` describes the whole table, in jsonl alone.
    """

    columns: ColumnGetters
    rows: Iterable[Any]
    line_columns: tuple[str, ...]
    csv_columns: tuple[str, ...] | None = None
    make_object: Callable[[Any], dict[str, Any]] | None = None
    summary: dict[str, Any] | None = None


class RowWriter(ABC):
    """Writes tables in one format.

    `fields` is the value of `--fields` (None: the default columns); `end` ends each line. `notes` are keys and values
    that JSON objects have besides those of a row; other formats have no place for them.
    """

    def __init__(self, out: TextIO, fields: str | None = None, end: str = "\n") -> None:
        self._out = out
        self._fields = fields
        self._end = end
        self.notes: Mapping[str, Any] = MappingProxyType({})

    def check_fields(self, columns: Collection[str]) -> None:
        """Raise `UsageError` when `--fields` names a column that is not in `columns`."""
        self._choose(columns, ())

    @abstractmethod
    def write(self, table: DataTable) -> None:
        """Write the rows. Raise `UsageError` as `check_fields` does."""

    def _choose(self, columns: Collection[str], default: tuple[str, ...]) -> tuple[str, ...]:
        """Return the columns that `--fields` names, in its order."""
        if self._fields is None:
            return default
        names = tuple(name.strip() for name in self._fields.split(",") if name.strip())
        for name in names:
            if name not in columns:
                hint = format_suggestion(closest_name(name, columns), f"the columns are {', '.join(columns)}")
                raise UsageError(f"--fields: unknown column {name}; {hint}")
        if not names:
            raise UsageError(f"--fields names no column; the columns are {', '.join(columns)}")
        return names


def flatten_value(value: Any) -> str:
    """Return a value as text: empty for None, a list joined by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and 0 < abs(value) < 1e-4:
        return f"{value:.12f}".rstrip("0")  # 0.000048: no spreadsheet's reader expects 4.8e-05
    return "; ".join(value) if isinstance(value, list) else str(value)
