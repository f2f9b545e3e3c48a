"""What every backend must do for a generation from its beginning to its end."""

import pickle
from pathlib import Path

import pytest

from shanxi_cli.engines.base import Backend, Engine
from shanxi_cli.errors import IndexUnusable
from shanxi_cli.query.parser import WordOperator
from shanxi_cli.search.searcher import MATCH_ALL, compile_query
from tests.contract.engines import BACKENDS, WITH_BACKEND, begun_folder, continued_folder
from tests.support.articles import ARTICLES, MEASURED, put


@pytest.fixture(params=WITH_BACKEND)
def backend(request: pytest.FixtureRequest) -> Backend:
    return BACKENDS[request.param]()


def found(engine: Engine, text: str = "") -> set[str]:
    return set(engine.search(compile_query(text, WordOperator.ANY) if text else MATCH_ALL).ids().values())


def test_a_generation_from_beginning_to_end(backend: Backend, tmp_path: Path) -> None:
    folder = begun_folder(tmp_path)
    backend.begin(folder)
    put(backend, folder, ARTICLES.values())
    backend.publish(folder)
    assert backend.alive(folder)
    engine = backend.open(folder)
    assert found(engine) == set(ARTICLES)
    engine.close()


def test_a_generation_is_updated(backend: Backend, tmp_path: Path) -> None:
    folder = begun_folder(tmp_path)
    backend.begin(folder)
    put(backend, folder, ARTICLES.values())
    backend.publish(folder)
    updated = continued_folder(backend, tmp_path, folder)
    backend.begin(updated)
    put(backend, updated, MEASURED.values(), ["undated-note", "no-such-article"])
    backend.publish(updated)
    assert found(backend.open(updated)) == {*ARTICLES, *MEASURED} - {"undated-note"}
    assert found(backend.open(folder)) == set(ARTICLES)


def test_a_generation_without_articles(backend: Backend, tmp_path: Path) -> None:
    folder = begun_folder(tmp_path)
    backend.begin(folder)
    backend.join(folder, [], [])
    backend.publish(folder)
    engine = backend.open(folder)
    assert (len(engine.search(MATCH_ALL)), engine.article_count(), engine.word_count()) == (0, 0, 0)
    assert found(engine, "coal") == set()
    assert engine.near_duplicate_groups() == []
    assert engine.articles_with_id_prefix("") == []
    assert list(engine.terms_with_prefix()) == []


def test_what_is_discarded_is_gone(backend: Backend, tmp_path: Path) -> None:
    folder = begun_folder(tmp_path)
    backend.begin(folder)
    put(backend, folder, ARTICLES.values())
    for _ in range(2):
        backend.discard(folder)
    assert backend.local or not backend.alive(folder)


def test_what_was_not_begun_can_be_discarded(backend: Backend, tmp_path: Path) -> None:
    backend.discard(begun_folder(tmp_path))


def test_a_local_index_lies_in_its_folder(backend: Backend, tmp_path: Path) -> None:
    folder = begun_folder(tmp_path)
    if not backend.local:
        pytest.skip("the data is elsewhere")
    with pytest.raises(IndexUnusable):
        backend.open(folder)


def test_identity_is_that_of_the_kind(backend: Backend) -> None:
    assert backend.identity() == pickle.loads(pickle.dumps(backend)).identity()
    assert all(vars(backend.identity()).values())
