"""An export has the figures and quotes of its articles, with every engine."""

import pytest

from shanxi_cli.engines.base import Engine
from shanxi_cli.explore.figures import find_figures
from shanxi_cli.explore.quotes import find_quotes
from shanxi_cli.exporters.collection import iterate_articles, iterate_with_rows
from shanxi_cli.model.options import Scope
from shanxi_cli.search.searcher import MATCH_ALL
from tests.contract.engines import KINDS, opened
from tests.support.articles import ARTICLES, MEASURED

ALL = {**ARTICLES, **MEASURED}


@pytest.fixture(scope="module", params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(request.param, tmp_path_factory.mktemp("exports"), ALL.values())


def test_exports_have_all_figures_and_quotes(engine: Engine) -> None:
    exported = list(iterate_with_rows(engine, engine.search(MATCH_ALL).numbers()))
    figures = {figure for each in exported for figure in each.figures}
    assert figures == set(find_figures(engine, MATCH_ALL, scope=Scope.ARTICLE))
    assert {quote for each in exported for quote in each.quotes} == set(find_quotes(engine, MATCH_ALL))
    assert len(figures) > 10


def test_exports_have_the_articles_of_the_numbers(engine: Engine) -> None:
    numbers = list(engine.search(MATCH_ALL).numbers())[:3]
    names = [each.article.id for each in iterate_articles(engine, numbers)]
    assert names == [engine.article(number).id for number in numbers]
