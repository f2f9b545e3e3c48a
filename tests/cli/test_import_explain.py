"""`shanxi import --explain`: a line for each block of a page, with its label, margin and rules."""

import json
from pathlib import Path

import pytest

from shanxi_cli.cli.main import main

PAGE = """\
THE WESTERN GAZETTE

# Coal town plants a forest

By ZHAO PENGFEI

Miners in the town used to dig coal. Now they plant trees.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_explain_prints_a_line_for_each_block(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(page), "--into", str(page.parent / "into"), "--explain"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [
        ["1", "masthead"],
        ["3", "heading"],
        ["3", "article"],
        ["5", "byline"],
        ["7", "text"],
    ]
    assert "byline.by_name +" in lines[4]
    assert err == ""
    assert not (page.parent / "into").exists()


def test_explain_prints_objects(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(page), "--explain", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["line"], row["label"]) for row in rows] == [
        (1, "masthead"),
        (3, "heading"),
        (3, "article start"),
        (5, "byline"),
        (7, "text"),
    ]
    assert rows[0]["rules"] == [{"name": "classify_furniture", "weight": 0.0}]
    assert {rule["name"] for rule in rows[1]["rules"]} >= {"heading.short", "heading.marked"}
    assert rows[1]["margin"] > 0
