"""Spreadsheets (XLSX, XLSB, XLS, ODS), read by calamine (the extra `shanxi[import]`): each sheet is a table."""

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from shanxi_cli.errors import PageError
from shanxi_cli.importers.exports import add_left_out
from shanxi_cli.importers.records import resolve_field_name
from shanxi_cli.importers.tables import read_table_rows
from shanxi_cli.importers.text import ImportedPart

_Cell = str | float | bool | date | datetime | time | timedelta
_MAX_HEAD_ROWS = 20
_MAX_CELLS = 20_000_000


def read_sheet_rows(data: bytes, path: str, shown: str, text_field: str | None) -> Iterator[ImportedPart]:
    """Return the rows of all sheets as those of a CSV file; a sheet without a text column is left out.

    Raise `PageError` if no sheet has one, or for a damaged or locked file.
    """
    tables: list[list[ImportedPart]] = []
    left_out: list[str] = []
    reason: PageError | None = None
    for name, cells in _iter_sheets(data, shown):
        texts = [line for row in cells if any(line := [_to_text(cell) for cell in row])]
        rows, head = _name_cells(texts)
        try:
            tables += [list(read_table_rows(rows, path, shown, text_field))] if rows else []
        except PageError as error:
            reason, rows = reason or error, []
        left_out += [f"sheet line: {name}: {' '.join(filter(None, row))}" for row in (texts[:head] if rows else texts)]
    if not tables:
        raise reason or PageError(shown, "a spreadsheet without rows")
    return add_left_out((part for table in tables for part in table), left_out)


def _iter_sheets(data: bytes, shown: str) -> Iterator[tuple[str, list[list[_Cell]]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError
    except ImportError as error:
        raise PageError(
            shown,
            "to read spreadsheets, install the extra: pip install 'shanxi[import]' (in a checkout: '.[import]'), "
            "or save the sheet as CSV",
        ) from error
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > _MAX_CELLS:
                raise PageError(shown, f"a sheet of more than {_MAX_CELLS:,} cells; save its table as CSV")
            yield name, sheet.to_python(skip_empty_area=True)
    except PasswordError as error:
        raise PageError(shown, "it needs a password; save it without one") from error
    except (CalamineError, ZipError, OSError, ValueError) as error:
        raise PageError(shown, f"a damaged spreadsheet: {' '.join(str(error).split())[:150]}") from error


def _name_cells(rows: Sequence[Sequence[str]]) -> tuple[list[dict[str, object]], int]:
    """Return the rows of a sheet by the names of their columns, and the number of the row of names."""
    head = next((n for n, row in enumerate(rows[:_MAX_HEAD_ROWS]) if _is_head(row)), 0)
    names = [name or f"column {number}" for number, name in enumerate(rows[head], 1)] if rows else []
    names = [f"{name} {n}" if name in names[:n] else name for n, name in enumerate(names)]
    return [dict(zip(names, row, strict=False)) for row in rows[head + 1 :]], head


def _is_head(row: Sequence[str]) -> bool:
    """Return True for names of columns: two that are known, or all columns named in few words."""
    known = sum(bool(resolve_field_name(cell)) for cell in row)
    return known > 1 or (len(row) > 1 and all(0 < len(cell) <= 40 for cell in row))


def _to_text(cell: _Cell) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
