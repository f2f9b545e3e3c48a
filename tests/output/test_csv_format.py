"""Cells of CSV files."""

import pytest

from shanxi_cli.output.csv_format import escape_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd", " =1", "\t=1", "=cmd|' /C calc'!A0"])
def test_escape_cell_disarms_formulas(text: str) -> None:
    assert str(escape_cell(text)).startswith("'")
    assert escape_cell(-1.5) == -1.5
