"""Word lists as data files: format, order, and no term twice."""

from pathlib import Path

import pytest

from shanxi_cli.util import lexicon
from shanxi_cli.util.lexicon import load_list, load_terms
from tests.support.paths import PROJECT

WORD_LISTS = sorted((PROJECT / "shanxi_cli").glob("*/data/*.txt"))


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package directory of our own, with a folder for the lists of the package `words`."""
    monkeypatch.setattr(lexicon, "_PACKAGE_DIRECTORY", tmp_path)
    data = tmp_path / "words" / "data"
    data.mkdir(parents=True)
    return data


def test_list_keeps_order_without_comments(package: Path) -> None:
    (package / "ordered.txt").write_text("# Terms.\n\nvice chairman\n  chair \n太原\n", encoding="utf-8")
    assert load_list("words/ordered") == ("vice chairman", "chair", "太原")
    assert load_terms("words/ordered") == {"vice chairman", "chair", "太原"}


def test_list_is_read_once(package: Path) -> None:
    (package / "once.txt").write_text("one\n", encoding="utf-8")
    load_terms("words/once")
    (package / "once.txt").unlink()
    assert load_list("words/once") == ("one",)


@pytest.mark.parametrize("path", WORD_LISTS, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_shipped_list_has_header_and_no_repeats(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# ")
    terms = load_list(f"{path.parent.parent.name}/{path.stem}")
    assert terms and len(terms) == len(set(terms))
