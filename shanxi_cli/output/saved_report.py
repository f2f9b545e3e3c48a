"""Saved searches: a table of all, and each with its keys and values."""

from collections.abc import Callable, Sequence
from typing import TextIO

from shanxi_cli.output.base import TableFormat
from shanxi_cli.output.csv_format import CsvWriter
from shanxi_cli.output.jsonl import SCHEMA_VERSION, JsonlWriter, to_json
from shanxi_cli.output.table import ColumnGetters, DataTable, RowWriter
from shanxi_cli.output.tsv import TsvWriter
from shanxi_cli.search.saved_searches import SavedSearch
from shanxi_cli.util.display_width import display_width
from shanxi_cli.util.sanitize import sanitize_line

_COLUMNS: ColumnGetters = {
    "name": lambda search: search.name,
    "query": lambda search: search.query,
    "words": lambda search: search.words.value,
    "sort": lambda search: search.sort.value if search.sort else None,
    "since": lambda search: search.since or None,
    "until": lambda search: search.until or None,
}
_WRITERS: dict[TableFormat, Callable[[TextIO], RowWriter]] = {
    TableFormat.LINES: TsvWriter,
    TableFormat.CSV: CsvWriter,
    TableFormat.JSONL: JsonlWriter,
}


def write_search_table(out: TextIO, form: TableFormat, searches: Sequence[SavedSearch]) -> None:
    """Print a row for each search; for people the names are aligned, and what is as by default is left out."""
    if form is not TableFormat.TERMINAL:
        _WRITERS[form](out).write(DataTable(_COLUMNS, searches, tuple(_COLUMNS)))
        return
    width = max((display_width(search.name) for search in searches), default=0)
    for search in searches:
        name = search.name + " " * (width - display_width(search.name))
        facts = "  ".join(f"--{key}" if key == "all" else f"--{key} {value}" for key, value in _list_settings(search))
        out.write(f"{name}  {sanitize_line(search.query)}{'  ' if facts else ''}{sanitize_line(facts)}\n")


def write_search_text(out: TextIO, search: SavedSearch, tree: Sequence[str]) -> None:
    """Print a search: name, query, settings, and how the query is parsed, a line each."""
    rows = [("name", search.name), ("query", search.query), *_list_settings(search)]
    rows += [("" if number else "understood", line) for number, line in enumerate(tree)]
    for key, value in rows:
        out.write(f"{'words' if key == 'all' else key:<12}{sanitize_line(value)}\n".replace("\t", " "))


def write_search_json(out: TextIO, search: SavedSearch, tree: Sequence[str]) -> None:
    """Print a search as one JSON object."""
    values = {name: get(search) for name, get in _COLUMNS.items()}
    out.write(to_json({"schema": SCHEMA_VERSION, **values, "understood": list(tree)}) + "\n")


def _list_settings(search: SavedSearch) -> list[tuple[str, str]]:
    """Return the options that differ from the defaults, with their values."""
    settings = [("all", "all")] if search.words.value == "all" else []
    settings += [("sort", search.sort.value)] if search.sort else []
    return settings + [(key, value) for key, value in (("since", search.since), ("until", search.until)) if value]
