"""Names of exports: a folder or a database, and no file of another kind by surprise."""

from pathlib import Path

import pytest

from tests.conftest import Shanxi


@pytest.mark.parametrize("name", ["coal.csv", "COAL.JSONL", "coal.docx", "coal.md/"])
def test_a_file_of_another_kind_is_refused(shanxi: Shanxi, tmp_path: Path, name: str) -> None:
    path = f"{tmp_path}/{name}"
    run = shanxi("export", "coal", "-o", path)
    hint = "for tables: shanxi list -f csv; for a page: shanxi report"
    message = f"--output {path}: an export is a folder or a file that ends in .db; {hint}"
    assert (run.status, run.out, run.err) == (2, "", f"shanxi: {message}\n")
    assert not Path(path).exists()
