"""The message for folders without articles."""

from pathlib import Path

from shanxi_cli.corpus.other_files import describe_no_articles
from tests.conftest import Shanxi


def test_kinds_of_other_files_are_counted(tmp_path: Path, shanxi: Shanxi) -> None:
    folder = tmp_path / "scans"
    (folder / "deep" / ".hidden").mkdir(parents=True)
    for name in ("a.PDF", "deep/b.pdf", "c.docx", "Makefile", ".profile", "deep/.hidden/d.odt"):
        (folder / name).touch()
    expected = (
        f"there are no articles in {folder}, but 4 other files: 2 .pdf, 1 without a suffix, 1 .docx; "
        "only .md, .markdown, .mdx and .txt are read; shanxi import makes articles of pages"
    )
    assert describe_no_articles([str(folder)]) == expected
    for command in ("list", "facets place", "status", "index"):
        run = shanxi(*command.split(), "--corpus", str(folder), "--index", str(tmp_path / "other"))
        assert run.err.splitlines()[-1] == f"shanxi: {expected}"


def test_files_that_import_does_not_read_get_no_advice(tmp_path: Path) -> None:
    (tmp_path / "notes.rst").touch()
    assert describe_no_articles([str(tmp_path)]) == (
        f"there are no articles in {tmp_path}, but 1 other file: 1 .rst; only .md, .markdown, .mdx and .txt are read"
    )


def test_empty_folder_has_no_kinds(tmp_path: Path) -> None:
    assert describe_no_articles([str(tmp_path)]) == f"there are no articles in {tmp_path}"
