"""Tables of articles or pages: CSV, TSV, JSON lines and JSON; a CSV may name the .txt files that hold the texts."""

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shanxi_cli.corpus.dates import read_date
from shanxi_cli.errors import PageError
from shanxi_cli.importers.input_files import read_input_file
from shanxi_cli.importers.json_records import (
    find_json_articles,
    find_text_name,
    flatten_text,
    flatten_value,
    read_json_body,
    read_json_captions,
    read_json_values,
)
from shanxi_cli.importers.record_aliases import TEXT_NAMES
from shanxi_cli.importers.records import build_article, list_unused_values, resolve_field_name
from shanxi_cli.importers.text import ImportedPart, decode_text, segment_page_text
from shanxi_cli.importers.written_dates import find_written_date
from shanxi_cli.segmentation.page import Page

_TEXT_COLUMN_NAMES = (
    "text",
    "body",
    "content",
    "articlebody",
    "article_body",
    "fulltext",
    "full_text",
    "ocr",
    "ocr_text",
    "article",
    "paragraphs",
    "page_text",
    *TEXT_NAMES,
)
_FILE_COLUMN_NAMES = ("file", "filename", "file_name", "path", "txt", "text_file", "textfile")
_DELIMITERS = (",", ";", "\t", "|")
_MIN_LONG_TEXT = 200
_MAX_CELL_LENGTH = 10_000_000


def read_table_pages(text: str, ending: str, path: str, shown: str, text_field: str | None) -> Iterator[ImportedPart]:
    """Yield a part for each row: an article if the table has titles, else a page to segment.

    Raise `PageError` for a broken or empty table.
    """
    is_json = ending in (".jsonl", ".ndjson", ".json")
    values = _read_json_values(text, shown) if is_json else []
    if is_json and text_field is None and (found := find_json_articles(values)):
        for number, record in enumerate(found, 1):
            yield _read_json_article(record, shown, number)
        return
    rows = _check_json_rows(values, shown) if is_json else _read_csv_rows(text, ending, shown)
    if not rows:
        raise PageError(shown, "a table without rows")
    yield from read_table_rows(rows, path, shown, text_field)


def read_table_rows(
    rows: Sequence[Mapping[str, object]], path: str, shown: str, text_field: str | None
) -> Iterator[ImportedPart]:
    """Yield a part for each row of a table, by the names of its columns.

    Raise `PageError` if no column has the text, or if that of a row is empty.
    """
    field = _find_text_column(rows, text_field, shown)
    titled = any(resolve_field_name(name) == "title" for name in rows[0])
    filled = False
    for number, row in enumerate(rows, 1):
        name = f"{shown} row {number}"
        body = _read_body(row.get(field), path, f"{shown}, row {number}")
        filled = filled or bool(body.strip())
        cells = {name: flatten_value(value) for name, value in row.items() if name != field}
        if not body.strip():
            lines = tuple(f"column: {name} {value}" for name, value in cells.items() if value)
            yield ImportedPart(name, "", Page((), (), lines), f"nothing in {field}; the other rows are read")
        elif titled:
            yield ImportedPart(name, "", _read_titled_row(cells, body, rows))
        else:
            yield segment_page_text(body, shown, str(number))
    if not filled:
        raise PageError(shown, f"nothing in {field} of any row; name the column of the text with --text-field")


def _read_titled_row(values: dict[str, object], body: str, rows: Sequence[Mapping[str, object]]) -> Page:
    """Return the article of a row; columns that no field holds are left out, except one of dates."""
    unknown = [name for name in values if not resolve_field_name(name) and values[name]]
    if (date := _find_date_column(rows, unknown)) and not _has_field(values, "date"):
        values["date"] = values.pop(date)
    unused = tuple(f"column: {line}" for line in list_unused_values(values))
    return Page((build_article(values, body),), (), unused)


def _read_json_article(record: dict[str, object], shown: str, number: int) -> ImportedPart:
    name = find_text_name(record)
    values, left_out = read_json_values(record, name)
    body, others = read_json_body(record[name])
    values.setdefault("captions", read_json_captions(record))
    article = build_article(values, body)
    dropped = tuple(f"column: {line}" for line in (*left_out, *others))
    return ImportedPart(f"{shown} row {number}", "", Page((article,), (), dropped))


def _has_field(values: Mapping[str, object], field: str) -> bool:
    return any(resolve_field_name(name) == field and value for name, value in values.items())


def _find_date_column(rows: Sequence[Mapping[str, object]], names: Sequence[str]) -> str:
    """Return the first of the columns whose name has `date` in it and whose cells are dates; empty for none."""
    for name in names:
        cells = [str(row.get(name) or "") for row in rows[:50]]
        if "date" in name.lower() and any(cells) and all(_is_date(cell) for cell in cells if cell):
            return name
    return ""


def _is_date(text: str) -> bool:
    try:
        read_date(text)
    except ValueError:
        return find_written_date(text) is not None
    return True


def _read_csv_rows(text: str, ending: str, shown: str) -> list[dict[str, object]]:
    csv.field_size_limit(_MAX_CELL_LENGTH)
    head = text.split("\n", 1)[0]
    delimiter = "\t" if ending in (".tsv", ".tab") else max(_DELIMITERS, key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        if not reader.fieldnames or len(set(reader.fieldnames)) < len(reader.fieldnames):
            raise PageError(shown, "its first line has to name the columns, each once")
        rows: list[dict[str, object]] = []
        for row in reader:
            if None in row:
                raise PageError(shown, f"line {reader.line_num} has more cells than there are columns")
            rows.append(dict(row))
    except csv.Error as error:
        raise PageError(shown, f"broken CSV in line {reader.line_num}: {error}") from error
    return rows


def _read_json_values(text: str, shown: str) -> list[object]:
    """Return the values of a file of JSON, or of one on each line. Raise `PageError` for broken JSON."""
    try:
        whole = _load_json(text)
        values = whole if isinstance(whole, list) else [whole]
    except (json.JSONDecodeError, RecursionError):
        values = []
        for number, line in enumerate(text.splitlines(), 1):
            if not line.strip():
                continue
            try:
                values.append(_load_json(line))
            except (json.JSONDecodeError, RecursionError) as error:
                raise PageError(shown, f"broken JSON in line {number}") from error
    return values


def _check_json_rows(values: Sequence[object], shown: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number, value in enumerate(values, 1):
        if not isinstance(value, dict):
            raise PageError(shown, f"object {number} is no object with names and values")
        rows.append(value)
    return rows


def _load_json(text: str) -> Any:
    """Return the value of a text in JSON; a number with more digits than Python converts stays text."""
    return json.loads(text, parse_int=_parse_int)


def _parse_int(digits: str) -> int | str:
    return int(digits) if len(digits) < 1_000 else digits


def _find_text_column(rows: Sequence[Mapping[str, object]], named: str | None, shown: str) -> str:
    """Return the text column: the one `named`, one of the usual names, or the only one with long texts."""
    names = list(rows[0])
    if named is not None:
        if named not in names:
            raise PageError(shown, f"no column {named}; there are {', '.join(names)}")
        return named
    for usual in (*_TEXT_COLUMN_NAMES, *_FILE_COLUMN_NAMES):
        matches = [name for name in names if name and name.strip().lower().replace(" ", "_") == usual]
        if len(matches) == 1 and (usual in _TEXT_COLUMN_NAMES or _has_file_names(rows, matches[0])):
            return matches[0]
    sample = rows[:50]
    long = [
        name for name in names if sum(len(str(row.get(name) or "")) for row in sample) > _MIN_LONG_TEXT * len(sample)
    ]
    if len(long) == 1:
        return long[0]
    raise PageError(shown, f"which column has the text? name it with --text-field: {', '.join(map(str, names))}")


def _has_file_names(rows: Sequence[Mapping[str, object]], field: str) -> bool:
    return all(str(row.get(field) or "").lower().endswith((".txt", ".md")) for row in rows)


def _read_body(value: object, path: str, shown: str) -> str:
    """Return the text of a cell, or of the file beside the table that the cell names."""
    if isinstance(value, (list, dict)):
        if text := flatten_text(value):
            return text
        raise PageError(shown, "an object without the text of an article; name the field of its text with --text-field")
    text = "" if value is None else str(value)
    if len(text) < 300 and "\n" not in text and text.lower().endswith((".txt", ".md")):
        if "\0" in text:
            raise PageError(shown, "a file name with a NUL character")
        folder = os.path.dirname(os.path.abspath(path))
        for candidate in (
            os.path.join(folder, text),
            *(os.path.join(folder, name, text) for name in ("txt", "text", "texts")),
        ):
            if os.path.commonpath((os.path.realpath(candidate), os.path.realpath(folder))) != os.path.realpath(folder):
                raise PageError(shown, f"{text} is not below the folder of the table")
            if os.path.isfile(candidate):
                return decode_text(read_input_file(candidate, f"{shown}, {text}"), shown)
        raise PageError(shown, f"there is no file {text} beside the table")
    return text
