"""Cells of CSV files."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shanxi_cli.output.csv_format import escape_cell, write_rows


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@cmd", " =1", "\t=1", "=cmd|' /C calc'!A0"])
def test_escape_cell_disarms_formulas(text: str) -> None:
    assert str(escape_cell(text)).startswith("'")
    assert escape_cell(-1.5) == -1.5


@pytest.mark.parametrize(
    "text", ["＝1+1", "＋1", "－1", "＠cmd", "\u3000＝1", "\r=1", "﹦1", "﹣1", "\x1b[1m=1", '"=1']
)
def test_escape_cell_disarms_signs_of_other_widths(text: str) -> None:
    assert str(escape_cell(text)).startswith("'")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Coal;=1+1", "Coal;'=1+1"),
        ("Coal; ＝1", "Coal;' ＝1"),
        ("a,-b", "a,'-b"),
        ('x;"=1+1', "x;'\"=1+1"),
        ("'=1", "'=1"),
        ("well-known; 5-8, a+b", "well-known; 5-8, a+b"),
        ("coal\t=1", "coal =1"),
    ],
)
def test_escape_cell_disarms_each_part(text: str, expected: str) -> None:
    assert escape_cell(text) == expected


def test_escape_cell_disarms_each_item_of_a_list() -> None:
    assert escape_cell(["Li", "=1", "@x"]) == "Li;' =1;' @x"


@given(st.lists(st.text(st.sampled_from("=+-@＝－;,\t\"' \nab1"), max_size=8), min_size=1, max_size=4))
def test_no_part_is_a_formula_wherever_the_line_is_split(cells: list[str]) -> None:
    out = io.StringIO()
    write_rows(out, ["name"] * len(cells), [cells])
    line = out.getvalue().split("\r\n")[1]
    assert len(next(csv.reader([line]))) == len(cells)
    for separator in ",;\t":
        parsed = [part for row in csv.reader([line], delimiter=separator) for part in row]
        for part in [*parsed, *line.split(separator)]:
            assert unicodedata.normalize("NFKC", part).lstrip(' "')[:1] not in ("=", "+", "-", "@"), (separator, part)
