"""`shanxi report`: a page, a Markdown document and a Word document, whole or not at all."""

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from tests.conftest import Shanxi
from tests.support import articles

HOSTILE = """\
---
title: "Kiln <img src=x onerror=document.title='opened'> \\u202e | wine"
author: ["</title><script>document.title='opened'</script>"]
url: "javascript:document.title='opened'"
date: 2022-02-02
places: ["<svg onload=document.title='opened'>", Datong]
---

A kiln in Datong cost 3 million yuan, said Mr </script><script>document.title='opened'</script>.

<script>document.title='opened'</script> A kiln `<b>` & [link](javascript:alert(1)) "that," said Ann Lee.
"""


@pytest.fixture
def report(corpus: Path, shanxi: Shanxi) -> Shanxi:
    """The commands over the six articles and the three with figures."""
    articles.write(corpus, list(articles.MEASURED))
    assert shanxi("index").status == 0
    return shanxi


def sections(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*>([^<]*)</h2>", page)


def test_a_page_has_all_that_the_archive_has(report: Shanxi) -> None:
    run = report("report", "trees")
    assert (run.status, run.err) == (0, "")
    assert sections(run.out) == ["Overview", "Figures", "Quotes", "Articles", "Citations", "How this was made"]
    assert "Coal town plants <mark>trees</mark>" in run.out
    assert "Li Min, &#34;Coal town plants trees&#34;, Shanxi Daily News, Business, page 1," in run.out


def test_the_page_loads_nothing(report: Shanxi) -> None:
    page = report("report", "mine", "--full").out
    assert not re.findall(r"(?:src|srcset|data|poster)=", page)
    assert not re.findall(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src &#39;none&#39;; style-src &#39;sha256-")


def test_full_articles(report: Shanxi) -> None:
    page = report("report", "forester", "OR", "grid", "--full").out
    assert "<p>Miners in Datong used to dig coal. Now 1,200 of them plant trees, Zhao Lei said.</p>" in page
    assert "Picture: Saplings wait beside an old pit. (Sun Yu / For Shanxi Daily News)" in page


def test_the_number_of_articles_is_limited_and_said(report: Shanxi) -> None:
    page = report("report", "-n", "2").out
    assert page.count("<article ") == 2
    assert "The first 2 of 9 articles are shown; -n 0 makes a report of all." in page


def test_nothing_found_writes_nothing(report: Shanxi) -> None:
    run = report("report", "zeppelin", "-o", "zeppelin.html")
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("shanxi: no results for zeppelin\n")
    assert not Path("zeppelin.html").exists()


def test_a_correction_is_said_in_the_page_too(report: Shanxi) -> None:
    run = report("report", "photovoltiacs")
    assert run.status == 0
    notice = "searched for photovoltaics instead of photovoltiacs"
    assert notice in run.err
    assert notice in run.out


def test_markdown(report: Shanxi) -> None:
    out = report("report", "turbine", "-f", "markdown", "--title", "Wind *and* more").out
    assert out.startswith("# Wind \\*and\\* more\n\n**1** article · ")
    assert (
        "| 1,500 MW | capacity | [2021-05] |  | Wind turbines on the ridge have a capacity of **1.5 gigawatts**. |"
        in out
    )
    assert "## Citations\n\n1. " in out


def test_a_word_document(report: Shanxi, tmp_path: Path) -> None:
    path = tmp_path / "wind.docx"
    assert report("report", "turbine", "--full", "-o", str(path)).status == 0
    document = Document(io.BytesIO(path.read_bytes()))
    headings = [p.text for p in document.paragraphs if str(p.style and p.style.name).startswith(("Title", "Heading 1"))]
    assert headings[0] == "turbine"
    assert headings[-3:] == ["Articles", "Citations", "How this was made"]
    assert any("1,500 MW" in cell.text for table in document.tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "kiln.txt"], "--output kiln.txt: name a file that ends in .html, .md or .docx, or add --format"),
        (["-o", "missing/kiln.html"], "cannot write missing/kiln.html: No such file or directory"),
        (["date:2021-13"], None),
    ],
    ids=["ending", "folder", "query"],
)
def test_mistakes(report: Shanxi, arguments: list[str], message: str | None) -> None:
    run = report("report", "mine", *arguments)
    assert (run.status, run.out) == (2, "")
    assert message is None or run.err == f"shanxi: {message}\n"


def test_a_page_that_cannot_be_written_keeps_the_old_one(report: Shanxi, tmp_path: Path) -> None:
    path = tmp_path / "mine.html"
    path.mkdir()
    run = report("report", "mine", "-o", str(path))
    assert run.status == 2
    assert run.err.startswith(f"shanxi: cannot write {path}: ")
    assert [entry.name for entry in tmp_path.iterdir() if "mine" in entry.name] == ["mine.html"]


@pytest.mark.parametrize(("form", "module"), [("html", "jinja2"), ("docx", "docx")])
def test_without_the_extra_one_line_says_what_to_install(
    report: Shanxi, monkeypatch: pytest.MonkeyPatch, form: str, module: str
) -> None:
    monkeypatch.setattr("shanxi_cli.output.report.files.find_spec", lambda name: None if name == module else name)
    run = report("report", "mine", "-f", form)
    assert (run.status, run.out) == (2, "")
    assert run.err == (
        f"shanxi: for a report in {form}, install the extra: pip install 'shanxi[report]'"
        " (in a checkout: '.[report]'); -f markdown needs nothing\n"
    )
    assert report("report", "mine", "-f", "markdown").status == 0


def write_hostile(corpus: Path) -> None:
    (corpus / "hostile.md").write_text(HOSTILE, encoding="utf-8")


def test_hostile_articles_are_words(report: Shanxi, corpus: Path) -> None:
    write_hostile(corpus)
    page = report("report", "kiln", "--full").out
    assert page.count("<script>") == 1  # ours
    assert "<img" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert "onload=" not in re.sub(r">[^<]*<", "><", page).replace("&lt;svg onload=", "")
    text = report("report", "kiln", "--full", "-f", "markdown").out
    assert "<script>" not in text.replace("\\<script>", "")


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.skipif(CHROMIUM is None or sys.platform != "linux", reason="Chromium is not installed")
def test_a_browser_runs_our_script_alone(report: Shanxi, corpus: Path, tmp_path: Path) -> None:
    write_hostile(corpus)
    path = tmp_path / "kiln.html"
    assert report("report", "kiln", "--full", "-o", str(path)).status == 0
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        f"--user-data-dir={tmp_path}/c",
    ]
    dom = subprocess.run([*command, f"file://{path}"], capture_output=True, text=True, check=True, timeout=120).stdout
    assert "<title>kiln</title>" in dom
    assert "opened'" in dom  # as words
    assert '<th scope="col"><button type="button">Figure</button></th>' in dom
