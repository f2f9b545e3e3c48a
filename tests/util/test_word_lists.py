"""Word lists: each exists once, without repeated terms."""

from collections import Counter
from pathlib import Path

import pytest

from shanxi_cli.util.lexicon import load_list
from tests.support.paths import PROJECT

FILES = sorted((PROJECT / "shanxi_cli").glob("*/data/*.txt"))


def test_word_lists_have_one_home() -> None:
    assert [name for name, count in Counter(file.name for file in FILES).items() if count > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_word_list_repeats_no_term(file: Path) -> None:
    terms = load_list(f"{file.parent.parent.name}/{file.stem}")
    assert [term for term, count in Counter(terms).items() if count > 1] == []
