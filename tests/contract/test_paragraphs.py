"""Phrases lie within a paragraph, a heading, an item or a row, on every engine and in every view."""

from pathlib import Path

import pytest

from shanxi_cli.corpus.reader import parse_article
from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.collocations import find_collocates
from shanxi_cli.explore.concordance import concordance_lines
from shanxi_cli.matching.highlighter import collect_patterns, find_marks
from shanxi_cli.model.options import ConcordanceOrder
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from tests.contract.engines import KINDS, opened
from tests.contract.test_search import ids

PAGE = """\
---
title: Harbour works
---

## Quay walls

Stone arrives by barge
over the summer.

- new cranes
- rails for wagons
- warehouse lamps

> Tides are high

| berth | depth |
| --- | --- |
| north | nine metres |
| south | seven metres |

Nine metres suffice.
"""
FINDS = [
    pytest.param('"quay walls"', True, id="a heading"),
    pytest.param('"walls stone"', False, id="heading and paragraph"),
    pytest.param('"barge over"', True, id="a wrapped line"),
    pytest.param('"the summer new cranes"', False, id="paragraph and item"),
    pytest.param('"new cranes"', True, id="an item"),
    pytest.param('"cranes rails"', False, id="two items"),
    pytest.param('"wagons warehouse"', False, id="two other items"),
    pytest.param('"lamps tides"', False, id="item and quotation"),
    pytest.param('"north nine"', True, id="the cells of a row"),
    pytest.param('"depth north"', False, id="two rows"),
    pytest.param('"metres nine"', False, id="row and paragraph"),
    pytest.param('"cranes rails"~0', False, id="near without a word between"),
    pytest.param('"cranes rails"~1', True, id="near over one end"),
    pytest.param('"cranes warehouse"~4', False, id="near over two ends, with three words"),
    pytest.param('"cranes warehouse"~5', True, id="near over two ends"),
    pytest.param("body:cranes-rails", False, id="a hyphen"),
]


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("paragraphs")
    return opened(request.param, folder, [parse_article(PAGE.encode(), "harbour", "harbour.md")])


@pytest.mark.parametrize(("query", "found"), FINDS)
def test_phrases_end_with_their_paragraph(engine: Engine, query: str, *, found: bool) -> None:
    assert bool(ids(engine, query)) is found


@pytest.mark.parametrize(("query", "found"), FINDS)
def test_marks_and_counts_agree_with_matches(engine: Engine, query: str, *, found: bool) -> None:
    plan, [number] = compile_query(query, WordOperator.ANY), engine.search(MATCH_ALL).numbers()
    assert bool(find_marks(collect_patterns(plan), "body", engine.article(number).body)) is found
    lines = list(concordance_lines(engine, plan, [number], ConcordanceOrder.DATE))
    assert len(lines) == sum(engine.search(plan).hits().values())
    assert bool(lines) is found


def test_collocates_of_a_phrase_are_of_its_matches(engine: Engine) -> None:
    def collocates(query: str) -> list[str]:
        plan = compile_query(query, WordOperator.ANY)
        return [row.word for row in find_collocates(engine, plan, engine.search(MATCH_ALL).numbers(), 2, 1).rows]

    assert "rails" in collocates('"new cranes"')
    assert collocates('"cranes rails"') == []
