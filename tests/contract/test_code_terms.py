"""The vocabulary leaves out blocks of code, on every engine, over the whole archive and over some articles."""

from pathlib import Path

import pytest

from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.terms import TermSelection, list_terms
from shanxi_cli.search.searcher import MATCH_ALL
from tests.contract.engines import KINDS, opened
from tests.support.case_ids import case_ids

PAGES = {
    "setup": "# Server\n\nRun `install` first. The port is open to users.\n\n```sh\ninstall --port 80 port them\n```\n",
    "notes": "# Notes on a port\n\nA harbour with cranes.\n\n    port = 443\n    retry = port\n",
    "plain": "# Plain\n\nNothing but a harbour.\n",
}


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    articles = [parse_article(text.encode(), name, f"{name}.md") for name, text in PAGES.items()]
    folder: Path = tmp_path_factory.mktemp("code")
    return opened(request.param, folder, articles)


COUNTS = [
    # word, field, with code: (articles, occurrences)
    ("port", "", False, (2, 2)),
    ("port", "", True, (2, 6)),
    ("port", "body", False, (1, 1)),
    ("port", "body", True, (2, 5)),
    ("port", "title", False, (1, 1)),
    ("install", "", False, (1, 1)),
    ("install", "", True, (1, 2)),
    ("retry", "", False, None),
    ("retry", "", True, (1, 1)),
    ("443", "body", False, None),
    ("harbour", "", False, (2, 2)),
]


@pytest.mark.parametrize(("word", "field", "code", "expected"), COUNTS, ids=case_ids(COUNTS))
@pytest.mark.parametrize("counted_one_by_one", [False, True], ids=["the archive", "its articles"])
def test_terms_leave_code_out(
    engine: Engine,
    word: str,
    field: str,
    *,
    code: bool,
    expected: tuple[int, int] | None,
    counted_one_by_one: bool,
) -> None:
    among = sorted(engine.search(MATCH_ALL).numbers()) if counted_one_by_one else None
    rows = list_terms(engine, TermSelection(field, word, code=code), among).rows
    assert [(row.articles, row.occurrences) for row in rows if row.word == word] == ([expected] if expected else [])


def test_shares_are_of_the_words_that_are_counted(engine: Engine) -> None:
    everything = list_terms(engine, TermSelection(code=True)).rows
    prose = list_terms(engine, TermSelection()).rows
    assert sum(row.per_million for row in everything) == pytest.approx(1e6)
    assert sum(row.per_million for row in prose) == pytest.approx(1e6)
    assert {row.word for row in everything} - {row.word for row in prose} == {"80", "them", "443", "retry"}
