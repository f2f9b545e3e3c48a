"""`bench/other_papers.py` counts what a program read of a marked article, and skips articles that are missing."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import PROJECT

PARAGRAPHS = (
    "Fernhill bought 40 trams in 2018. About 12 percent of the shops closed, and 9 of its 30 parks.",
    'Olive Marsh, a baker, said bread sold well. "We open at noon," said the miller. He added that flour was dear.',
)
ARTICLE = '---\ntitle: "A market"\ndate: 2019-05-10\n---\n' + "\n\n".join(PARAGRAPHS) + "\n"
Json = dict[str, Any]


def place(paragraph: int, text: str) -> Json:
    """The place of a text in a paragraph, from 1."""
    start = PARAGRAPHS[paragraph - 1].index(text)
    return {"paragraph": paragraph, "start": start, "end": start + len(text)}


FIGURES = [
    place(1, "40 trams")
    | {"value": 40, "dimension": "count", "units": ["tram"], "periods": ["2018"], "counted": ["tram"]},
    place(1, "About 12 percent")
    | {
        "value": 12,
        "dimension": "percent",
        "units": ["percent"],
        "periods": [None],
        "counted": ["shop"],
        "relation": "~",
    },
    place(1, "9") | {"value": 9, "dimension": "count", "units": ["park"], "periods": [None], "optional": True},
    place(1, "30 parks") | {"value": 30, "dimension": "count", "units": ["park"], "periods": [None]},
]
QUOTES = [
    place(2, "Olive Marsh, a baker, said bread sold well.") | {"speakers": ["Olive Marsh"], "kinds": ["indirect"]},
    place(2, '"We open at noon," said the miller.') | {"speakers": ["miller"], "kinds": ["direct"]},
    place(2, "He added that flour was dear.") | {"speakers": ["miller"], "kinds": ["indirect"]},
]


def write_marks(path: Path) -> Path:
    """The marks of the article, and those of one that is not there."""
    known = {"set": "Z", "source": "The Fernhill Herald", "address": "fernhill.example/1", "date": "2019-05-10"}
    here = known | {"sha256": hashlib.sha256(ARTICLE.encode()).hexdigest(), "figures": FIGURES, "quotes": QUOTES}
    away = known | {"source": "The Oakley Echo", "sha256": "0" * 64, "figures": FIGURES, "quotes": []}
    path.write_text(json.dumps({"about": "marks", "articles": [here, away]}), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the article, and with one that has no marks."""
    (tmp_path / "papers" / "deep").mkdir(parents=True)
    (tmp_path / "papers" / "deep" / "market.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "papers" / "other.md").write_text("---\ntitle: x\n---\nNo marks.\n", encoding="utf-8")
    return tmp_path / "papers"


def run_bench(arguments: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """The bench as a process."""
    return subprocess.run(
        [sys.executable, PROJECT / "bench" / "other_papers.py", *arguments], capture_output=True, text=True
    )


def figure_row(text: str, read: Json) -> Json:
    """A line of `shanxi figures --json`."""
    row = {"article": "article-000", "value": 0, "high": None, "unit": None, "dimension": "count", "relation": "="}
    at = place(1, text)
    sentence = next(s for s in PARAGRAPHS[0].split(". ") if text in s)
    return row | at | {"paragraph": 0, "text": text, "sentence": sentence, "counted": None, "period": None} | read


def quote_row(sentence: str, speaker: str | None, kind: str) -> Json:
    """A line of `shanxi quotes --json`."""
    row = {"article": "article-000", "kind": kind, "rule": "X said", "sentence": sentence}
    return row | place(2, sentence) | {"paragraph": 1, "speaker": {"name": speaker, "printed": "it"}}


def write_program(path: Path, rows: dict[str, list[Json]]) -> Path:
    """A program that prints these rows for each command."""
    path.write_text(
        f"#!{sys.executable}\nimport json, sys\nfor row in json.loads({json.dumps(rows)!r})[sys.argv[1]]:\n"
        "    print(json.dumps(row))\n",
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


TABLE = """\
set                           Z
articles                      1
figures precision             0.667 (2/3)
figures recall                0.667 (2/3)
periods right, dated figures  0.000 (0/1)
periods invented, others      1.000 (1/1)
periods right, all            0.000 (0/2)
counted right                 0.500 (1/2)
  of counts                   1.000 (1/1)
  where given                 1.000 (1/1)
relations right               1.000 (1/1)
quotes precision              1.000 (2/2)
quotes recall                 0.667 (2/3)
quote kinds right             0.500 (1/2)
speakers precision            1.000 (1/1)
speakers recall               0.333 (1/3)
speakers left open            1
"""
MISSES = """\
## figures missed: 1
Z market.md  30 park; read: ['30 percent (percent)']: …12 percent of the shops closed, and 9 of its [30 parks].…

## figures wrong: 1
Z market.md  30 percent (percent): …12 percent of the shops closed, and 9 of its [30] parks.…

## periods wrong: 1
Z market.md  2017 for ['2018']: …Fernhill bought [40 trams] in 2018. About 12 percent of the shops close…

## periods invented: 1
Z market.md  2018: …Fernhill bought 40 trams in 2018. [About 12 percent] of the shops closed, and 9 of its 30 parks.…

## counted: 1
Z market.md  None (unit percent) for ['shop']: …Fernhill bought 40 trams in 2018. [About 12 percent] of the shops closed, and 9 of its 30 parks.…

## relations: 0

## quotes missed: 1
Z market.md  miller: He added that flour was dear.

## quotes wrong: 0

## speakers: 1
Z market.md  None (printed 'it', X said) for 'miller': "We open at noon," said the miller.

## quote kinds: 1
Z market.md  indirect for ['direct']: "We open at noon," said the miller.
"""  # noqa: E501


def test_readings_of_a_program_are_compared_with_the_marks(folder: Path, tmp_path: Path) -> None:
    rows = {
        "figures": [
            figure_row("40 trams", {"value": 40.0, "unit": "tram", "counted": "trams", "period": "2017"}),
            figure_row(
                "12 percent",
                {"value": 12.01, "unit": "percent", "dimension": "percent", "relation": "~<", "period": "2018"},
            ),
            figure_row("9 of its", {"value": 30.0, "unit": "percent", "dimension": "percent"}),
            figure_row("30", {"value": 30.0, "unit": "percent", "dimension": "percent"}),
        ],
        "quotes": [
            quote_row("Olive Marsh, a baker, said bread sold well.", "Ms Olive Marsh", "indirect"),
            quote_row('"We open at noon," said the miller.', None, "indirect"),
        ],
    }
    program, misses = write_program(tmp_path / "shanxi", rows), tmp_path / "misses.txt"
    run = run_bench([folder, write_marks(tmp_path / "marks.json"), "--shanxi", program, "--misses", misses])
    assert run.stderr == (
        "missing, skipped: set Z, The Oakley Echo, 000000000000, fernhill.example/1\n"
        "1 of 2 marked articles are missing\n"
    )
    assert (run.returncode, run.stdout) == (0, TABLE)
    assert misses.read_text(encoding="utf-8") == MISSES


def test_this_checkout_is_measured_by_default(folder: Path, tmp_path: Path) -> None:
    run = run_bench([folder, write_marks(tmp_path / "marks.json"), "--set", "Z"])
    rows = [line.split("  ") for line in run.stdout.splitlines()]
    assert run.returncode == 0, run.stderr
    assert {row[0]: row[-1].strip() for row in rows}["periods right, dated figures"] == "1.000 (1/1)"


def test_articles_that_changed_are_missing(folder: Path, tmp_path: Path) -> None:
    (folder / "deep" / "market.md").write_text(ARTICLE.replace("40", "41"), encoding="utf-8")
    run = run_bench([folder, write_marks(tmp_path / "marks.json")])
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.endswith("none of the marked articles is there; nothing is measured\n")
    assert run.stderr.count("missing, skipped") == 2


def test_program_that_fails_ends_the_measurement(folder: Path, tmp_path: Path) -> None:
    program = write_program(tmp_path / "shanxi", {})
    run = run_bench([folder, write_marks(tmp_path / "marks.json"), "--shanxi", program])
    assert run.returncode == 1
    assert "shanxi figures ended with status 1: Traceback" in run.stderr


def test_marks_of_the_project_have_no_text() -> None:
    marks = json.loads((PROJECT / "bench" / "other_papers_marks.json").read_text(encoding="utf-8"))
    for article in marks["articles"]:
        assert set(article) == {"set", "source", "address", "date", "sha256", "figures", "quotes"}
        assert not any({"span", "text", "sentence"} & set(mark) for mark in article["figures"] + article["quotes"])
