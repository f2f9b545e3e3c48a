"""`path` and `open`: the files of articles, and their sources in other programs."""

import sys
from pathlib import Path

import pytest

from tests.conftest import Shanxi

NEWS = """\
---
title: Salt is cheap again
url: https://news.example/salt?id=7&x=%20y
source: page-1.txt
---

Salt is cheap.
"""


def test_path_prints_files(shanxi: Shanxi, corpus: Path) -> None:
    run = shanxi("path", "old-walls", "mine-safety-rules")
    assert (run.status, run.err) == (0, "")
    assert run.out == f"{corpus}/old-walls-of-pingyao.md\n{corpus}/mine-safety-rules.md\n"


def test_path_ends_with_nul(shanxi: Shanxi, corpus: Path) -> None:
    assert shanxi("path", "old-walls", "-0").out == f"{corpus}/old-walls-of-pingyao.md\0"


def test_path_of_an_article_that_does_not_exist(shanxi: Shanxi, corpus: Path) -> None:
    run = shanxi("path", "zeppelin", "old-walls")
    assert (run.status, run.out) == (1, f"{corpus}/old-walls-of-pingyao.md\n")
    assert run.err.startswith("shanxi: there is no article zeppelin")


def test_path_where_the_index_is_in_memory(
    shanxi: Shanxi, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SHANXI_INDEX", str(tmp_path / "gone"))
    monkeypatch.setattr("shanxi_cli.archive._open_index", _refuse)
    assert shanxi("path", "old-walls").out == f"{corpus}/old-walls-of-pingyao.md\n"


def _refuse(*arguments: object, **options: object) -> None:
    from shanxi_cli.errors import IndexNotWritable

    raise IndexNotWritable("cannot write there")


@pytest.fixture
def sources(shanxi: Shanxi, corpus: Path) -> Shanxi:
    (corpus / "salt.md").write_text(NEWS, encoding="utf-8")
    page = corpus / ".pages" / "raw" / "page-1.txt"
    page.parent.mkdir(parents=True)
    page.write_text("SALT IS CHEAP AGAIN")
    return shanxi


@pytest.mark.parametrize(
    ("arguments", "target"),
    [
        ((), "https://news.example/salt?id=7&x=%20y"),
        (("--what", "url"), "https://news.example/salt?id=7&x=%20y"),
        (("--what", "file"), "{corpus}/salt.md"),
        (("--what", "page"), "{corpus}/.pages/raw/page-1.txt"),
    ],
    ids=["default", "url", "file", "page"],
)
def test_open_prints_what_it_would_open(sources: Shanxi, corpus: Path, arguments: tuple[str, ...], target: str) -> None:
    run = sources("open", "salt", "--print", *arguments)
    assert (run.status, run.out, run.err.splitlines()[1:]) == (0, f"{target.format(corpus=corpus)}\n", [])


def test_open_an_article_without_an_address(sources: Shanxi, corpus: Path) -> None:
    assert sources("open", "old-walls", "--print").out == f"{corpus}/old-walls-of-pingyao.md\n"
    run = sources("open", "old-walls", "--what", "url")
    assert (run.status, run.err) == (
        2,
        "shanxi: old-walls-of-pingyao has no address of the web; --what file opens its file\n",
    )


@pytest.mark.parametrize("source", ["../../secret.txt", "/etc/hostname", "missing.txt"])
def test_no_page_outside_the_pages_is_opened(sources: Shanxi, corpus: Path, source: str) -> None:
    (corpus.parent / "secret.txt").write_text("secret")
    (corpus / "salt.md").write_text(NEWS.replace("page-1.txt", source))
    run = sources("open", "salt", "--what", "page", "--print")
    assert (run.status, run.out) == (2, "")
    assert f"salt: its page {source} is not in {corpus}/.pages" in run.err


def make_program(folder: Path, name: str, status: int = 0) -> None:
    """A program that writes its arguments into a file beside it."""
    program = folder / name
    lines = f"#!{sys.executable}\nimport sys\nopen({str(folder / 'opened')!r}, 'w').write(repr(sys.argv[1:]))\n"
    program.write_text(f"{lines}sys.exit({status})\n")
    program.chmod(0o755)


def test_open_starts_the_browser_without_a_shell(
    sources: Shanxi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program(tmp_path, "browser")
    monkeypatch.setenv("BROWSER", f"{tmp_path}/browser %s")
    monkeypatch.setattr("webbrowser._tryorder", None)
    assert sources("open", "salt").status == 0
    assert (tmp_path / "opened").read_text() == "['https://news.example/salt?id=7&x=%20y']"


@pytest.mark.skipif(sys.platform != "linux", reason="xdg-open is of Linux")
@pytest.mark.parametrize("status", [0, 4])
def test_open_starts_the_program_of_the_desktop(
    sources: Shanxi, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    make_program(tmp_path, "xdg-open", status)
    monkeypatch.setenv("PATH", str(tmp_path))
    run = sources("open", "salt", "--what", "file")
    assert (tmp_path / "opened").read_text() == f"['{corpus}/salt.md']"
    assert run.status == (2 if status else 0)
    assert (f"xdg-open could not open {corpus}/salt.md (status 4)" in run.err) == bool(status)


def test_open_where_nothing_opens_files(sources: Shanxi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    run = sources("open", "old-walls")
    assert run.status == 2
    assert "found no program that opens files (xdg-open, open, wslview); add --print for the path" in run.err
