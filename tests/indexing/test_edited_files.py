"""Files whose bytes change and whose times do not, as a program does that writes through a memory map."""

import mmap
from collections.abc import Callable
from pathlib import Path

import pytest

from shanxi_cli.engines import open_backend
from shanxi_cli.indexing import change_detection
from shanxi_cli.indexing.builder import UpdateOptions, update_index
from tests.conftest import Shanxi

COMPARING = UpdateOptions(compare_contents=True)


@pytest.fixture(autouse=True)
def _old_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every file had been written long before the build."""
    monkeypatch.setattr(change_detection, "RACY_NANOSECONDS", -(10**18))


def edit_through_map(path: Path, old: bytes, new: bytes, between: Callable[[], object]) -> None:
    """Write twice into a mapped page, with `between` in between: only the first time changes the mtime."""
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as mapped:
        at = mapped.find(old)
        mapped[at : at + len(old)] = old
        between()
        mapped[at : at + len(old)] = new


def test_index_and_doctor_find_an_edit_without_a_time(shanxi: Shanxi, archive: Path) -> None:
    path = archive / "undated-note.md"
    text = path.read_text()
    word = next(word for word in text.split("---")[2].split() if word.isalpha() and len(word) > 4)
    edit_through_map(path, word.encode(), b"q" * len(word), lambda: shanxi("index"))
    run = shanxi("doctor")
    assert run.status == 2
    assert "wrong  articles   1 differ from their files: undated-note" in run.out
    assert "changed          1\n" in shanxi("index").out
    assert shanxi("search", "q" * len(word), "-l").out == "undated-note\n"
    assert shanxi("doctor").status == 0
    assert "changed          0\n" in shanxi("index").out


@pytest.mark.parametrize(
    ("first", "second"),
    [("title: O", "titel: O"), ("titel: O", "title: O"), ("page: 12", "page: {2"), ("page: {2", "page: 12")],
)
def test_edit_that_changes_whether_a_file_is_an_article(tmp_path: Path, first: str, second: str) -> None:
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "a.md").write_text(f"---\n{first}\n---\n" + "Plums.\n" * ("page" in first))
    roots, reports = (str(corpus),), []
    edit_through_map(
        corpus / "a.md",
        first.encode(),
        second.encode(),
        lambda: reports.append(update_index(index, roots, open_backend())[1]),
    )
    for _ in range(2):
        reports.append(update_index(index, roots, open_backend(), COMPARING)[1])
    valid = [report.total == 1 and not report.failed for report in reports]
    assert valid == [text in ("title: O", "page: 12") for text in (first, second, second)]
    assert reports[-1].added == reports[-1].changed == reports[-1].removed == ()


def test_unchanged_files_keep_the_snapshot(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, text in (("a", "---\ntitle: Orchard\n---\n"), ("b", "no front matter")):
        (corpus / f"{name}.md").write_text(text)
    built = [update_index(tmp_path / "index", (str(corpus),), open_backend(), COMPARING)[0] for _ in range(3)]
    assert len({generation.folder for generation in built}) == 1
