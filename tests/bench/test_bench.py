"""`bench/speed.py` runs and names missing peers. Its timings are not tested: they vary between runs."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import PROJECT

SPEED = [sys.executable, str(PROJECT / "bench" / "speed.py")]


@pytest.fixture
def hidden(tmp_path: Path) -> dict[str, str]:
    """An environment that hides tantivy and Xapian."""
    for name in ("tantivy", "xapian"):
        (tmp_path / "hiding").mkdir(exist_ok=True)
        (tmp_path / "hiding" / f"{name}.py").write_text("raise ImportError")
    return {**os.environ, "PYTHONPATH": str(tmp_path / "hiding")}


def test_small_run_names_missing_peers(hidden: dict[str, str], tmp_path: Path) -> None:
    options = ["--sizes", "30", "--runs", "1", "--cores", "1", "--work", str(tmp_path / "work")]
    run = subprocess.run(
        [*SPEED, *options, "--save", str(tmp_path / "results")], env=hidden, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    [missing] = re.findall("^not installed, not measured: (.*)$", run.stdout, re.MULTILINE)
    assert {"tantivy", "Xapian"} <= set(missing.split(", "))
    tables = run.stdout.split("\n== ")[1:]
    assert [table.splitlines()[0] for table in tables] == [
        "Indexing, 30 articles",
        "Cold starts",
        "Warm queries, 30 articles",
        "To reach (shanxi)",
    ]
    assert not re.search("tantivy|Xapian", "".join(tables))
    [kept] = (tmp_path / "results").iterdir()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\.md", kept.name)
    text = kept.read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert socket.gethostname() not in text
    assert "| ten snippets, 30 |" in text


def test_unknown_part_is_refused() -> None:
    run = subprocess.run([*SPEED, "--only", "start,indexes"], capture_output=True, text=True)
    assert run.returncode == 2
    assert "there is no indexes; there are start, index, queries" in run.stderr


def test_sites_without_folder_says_that_nothing_is_measured() -> None:
    run = subprocess.run([sys.executable, str(PROJECT / "bench" / "sites.py")], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "no folders of other programs are given: nothing is measured\n")


def test_sites_counts_what_becomes_an_article(tmp_path: Path) -> None:
    texts = {
        "one.md": "---\ntitle: Mill one\ndate: 2020-01-02\n---\nThe mill burns coal.\n",
        "menu/_index.md": "---\ntitle: Menu\n---\n",
        "open.md": "---\ntitle: Open\nThe mill is open.\n",
        "soon.md": "---\ndate: soon\n---\nThe mill opens soon.\n",
    }
    for name, text in texts.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text)
    command = [sys.executable, str(PROJECT / "bench" / "sites.py"), str(tmp_path / "site"), "--sample", "2"]
    run = subprocess.run([*command, "--words", "1"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.replace(f"{tmp_path}/", "").splitlines()
    assert lines[1].split()[:7] == ["site", "4", "3", "2", "1", "1", "66.7%"]
    assert lines[3:9] == [
        "== site",
        "refused         1  the front matter is not closed by a line of --- (1 with text, site/open.md)",
        "no article      1  a section page without text (0 with text, site/menu/_index.md)",
        "warning         1  bad date (1 with text, site/soon.md)",
        "undated         1",
        "words      mill",
    ]
    assert sorted(lines[9:]) == ["  -           Soon  [soon.md]", "  2020-01-02  Mill one  [one.md]"]
