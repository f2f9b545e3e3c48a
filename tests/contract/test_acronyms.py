"""Acronyms that are common words: capitals find them alone, small letters and quotes find both, on every engine."""

import pytest

from shanxi_cli.analysis.acronyms import is_acronym, is_acronym_at, plain_word
from shanxi_cli.analysis.tokenizer import tokenize
from shanxi_cli.engines.base import Engine
from shanxi_cli.matching.highlighter import collect_patterns, find_marks, merge_marks
from shanxi_cli.model.article import Article
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import compile_query
from tests.contract.engines import KINDS, opened
from tests.contract.test_search import ids
from tests.support.case_ids import case_ids

ARTICLES = [
    Article("clinic", "A clinic opens", "Doctors of the WHO came, who praised it."),
    Article("lamps", "WHO MADE IT", "New LED lamps, led by a firm of IT engineers.", organisations=("US Lamps",)),
    Article("trade", "Trade grows", "Sales to the U.S. rose. They told us so; the US’s share fell."),
    Article("talk", "A talk", "It is up to us, who led it."),
]


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(request.param, tmp_path_factory.mktemp("acronyms"), ARTICLES)


FINDS = [
    ("WHO", {"clinic"}),
    ("IT", {"lamps"}),
    ("US", {"trade", "lamps"}),
    ("U.S.", {"trade", "lamps"}),
    ("LED", {"lamps"}),
    ("body:US", {"trade"}),
    ("title:WHO", set()),
    ("-US WHO", {"clinic"}),
    ("led", {"lamps", "talk"}),
    ("=led", {"lamps", "talk"}),
    ("=US", {"trade", "talk", "lamps"}),
    ('"the who"', {"clinic"}),
    ('"it is"', {"talk"}),
    ("lam*", {"lamps"}),
    ("led*", {"lamps", "talk"}),
    ("org:us", {"lamps"}),
    ("org:US", {"lamps"}),
]


@pytest.mark.parametrize(("text", "expected"), FINDS, ids=case_ids(FINDS))
def test_capitals_find_the_acronym(engine: Engine, text: str, expected: set[str]) -> None:
    assert set(ids(engine, text)) == expected


MARKED = [
    ("US", "The US, the U.S. and us", ["US", "U.S."]),
    ("=us", "The US, the U.S. and us", ["US", "U.S.", "us"]),
    ("led*", "An LED led lamps", ["LED", "led"]),
    ("WHO", "The WHO’s head, who spoke", ["WHO’s"]),
]


@pytest.mark.parametrize(("query", "text", "expected"), MARKED, ids=case_ids(MARKED))
def test_marks_are_those_of_the_match(query: str, text: str, expected: list[str]) -> None:
    patterns = collect_patterns(compile_query(query, WordOperator.ANY))
    marks = merge_marks([mark for _, mark in find_marks(patterns, "body", text)])
    assert [text[mark.start : mark.end] for mark in marks] == expected


CONTEXTS = [
    ("the WHO said", True),
    ("WHO said", True),
    ("by the WHO.", True),
    ("THE MAN WHO SAID", False),
    ("sent TO WHO it may", False),
    ("WHO", False),
    ("W.H.O.", True),
]


@pytest.mark.parametrize(("text", "expected"), CONTEXTS, ids=case_ids(CONTEXTS))
def test_capitals_of_a_headline_are_no_acronym(text: str, expected: bool) -> None:
    start = text.index("W")
    assert is_acronym_at(text, start, start + (6 if "." in text[start : start + 3] else 3)) is expected
    assert ("WHO" in [token.word for token in tokenize(text)]) is expected


def test_other_words_are_no_acronyms() -> None:
    assert [word for word in ("WHO", "who", "NATO", "") if is_acronym(word)] == ["WHO"]
    assert [plain_word(word) for word in ("WHO", "who", "nato")] == ["who", "who", "nato"]
