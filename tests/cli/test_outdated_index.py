"""Commands while the index cannot be updated: none says that there is nothing where the articles have something."""

from pathlib import Path

import pytest

from shanxi_cli.indexing.lock import lock_index
from tests.conftest import Shanxi

NEW = """---
title: Zeppelin over the plain
date: 2022-05-03
places: [Yuncheng]
---

"The zeppelin carries 40 percent of the mail," said Gao Lin, the pilot.
"""

LINES = {
    "search -q": ["search", "zeppelin", "-q"],
    "search -c": ["search", "zeppelin", "-c"],
    "search --ids": ["search", "zeppelin", "-l"],
    "search --within": ["search", "percent", "--within", "IDS"],
    "search --batch": ["search", "--batch", "QUERIES"],
    "list": ["list", "place:Yuncheng"],
    "show": ["show", "zeppelin"],
    "show two": ["show", "undated-note", "zeppelin"],
    "cite": ["cite", "zeppelin"],
    "similar": ["similar", "zeppelin", "-q"],
    "facets": ["facets", "place", "zeppelin"],
    "timeline": ["timeline", "zeppelin"],
    "kwic": ["kwic", "zeppelin"],
    "terms": ["terms", "--prefix", "zeppel"],
    "figures": ["figures", "zeppelin"],
    "quotes": ["quotes", "zeppelin"],
}


def arguments(tmp_path: Path, line: list[str], word: str) -> list[str]:
    (tmp_path / "ids").write_text(f"{word}\n")
    (tmp_path / "queries").write_text(f"{word}\n")
    names = {"IDS": str(tmp_path / "ids"), "QUERIES": str(tmp_path / "queries")}
    return [names.get(part, part.replace("zeppel", word[:6])) for part in line]


@pytest.mark.parametrize("line", LINES)
def test_new_article_is_found_while_another_process_builds(
    shanxi: Shanxi, archive: Path, tmp_path: Path, line: str
) -> None:
    (archive / "zeppelin.md").write_text(NEW)
    with lock_index(tmp_path / "index", 0):
        run = shanxi(*arguments(tmp_path, LINES[line], "zeppelin"))
    assert run.status == 0, run.err


def test_quiet_nothing_is_proved_while_another_process_builds(shanxi: Shanxi, archive: Path, tmp_path: Path) -> None:
    (archive / "zeppelin.md").write_text(NEW)
    with lock_index(tmp_path / "index", 0):
        run = shanxi("search", "dragonfly", "-q")
    assert (run.status, run.out, run.err) == (1, "", "")


def test_quiet_nothing_in_large_outdated_archive_is_an_error(
    shanxi: Shanxi, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shanxi_cli.archive.MAX_MEMORY_FILES", 3)
    (archive / "zeppelin.md").write_text(NEW)
    with lock_index(tmp_path / "index", 0):
        run = shanxi("search", "dragonfly", "-q")
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("shanxi: another shanxi (process ")
    assert run.err.count("\n") == 1


def test_completion_offers_no_ids_of_other_folders(shanxi: Shanxi, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "zeppelin.md").write_text(NEW)
    offered = shanxi("--complete", "bash", "shanxi show ").out
    assert "undated-note" in offered
    assert shanxi("--complete", "bash", f"shanxi show --corpus {tmp_path}/other ").out == ""


def test_status_counts_no_articles_of_other_folders(shanxi: Shanxi, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "zeppelin.md").write_text(NEW)
    run = shanxi("status", "--corpus", str(tmp_path / "other"))
    assert "the index is of other corpus folders; the next search rebuilds it\n" in run.out
    assert "articles  0\n" in run.out
