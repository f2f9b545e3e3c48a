"""What `shanxi figures` and `shanxi quotes` print for a set of articles."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from papers.marks import FoundArticle, Span

PROJECT = Path(__file__).resolve().parents[2]
Json = dict[str, Any]


@dataclass(frozen=True)
class Extracted:
    """A row of the program's output, and its place in the paragraphs of the article."""

    row: Json
    span: Span


def run_program(program: Sequence[str], articles: Sequence[FoundArticle]) -> list[dict[str, list[Extracted]]]:
    """Return the figures and the quotes of each article, indexed in a folder of its own.

    Without a program this checkout runs. A program that fails ends the measurement with its message.
    """
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work, "corpus")
        corpus.mkdir()
        for number, article in enumerate(articles):
            shutil.copy(article.path, corpus / f"{_article_id(number)}.md")
        rows = {command: _read_rows(program, command, Path(work)) for command in ("figures", "quotes")}
    return [
        {
            command: [locate_row(row, article.paragraphs) for row in rows[command] if row["article"] == _article_id(n)]
            for command in rows
        }
        for n, article in enumerate(articles)
    ]


def _article_id(number: int) -> str:
    return f"article-{number:03}"


def _read_rows(program: Sequence[str], command: str, work: Path) -> list[Json]:
    arguments = ["--json", "-n", "0", "--corpus", str(work / "corpus"), "--index", str(work / "index")]
    places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(work))
    environment = os.environ | places | {"SHANXI_TIMEOUT": "0"}
    if not program:
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    run = subprocess.run(
        [*(program or (sys.executable, "-m", "shanxi_cli")), command, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    if run.returncode not in (0, 1) or "Traceback" in run.stderr:
        sys.exit(f"shanxi {command} ended with status {run.returncode}: {run.stderr.strip()[:2000]}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def locate_row(row: Json, paragraphs: Sequence[str]) -> Extracted:
    """Return a row with its place, searched for by its sentence if the program divides paragraphs otherwise."""
    text: str = row["text"] if "text" in row else row["sentence"]
    n, start, end = row["paragraph"], row["start"], row["end"]
    if n < len(paragraphs) and paragraphs[n][start:end] == text:
        return Extracted(row, Span(n + 1, start, end))
    places = []
    for other, paragraph in enumerate(paragraphs):
        sentence = paragraph.find(row["sentence"])
        at = paragraph.find(text, sentence) if sentence >= 0 else -1
        if at >= 0:
            places.append((abs(other - n), Span(other + 1, at, at + len(text))))
    return Extracted(row, min(places, key=lambda place: place[0])[1] if places else Span(n + 1, start, end))
