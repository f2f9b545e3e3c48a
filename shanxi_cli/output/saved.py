"""Results of saved searches: rows of hits, with the name of the search of each where several are printed."""

from collections.abc import Callable, Sequence
from typing import Any

from shanxi_cli.model.results import Hit
from shanxi_cli.output.base import SavedResults
from shanxi_cli.output.hits import DEFAULT_CSV_COLUMNS, DEFAULT_LINE_COLUMNS, HIT_COLUMNS, make_hit_object
from shanxi_cli.output.table import ColumnGetters, DataTable, RowWriter
from shanxi_cli.util.frozen_record import Record


class SavedHit(Record):
    """A hit with the name of its search, and `new` or `changed` if news are printed, else empty."""

    hit: Hit
    search: str
    change: str


_EXTRA: ColumnGetters = {"search": lambda row: row.search, "change": lambda row: row.change or None}


def _of_hit(get: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: get(row.hit)


SAVED_COLUMNS: ColumnGetters = {**{name: _of_hit(get) for name, get in HIT_COLUMNS.items()}, **_EXTRA}


class SavedTablePrinter:
    """Prints the hits of searches as one table; `extra` are the columns that it has besides those of hits.

    With `each_once`, an article that several searches find is printed once.
    """

    def __init__(self, writer: RowWriter, extra: Sequence[str], *, each_once: bool = False) -> None:
        writer.check_fields(SAVED_COLUMNS)
        self._writer = writer
        self._extra = tuple(extra)
        self._each_once = each_once

    def searches(self, searches: Sequence[SavedResults]) -> None:
        """See `output.protocols.SavedPrinter`."""
        rows = [
            SavedHit(hit, each.search.name, each.news[hit.article.id].value if each.news else "")
            for each in searches
            for hit in each.results.hits
        ]
        if self._each_once:
            first = {row.hit.article.id: n for n, row in reversed(list(enumerate(rows)))}
            rows = [rows[n] for n in sorted(first.values())]
        if not searches:
            return
        self._writer.write(
            DataTable(
                SAVED_COLUMNS,
                rows,
                (*DEFAULT_LINE_COLUMNS, *self._extra),
                (*DEFAULT_CSV_COLUMNS, *self._extra),
                self._make_object,
            )
        )

    def _make_object(self, row: SavedHit) -> dict[str, Any]:
        return {**make_hit_object(row.hit), **{name: _EXTRA[name](row) for name in self._extra}}
